"""The outbox: nothing lost, nothing repeated, nobody waiting for somebody else's channel."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.channels import rules
from monitor.channels.batches import next_batch
from monitor.channels.pace import Limit
from monitor.channels.rules import Channel
from monitor.deliver.choice import MAX_UNBATCHED
from monitor.deliver.retry import MAX_ATTEMPTS, MAX_WORDING_ATTEMPTS, backoff
from monitor.deliver.sender import Sender
from monitor.model import DeliveryError, Event, Thread
from monitor.model.delivery import LONGEST_PAUSE, Message, Route
from monitor.model.event import WordingError
from monitor.store import Store, outbox, owed, sending
from monitor.store.lock import LockedError, alone
from monitor.times.spec import parse_quiet
from tests.making import NOON, event
from tests.post import MAIL, SLACK, Out, Post


def claimed(store: Store, way: Route) -> Message:
    """The next message of a way, about to be sent."""
    found = next_batch(owed.pending(store, way), NOON, MAX_UNBATCHED)
    assert found is not None
    message = sending.message(store, way, found)
    sending.claim(store, message, NOON.isoformat())
    return message


def test_each_event_is_sent_once_to_each_channel(store: Store) -> None:
    post = Post(store)
    post.happen("e1", "e2")
    post.happen("e1")
    assert post.deliver() == []
    assert post.deliver() == []
    assert post.taken("slack") == post.taken("mail") == ["e1", "e2"]
    assert outbox.unsent(store) == 0


def test_a_dead_channel_keeps_its_own_and_delays_nobody_elses(store: Store) -> None:
    post = Post(store)
    post.ways["slack"].error = DeliveryError("HTTP 503", permanent=False)
    for n in range(3):
        post.happen(f"e{n}")
        assert post.deliver() == ["HTTP 503"]
    assert post.taken("mail") == ["e0", "e1", "e2"]
    assert outbox.unsent(store) == 3
    post.ways["slack"].error = None
    assert post.deliver() == []
    assert post.taken("slack") == ["e0", "e1", "e2"]
    assert post.taken("mail") == ["e0", "e1", "e2"]


def test_what_may_have_been_taken_is_asked_for_before_it_is_sent_again(store: Store) -> None:
    post = Post(store)
    post.happen("e1", audience=[SLACK])
    slack = post.ways["slack"]
    slack.error, slack.half = DeliveryError("connection reset", permanent=False, maybe_sent=True), True
    post.deliver()
    slack.error = None
    post.deliver()
    assert slack.asked == [False, True]
    assert post.taken("slack") == ["e1"]
    assert outbox.unsent(store) == 0


def test_a_process_killed_in_the_middle_of_sending_leaves_the_same_message_to_be_asked_for(store: Store) -> None:
    post = Post(store)
    post.happen("e1", "e2", "e3", "e4", audience=[SLACK])
    message = claimed(store, Route("slack", ""))  # and then it is killed
    post.happen("e5", audience=[SLACK])
    post.deliver()
    assert [ids for _, ids in post.ways["slack"].taken] == [["e1", "e2", "e3", "e4"], ["e5"]]
    assert post.ways["slack"].taken[0][0] == message.id
    assert post.ways["slack"].asked == [True, False]


def test_ten_reports_are_ten_messages_the_critical_first_and_the_rest_goes_into_threads(store: Store) -> None:
    post = Post(store, SLACK)
    for n in range(9):
        post.happen(f"news{n}", story=f"s{n % 3}")
        post.happen(f"letter{n}", kind="report.published", story=f"s{n}")
    post.happen("bad", kind="report.published", severity="critical", story="s1")
    post.deliver()
    letters = [["bad"], *[[f"letter{n}"] for n in range(9)]]
    together = [[f"news{n}" for n in (story, story + 3, story + 6)] for story in range(3)]
    assert post.messages("slack") == [*letters, *together]
    threads = post.ways["slack"].threads
    assert all(thread is None for n, thread in enumerate(threads[:10]) if n != 2)
    assert [thread.root for thread in (threads[2], *threads[10:]) if thread] == [
        post.ways["slack"].taken[n][0] for n in (0, 1, 0, 3)
    ]


def test_of_a_bunched_morning_the_critical_goes_first_and_the_rest_is_one_message(store: Store) -> None:
    post = Post(store)
    post.happen(*[f"e{n}" for n in range(9)], audience=[SLACK])
    post.happen("bad", severity="critical", audience=[SLACK])
    post.deliver()
    assert post.messages("slack") == [["bad"], [f"e{n}" for n in range(9)]]


def test_a_permanent_refusal_stops_that_message_and_tells_the_others_once(store: Store) -> None:
    post = Post(store)
    post.ways["slack"].error = DeliveryError("channel_not_found", permanent=True)
    post.happen("e1", "e2", audience=[SLACK])
    assert "channel_not_found" in post.deliver()
    post.deliver()
    assert outbox.failed(store) == 2
    told = outbox.events(store, kind="source.failing")
    assert [e.title for e in told] == ["Channel slack does not take messages"]
    assert post.taken("mail") == [told[0].id]
    post.ways["slack"].error = None
    outbox.requeue(store, post.now.isoformat())
    assert post.deliver() == []
    assert post.taken("slack") == ["e1", "e2"]


def test_a_daily_channel_waits_for_its_hour_and_has_one_message(store: Store) -> None:
    post = Post(store, Channel("slack", when="daily 08:00"))
    post.happen("e1", "e2")
    post.deliver(timedelta(hours=1))
    assert post.taken("slack") == []
    post.deliver(timedelta(hours=20))
    assert post.messages("slack") == [["e1", "e2"]]


def test_waiting_doubles_and_honours_what_the_other_side_asks() -> None:
    assert [backoff(n, None, 0).total_seconds() for n in (0, 1, 2, 20)] == [30, 60, 120, 3600]
    assert backoff(0, 7200, 0) == timedelta(hours=2)
    assert backoff(0, 999_999_999_999, 0) == timedelta(hours=6)
    assert [backoff(n, 1, 0).total_seconds() for n in (0, 2, 3)] == [1, 1, 240]
    assert backoff(0, None, 1) == timedelta(seconds=37.5)
    total = sum((backoff(n, None, 0) for n in range(MAX_ATTEMPTS)), timedelta())
    assert timedelta(days=3) < total < timedelta(days=4)


def test_a_temporary_failure_is_not_tried_before_its_time(store: Store) -> None:
    post = Post(store)
    post.ways["slack"].error = DeliveryError("ratelimited", permanent=False, retry_after=600)
    post.happen("e1", audience=[SLACK])
    assert post.deliver(timedelta(0)) == ["ratelimited"]
    assert post.deliver(timedelta(seconds=599)) == []
    assert len(post.ways["slack"].asked) == 1
    assert post.deliver(timedelta(seconds=2)) == ["ratelimited"]


def test_what_is_due_later_is_not_due_now(store: Store) -> None:
    Post(store).happen("e1", audience=[SLACK])
    waiting = owed.pending(store, Route("slack", ""))
    assert next_batch(waiting, NOON - timedelta(seconds=1), MAX_UNBATCHED) is None
    assert next_batch(waiting, NOON, MAX_UNBATCHED) is not None


# --- a channel that comes back ------------------------------------------------------------------------------


def test_a_channel_that_comes_back_has_all_its_own_in_order_and_in_one_message(store: Store) -> None:
    post = Post(store)
    post.ways["slack"].error = DeliveryError("connection refused", permanent=False)
    for n in range(6):
        post.happen(f"e{n}")
        post.deliver(timedelta(minutes=10))
    post.ways["slack"].error = None
    post.deliver()
    assert post.messages("slack") == [[f"e{n}" for n in range(6)]]
    assert post.messages("mail") == [[f"e{n}"] for n in range(6)]


def test_what_may_have_arrived_keeps_its_message_and_the_rest_is_one(store: Store) -> None:
    post = Post(store)
    slack = post.ways["slack"]
    slack.error, slack.half = DeliveryError("reset", permanent=False, maybe_sent=True), True
    post.happen("e0")
    post.deliver(timedelta(0))
    slack.half = False
    for n in range(1, 6):
        post.happen(f"e{n}")
        post.deliver(timedelta(seconds=5))
    slack.error = None
    post.deliver()
    assert post.messages("slack") == [["e0"], [f"e{n}" for n in range(1, 6)]]
    assert slack.asked.count(True) == 1


def test_a_channel_that_fails_for_hours_comes_back_in_order(store: Store) -> None:
    post = Post(store)
    post.ways["slack"].error = DeliveryError("HTTP 503", permanent=False, maybe_sent=True)
    for n in range(30):
        post.happen(f"e{n:02}")
        post.deliver(timedelta(minutes=10))
    post.ways["slack"].error = None
    for _ in range(3):
        post.deliver(timedelta(minutes=30))
    assert post.taken("slack") == [f"e{n:02}" for n in range(30)]
    assert len(post.messages("slack")) <= 3


def test_one_message_that_is_never_taken_does_not_hold_up_the_rest_for_days(store: Store) -> None:
    post = Post(store)
    post.ways["slack"].poison = "bad"
    post.happen("bad", "good")
    for _ in range(8):
        post.deliver(timedelta(minutes=10))
    assert post.taken("slack") == ["good"]
    assert outbox.unsent(store) == 1


def test_what_is_given_up_is_only_what_was_tried_so_often(store: Store) -> None:
    post = Post(store)
    post.ways["slack"].error = DeliveryError("connection refused", permanent=False)
    post.happen("old", audience=[SLACK])
    for _ in range(MAX_ATTEMPTS - 1):
        post.deliver(timedelta(hours=2))
    post.happen("new", audience=[SLACK])
    assert post.deliver() == ["connection refused"]
    assert (outbox.failed(store), outbox.unsent(store)) == (1, 1)
    post.ways["slack"].error = None
    post.deliver()
    assert post.taken("slack") == ["new"]


def test_each_spell_in_which_a_channel_is_down_is_told_once(store: Store) -> None:
    post = Post(store)
    for spell in range(2):
        post.ways["slack"].error = DeliveryError("token_revoked", permanent=True)
        for n in range(2):
            post.happen(f"e{spell}{n}", audience=[SLACK])
            post.deliver()
        post.ways["slack"].error = None
        post.happen(f"well{spell}", audience=[SLACK])
        post.deliver()
    assert len(post.taken("mail")) == 2
    assert outbox.failed(store) == 4


def test_a_reader_who_is_refused_is_told_to_the_other_readers(store: Store) -> None:
    mail = Channel("mail", recipients=("gone@example.org", "here@example.org"))
    gone, here = Out(), Out()
    gone.error = DeliveryError("550 recipient refused", permanent=True)
    ways = {"gone@example.org": gone, "here@example.org": here}
    found = event("e1")
    with store.transaction():
        outbox.add(store, found, rules.recipients_of(found, [mail], NOON))
    failures = Sender(store, lambda _, recipient: ways[recipient], [mail], lambda: NOON).send_due()
    assert [f.reason for f in failures] == ["550 recipient refused"]
    assert here.taken[0][1] == ["e1"]
    assert len(here.taken) == 2


def test_there_is_one_drain_at_a_time(store: Store) -> None:
    post = Post(store)
    post.happen("e1")
    with alone(store.folder / "deliver.lock"), pytest.raises(LockedError):
        post.deliver()
    assert post.taken("slack") == []
    post.deliver()
    assert post.taken("slack") == ["e1"]


def test_what_is_owed_to_a_channel_that_is_not_configured_is_held_until_it_is_back(store: Store) -> None:
    post = Post(store)
    post.happen("e1")
    gone = Post(store, MAIL)
    gone.now = post.now
    for _ in range(3):
        assert gone.deliver() == []
    assert (gone.taken("mail"), outbox.unsent(store), outbox.failed(store)) == (["e1"], 1, 0)
    post.now = gone.now
    assert post.deliver() == []
    assert (post.taken("slack"), post.taken("mail")) == (["e1"], [])


def test_who_is_taken_out_of_a_channel_gets_nothing_that_is_still_owed(store: Store) -> None:
    both = Channel("mail", when="weekly mon 08:00", recipients=("a@example.org", "b@example.org"))
    post = Post(store, both)
    post.happen("e1")
    fewer = Post(store, replace(both, recipients=("b@example.org",)))
    told: list[str] = []

    def build(_: str, recipient: str) -> Out:
        told.append(recipient)
        return fewer.ways["mail"]

    later = post.now + timedelta(days=8)
    assert Sender(store, build, fewer.audience, lambda: later).send_due() == []
    assert told == ["b@example.org"]
    assert outbox.forget(store, "mail", ["a@example.org"]) == 1
    assert outbox.unsent(store) == 0


# --- a fault of ours costs its message, and no other --------------------------------------------------------


class Poisoned(Out):
    """Has a fault of ours on some events: in their words (`worded`), or later, when the message may be over there."""

    def __init__(self, *poison: str, worded: bool = True) -> None:
        super().__init__()
        self.bad, self.worded = poison, worded

    def send(
        self, message_id: str, events: Sequence[Event], maybe_sent: bool = False, thread: Thread | None = None
    ) -> str | None:
        found = [e.id for e in events if e.id in self.bad]
        if found and self.worded:
            raise WordingError(found) from OverflowError("date value out of range")
        if found:
            raise ZeroDivisionError
        return super().send(message_id, events, maybe_sent, thread)


def test_what_cannot_be_put_into_words_costs_itself_and_is_told_once(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    post = Post(store, SLACK, MAIL)
    post.ways = {"slack": Poisoned("bad"), "mail": Poisoned("bad")}
    post.happen("bad", *[f"e{n:02}" for n in range(49)])
    for _ in range(3):
        post.deliver(timedelta(minutes=10))
    assert post.messages("slack") == post.messages("mail") == [[f"e{n:02}" for n in range(49)]]
    assert "OverflowError: date value out of range" in caplog.text
    assert (outbox.unsent(store), outbox.failed(store)) == (2, 0)
    for _ in range(MAX_WORDING_ATTEMPTS):
        post.happen(f"later{post.now:%H%M}")
        post.deliver(timedelta(hours=1))
    assert (outbox.unsent(store), outbox.failed(store)) == (0, 2)
    (alarm,) = outbox.events(store, kind="source.failing")
    assert alarm.title == "A message to channel slack cannot be put into words"
    assert post.taken("slack").count(alarm.id) == post.taken("mail").count(alarm.id) == 1


def test_what_cannot_be_put_into_words_is_sent_by_the_version_that_can(store: Store) -> None:
    post = Post(store, SLACK)
    post.ways["slack"] = Poisoned("bad")
    post.happen("bad", "good")
    for _ in range(MAX_WORDING_ATTEMPTS):
        post.deliver()
    assert outbox.failed(store) == 1
    post.ways["slack"] = Out()
    outbox.requeue(store, post.now.isoformat())
    post.deliver()
    assert post.taken("slack")[0] == "bad"


def test_faults_of_ours_in_several_messages_hold_up_nobody(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    post = Post(store, SLACK, MAIL)
    post.ways["slack"] = Poisoned("bad1", "bad2", "bad3", worded=False)
    for name in ("bad1", "bad2", "bad3", "good"):
        post.happen(name)
        post.deliver(timedelta(minutes=10))
    assert (post.taken("slack"), post.taken("mail")) == (["good"], ["bad1", "bad2", "bad3", "good"])
    assert "ZeroDivisionError" in caplog.text
    assert all(d.message and d.apart for d in owed.pending(store, Route("slack", "")))  # it may be over there


def test_an_event_that_cannot_be_read_back_costs_itself(store: Store) -> None:
    post = Post(store, SLACK)
    post.happen("e1", "broken", "e2", "e3", "e4")
    store.connection.execute("UPDATE events SET body = '{}' WHERE id = 'broken'")
    post.deliver()
    assert post.messages("slack") == [["e1", "e2", "e3", "e4"]]
    assert outbox.unsent(store) == 1


def test_a_notifier_that_cannot_even_be_made_is_a_failure_of_its_channel(store: Store) -> None:
    post = Post(store)
    post.happen("e1")

    def build(name: str, _: str) -> Out:
        return post.ways[name] if name == "mail" else {}[name]  # type: ignore[return-value]

    (failure,) = Sender(store, build, post.audience, post.clock).send_due()
    assert (failure.channel, failure.given_up) == ("slack", False)
    assert post.taken("mail") == ["e1"]


# --- no wait is longer than the longest that we allow -------------------------------------------------------


def test_a_clock_that_was_wrong_for_a_moment_puts_off_nothing_for_long(store: Store) -> None:
    post = Post(store, SLACK)
    slack = post.ways["slack"]
    slack.error = DeliveryError("certificate has expired", permanent=False)
    post.happen("e1")
    post.deliver(timedelta(days=400))
    slack.error, post.now = None, post.now - timedelta(days=400)
    post.happen("e2")
    post.deliver()
    assert post.taken("slack") == ["e1", "e2"]


def test_what_a_clock_that_was_ahead_noted_as_sent_hides_no_later_trouble(store: Store) -> None:
    post = Post(store)
    slack, right = post.ways["slack"], post.now
    post.now += timedelta(days=400)
    post.happen("e1")
    post.deliver()
    post.now = right
    for name in ("e2", "e3"):  # two spells, with a message that is taken between them
        slack.error = DeliveryError("token_revoked", permanent=True)
        post.happen(name)
        post.deliver(timedelta(hours=1))
        slack.error = None
        post.happen(f"{name}-well")
        post.deliver(timedelta(hours=1))
    assert len([e for e in outbox.events(store) if e.kind == "source.failing"]) == 2
    assert not outbox.untold_loss(store)
    assert outbox.told_since(store, "slack", "", (right - timedelta(days=1)).isoformat(), right.isoformat())
    assert not outbox.told_since(store, "slack", "", (right + timedelta(days=9)).isoformat(), right.isoformat())


def test_what_a_clock_that_was_ahead_gave_up_is_no_loss_for_ever(store: Store) -> None:
    post = Post(store, SLACK)
    slack, right = post.ways["slack"], post.now
    slack.error = DeliveryError("token_revoked", permanent=True)
    post.now += timedelta(days=400)
    post.happen("e1")
    post.deliver(timedelta(0))
    assert outbox.untold_loss(store)
    slack.error, post.now = None, right
    post.happen("e2")
    post.deliver(timedelta(minutes=1))
    post.deliver()
    assert (post.taken("slack")[-1], outbox.untold_loss(store)) == ("e2", False)


@pytest.mark.parametrize("when", ["now", "weekly mon 08:00"])
def test_what_was_found_by_a_wrong_clock_is_told_as_if_it_were_found_now(store: Store, when: str) -> None:
    post = Post(store, Channel("slack", when=when))
    post.now += timedelta(days=400)
    post.happen("e1")
    post.now -= timedelta(days=400)
    post.deliver(timedelta(minutes=1))
    post.deliver(timedelta(days=8))
    assert post.taken("slack") == ["e1"]


def test_a_week_that_is_asked_for_is_no_week_and_a_person_can_end_it(store: Store) -> None:
    post = Post(store, SLACK)
    slack = post.ways["slack"]
    slack.error = DeliveryError("HTTP 503", permanent=False, retry_after=604_800)
    post.happen("e1")
    post.deliver()
    slack.error = None
    post.happen("e2", severity="critical")
    assert post.deliver(timedelta(minutes=5)) == []
    assert post.taken("slack") == []
    outbox.requeue(store, post.now.isoformat())
    post.deliver(timedelta(0))
    assert post.taken("slack") == ["e2", "e1"]
    slack.error = DeliveryError("HTTP 503", permanent=False, retry_after=604_800)
    post.happen("e3")
    post.deliver()
    slack.error = None
    post.deliver(LONGEST_PAUSE)
    assert post.taken("slack") == ["e2", "e1", "e3"]


# --- nobody waits for another's channel ---------------------------------------------------------------------


class Hanging(Out):
    """Answers only when it is let go."""

    def __init__(self, let_go: threading.Event) -> None:
        super().__init__()
        self.let_go = let_go

    def send(
        self, message_id: str, events: Sequence[Event], maybe_sent: bool = False, thread: Thread | None = None
    ) -> str | None:
        assert self.let_go.wait(60)
        raise DeliveryError("timed out", permanent=False, maybe_sent=True)


class Freeing(Out):
    """Lets the hanging one go when it has taken so many."""

    def __init__(self, let_go: threading.Event, after: int) -> None:
        super().__init__()
        self.let_go, self.after = let_go, after

    def send(
        self, message_id: str, events: Sequence[Event], maybe_sent: bool = False, thread: Thread | None = None
    ) -> str | None:
        sent = super().send(message_id, events, maybe_sent, thread)
        if len(self.taken) == self.after:
            self.let_go.set()
        return sent


def test_a_channel_that_hangs_delays_no_message_of_another(store: Store) -> None:
    """The others must be through for the hanging one to answer at all."""
    post, let_go = Post(store, SLACK, MAIL, Channel("third")), threading.Event()
    post.ways |= {"slack": Hanging(let_go), "mail": Freeing(let_go, 3)}
    post.happen("e1", "e2", "e3")
    assert post.deliver() == ["timed out"]
    assert post.taken("mail") == post.taken("third") == ["e1", "e2", "e3"]


def test_the_other_readers_of_a_server_that_hangs_are_left_for_later(store: Store) -> None:
    readers = tuple(f"{n}@example.org" for n in range(3))
    post = Post(store, Channel("mail", recipients=readers), Channel("slack"))

    class TimingOut(Out):
        def send(self, *_: object, **__: object) -> str | None:
            self.asked.append(True)
            post.now += timedelta(seconds=30)
            raise DeliveryError("timed out", permanent=False, maybe_sent=True)

    hanging = post.ways["mail"] = TimingOut()
    post.happen("e1")
    assert post.deliver() == ["timed out"]
    assert len(hanging.asked) == 1
    assert post.deliver(timedelta(seconds=1)) == ["timed out"]
    assert [len(owed.pending(store, Route("mail", r))) for r in readers] == [1, 1, 1]
    assert post.taken("slack") == ["e1"]
    post.ways["mail"] = Out()
    post.deliver()
    assert post.taken("mail") == ["e1"] * 3


def test_a_drain_that_is_told_to_end_finishes_what_is_under_way(store: Store) -> None:
    post = Post(store, Channel("slack", limit=Limit(1.0, 1)))
    post.happen("e1", "e2", "e3")
    going = iter((True, True, False))  # one turn to send in, one to wait in
    assert (
        Sender(
            store, lambda name, _: post.ways[name], post.audience, post.clock, lambda: next(going), post.pause
        ).send_due()
        == []
    )
    assert post.taken("slack") == ["e1"]
    assert outbox.unsent(store) == 2
    assert owed.pending(store, Route("slack", ""))[0].message is None


# --- pace ---------------------------------------------------------------------------------------------------


def test_a_channel_with_a_limit_has_its_messages_at_its_pace(store: Store) -> None:
    post = Post(store, Channel("slack", limit=Limit(1.0, 3)))
    post.happen(*[f"e{n}" for n in range(10)])
    began = post.now + timedelta(hours=2)
    post.deliver(singles=100)
    assert len(post.messages("slack")) == 10
    assert (post.now - began).total_seconds() == pytest.approx(7.0, abs=0.01)


def test_channels_of_one_place_share_its_pace(store: Store) -> None:
    limit = Limit(1.0, 3)
    post = Post(store, *[Channel(name, limit=limit, place="C1") for name in ("one", "two")])
    post.happen(*[f"e{n}" for n in range(5)])
    began = post.now + timedelta(hours=2)
    post.deliver(singles=100)
    assert (post.now - began).total_seconds() == pytest.approx(7.0, abs=0.01)


def test_a_short_wait_that_is_asked_for_is_sat_out_by_the_whole_channel(store: Store) -> None:
    post = Post(store)
    slack = post.ways["slack"]
    slack.error = DeliveryError("ratelimited", permanent=False, retry_after=5)
    post.happen("e1", "e2", audience=[SLACK])

    def pause(seconds: float) -> None:
        slack.error = None
        post.pause(seconds)

    assert Sender(store, lambda name, _: post.ways[name], post.audience, post.clock, pause=pause).send_due() == []
    assert len(slack.asked) == 3
    assert post.taken("slack") == ["e1", "e2"]
    assert sum(post.waited) == 5.0


def test_a_long_wait_that_is_asked_for_is_left_to_a_later_drain(store: Store) -> None:
    post = Post(store, Channel("slack", limit=Limit(1.0, 3)))
    post.ways["slack"].error = DeliveryError("ratelimited", permanent=False, retry_after=600)
    post.happen("e1")
    assert post.deliver() == ["ratelimited"]
    post.happen("e2")
    assert post.deliver(timedelta(seconds=300)) == []
    post.ways["slack"].error = None
    assert post.deliver(timedelta(seconds=301)) == []
    assert sum(post.waited) < 5
    assert post.taken("slack") == ["e1", "e2"]


# --- quiet hours --------------------------------------------------------------------------------------------


def test_quiet_hours_hold_also_what_was_put_off_into_them(store: Store) -> None:
    night = Channel("slack", quiet=parse_quiet("21:00-07:00"), quiet_lets_critical=True)
    post = Post(store, night)
    post.ways["slack"].error = DeliveryError("HTTP 503", permanent=False)
    post.happen("e1")
    post.deliver(timedelta(hours=7, minutes=59, seconds=50))  # 20:59:50 in London
    post.ways["slack"].error = None
    post.deliver(timedelta(minutes=10))
    post.happen("bad", severity="critical")
    post.deliver(timedelta(0))
    assert post.messages("slack") == [["bad"]]
    post.happen("e2", "e3")
    post.deliver(timedelta(hours=9, minutes=51))
    assert post.messages("slack") == [["bad"], ["e1"], ["e2"], ["e3"]]


# --- threads ------------------------------------------------------------------------------------------------


def test_what_follows_on_a_story_goes_into_its_thread(store: Store) -> None:
    post = Post(store)
    slack = post.ways["slack"]
    for id_, severity in (("opens", "important"), ("press", "info"), ("worse", "critical")):
        post.happen(id_, story="s", severity=severity)
        post.deliver()
    root = slack.taken[0][0]
    assert slack.threads == [None, Thread(root, loud=False), Thread(root, loud=True)]
    assert post.ways["mail"].threads[1] == Thread(post.ways["mail"].taken[0][0])


def test_a_message_of_several_stories_neither_opens_nor_joins_a_thread(store: Store) -> None:
    post = Post(store, Channel("slack", when="daily 08:00"))
    slack = post.ways["slack"]
    for stories in (("s", "t"), ("s",), ("s", "t"), ("s", "s")):
        for n, name in enumerate(stories):
            post.happen(f"{len(slack.taken)}{n}", story=name)
        post.deliver(timedelta(days=1))
    assert slack.threads == [None, None, None, Thread(slack.taken[1][0])]


def test_a_channel_that_is_pointed_elsewhere_begins_its_threads_anew(store: Store) -> None:
    post = Post(store)
    slack = post.ways["slack"]
    for n, where in enumerate(("C1", "C2", "C2", "C1")):
        post.audience = (Channel("slack", place=where),)
        post.happen(f"e{n}", story="s")
        post.deliver()
    ids = [message for message, _ in slack.taken]
    assert slack.threads == [None, None, Thread(ids[1]), Thread(ids[0])]


def test_a_message_that_was_half_done_opens_its_thread_when_it_is_found(store: Store) -> None:
    post = Post(store)
    slack = post.ways["slack"]
    slack.error, slack.half = DeliveryError("reset", permanent=False, maybe_sent=True), True
    post.happen("e1", story="s", audience=[SLACK])
    post.deliver()
    slack.error = None
    post.happen("e2", story="s", audience=[SLACK])
    post.deliver()
    assert slack.threads == [None, Thread(slack.taken[0][0])]


@pytest.mark.parametrize("kind", ["report.replaced", "report.withdrawn", "report.returned"])
def test_a_correction_names_the_message_that_it_corrects_and_what_that_told(store: Store, kind: str) -> None:
    post = Post(store)
    for key, id_ in (("1", "first"), ("2", "other")):
        post.happen(id_, kind="report.published", after={"key": key})
    post.deliver()
    post.happen("elsewhere", kind=kind, urn="80462", after={"key": "1"})
    post.happen("corrects", kind=kind, severity="important", after={"key": "1"})
    post.deliver()
    slack = post.ways["slack"]
    assert slack.threads[2] == Thread(None, True, slack.taken[0][0], (event("first", after={"key": "1"}),))
    assert slack.threads[3] is None


def test_a_correction_of_what_a_digest_told_has_all_of_the_digest(store: Store) -> None:
    post = Post(store, Channel("slack", when="daily 08:00"))
    for n in range(5):
        post.happen(f"e{n}", kind="report.published", after={"key": str(n)}, story=f"s{n}")
    post.deliver(timedelta(days=1))
    post.happen("corrects", kind="report.replaced", after={"key": "3"}, story="s3")
    post.deliver(timedelta(days=1))
    thread = post.ways["slack"].threads[1]
    assert thread is not None
    assert (thread.root, [e.id for e in thread.told]) == (None, [f"e{n}" for n in range(5)])


def test_a_database_of_before_keeps_what_it_owes(tmp_path: Path) -> None:
    columns = "id, event, channel, recipient, state, due, attempts, message, maybe_sent, remote, error, sent"
    with Store(tmp_path) as store:
        Post(store, SLACK).happen("e1", "e2", severity="critical")
        run = store.connection.execute
        run(f"CREATE TABLE before AS SELECT {columns} FROM deliveries")
        for table in ("posts", "deliveries", "receipts"):
            run(f"DROP TABLE {table}")
        run("DELETE FROM _sqlite_migrations WHERE name IN ('m006_threads', 'm010_outbox')")
        run("PRAGMA user_version = 4")
        run("ALTER TABLE events DROP COLUMN severity")
        run(
            """CREATE TABLE deliveries (
            id INTEGER PRIMARY KEY, event TEXT NOT NULL REFERENCES events (id), channel TEXT NOT NULL,
            recipient TEXT NOT NULL DEFAULT '', state TEXT NOT NULL,
            due TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, message TEXT,
            maybe_sent INTEGER NOT NULL DEFAULT 0, remote TEXT, error TEXT, sent TEXT,
            UNIQUE (event, channel, recipient)) STRICT"""
        )
        run(f"INSERT INTO deliveries ({columns}) SELECT {columns} FROM before")
        run("DROP TABLE before")
        run("CREATE INDEX deliveries_owed ON deliveries (state, due)")
        run("UPDATE deliveries SET message = 'half', state = 'sending' WHERE event = 'e1'")
    with Store(tmp_path) as store:
        assert all(d.critical for d in owed.pending(store, Route("slack", "")))
        post = Post(store, SLACK)
        post.deliver()
        assert (post.ways["slack"].taken[0], post.taken("slack")) == (("half", ["e1"]), ["e1", "e2"])


COPY = {"copy_of": {"what": "letter", "title": "Inspection", "url": None, "published": "2024-07-12"}, "meeting": "7"}


def test_a_copy_is_told_only_in_the_thread_of_its_story(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    slack = Channel("slack", copies="in threads")
    post = Post(store, slack, Channel("mail", copies="never"), Channel("feed"))
    post.happen("alone", kind="meeting.document", story="s2", after=COPY)
    post.happen("letter", kind="report.published", story="s1")
    post.happen("again", kind="meeting.document", story="s1", after=COPY)
    post.deliver()
    assert post.messages("slack") == [["letter"], ["again"]]
    assert post.ways["slack"].threads[1] == Thread(post.ways["slack"].taken[0][0])
    assert post.taken("mail") == ["letter"]
    assert set(post.taken("feed")) == {"alone", "letter", "again"}
    assert outbox.unsent(store) == 0
    assert "not sent to slack: " in caplog.text
    assert all(e.id != "alone" for _, way, told in sending.last_sent(store, 9) if way.channel == "slack" for e in told)
