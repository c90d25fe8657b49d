"""Runs that change too much at once."""

from __future__ import annotations

import pytest

from monitor.health.quarantine import is_believed, judge, moved, silently, too_much
from monitor.model import Record
from monitor.model.state import ChangeType, Key, RecordChange, Stored, key_of
from monitor.model.trouble import Quarantine
from tests.making import NOON, record

AT = NOON.isoformat()


def steps(type_: ChangeType, count: int, fields: str = "x") -> list[RecordChange]:
    made = [Stored(record(str(n), fields={"grade": fields}), "listed", AT) for n in range(count)]
    return [RecordChange(type_, s, s) for s in made]


@pytest.mark.parametrize(
    ("type_", "fine", "many"),
    [("corrected", 9, 12), ("missing", 4, 6), ("replaced", 9, 12), ("published", 49, 60)],
)
def test_limits(type_: ChangeType, fine: int, many: int) -> None:
    assert too_much(steps(type_, fine), 100) is None
    assert too_much(steps(type_, many), 100) is not None


def test_the_busiest_morning_since_2018_is_no_quarantine() -> None:
    assert too_much(steps("published", 10), 1500) is None


def test_a_mass_change_is_believed_after_two_more_runs_that_claim_the_same() -> None:
    claim, held = steps("corrected", 66), None
    for confirmations in (0, 1):
        held = judge(claim, 96, held, AT)
        assert held is not None
        assert held.confirmations == confirmations
        assert not any(is_believed(change, held) for change in claim)
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
    assert [s.type for s in run if is_believed(s, held)] == ["published"]


def test_a_sane_run_ends_it() -> None:
    held = judge(steps("missing", 37), 96, None, AT)
    assert judge(steps("published", 2), 96, held, AT) is None


def entries(place: str, *titles: str, kind: str = "entry") -> list[Record]:
    return [Record("page.Board", "Board", kind, f"{place}/{n}", "https://a.uk", t) for n, t in enumerate(titles)]


def stored(*records: Record) -> dict[Key, Stored]:
    return {key_of(r): Stored(r, "listed", AT) for r in records}


@pytest.mark.parametrize(
    ("known", "seen", "count"),
    [
        (entries("a", "June", "July", "Plan"), entries("b", "June", "July", "Plan"), 3),
        (entries("a", "June", "July", "Plan"), entries("b", "June", "July", "Plan", "Letter"), 3),
        (entries("a", "June", "July", "Plan"), [*entries("a", "June"), *entries("b", "x", "July")], 0),
        (entries("a", "June", "July"), entries("b", "August", "September"), 0),
        (entries("a", "Latest letter"), entries("b", "Latest letter"), 0),
        (entries("a", "June", "July"), [*entries("a", "June", "July"), *entries("b", "June", "July")], 0),
        (entries("a", "Item", "Item", kind="article"), entries("b", "Item", "Item", kind="article"), 0),
        ([], entries("b", "June", "July"), 0),
    ],
)
def test_a_list_has_moved_if_all_of_it_is_new_under_known_titles(
    known: list[Record], seen: list[Record], count: int
) -> None:
    assert len(moved(seen, stored(*known))) == count


def test_a_list_that_moved_is_believed_when_its_addresses_stay_and_nobody_is_told() -> None:
    keys, held = moved(entries("b", "June", "July"), stored(*entries("a", "June", "July"))), None
    for confirmations in (0, 1):
        held = judge([], 2, held, AT, keys)
        assert held is not None
        assert held.confirmations == confirmations
        assert "2 entries appeared at once" in held.reason
    assert judge([], 2, held, AT, keys) is None
    new = Stored(entries("b", "June")[0], "listed", AT, announced=True)
    assert silently(RecordChange("published", None, new)) == RecordChange(
        "baseline", None, Stored(new.record, "listed", AT)
    )


def test_a_list_whose_addresses_are_others_each_time_stays_held() -> None:
    known, held = stored(*entries("a", "June", "July")), None
    for place in "bcdefg":
        held = judge([], 2, held, AT, moved(entries(place, "June", "July"), known))
        assert held is not None
        assert held.confirmations == 0
