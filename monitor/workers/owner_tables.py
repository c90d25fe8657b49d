"""What the owner writes into the queue and reads from it: a crawl with its parts, what arrived, who is alive."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from monitor.version import VERSION
from monitor.workers import lease
from monitor.workers.queue import QUEUE

TASK = "crawl"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""At once, whatever our clock and the database's say."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A target that came back, not yet taken."""

    part: int
    target: str
    lines: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a crawl is: how many parts it has, how many have begun and ended, and why some ended badly."""

    parts: int
    begun: int
    ended: int
    faults: Sequence[str]


def put(connection: Any, crawl: str, parts: Iterable[tuple[str, str]], time_limit: float, priority: int) -> None:
    """Begin to wait for a crawl: its parts, each a lock and a job as JSON. All at once or not at all."""
    from procrastinate import SyncPsycopgConnector
    from procrastinate.jobs import Job
    from procrastinate.manager import JobManager

    found = list(parts)
    with connection.transaction():
        connection.execute("INSERT INTO crawls (id) VALUES (%s)", (crawl,))
        for part, (_, job) in enumerate(found):
            connection.execute(
                "INSERT INTO parts (crawl, part, job, time_limit) VALUES (%s, %s, %s, %s)",
                (crawl, part, job, time_limit),
            )
        jobs = [
            Job(id=None, queue=QUEUE, lock=lock, queueing_lock=None, task_name=TASK, priority=priority,
                task_kwargs={"crawl": crawl, "part": part})
            for part, (lock, _) in enumerate(found)
        ]  # fmt: skip
        JobManager(SyncPsycopgConnector()).batch_defer_jobs(jobs, connection=connection)


def drop(connection: Any, crawls: Collection[str]) -> None:
    """Wait for these crawls no more: whoever still works on them stops, and nothing of them is left."""
    connection.execute("DELETE FROM crawls WHERE id = ANY(%s::uuid[])", (list(crawls),))


def keep(connection: Any, crawls: Collection[str]) -> None:
    """Say that these crawls are waited for."""
    connection.execute("UPDATE crawls SET waited_for = now() WHERE id = ANY(%s::uuid[])", (list(crawls),))


def arrived(connection: Any, crawl: str) -> list[Arrived]:
    """What has come and is not taken yet."""
    rows = connection.execute("SELECT part, target, lines FROM targets WHERE crawl = %s AND NOT taken", (crawl,))
    return [Arrived(*row) for row in rows.fetchall()]


def took(connection: Any, crawl: str, found: Arrived) -> None:
    """Remember that a target was taken. Its row stays, so that it does not come again."""
    connection.execute(
        "UPDATE targets SET taken = true, lines = '' WHERE crawl = %s AND part = %s AND target = %s",
        (crawl, found.part, found.target),
    )


def progress(connection: Any, crawl: str) -> Progress:
    """How far it is."""
    rows = connection.execute("SELECT begun, ended, fault FROM parts WHERE crawl = %s ORDER BY part", (crawl,))
    found = rows.fetchall()
    begun, ended = (sum(1 for row in found if row[column]) for column in (0, 1))
    return Progress(len(found), begun, ended, tuple(row[2] for row in found if row[2]))


def document(connection: Any, crawl: str, sha256: str) -> bytes | None:
    """A document on its way; None where it did not come."""
    row = connection.execute("SELECT body FROM documents WHERE crawl = %s AND sha256 = %s", (crawl, sha256)).fetchone()
    return None if row is None else bytes(row[0])


def took_document(connection: Any, crawl: str, sha256: str) -> None:
    """Take a document out of the queue."""
    connection.execute("DELETE FROM documents WHERE crawl = %s AND sha256 = %s", (crawl, sha256))


def workers(connection: Any) -> int:
    """How many workers of our version are alive."""
    row = connection.execute(
        "SELECT count(*) FROM workers WHERE version = %s AND seen > now() - make_interval(secs => %s)",
        (VERSION, lease.SPANS.stalled),
    ).fetchone()
    return int(row[0])


async def retry_stalled(conninfo: str) -> int:
    """Give the parts of workers that are lost to others. Returns how many."""
    from procrastinate import App, PsycopgConnector

    app = App(connector=PsycopgConnector(conninfo=conninfo, min_size=1, max_size=1))
    async with app.open_async():
        found = await app.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=lease.SPANS.stalled)
        stalled = [job.id for job in found if job.id is not None]
        for job in stalled:
            await app.job_manager.retry_job_by_id_async(job, retry_at=LONG_AGO)
    return len(stalled)
