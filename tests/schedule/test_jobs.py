"""What is overdue, what is settled, and when a source counts as not watched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from monitor.model.state import DONE, Last
from monitor.schedule.jobs import ATTEMPTS, Job, blind, due, jobs, overdue, settled
from monitor.times.slots import Line

NOON = datetime(2026, 6, 3, 12, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
ORDINARY = Job("ofsted", False, Line("ofsted", "0 * * * *"))
FULL = Job("ofsted", True, Line("ofsted-full", "30 3 * * *"))
OTHER = Job("press", False, Line("press", "0 * * * *"))


@dataclass
class When:
    schedule: str = "0 7 * * *"
    full_schedule: str = "0 4 * * sun"
    targets: tuple[str, ...] = ()


class Source:
    def __init__(self, *crawls: When) -> None:
        self._crawls = crawls

    def crawls(self) -> list[When]:
        return list(self._crawls)


def last(ago: timedelta = HOUR, *, finished: bool = True, attempts: int = 1) -> Last:
    at = NOON - timedelta(minutes=30) - ago
    return Last(at, attempts, at, at if finished else None, DONE if finished else None)


def test_each_source_has_two_jobs() -> None:
    made = jobs({"press": Source(When()), "page": Source(When())}, 30)
    assert [(j.id, j.full, j.line.jitter, j.targets) for j in made] == [
        *(("press", False, 30, ()), ("press-full", True, 30, ()), ("page", False, 30, ()), ("page-full", True, 30, ()))
    ]


def test_targets_of_another_schedule_have_jobs_of_their_own() -> None:
    hourly, daily = When("0 * * * *", targets=("a", "b")), When(targets=("c",))
    made = jobs({"page": Source(hourly, daily)}, 0)
    assert [(j.source, j.full, j.targets) for j in made] == [
        *(("page", False, ("a", "b")), ("page", True, ("a", "b")), ("page", False, ("c",)), ("page", True, ("c",)))
    ]
    assert len({j.id for j in made}) == 4
    ledger = {made[1].id: last(timedelta(days=9)), made[0].id: last(), made[3].id: last(timedelta(0))}
    owed, spared = overdue(made, ledger, NOON)
    assert [job for job, _ in owed] == [made[1], made[2]]
    assert [job for job, _ in spared] == [made[0]]


def test_the_first_look_is_due_at_once_and_a_whole_look_is_not() -> None:
    assert due(ORDINARY, None, NOON) == NOON
    assert due(FULL, None, NOON) is None


def test_a_stop_is_made_up_for_once_by_the_newest_slot() -> None:
    ledger = {"ofsted": last(timedelta(days=3)), "press": last(timedelta(0))}
    assert overdue([ORDINARY, OTHER], ledger, NOON) == ([(ORDINARY, NOON - timedelta(minutes=30))], [])


def test_a_whole_look_makes_up_for_an_ordinary_one() -> None:
    ledger = {"ofsted": last(timedelta(days=2)), "ofsted-full": last(timedelta(days=2)), "press": last()}
    owed, spared = overdue([ORDINARY, FULL, OTHER], ledger, NOON)
    assert [job.id for job, _ in owed] == ["ofsted-full", "press"]
    assert [job.id for job, _ in spared] == ["ofsted"]


def test_a_crawl_that_was_cut_off_is_owed_again_but_not_for_ever() -> None:
    cut = last(timedelta(0), finished=False)
    assert overdue([ORDINARY], {"ofsted": cut}, NOON)[0] == [(ORDINARY, cut.slot)]
    given_up = last(timedelta(0), finished=False, attempts=ATTEMPTS)
    assert overdue([ORDINARY], {"ofsted": given_up}, NOON) == ([], [])
    assert overdue([ORDINARY], {"ofsted": given_up}, NOON + HOUR)[0] == [(ORDINARY, given_up.slot + HOUR)]


def test_a_clock_that_was_far_ahead_holds_nothing_up_and_one_set_back_repeats_nothing() -> None:
    assert due(ORDINARY, last(-timedelta(days=365)), NOON) == NOON
    assert due(ORDINARY, last(-HOUR), NOON) is None
    assert due(FULL, last(-timedelta(days=365)), NOON) is None


def test_a_slot_is_settled_by_its_own_run_or_a_later_one() -> None:
    done = last(timedelta(0))
    assert settled(done, done.slot)
    assert settled(done, done.slot - HOUR)
    assert not settled(done, done.slot + HOUR)
    assert not settled(last(timedelta(0), finished=False), done.slot)
    assert not settled(None, NOON)


def test_three_looks_that_saw_nothing_are_blind() -> None:
    assert not blind(ORDINARY, NOON - 2 * HOUR, NOON)
    assert blind(ORDINARY, NOON - 3 * HOUR, NOON)
