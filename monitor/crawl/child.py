"""A crawl is a child process: it reads a job, writes JSON lines, and may be killed at any moment.

Scrapy, its reactor and the sites' pages live and die over there; here is only the pairing of lines
into closed targets. The child ends by itself when its standard input closes, so that it never
outlives its parent.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from threading import Event, Timer
from typing import IO, Any

from monitor.model import Job, Poll, Record, item_from_json, to_json
from monitor.model.state import PolledTarget

GRACE_SECONDS = 5.0


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
            yield PolledTarget(item, tuple(waiting.pop((item.source, item.target), ())))
        else:
            waiting.setdefault((item.source, item.target), []).append(item)
    for source, target in waiting:
        raise ValueError(f"{name}: the records of {source} {target} are closed by no poll")


def _item(line: str, where: str) -> Record | Poll:
    try:
        raw = json.loads(line)
        if not isinstance(raw, dict):
            raise ValueError("not a JSON object")
        return item_from_json(_whole(raw) if "\\ud" in line else raw)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error


def _whole(value: Any) -> Any:
    """The same with U+FFFD for each half of a character (as in "&#55357;" alone), which nothing can store."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_whole(part) for part in value]
    return {_whole(key): _whole(part) for key, part in value.items()} if isinstance(value, dict) else value


def crawl(job: Job, time_limit: float) -> Iterator[PolledTarget]:
    """Run a job in a child of its own and yield its targets as they close.

    Raises CrawlError at the end when the child died, took longer than `time_limit` seconds, or wrote
    what is not an item.
    """
    line = json.dumps(to_json(job)) + "\n"
    yield from _run([sys.executable, "-m", "spiders", job.source, "-"], time_limit, line)


def _run(command: list[str], time_limit: float, said: str = "") -> Iterator[PolledTarget]:
    child = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True
    )
    assert child.stdin is not None
    assert child.stdout is not None
    overdue = Event()
    timer = Timer(time_limit, _overrun, [child, overdue])
    timer.start()
    try:
        _tell(child.stdin, said)
        yield from read_lines(child.stdout)
        judge_end(child.wait(), time_limit if overdue.is_set() else None)
    finally:
        timer.cancel()
        stop(child)
        timer.join()
        for stream in (child.stdin, child.stdout):
            with suppress(BrokenPipeError):
                stream.close()


def _tell(stdin: IO[str], said: str) -> None:
    """Hand the child its job, and leave the pipe open: its end is what tells the child to end."""
    try:
        stdin.write(said)
        stdin.flush()
    except BrokenPipeError:
        return  # it died before it listened, which its exit status tells


def read_lines(stdout: Iterable[str]) -> Iterator[PolledTarget]:
    """A child's output as closed targets. Raises CrawlError where it is not what it should be."""
    try:
        yield from closed_targets(stdout)
    except ValueError as error:
        raise CrawlError(str(error)) from error


def _overrun(child: subprocess.Popen[str], overdue: Event) -> None:
    overdue.set()
    stop(child)


def judge_end(code: int, exceeded: float | None) -> None:
    """Raise CrawlError where a child did not end by finishing; `exceeded` is the time limit that it broke."""
    if exceeded is not None:
        raise CrawlError(f"the crawl took longer than {exceeded:g} s and was stopped")
    if code:
        how = f"signal {-code}" if code < 0 else f"exit status {code}"
        raise CrawlError(f"the crawl's process died ({how})")


def stop(child: subprocess.Popen[str]) -> None:
    """End a child and whatever it started: politely, then not."""
    if child.poll() is None:
        _signal(child, signal.SIGTERM)
        try:
            child.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            _signal(child, signal.SIGKILL)
            child.wait()


def _signal(child: subprocess.Popen[str], number: int) -> None:
    try:
        os.killpg(child.pid, number)
    except ProcessLookupError:
        return
