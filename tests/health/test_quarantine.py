"""Runs that change too much at once."""

from __future__ import annotations

import pytest

from monitor.health.quarantine import believed, judge, too_much
from monitor.model.state import RecordChange, Stored, Verb
from monitor.model.trouble import Quarantine
from tests.making import NOON, record

AT = NOON.isoformat()


def steps(verb: Verb, count: int, fields: str = "x") -> list[RecordChange]:
    made = [Stored(record(str(n), fields={"grade": fields}), "listed", AT) for n in range(count)]
    return [RecordChange(verb, s, s) for s in made]


@pytest.mark.parametrize(
    ("verb", "fine", "many"),
    [("corrected", 9, 12), ("missing", 4, 6), ("replaced", 9, 12), ("published", 49, 60)],
)
def test_limits(verb: Verb, fine: int, many: int) -> None:
    assert too_much(steps(verb, fine), 100) is None
    assert too_much(steps(verb, many), 100) is not None


def test_the_busiest_morning_since_2018_is_no_quarantine() -> None:
    assert too_much(steps("published", 10), 1500) is None


def test_a_mass_change_is_believed_after_two_more_runs_that_claim_the_same() -> None:
    claim, held = steps("corrected", 66), None
    for confirmations in (0, 1):
        held = judge(claim, 96, held, AT)
        assert held is not None
        assert held.confirmations == confirmations
        assert believed(claim, held) == []
    assert judge(claim, 96, held, AT) is None


def test_another_claim_starts_the_count_again() -> None:
    held = judge(steps("corrected", 66), 96, None, AT)
    held = judge(steps("corrected", 66, "y"), 96, held, "later")
    assert held is not None
    assert (held.since, held.confirmations) == (AT, 0)


def test_mass_disappearance_never_becomes_true_by_repetition_but_holds_up_nothing_else() -> None:
    run, held = [*steps("missing", 37), *steps("published", 1)], None
    for _ in range(6):
        held = judge(run, 96, held, AT)
        assert isinstance(held, Quarantine)
    assert [s.verb for s in believed(run, held)] == ["published"]


def test_a_sane_run_ends_it() -> None:
    held = judge(steps("missing", 37), 96, None, AT)
    assert judge(steps("published", 2), 96, held, AT) is None
