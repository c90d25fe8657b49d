"""A store with channels that can be down, and a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from monitor.channels import rules
from monitor.channels.rules import Channel
from monitor.deliver.choice import MAX_UNBATCHED
from monitor.deliver.sender import Sender
from monitor.model import DeliveryError, Event, Thread
from monitor.store import Store, outbox
from tests.making import NOON, event

SLACK, MAIL = Channel("slack"), Channel("mail", recipients=("a@example.org",))


class Out:
    """A way out that can be down, and remembers what it took. `half` takes the message and then fails; `poison` is
    an event that it never takes."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, list[str]]] = []
        self.asked: list[bool] = []
        self.threads: list[Thread | None] = []
        self.error: DeliveryError | None = None
        self.half = False
        self.poison = ""

    def send(
        self, message_id: str, events: Sequence[Event], maybe_sent: bool = False, thread: Thread | None = None
    ) -> str | None:
        self.asked.append(maybe_sent)
        if maybe_sent and message_id in [m for m, _ in self.taken]:
            return message_id
        if self.poison in [e.id for e in events]:
            raise DeliveryError("HTTP 500", permanent=False, maybe_sent=True)
        if self.error is None or self.half:
            self.taken.append((message_id, [e.id for e in events]))
            self.threads.append(thread)
        if self.error is not None:
            raise self.error
        return message_id


class Post:
    """A store with an audience, and a clock that is moved by hand and by waiting."""

    def __init__(self, store: Store, *audience: Channel) -> None:
        self.store, self.now = store, NOON
        self.audience = audience or (SLACK, MAIL)
        self.ways = {c.name: Out() for c in self.audience}
        self.waited: list[float] = []

    def happen(self, *ids: str, audience: Sequence[Channel] = (), kind: str = "news.published", **more: object) -> None:
        """Pages, which are put together where they are many, unless another kind is asked for."""
        for id_ in ids:
            self.tell(event(id_, kind, **more), *audience)  # type: ignore[arg-type]

    def tell(self, found: Event, *audience: Channel) -> None:
        with self.store.transaction():
            outbox.add(self.store, found, rules.recipients_of(found, audience or self.audience, self.now))

    def deliver(self, after: timedelta = timedelta(hours=2), singles: int = MAX_UNBATCHED) -> list[str]:
        self.now += after
        build = lambda name, _: self.ways[name]  # noqa: E731
        failures = Sender(self.store, build, self.audience, self.clock, pause=self.pause, singles=singles).send_due()
        return [f.reason for f in failures]

    def clock(self) -> datetime:
        return self.now.astimezone(UTC)

    def pause(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += timedelta(seconds=seconds)

    def taken(self, name: str) -> list[str]:
        return [id_ for ids in self.messages(name) for id_ in ids]

    def messages(self, name: str) -> list[list[str]]:
        return [ids for _, ids in self.ways[name].taken]
