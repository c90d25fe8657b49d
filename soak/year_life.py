"""One life of the unattended program in virtual time: what `run` does, with somebody else holding the clock.

The real service with its queue, its crawls in forked children and its deliveries. Only its scheduler has no thread of
its own: when all that is due has been done, a line on standard output says so, with the time, the seconds until
something is due and what this process holds; the answer on standard input says by how much the clock moves on
(`shift`), and by how much somebody sets it (`set`). The end of standard input is the end, as SIGTERM is.
"""

from __future__ import annotations

import gc
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import time_machine
from apscheduler.executors.debug import DebugExecutor

from monitor.config.file import Config, load
from monitor.crawl.forked import ForkedCrawls
from monitor.schedule.timetable import DEFAULTS, FIRE
from monitor.service.service import Service
from monitor.store import Store, StoreError
from monitor.store.lock import alone
from monitor.times.spec import ZONE
from soak.clock import Stepped

CHILD = "soak.year_crawl:run"
ROUND_MINUTES = 180
"""The minute's round and the ten minutes' look, made so seldom: a year has half a million minutes."""
REFUSED = 2
"""The exit status of a start that could not use the data folder, as of the command's."""
POLL_SECONDS = 0.003


class Life(Service):
    """`run` with a clock that is moved on from outside."""

    def __init__(self, config: Config, clock: Any) -> None:
        executors = {"default": DebugExecutor(), FIRE: DebugExecutor()}
        self._stepped = Stepped(timezone=ZONE, job_defaults=DEFAULTS, executors=executors)
        self._clock, self._steps = clock, 0
        super().__init__(config, self._stepped, ForkedCrawls(CHILD))

    def _start_sending(self) -> None:
        """What is owed is sent between two steps, while the clock stands."""

    def _send(self) -> None:
        try:
            with Store(self._config.data_dir) as store:
                self._sending.send(store)
        except StoreError as error:
            print(error, file=sys.stderr)

    def _wait(self) -> None:
        for name in ("round", "look"):
            self._stepped.reschedule_job(name, trigger="interval", minutes=ROUND_MINUTES)
        while not self._stop:
            wait = self._stepped.due()
            while not (self._stop or self._queue.idle()):
                self._woken.wait(POLL_SECONDS)
            self._send()
            if not self._stop:
                self._step(wait)

    def _step(self, wait: float) -> None:
        answer = _asked(self._state(wait))
        if answer is None:
            self._stop = True
            return
        self._clock.shift(answer["shift"] + answer["set"])
        if answer["set"]:
            self._timetable.rebase()
            self._timetable.look()

    def _state(self, wait: float) -> dict[str, Any]:
        self._steps += 1
        state: dict[str, Any] = {"now": datetime.now(UTC).isoformat(), "wait": wait, "next": self._next()}
        return state | held() if self._steps % 8 == 1 else state

    def _next(self) -> list[str]:
        """The jobs that are due next."""
        found = [(job.next_run_time, job.id) for job in self._stepped.get_jobs()]
        first = min(moment for moment, _ in found)
        return [name for moment, name in found if moment == first]


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
