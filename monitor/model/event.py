"""What people are told, and how a channel says that it did not take it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, TypeVar

from monitor.model.letter import Fact, Quote
from monitor.model.payload import Payload
from monitor.model.payload_parts import EventDocument
from monitor.model.payloads import PagePayload, ReportPayload
from monitor.model.sources import TELLINGS

P = TypeVar("P", bound=Payload)

Severity = Literal["info", "notice", "important", "critical"]
Direction = Literal["improved", "declined", "same", "new", "no_longer_judged", "first_separate"]

SEVERITIES: tuple[Severity, ...] = ("info", "notice", "important", "critical")
EVENT_KINDS = tuple(
    dict.fromkeys(
        (
            "report.published",
            "report.replaced",
            "report.withdrawn",
            "report.returned",
            *TELLINGS,
            "source.failing",
            "source.recovered",
            "source.quarantined",
        )
    )
)


@dataclass(frozen=True, slots=True)
class Change:
    """One judgement beside the previous inspection's: `area` is the judgement's field name. `first_separate`: care
    of children and of care leavers, judged for itself for the first time; `before` is then the joint grade."""

    area: str
    before: str | None
    after: str | None
    direction: Direction

    @property
    def moved(self) -> bool:
        """Whether it improved, declined, or is another grade than the joint one before it."""
        differs = self.direction == "first_separate" and self.before != self.after
        return differs or self.direction in ("improved", "declined")


@dataclass(frozen=True, slots=True)
class SitePages:
    """The addresses of an event's council and letter on the site that the program writes, where it has one."""

    council: str | None = None
    letter: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that people are told, once. `id` is made from what happened, so the same happening
    found twice has the same id. `before` and `after` are of the kind's family (`payloads.family`). `site` and
    `mentions` are only there while it is sent: the site's address may be another tomorrow, and the words that are
    mentioned are the channel's."""

    id: str
    at: str
    kind: str
    severity: Severity
    source: str
    title: str
    council: str | None = None
    urn: str | None = None
    url: str | None = None
    published: str | None = None
    before: Payload | None = None
    after: Payload | None = None
    changes: tuple[Change, ...] = ()
    document: EventDocument | None = None
    summary: tuple[Quote, ...] = ()
    story: str | None = None
    facts: tuple[Fact, ...] = ()
    site: SitePages | None = None
    mentions: tuple[Quote, ...] = ()

    @property
    def unread(self) -> bool:
        """Whether it is about a report that is there, but could not be read."""
        told = self.kind.startswith("report.") and self.kind != "report.withdrawn"
        return told and self.after_as(ReportPayload).unread

    @property
    def copy(self) -> bool:
        """Whether it is only the identical document again, somewhere else: a line in the story's thread."""
        return self.after_as(PagePayload).copy_of is not None

    def after_as(self, family: type[P]) -> P:
        """`after` as a payload of its family; an empty one where there is none."""
        return self.after if isinstance(self.after, family) else family()

    def before_as(self, family: type[P]) -> P:
        """`before` as a payload of its family; an empty one where there is none."""
        return self.before if isinstance(self.before, family) else family()


@dataclass(frozen=True, slots=True)
class Thread:
    """Where a message belongs on the other side, by its own names (Slack's `ts`). `root` opened the story in
    this channel; `loud`: a reply that the whole channel is to see; `corrected` is the earlier message that
    this one's event corrects, with the events that it told."""

    root: str | None = None
    loud: bool = False
    corrected: str | None = None
    told: tuple[Event, ...] = ()


class DeliveryError(Exception):
    """A channel did not take a message. `permanent`: trying again as it is will not help;
    `retry_after`: seconds that the other side asked for; `maybe_sent`: it may have been accepted."""

    def __init__(
        self, message: str, *, permanent: bool, retry_after: float | None = None, maybe_sent: bool = False
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.retry_after = retry_after
        self.maybe_sent = maybe_sent

    def said(self, message: str, *, maybe_sent: bool = False) -> DeliveryError:
        """The same failure in other words; `maybe_sent`: it may have been accepted, whatever was known."""
        maybe_sent = maybe_sent or self.maybe_sent
        return DeliveryError(message, permanent=self.permanent, retry_after=self.retry_after, maybe_sent=maybe_sent)


class WordingError(Exception):
    """A way out cannot put these events (by their ids) into words: nothing was sent. The cause says why."""

    def __init__(self, events: Sequence[str]) -> None:
        super().__init__(f"events that cannot be put into words: {len(events)}")
        self.events = tuple(events)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom an event is about: the council's name, Ofsted URN and page at Ofsted, where it is about one."""

    council: str | None = None
    urn: str | None = None
    page: str | None = None


def event_id(*parts: object) -> str:
    """A stable id: the same parts give the same id on every machine."""
    return sha256("|".join(str(p) for p in parts).encode()).hexdigest()[:20]


def story_of(events: Iterable[Event]) -> str | None:
    """The one story that all events are of; None where there are several, or events without."""
    stories = {event.story for event in events}
    return stories.pop() if len(stories) == 1 else None
