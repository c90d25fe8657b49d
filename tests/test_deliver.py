"""The outbox: nothing lost, nothing repeated, nobody waiting for somebody else's channel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, timedelta

from monitor import channels
from monitor.channels import Channel
from monitor.deliver import SINGLES, deliver
from monitor.model import DeliveryError, Event, Thread
from monitor.setbacks import PATIENCE, wait
from monitor.store import Store, outbox, sending
from monitor.store.sending import Message, Way
from monitor.turns import turn
from tests.making import NOON, event

SLACK, MAIL = Channel("slack"), Channel("mail", recipients=("a@example.org",))


class Out:
    """A way out that can be down, and remembers what it took. `half` takes the message and then fails."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, list[str]]] = []
        self.asked: list[bool] = []
        self.error: DeliveryError | None = None
        self.half = False

    def send(
        self, message_id: str, events: Sequence[Event], maybe_sent: bool = False, thread: Thread | None = None
    ) -> str | None:
        self.asked.append(maybe_sent)
        if maybe_sent and message_id in [m for m, _ in self.taken]:
            return message_id
        if self.error is None or self.half:
            self.taken.append((message_id, [e.id for e in events]))
        if self.error is not None:
            raise self.error
        return message_id


class Post:
    """A store with two channels, and a clock that is moved by hand."""

    def __init__(self, store: Store) -> None:
        self.store, self.now = store, NOON
        self.ways = {"slack": Out(), "mail": Out()}

    def happen(self, *ids: str, audience: Sequence[Channel] = (SLACK, MAIL), **more: object) -> None:
        with self.store.transaction():
            for id_ in ids:
                found = event(id_, **more)  # type: ignore[arg-type]
                outbox.add(self.store, found, channels.owed(found, audience, self.now))

    def deliver(self, after: timedelta = timedelta(hours=2)) -> list[str]:
        self.now += after
        failures = deliver(self.store, lambda name, _: self.ways[name], (SLACK, MAIL), lambda: self.now.astimezone(UTC))
        return [f.reason for f in failures]

    def taken(self, name: str) -> list[str]:
        return [id_ for _, ids in self.ways[name].taken for id_ in ids]


def claimed(store: Store, way: Way) -> Message:
    """The next message of a way, about to be sent."""
    found = turn(sending.debts(store, way), NOON, SINGLES)
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
    message = claimed(store, Way("slack", ""))  # and then it is killed
    post.happen("e5", audience=[SLACK])
    post.deliver()
    assert [ids for _, ids in post.ways["slack"].taken] == [["e1", "e2", "e3", "e4"], ["e5"]]
    assert post.ways["slack"].taken[0][0] == message.id
    assert post.ways["slack"].asked == [True, False]


def test_a_bunched_morning_is_one_message_the_most_severe_first(store: Store) -> None:
    post = Post(store)
    post.happen(*[f"e{n}" for n in range(9)], audience=[SLACK])
    post.happen("bad", severity="critical", audience=[SLACK])
    post.deliver()
    assert [ids[0] for _, ids in post.ways["slack"].taken] == ["bad"]
    assert len(post.taken("slack")) == 10


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


def test_a_daily_channel_waits_for_its_hour(store: Store) -> None:
    post = Post(store)
    post.happen("e1", audience=[Channel("slack", when="daily 08:00")])
    post.deliver(timedelta(hours=1))
    assert post.taken("slack") == []
    post.deliver(timedelta(hours=20))
    assert post.taken("slack") == ["e1"]


def test_waiting_doubles_and_honours_what_the_other_side_asks() -> None:
    assert [wait(n, None, 0).total_seconds() for n in (0, 1, 2, 20)] == [30, 60, 120, 3600]
    assert wait(0, 7200, 0) == timedelta(hours=2)
    assert wait(0, 999_999_999_999, 0) == timedelta(days=7)
    assert [wait(n, 1, 0).total_seconds() for n in (0, 2, 3)] == [1, 1, 240]
    assert wait(0, None, 1) == timedelta(seconds=37.5)
    total = sum((wait(n, None, 0) for n in range(PATIENCE)), timedelta())
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
    owed = sending.debts(store, Way("slack", ""))
    assert turn(owed, NOON - timedelta(seconds=1), SINGLES) is None
    assert turn(owed, NOON, SINGLES) is not None
