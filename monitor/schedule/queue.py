"""What is to be crawled now: one crawl of a source at a time, a few sources at once, the rest waits its turn."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from monitor.schedule.jobs import Job

log = logging.getLogger("ofsted-watch")


@dataclass(frozen=True, slots=True)
class QueuedJob:
    """A job's turn: for which slot, not before when (by the monotonic clock), and how often it was put off."""

    job: Job
    slot: datetime
    not_before: float = 0.0
    put_off: int = 0


class Queue:
    """Pieces waiting, and the threads that work on them."""

    def __init__(self, work: Callable[[QueuedJob], None], workers: int) -> None:
        self._work = work
        self._waiting: dict[str, QueuedJob] = {}
        self._busy: dict[str, QueuedJob] = {}
        self._threads: list[threading.Thread] = []
        self._wanted = 0
        self._stopped = False
        self._changed = threading.Condition()
        self.resize(workers)

    def put(self, piece: QueuedJob) -> None:
        """Add a piece. If the job is waiting already, this turn takes the place of that one in the row."""
        with self._changed:
            self._waiting[piece.job.id] = piece
            self._changed.notify_all()

    def drop(self, known: set[str]) -> None:
        """Forget what waits of jobs that are not among these any more."""
        with self._changed:
            self._waiting = {id_: piece for id_, piece in self._waiting.items() if id_ in known}

    def resize(self, workers: int) -> None:
        """Work on so many at once from now on; what is under way goes on."""
        with self._changed:
            self._wanted = workers
            self._changed.notify_all()
            self._threads = [t for t in self._threads if t.is_alive()]
            for _ in range(workers - len(self._threads)):
                thread = threading.Thread(target=self._serve, name="crawl", daemon=True)
                self._threads.append(thread)
                thread.start()

    def under_way(self) -> list[str]:
        """The jobs that are being worked on."""
        with self._changed:
            return [piece.job.id for piece in self._busy.values()]

    def idle(self) -> bool:
        """Whether nothing is being worked on, and nothing waits whose time has come."""
        with self._changed:
            now = time.monotonic()
            return not self._busy and all(p.not_before > now for p in self._waiting.values())

    def stop(self) -> None:
        """Begin nothing more."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def join(self, seconds: float) -> bool:
        """Wait for what is under way; False where it did not end in time."""
        until = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _serve(self) -> None:
        while (piece := self._next()) is not None:
            try:
                self._work(piece)
            except Exception:
                log.exception("%s: failed in an unforeseen way", piece.job.id, extra={"job": piece.job.id})
            finally:
                self._done(piece)

    def _next(self) -> QueuedJob | None:
        """Wait for the oldest job that is due and whose source is free. None: the thread should end."""
        with self._changed:
            while not self._stopped and len(self._threads) <= self._wanted:
                now = time.monotonic()
                free = [p for p in self._waiting.values() if p.job.source not in self._busy]
                piece = next((p for p in free if p.not_before <= now), None)
                if piece is not None:
                    del self._waiting[piece.job.id]
                    self._busy[piece.job.source] = piece
                    return piece
                self._changed.wait(min((p.not_before - now for p in free), default=None))
            self._threads = [t for t in self._threads if t is not threading.current_thread()]
            return None

    def _done(self, piece: QueuedJob) -> None:
        with self._changed:
            del self._busy[piece.job.source]
            self._changed.notify_all()
