"""What a channel would have been told, from the stored history: which messages, when, and in which thread.

Reports that were there before the watch began made no event. They are told here as they would have been, had
it begun earlier: as found at noon on the day of their publication, for the hour is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from monitor.channels import rules
from monitor.channels.batches import MAX_EVENTS
from monitor.channels.bundles import bundles, share
from monitor.channels.digests import ordered, severity_of
from monitor.channels.rules import Channel, Texts
from monitor.deliver.choice import MAX_UNBATCHED
from monitor.deliver.context import with_contexts
from monitor.events import reports
from monitor.model import SEVERITIES, Event
from monitor.model.days import LONDON
from monitor.model.event import Subject, story_of
from monitor.model.payloads import ReportPayload
from monitor.model.sources import OFSTED
from monitor.model.state import RecordChange
from monitor.query import Query
from monitor.store import Store, outbox, records

LOOKED_BACK = timedelta(days=2 * 365)
"""How far back it is said how often a channel's words were said."""
FOUND = time(12)
"""The time of day that is assumed where only the day is known."""


@dataclass(frozen=True, slots=True)
class PreviewedMessage:
    """A message, and when it would have gone out. `reply`: in its story's thread; `loud`: and to the whole channel."""

    at: datetime
    events: tuple[Event, ...]
    reply: bool = False
    loud: bool = True


def history(store: Store, subject: Callable[[str], Subject], urns: Collection[str], since: str = "") -> list[Event]:
    """What was published (or found) since a day: all events, and those that the councils' stored reports would
    have been, in the order of finding."""
    found = outbox.events(store)
    known = {(e.source, e.urn, e.after_as(ReportPayload).key) for e in found if e.kind == "report.published"}
    made = [event for urn in urns for event in _published(store, urn, subject(urn), known, since)]
    found += with_contexts(store, made)
    wanted = [e for e in found if (e.published or f"{datetime.fromisoformat(e.at).astimezone(LONDON):%F}") >= since]
    return sorted(wanted, key=lambda e: (datetime.fromisoformat(e.at), e.published or "", e.id))


def _published(
    store: Store, urn: str, subject: Subject, known: Container[tuple[str, str | None, object]], since: str
) -> Iterator[Event]:
    """The events that a council's reports would have been, where there are none."""
    past = records.inspections(store, OFSTED, urn)
    letters = {inspection.letter.sha256: inspection.letter for inspection in past}
    for stored in records.records(store, OFSTED, {urn}):
        record = stored.record
        if (record.source, urn, record.key) not in known and (record.published or "") >= (since or "0"):
            at = datetime.combine(datetime.fromisoformat(record.published or "").date(), FOUND, LONDON)
            made = reports.from_change(RecordChange("published", None, stored), subject, letters, past, at.isoformat())
            yield from [made] if made else []


def preview(
    found: Iterable[Event], channel: Channel, everyone: Sequence[Channel], texts: Texts = rules.own_words
) -> list[PreviewedMessage]:
    """The messages to a channel (to each of its readers), in order. `texts` gives what its words are looked for in."""
    told = [e for e in found if rules.told(e, channel, everyone, texts)]
    opened: set[str] = set()
    return [_message(at, batch, channel, opened) for at, batch in _batches(told, channel)]


@dataclass(frozen=True, slots=True)
class Said:
    """How many letters, and how many pages, said one of a channel's words and would have gone there."""

    words: str
    letters: int
    pages: int


def how_often(
    found: Iterable[Event], channel: Channel, everyone: Sequence[Channel], texts: Texts = rules.own_words
) -> list[Said]:
    """For each of a channel's words, count the events that say it and pass the channel's other filters. Reports that
    could not be read, and news of the sources, pass every filter and are not counted."""
    read = [(e, texts(e)) for e in found if not e.unread and not e.kind.startswith("source.")]
    asked = [(query, replace(channel, words=(query,), also=())) for query in channel.words]
    return [_said(query, [e for e, said in read if _tells(e, said, alone, everyone)]) for query, alone in asked]


def _tells(event: Event, said: Sequence[str], channel: Channel, everyone: Sequence[Channel]) -> bool:
    return rules.told(event, channel, everyone, lambda _: said)


def _said(query: Query, told: Sequence[Event]) -> Said:
    letters = sum(event.kind == "report.published" for event in told)
    return Said(query.text, letters, len(told) - letters)


def _batches(told: Iterable[Event], channel: Channel) -> Iterator[tuple[datetime, list[Event]]]:
    """What goes out together of all that falls due at once."""
    by_time: dict[datetime, list[Event]] = {}
    for event in told:
        by_time.setdefault(rules.goes_out(event, channel, datetime.fromisoformat(event.at)), []).append(event)
    for at in sorted(by_time):
        due = by_time[at]
        for bundle in bundles([share(event) for event in due], 0 if channel.digests else MAX_UNBATCHED):
            yield from ((at, [due[n] for n in bundle[i : i + MAX_EVENTS]]) for i in range(0, len(bundle), MAX_EVENTS))


def _message(at: datetime, batch: list[Event], channel: Channel, opened: set[str]) -> PreviewedMessage:
    one = story_of(batch)
    reply = one in opened
    opened.update([one] if one else [])
    loud = not reply or severity_of(batch) >= SEVERITIES.index(channel.loud_from)
    return PreviewedMessage(at, tuple(ordered(batch)), reply, loud)
