"""What a look finds: from the jobs, the ledger and the clock alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.model.state import DONE
from monitor.schedule.jobs import Job
from monitor.schedule.queue import QueuedJob
from monitor.schedule.timetable import Timetable
from monitor.store import Store, job_runs
from monitor.times.slots import Line

NOON = datetime(2026, 6, 3, 12, tzinfo=UTC)
HOURLY, LATE = Line("press", "0 * * * *"), Line("press", "50 * * * *")
HOUR = timedelta(hours=1)


class Desk:
    """A timetable, its clock, and what it has put."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.now = folder, NOON
        self.put, self.busy = list[QueuedJob](), list[str]()
        self.timetable = Timetable(folder, self.put.append, lambda: self.busy, lambda: self.now)

    def load(self, *lines: Line) -> None:
        self.timetable.load([Job(line.job, False, line) for line in lines])

    def look(self, at: datetime) -> Sequence[datetime]:
        """The slots that are put then, each worked on to its end."""
        self.now = at
        self.timetable.look()
        return self.work()

    def work(self) -> Sequence[datetime]:
        done = [piece.slot for piece in self.put]
        with Store(self.folder) as store:
            for piece in self.put:
                job_runs.started(store, piece.job.id, piece.slot, self.now)
                job_runs.ended(store, piece.job.id, self.now, DONE)
        self.put.clear()
        return done


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.load(HOURLY)
    assert made.work() == [NOON]
    return made


def test_a_look_puts_what_is_due_and_nothing_twice(desk: Desk) -> None:
    assert desk.look(NOON + HOUR - timedelta(seconds=1)) == []
    assert desk.look(NOON + HOUR) == [NOON + HOUR]
    assert desk.look(NOON + HOUR + timedelta(seconds=30)) == []


@pytest.mark.parametrize("hours", [1, 8, 24 * 30])
def test_a_clock_that_was_set_ahead_or_a_long_sleep_is_caught_up_once(desk: Desk, hours: int) -> None:
    woken = NOON + hours * HOUR + timedelta(minutes=10)
    assert desk.look(woken) == [NOON + hours * HOUR]
    assert desk.look(woken) == []


def test_a_clock_that_was_set_back_repeats_nothing_and_holds_nothing_up(desk: Desk) -> None:
    assert desk.look(NOON + HOUR) == [NOON + HOUR]
    assert desk.look(NOON) == []
    assert desk.look(NOON + HOUR) == []
    assert desk.look(NOON - 5 * HOUR) == [NOON - 5 * HOUR]  # what ran five hours ahead of now ran by a wrong clock


def test_what_is_under_way_is_found_when_it_has_ended(desk: Desk) -> None:
    desk.busy = ["press"]
    assert desk.look(NOON + HOUR) == []
    desk.busy = []
    assert desk.look(NOON + HOUR + timedelta(minutes=20)) == [NOON + HOUR]


def test_a_new_line_counts_from_now(desk: Desk) -> None:
    desk.now = NOON + timedelta(minutes=55)
    desk.load(LATE)
    assert desk.look(desk.now) == []
    assert desk.look(NOON + timedelta(minutes=110)) == [NOON + timedelta(minutes=110)]


def test_what_fell_due_by_the_old_line_since_the_last_look_is_not_lost(desk: Desk) -> None:
    desk.now = NOON + HOUR + timedelta(seconds=20)
    desk.load(Line("press", "0 6 * * *"))
    assert desk.work() == [NOON + HOUR]


def test_a_job_that_is_configured_no_more_is_not_put(desk: Desk) -> None:
    desk.load(Line("govuk", "0 6 * * *"))
    desk.work()
    assert desk.look(NOON + HOUR) == []
