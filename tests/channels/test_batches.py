"""What goes next over one way: in order, and what may have been taken never in another message."""

from __future__ import annotations

from datetime import timedelta

from monitor.channels.batches import MAX_ATTEMPTS_BEFORE_STUCK, MAX_EVENTS, next_batch
from monitor.model.delivery import Batch, PendingDelivery, Share
from tests.making import NOON

LATER, EARLIER = NOON + timedelta(minutes=10), NOON - timedelta(minutes=10)


def fixed(id_: int, message: str, attempts: int = 1, **more: object) -> PendingDelivery:
    return PendingDelivery(id_, message=message, attempts=attempts, put_off=True, **{"due": NOON, **more})  # type: ignore[arg-type]


def ids(found: Batch | None) -> tuple[int, ...] | None:
    return found.ids if found else None


def test_an_outage_and_news_are_never_one_message() -> None:
    owed = [PendingDelivery(n, EARLIER, share=Share(outage=n in (2, 4))) for n in range(1, 6)]
    assert ids(next_batch(owed, NOON, 0)) == (1, 3, 5)
    assert ids(next_batch([d for d in owed if d.share.outage], NOON, 0)) == (2, 4)


def test_few_go_one_by_one_and_many_together() -> None:
    few = [PendingDelivery(n, EARLIER) for n in (1, 2, 3)]
    assert ids(next_batch(few, NOON, 3)) == (1,)
    assert ids(next_batch([*few, PendingDelivery(4, NOON)], NOON, 3)) == (1, 2, 3, 4)
    assert ids(next_batch([*few, PendingDelivery(4, LATER)], NOON, 3)) == (1,)
    assert ids(next_batch(few[:2], NOON, 0)) == (1, 2)
    assert ids(next_batch([PendingDelivery(n, NOON) for n in range(1000)], NOON, 3)) == tuple(range(MAX_EVENTS))


def test_what_was_told_to_wait_keeps_the_rest_waiting_and_is_put_together_with_it() -> None:
    refused = [
        PendingDelivery(1, LATER, attempts=2, put_off=True),
        PendingDelivery(2, EARLIER),
        PendingDelivery(3, EARLIER),
        PendingDelivery(4, EARLIER),
    ]
    assert next_batch(refused, NOON, 3) is None
    assert next_batch(refused, LATER, 3) == Batch((1, 2, 3, 4), LATER, None, attempts=2)


def test_a_digest_that_is_not_due_yet_keeps_nothing_waiting() -> None:
    assert ids(next_batch([PendingDelivery(1, LATER), PendingDelivery(2, NOON)], NOON, 3)) == (2,)


def test_what_may_have_been_taken_stays_the_message_that_it_was() -> None:
    owed = [fixed(1, "m", due=NOON), fixed(2, "m", due=NOON), *[PendingDelivery(n, NOON) for n in (3, 4, 5, 6)]]
    assert next_batch(owed, NOON, 3) == Batch((1, 2), NOON, "m", attempts=1)
    assert next_batch([fixed(1, "m", due=LATER), PendingDelivery(2, NOON)], NOON, 3) is None


def test_a_message_that_alone_is_refused_does_not_keep_the_next_waiting_for_ever() -> None:
    owed = [fixed(1, "m", MAX_ATTEMPTS_BEFORE_STUCK, due=LATER), PendingDelivery(2, NOON)]
    assert next_batch(owed, NOON, 3) == Batch(
        (1,), LATER, "m", MAX_ATTEMPTS_BEFORE_STUCK, ahead_of_schedule=True
    )  # first in order, once more
    assert ids(next_batch(owed, NOON, 3, tried={"m"})) == (2,)


def test_a_channel_that_takes_neither_of_two_is_down() -> None:
    owed = [
        fixed(1, "m", MAX_ATTEMPTS_BEFORE_STUCK, due=LATER),
        fixed(2, "n", MAX_ATTEMPTS_BEFORE_STUCK, due=LATER),
        PendingDelivery(3, NOON),
    ]
    assert next_batch(owed, NOON, 3) is None


def test_a_quiet_hour_lets_through_what_may_pass() -> None:
    owed = [PendingDelivery(1, EARLIER), PendingDelivery(2, NOON, critical=True), fixed(3, "m")]
    assert ids(next_batch(owed, NOON, 3, passes=lambda d: d.critical)) == (2,)
    assert next_batch(owed, NOON, 3, passes=lambda _: False) is None
