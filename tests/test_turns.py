"""What goes next over one way: in order, and what may have been taken never in another message."""

from __future__ import annotations

from datetime import timedelta

from monitor.deliver.turns import LARGEST, STUCK, Debt, Turn, turn
from tests.making import NOON

LATER, EARLIER = NOON + timedelta(minutes=10), NOON - timedelta(minutes=10)


def fixed(id_: int, message: str, attempts: int = 1, **more: object) -> Debt:
    return Debt(id_, message=message, attempts=attempts, put_off=True, **{"due": NOON, **more})  # type: ignore[arg-type]


def ids(found: Turn | None) -> tuple[int, ...] | None:
    return found.ids if found else None


def test_few_go_one_by_one_and_many_together() -> None:
    few = [Debt(n, EARLIER) for n in (1, 2, 3)]
    assert ids(turn(few, NOON, 3)) == (1,)
    assert ids(turn([*few, Debt(4, NOON)], NOON, 3)) == (1, 2, 3, 4)
    assert ids(turn([*few, Debt(4, LATER)], NOON, 3)) == (1,)
    assert ids(turn(few[:2], NOON, 0)) == (1, 2)
    assert ids(turn([Debt(n, NOON) for n in range(1000)], NOON, 3)) == tuple(range(LARGEST))


def test_what_was_told_to_wait_keeps_the_rest_waiting_and_is_put_together_with_it() -> None:
    refused = [Debt(1, LATER, attempts=2, put_off=True), Debt(2, EARLIER), Debt(3, EARLIER), Debt(4, EARLIER)]
    assert turn(refused, NOON, 3) is None
    assert turn(refused, LATER, 3) == Turn((1, 2, 3, 4), LATER, None, attempts=2)


def test_a_digest_that_is_not_due_yet_keeps_nothing_waiting() -> None:
    assert ids(turn([Debt(1, LATER), Debt(2, NOON)], NOON, 3)) == (2,)


def test_what_may_have_been_taken_stays_the_message_that_it_was() -> None:
    owed = [fixed(1, "m", due=NOON), fixed(2, "m", due=NOON), *[Debt(n, NOON) for n in (3, 4, 5, 6)]]
    assert turn(owed, NOON, 3) == Turn((1, 2), NOON, "m", attempts=1)
    assert turn([fixed(1, "m", due=LATER), Debt(2, NOON)], NOON, 3) is None


def test_a_message_that_alone_is_refused_does_not_keep_the_next_waiting_for_ever() -> None:
    owed = [fixed(1, "m", STUCK, due=LATER), Debt(2, NOON)]
    assert turn(owed, NOON, 3) == Turn((1,), LATER, "m", STUCK, counted=False)  # first in order, once more
    assert ids(turn(owed, NOON, 3, tried={"m"})) == (2,)


def test_a_channel_that_takes_neither_of_two_is_down() -> None:
    owed = [fixed(1, "m", STUCK, due=LATER), fixed(2, "n", STUCK, due=LATER), Debt(3, NOON)]
    assert turn(owed, NOON, 3) is None


def test_a_quiet_hour_lets_through_what_may_pass() -> None:
    owed = [Debt(1, EARLIER), Debt(2, NOON, critical=True), fixed(3, "m")]
    assert ids(turn(owed, NOON, 3, passes=lambda d: d.critical)) == (2,)
    assert turn(owed, NOON, 3, passes=lambda _: False) is None
