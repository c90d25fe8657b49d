"""A crawl is a child process: it gets a job, writes JSON lines, and may be killed at any moment.

Scrapy, its reactor and the sites' pages live and die over there; here its lines are paired into closed targets, its
time is limited, and its end is judged. There are two ways to start one: `command` and `forked`.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Event, Timer
from typing import Protocol

from monitor.model import Job, Poll, Record, item_from_json
from monitor.model.characters import harmless_item
from monitor.model.state import PolledTarget

MAX_RECORDS = 10_000
"""Of one target in one look; a council's committees of five months have some hundreds."""
GRACE_SECONDS = 5.0
"""A child that was asked to end is killed after so long."""


class CrawlError(Exception):
    """A crawl ended otherwise than by finishing; what it closed before stands."""


def closed_targets(lines: Iterable[str], name: str = "crawl") -> Iterator[PolledTarget]:
    """Pair records with the poll that closes their target. Raises ValueError naming the bad line."""
    waiting: dict[tuple[str, str], list[Record]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        item = _item(line, f"{name}:{number}")
        if isinstance(item, Poll):
            yield _bounded(item, waiting.pop((item.source, item.target), []))
        else:
            records = waiting.setdefault((item.source, item.target), [])
            if len(records) <= MAX_RECORDS:
                records.append(item)
    for source, target in waiting:
        raise ValueError(f"{name}: the records of {source} {target} are closed by no poll")


def _bounded(poll: Poll, records: list[Record]) -> PolledTarget:
    """Return the target. If it shows too much, nothing of it is believed."""
    if len(records) <= MAX_RECORDS:
        return PolledTarget(poll, tuple(records))
    detail = f"it shows more than {MAX_RECORDS} entries, which no site of this kind does"
    return PolledTarget(replace(poll, outcome="invalid", complete=False, cursor=None, detail=detail), ())


def _item(line: str, where: str) -> Record | Poll:
    try:
        raw = json.loads(line)
        if not isinstance(raw, dict):
            raise ValueError("not a JSON object")
        return item_from_json(harmless_item(raw, line))
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error


class Child(Protocol):
    """A process that runs one job, however it was started."""

    def lines(self) -> Iterable[str]:
        """What it writes, to the end."""

    def wait(self, seconds: float | None) -> int | None:
        """Wait for its end, for ever if `seconds` is None. Returns its exit status, minus the signal's number if a
        signal ended it, or None if it still runs."""

    def terminate(self) -> None:
        """Ask it to end."""

    def kill(self) -> None:
        """End it."""

    def close(self) -> None:
        """Give back what it held of this process. It has ended by then."""


class Crawls(Protocol):
    """How crawls are made, here or on other machines."""

    def crawl(self, job: Job, time_limit: float) -> Iterable[PolledTarget]:
        """Run a job and give its targets as they close."""

    def stop(self) -> None:
        """Give up the crawls under way."""


def follow(child: Child, time_limit: float) -> Iterator[PolledTarget]:
    """Yield a child's targets as they close; when this ends, however it ends, the child has ended too.

    Raises CrawlError at the end when the child died, took longer than `time_limit` seconds, or wrote what is not an
    item.
    """
    overdue = Event()
    timer = Timer(time_limit, _overrun, [child, overdue])
    timer.start()
    try:
        yield from _read(child.lines())
        _judge(child.wait(None), time_limit if overdue.is_set() else None)
    finally:
        timer.cancel()
        _stop(child)
        timer.join()
        child.close()


@contextmanager
def ending(crawl: Iterable[PolledTarget]) -> Iterator[Iterable[PolledTarget]]:
    """A crawl that has ended when this ends. Otherwise an error in what is made of its targets (a disk that is full)
    would hold it, and its timer the whole program: up to the time limit."""
    try:
        yield crawl
    finally:
        if isinstance(crawl, Generator):
            crawl.close()


def _read(lines: Iterable[str]) -> Iterator[PolledTarget]:
    try:
        yield from closed_targets(lines)
    except ValueError as error:
        raise CrawlError(str(error)) from error


def _overrun(child: Child, overdue: Event) -> None:
    overdue.set()
    _stop(child)


def _judge(code: int | None, exceeded: float | None) -> None:
    """Raise CrawlError where a child did not end by finishing; `exceeded` is the time limit that it broke."""
    if exceeded is not None:
        raise CrawlError(f"the crawl took longer than {exceeded:g} s and was stopped")
    if code:
        how = f"signal {-code}" if code < 0 else f"exit status {code}"
        raise CrawlError(f"the crawl's process died ({how})")


def _stop(child: Child) -> None:
    """End a child: politely, then not."""
    if child.wait(0) is None:
        child.terminate()
        if child.wait(GRACE_SECONDS) is None:
            child.kill()
            child.wait(None)
