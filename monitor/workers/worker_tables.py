"""What a worker reads from the queue and writes into it: the part that it crawls, and what it found."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from monitor.version import VERSION
from monitor.workers import lease

Name = tuple[str, int]
"""A part: its crawl, and which part of it."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be crawled: the job as JSON, how many seconds it may take, and which attempt this is."""

    job: str
    time_limit: float
    attempt: int


def begin(connection: Any, name: Name) -> Order | None:
    """Begin a part; None where it has ended, or nobody waits for its crawl any more."""
    clean(connection)
    row = connection.execute(
        "UPDATE parts SET begun = now(), attempts = attempts + 1 WHERE crawl = %s AND part = %s AND ended IS NULL "
        "RETURNING job, time_limit, attempts",
        name,
    ).fetchone()
    return None if row is None else Order(*row)


def clean(connection: Any) -> None:
    """Delete lost workers, and the crawls that nobody waits for any more with everything that belongs to them. If their
    owner was only cut off, he finds his crawl gone, and does the rest of it himself."""
    connection.execute("DELETE FROM crawls WHERE waited_for < now() - make_interval(secs => %s)", (lease.SPANS.lease,))
    connection.execute("DELETE FROM workers WHERE seen < now() - make_interval(secs => %s)", (lease.SPANS.lease,))


def send(connection: Any, name: Name, target: str, lines: str) -> None:
    """Send what was found of a target. What was sent of it before stands."""
    connection.execute(
        "INSERT INTO targets (crawl, part, target, lines) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (*name, target, lines),
    )


def send_document(connection: Any, name: Name, sha256: str, body: bytes) -> None:
    """Send a document ahead of the target that names it."""
    connection.execute(
        "INSERT INTO documents (crawl, sha256, body) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
        (name[0], sha256, body),
    )


def end(connection: Any, name: Name, fault: str | None) -> None:
    """All of a part has been sent; `fault`: why it ended otherwise than by finishing."""
    connection.execute(
        "UPDATE parts SET ended = now(), fault = %s WHERE crawl = %s AND part = %s AND ended IS NULL", (fault, *name)
    )


def appear(connection: Any, worker: str, name: str) -> None:
    """Say that a worker is alive."""
    connection.execute(
        "INSERT INTO workers (id, name, version) VALUES (%s, %s, %s) ON CONFLICT (id) DO UPDATE SET seen = now()",
        (worker, name, VERSION),
    )


def disappear(connection: Any, worker: str) -> None:
    """Say that a worker ends."""
    connection.execute("DELETE FROM workers WHERE id = %s", (worker,))


def waited_for(connection: Any, crawls: Collection[str]) -> set[str]:
    """Those of the crawls that somebody waits for."""
    clean(connection)
    rows = connection.execute("SELECT id::text FROM crawls WHERE id = ANY(%s::uuid[])", (list(crawls),))
    return {row[0] for row in rows.fetchall()}
