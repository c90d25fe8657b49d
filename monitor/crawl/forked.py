"""Crawls inside `run`: children of a fork server that has Scrapy loaded already.

A crawl of its own interpreter spends most of its time importing. The standard library's fork server
imports once and forks for each crawl; the scheduler's process itself never loads Scrapy. What the
child does is the same as on the command line, and so is its end: with its parent, or at the time limit.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from multiprocessing.process import parent_process
from pkgutil import resolve_name
from threading import Event, Timer

from monitor.crawl.child import GRACE_SECONDS, CrawlError, judge_end, read_lines
from monitor.model import Job
from monitor.model.state import PolledTarget

log = logging.getLogger("ofsted-watch.crawl")

CHILD = "spiders.child:run"
PRELOAD = ["__main__", "spiders.preload"]


class CrawlStopped(Exception):  # noqa: N818 - what happened
    """A crawl was given up because we are stopping. It says nothing of the source."""


class ForkedCrawls:
    """The fork server and the crawls under way in it."""

    def __init__(self, child: str = CHILD) -> None:
        """`child` names what runs a job in the forked process."""
        self._name = child
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload([*PRELOAD, child.partition(":")[0]])
        self._under_way: set[ForkServerProcess] = set()
        self._stopped = False

    def stop(self) -> None:
        """Give up the crawls under way; what they closed is kept by whoever reads them."""
        self._stopped = True
        for child in list(self._under_way):
            with suppress(ValueError):  # it has ended and is closed since
                child.terminate()

    def crawl(self, job: Job, time_limit: float) -> Iterator[PolledTarget]:
        """Like `crawl.child.crawl`, in a forked child whose log goes into ours. Raises CrawlStopped after `stop`."""
        if self._giving_up():
            raise CrawlStopped
        ours, theirs = self._context.Pipe(duplex=False)
        said, saying = self._context.Pipe(duplex=False)
        child = self._context.Process(target=_child, args=(job, theirs, saying, self._name), daemon=True)
        child.start()
        theirs.close()
        saying.close()
        listener = threading.Thread(target=_listen, args=(said, job), daemon=True)
        listener.start()
        self._under_way.add(child)
        overdue = Event()
        timer = Timer(time_limit, _overrun, [child, overdue])
        timer.start()
        try:
            if self._giving_up():  # it came while the child was starting
                child.terminate()
            yield from _closed(ours)
            child.join()
            judge_end(child.exitcode or 0, time_limit if overdue.is_set() else None)
        except CrawlError as error:
            if self._giving_up():
                raise CrawlStopped from error
            raise
        finally:
            timer.cancel()
            self._under_way.discard(child)
            _stop(child)
            timer.join()
            listener.join(GRACE_SECONDS)
            child.close()

    def _giving_up(self) -> bool:
        return self._stopped


def _listen(said: Connection, job: Job) -> None:
    """What Scrapy says on its standard error, as lines of our log."""
    with said, open(said.fileno(), encoding="utf-8", errors="replace", closefd=False) as lines:
        for line in lines:
            log.warning("%s", line.rstrip(), extra={"source": job.source, "run": job.run})


def _overrun(child: ForkServerProcess, overdue: Event) -> None:
    overdue.set()
    _stop(child)


def _closed(ours: Connection) -> Iterator[PolledTarget]:
    with ours, open(ours.fileno(), encoding="utf-8", closefd=False) as lines:
        yield from read_lines(lines)


def _stop(child: ForkServerProcess) -> None:
    child.terminate()
    child.join(GRACE_SECONDS)
    if child.exitcode is None:
        child.kill()
        child.join()


def _child(job: Job, out: Connection, saying: Connection, name: str) -> None:
    """In the forked child: crawl, and end with the parent."""
    os.dup2(saying.fileno(), 2)
    saying.close()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.setsid()
    with open(out.fileno(), "w", encoding="utf-8", closefd=False) as lines:
        resolve_name(name)(job, lines)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
