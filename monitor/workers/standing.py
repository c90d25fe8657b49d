"""How the queue stands, for a person who looks: what waits in it, what is under way, and who works. Changes nothing."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from monitor.config.tables import Run
from monitor.workers import lease, owner_tables
from monitor.workers.queue import QUEUE, SCHEMA, QueueError, conninfo, told

SECONDS = 4.0
"""Nobody waits longer for an answer, whatever the network does."""
PARTS = """
SELECT count(*) FILTER (WHERE job.status = 'todo'),
       count(*) FILTER (WHERE job.status = 'doing'),
       count(*) FILTER (WHERE job.status = 'doing' AND begun < now() - make_interval(secs => time_limit))
FROM procrastinate_jobs AS job
JOIN parts ON parts.crawl = (args ->> 'crawl')::uuid AND parts.part = (args ->> 'part')::integer
JOIN crawls ON crawls.id = parts.crawl
WHERE queue_name = %s AND ended IS NULL AND waited_for > now() - make_interval(secs => %s)
"""
"""What is in the queue and still waited for: a part that its worker lost waits again, though it was begun once."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How many parts of crawls wait for a worker (or for the hosts that another part asks), and how many are `taken`;
    `overdue`: taken, and under way for longer than they may be. `workers` of our version are alive."""

    waiting: int
    taken: int
    overdue: int
    workers: int


def standing(run: Run) -> Standing:
    """Ask the queue, for a few seconds at most. Raises QueueError where it does not answer by then, ConfigError where
    its password is not set."""
    info, answer = conninfo(run), Future[Standing]()

    def ask() -> None:
        try:
            answer.set_result(_asked(info))
        except Exception as error:  # noqa: BLE001 - it is raised where the answer is waited for
            answer.set_exception(error)

    threading.Thread(target=ask, name="queue", daemon=True).start()
    try:
        return answer.result(SECONDS)
    except TimeoutError:
        raise QueueError(f"the queue: no answer within {SECONDS:g} s") from None


def _asked(info: str) -> Standing:
    import psycopg

    connection: Any
    with told(), psycopg.connect(info, autocommit=True) as connection:
        there = connection.execute("SELECT to_regclass(%s)", (f"{SCHEMA}.workers",)).fetchone()
        if there[0] is None:
            return Standing(0, 0, 0, 0)  # nobody has used it yet
        waiting, taken, overdue = connection.execute(PARTS, (QUEUE, lease.SPANS.lease)).fetchone()
        return Standing(waiting, taken, overdue, owner_tables.workers(connection))
