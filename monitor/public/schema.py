"""The tables of the public database. docs/data.md describes them, and a test holds the two together."""

from __future__ import annotations

from monitor.public.rows import (
    CouncilRow,
    ImprovementRow,
    JudgementRow,
    LetterRow,
    MeetingRow,
    MoveRow,
    NeighbourRow,
    ParagraphRow,
    StoryItemRow,
    StoryRow,
)

VERSION = 1
"""Raise this number when a table changes: a database of another version is made anew."""
TOKENIZER = "unicode61 remove_diacritics 2"
"""How the index cuts texts into words; `query.tokens` does the same."""

SMALL = {
    "council": CouncilRow,
    "letter": LetterRow,
    "judgement": JudgementRow,
    "improvement": ImprovementRow,
    "move": MoveRow,
    "story": StoryRow,
    "story_item": StoryItemRow,
    "meeting": MeetingRow,
    "neighbour": NeighbourRow,
}
"""The tables that are written whole whenever something in them changes."""
TABLES = {**SMALL, "paragraph": ParagraphRow}

STATEMENTS = (
    "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    """CREATE TABLE council (
        urn TEXT PRIMARY KEY, name TEXT NOT NULL, slug TEXT NOT NULL, region TEXT NOT NULL, dfe_number TEXT NOT NULL,
        gss_code TEXT NOT NULL, code TEXT NOT NULL) STRICT""",
    """CREATE TABLE letter (
        id TEXT PRIMARY KEY, urn TEXT NOT NULL REFERENCES council (urn), kind TEXT NOT NULL, variant TEXT,
        title TEXT NOT NULL, published TEXT, inspection_start TEXT, inspection_end TEXT, letter_date TEXT,
        lead_inspector TEXT, framework TEXT, outcome INTEGER, theme TEXT, url TEXT NOT NULL, sha256 TEXT,
        pages INTEGER NOT NULL, listed INTEGER NOT NULL, unread TEXT) STRICT""",
    "CREATE INDEX letter_by_council ON letter (urn, published)",
    """CREATE TABLE judgement (
        letter TEXT NOT NULL REFERENCES letter (id), area TEXT NOT NULL, grade TEXT NOT NULL, page INTEGER,
        quote TEXT, PRIMARY KEY (letter, area)) STRICT""",
    """CREATE TABLE improvement (
        letter TEXT NOT NULL REFERENCES letter (id), position INTEGER NOT NULL, priority INTEGER NOT NULL,
        page INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (letter, position)) STRICT""",
    """CREATE TABLE paragraph (
        id INTEGER PRIMARY KEY, letter TEXT NOT NULL REFERENCES letter (id), position INTEGER NOT NULL,
        page INTEGER NOT NULL, heading TEXT NOT NULL, text TEXT NOT NULL, asked INTEGER NOT NULL,
        UNIQUE (letter, position)) STRICT""",
    f"""CREATE VIRTUAL TABLE paragraph_fts USING fts5(
        text, content = 'paragraph', content_rowid = 'id', tokenize = '{TOKENIZER}', prefix = '3')""",
    "CREATE TABLE made (part TEXT PRIMARY KEY, digest TEXT NOT NULL) STRICT",
    """CREATE TABLE move (
        letter TEXT NOT NULL REFERENCES letter (id), urn TEXT NOT NULL REFERENCES council (urn),
        published TEXT NOT NULL, area TEXT NOT NULL, before TEXT, after TEXT, direction TEXT NOT NULL,
        url TEXT NOT NULL, page INTEGER, before_letter TEXT NOT NULL, PRIMARY KEY (letter, area)) STRICT""",
    """CREATE TABLE story (
        id TEXT PRIMARY KEY, urn TEXT NOT NULL REFERENCES council (urn), kind TEXT, opened TEXT, closed TEXT,
        letter TEXT) STRICT""",
    """CREATE TABLE story_item (
        story TEXT NOT NULL REFERENCES story (id), name TEXT NOT NULL, date TEXT, what TEXT NOT NULL,
        source TEXT NOT NULL, title TEXT NOT NULL, url TEXT NOT NULL, reason TEXT NOT NULL,
        PRIMARY KEY (story, name)) STRICT""",
    """CREATE TABLE meeting (
        id TEXT PRIMARY KEY, urn TEXT NOT NULL REFERENCES council (urn), date TEXT, committee TEXT,
        what TEXT NOT NULL, title TEXT NOT NULL, status TEXT, url TEXT NOT NULL, published TEXT,
        resolved TEXT) STRICT""",
    "CREATE INDEX meeting_by_date ON meeting (date)",
    """CREATE TABLE neighbour (
        urn TEXT NOT NULL REFERENCES council (urn), rank INTEGER NOT NULL, neighbour_urn TEXT NOT NULL,
        closeness TEXT NOT NULL, PRIMARY KEY (urn, rank)) STRICT""",
)
