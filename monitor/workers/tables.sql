CREATE SCHEMA IF NOT EXISTS ofsted_watch_1;

-- A crawl that somebody waits for. Who waits says so every few seconds; a row that is gone has ended, with all below.
CREATE TABLE crawls (
    id uuid PRIMARY KEY,
    waited_for timestamptz NOT NULL DEFAULT now()
);

-- What one worker crawls: the job as JSON. `fault`: why it ended otherwise than by finishing.
CREATE TABLE parts (
    crawl uuid NOT NULL REFERENCES crawls ON DELETE CASCADE,
    part integer NOT NULL,
    job text NOT NULL,
    time_limit double precision NOT NULL,
    begun timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    ended timestamptz,
    fault text,
    PRIMARY KEY (crawl, part)
);

-- What was found, as JSON Lines. A target counts once, however often its part is crawled: the first stands.
CREATE TABLE targets (
    crawl uuid NOT NULL,
    part integer NOT NULL,
    target text NOT NULL,
    lines text NOT NULL,
    taken boolean NOT NULL DEFAULT false,
    PRIMARY KEY (crawl, part, target),
    FOREIGN KEY (crawl, part) REFERENCES parts ON DELETE CASCADE
);

-- Documents on their way, by their hash. They are packed already.
CREATE TABLE documents (
    crawl uuid NOT NULL REFERENCES crawls ON DELETE CASCADE,
    sha256 text NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (crawl, sha256)
);
ALTER TABLE documents ALTER COLUMN body SET STORAGE EXTERNAL;

-- Who crawls: when a worker was last seen, and of which version it is.
CREATE TABLE workers (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    version text NOT NULL,
    seen timestamptz NOT NULL DEFAULT now()
);
