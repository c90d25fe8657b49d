"""One life of the unattended program in virtual time: what `run` does, with somebody else holding the clock.

The real service with its queue, its crawls in forked children and its deliveries. Only its alarm never rings: it looks
at each step, and when all that is due has been done, a line on standard output says so, with the time, the seconds
until a job is due and what this process holds; the answer on standard input says by how much the clock moves on
(`shift`), and by how much somebody sets it (`set`). The end of standard input is the end, as SIGTERM is.
"""

from __future__ import annotations

import gc
import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import time_machine

from monitor.config.file import Config, load
from monitor.crawl.forked import ForkedCrawls
from monitor.schedule.jobs import Job, jobs
from monitor.service import nightly
from monitor.service.service import Service
from monitor.store import Store, StoreError
from monitor.store.lock import alone

CHILD = "soak.year_crawl:run"
ROUND = timedelta(hours=3)
"""The half minute's round, made so seldom: a year has a million half minutes."""
REFUSED = 2
"""The exit status of a start that could not use the data folder, as of the command's."""
POLL_SECONDS = 0.003


class Life(Service):
    """`run` with a clock that is moved on from outside."""

    def __init__(self, config: Config, clock: Any) -> None:
        self._clock, self._steps, self._rounded = clock, 0, datetime.now(UTC)
        super().__init__(config, ForkedCrawls(CHILD))

    def _start(self) -> None:
        """The clock is held outside, and what is owed is sent between two steps, while it stands."""

    def _ring(self) -> None:
        now = datetime.now(UTC)
        self._timetable.look()
        if not timedelta(0) <= now - self._rounded < ROUND:
            self._rounded = now
            self._oversight.round()

    def _send(self) -> None:
        try:
            with Store(self._config.data_dir) as store:
                self._sending.send(store)
        except StoreError as error:
            print(error, file=sys.stderr)

    def _wait(self) -> None:
        while not self._stop:
            self._ring()
            while not (self._stop or self._queue.idle()):
                self._woken.wait(POLL_SECONDS)
            self._send()
            if not self._stop:
                self._step()

    def _step(self) -> None:
        answer = _asked(self._state())
        if answer is None:
            self._stop = True
            return
        self._clock.shift(answer["shift"] + answer["set"])

    def _state(self) -> dict[str, Any]:
        self._steps += 1
        now = datetime.now(UTC)
        jitter = self._config.run.jitter
        every = [*jobs(self._config.sources.enabled(), jitter), nightly.job(jitter)]
        wait = min(next_due(job, now) for job in every) - now
        state: dict[str, Any] = {"now": now.isoformat(), "wait": wait.total_seconds()}
        return state | held() if self._steps % 8 == 1 else state


def next_due(job: Job, now: datetime) -> datetime:
    """The first time after `now` from which a slot of the job is due."""
    times = (job.line.at(slot) for slot in job.line.slots(now - timedelta(seconds=job.line.jitter)))
    return next(time for time in times if time > now)


def held() -> dict[str, int]:
    """What this process holds of the machine: bytes of memory, open files, threads."""
    gc.collect()
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    files = len(list(Path("/proc/self/fd").iterdir()))
    return {"rss": int(status["VmRSS"].split()[0]) * 1024, "files": files, "threads": int(status["Threads"])}


def _asked(state: dict[str, Any]) -> dict[str, float] | None:
    print(json.dumps(state), flush=True)
    line = sys.stdin.readline()
    return json.loads(line) if line else None


def main(path: str, now: str) -> int:
    """Live until told to stop."""
    with time_machine.travel(datetime.fromisoformat(now), tick=True) as clock:
        config = load(Path(path))
        try:
            with alone(config.data_dir / "run.lock"):
                return int(not Life(config, clock).run())
        except StoreError as error:
            print(error, file=sys.stderr)
            return REFUSED
