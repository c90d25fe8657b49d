"""Crawls inside `run`: children of a fork server that has Scrapy loaded already.

A crawl of its own interpreter spends most of its time importing. The standard library's fork server
imports once and forks for each crawl; the scheduler's process itself never loads Scrapy. What the
child does is the same as on the command line, and so is its end: with its parent, or at the time limit.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Generator, Iterable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from multiprocessing.forkserver import ensure_running
from multiprocessing.process import parent_process
from multiprocessing.util import get_temp_dir
from pkgutil import resolve_name
from threading import Event, Thread

from monitor.config.environment import without_secrets
from monitor.crawl import processes
from monitor.crawl.child import GRACE_SECONDS, CrawlError, follow
from monitor.model import Job
from monitor.model.state import PolledTarget

log = logging.getLogger("ofsted-watch.crawl")

CHILD = "spiders.child:run"
PRELOAD = [__name__, "monitor.cli", "spiders.preload"]
"""What the fork server loads once: the spiders, and what a child imports before it begins. That is this module, and the
command's, because a child starts like the main program. To import them in each child takes 50 ms a crawl. The library's
own name for the main program, "__main__", does nothing in Python 3.11 (gh-126631)."""
MAX_FOLDER_BYTES = 107 - len("/pymp-12345678/listener-12345678")
"""Of the folder in which multiprocessing makes its own for sockets (unix(7): 108 with the final zero)."""
SHORT_FOLDERS = ("/tmp", "/var/tmp", "/dev/shm", "/run")  # noqa: S108 - a folder of our own is made in it


class CrawlStopped(Exception):  # noqa: N818 - what happened
    """A crawl was given up because we are stopping. It says nothing of the source."""


class ForkedCrawls:
    """The fork server and the crawls under way in it."""

    def __init__(self, child: str = CHILD) -> None:
        """`child` names what runs a job in the forked process."""
        self._name = child
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload([*PRELOAD, child.partition(":")[0]])
        self._under_way: set[ForkedChild] = set()
        self._stopping = Event()

    def stop(self) -> None:
        """Give up the crawls under way; what they closed is kept by whoever reads them."""
        self._stopping.set()
        for child in list(self._under_way):
            with suppress(ValueError):  # it has ended and is closed since
                child.terminate()

    def crawl(self, job: Job, time_limit: float) -> Generator[PolledTarget, None, None]:
        """Like `command.crawl`, in a forked child whose log goes into ours. Raises CrawlStopped after `stop`."""
        if self._stopping.is_set():
            raise CrawlStopped
        child = ForkedChild(self._context, job, self._name)
        self._under_way.add(child)
        try:
            if self._stopping.is_set():  # it came while the child was starting
                child.terminate()
            yield from follow(child, time_limit)
        except CrawlError as error:
            if self._stopping.is_set():
                raise CrawlStopped from error
            raise
        finally:
            self._under_way.discard(child)


def start_fork_server() -> None:
    """Start the fork server if it does not run. It and its children have none of our secrets."""
    make_short_socket_folder()
    with without_secrets():
        ensure_running()


def make_short_socket_folder() -> None:
    """Have multiprocessing make its temporary folder where the path of a socket in it fits: the system takes 108 bytes,
    and TMPDIR may be longer (a CI's workspace, a snap, a user's own folder)."""
    usual = tempfile.gettempdir()
    if len(os.fsencode(usual)) <= MAX_FOLDER_BYTES:
        return
    try:
        tempfile.tempdir = next((p for p in SHORT_FOLDERS if os.access(p, os.W_OK | os.X_OK)), usual)
        get_temp_dir()
    finally:
        tempfile.tempdir = usual


class ForkedChild:
    """A fork of the fork server that runs a job."""

    def __init__(self, context: ForkServerContext, job: Job, name: str) -> None:
        self._ours, theirs = context.Pipe(duplex=False)
        said, saying = context.Pipe(duplex=False)
        self._process = context.Process(target=_child, args=(job, theirs, saying, name), daemon=True)
        start_fork_server()
        processes.start(self._process)
        self.terminate, self.kill = self._process.terminate, self._process.kill
        theirs.close()
        saying.close()
        self._listener = Thread(target=_listen, args=(said, job), daemon=True)
        self._listener.start()

    def lines(self) -> Iterable[str]:
        """See `Child`."""
        with open(self._ours.fileno(), encoding="utf-8", closefd=False) as lines:
            yield from lines

    def wait(self, seconds: float | None) -> int | None:
        """See `Child`."""
        return processes.ended(self._process, seconds)

    def close(self) -> None:
        """Give back its pipes, when the last of its log is written."""
        self._ours.close()
        self._listener.join(GRACE_SECONDS)
        self._process.close()


def _listen(said: Connection, job: Job) -> None:
    """What Scrapy says on its standard error, as lines of our log."""
    with said, open(said.fileno(), encoding="utf-8", errors="replace", closefd=False) as lines:
        for line in lines:
            log.warning("%s", line.rstrip(), extra={"source": job.source, "run": job.run})


def _child(job: Job, out: Connection, saying: Connection, name: str) -> None:
    """In the forked child: crawl, and end with the parent."""
    os.dup2(saying.fileno(), 2)
    saying.close()
    Thread(target=_end_with_parent, daemon=True).start()
    os.setsid()
    with open(out.fileno(), "w", encoding="utf-8", closefd=False) as lines:
        resolve_name(name)(job, lines)
    sys.stderr.flush()
    os._exit(0)  # a thread may still wait for a name server, and an ordinary end would wait for it


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
