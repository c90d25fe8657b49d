"""What a look's findings are to people: the events of its records, and of what is wrong with its source. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from monitor.coverage import pages as coverage_pages
from monitor.coverage.pages import Page
from monitor.diff.lifecycle import TOLD
from monitor.events import pages as page_events
from monitor.events import reports, sources
from monitor.events.archive import Versions
from monitor.health import episodes
from monitor.health.episodes import Turned
from monitor.model import Event, Letter, Record, payload_from_json
from monitor.model.event import Subject, event_id
from monitor.model.letter import Inspection
from monitor.model.payload_parts import Conflict
from monitor.model.payloads import PagePayload, ReportPayload
from monitor.model.state import Key, RecordChange, Stored, key_of
from monitor.model.trouble import Episode
from monitor.stories.arranging import Story
from monitor.stories.item import name_of
from monitor.stories.view import conflicts
from monitor.watch.background import StoryBackground
from monitor.watch.isolation import Unreadable, sound
from monitor.watch.known import Known
from monitor.watch.place import KnownStories
from monitor.watch.understand import Understood

UNREAD = "its document could not be read yet; it is tried again, and what it says is told then"


@dataclass(frozen=True, slots=True)
class Names:
    """What people call a source and its targets, and whom a target is about."""

    title: str
    target: Callable[[str], str]
    subject: Callable[[str], Subject]


Stories = Mapping[str, KnownStories]
Told = tuple[list[Event], list[Unreadable]]


def report_events(
    changes: Iterable[RecordChange], found: Understood, known: Known, stories: Stories, names: Names, at: str
) -> Told:
    """The events that the changes of a source of letters owe, in the order of publication."""
    told = sorted(
        (c for c in changes if c.type in TOLD),
        key=lambda c: (c.after.record.published or "", c.after.record.key),
    )
    histories = _histories(changes, found, known)
    versions, placed = _versions(told, found, known), Placed(stories)

    def event(change: RecordChange) -> Event | None:
        record = change.after.record
        differences = found.differences.get(record.name)
        history, seen = histories[record.target], versions[record.target]
        versions[record.target] = seen.with_record(record)
        made = reports.from_change(change, names.subject(record.target), found.letters, history, at, differences, seen)
        return made and placed.in_story(_unread(made, change.after, found), record)

    made, lost = sound(told, event, lambda c: c.after.record)
    return [e for e in made if e], lost


def _versions(told: Iterable[RecordChange], found: Understood, known: Known) -> dict[str, Versions]:
    """The documents of each target's reports that were known before. What is told late, once it could be read, counts
    as not known. A look may bring one document under two keys: the first is the publication."""
    late = {c.after.record.name for c in told if c.before is None}
    targets = {c.after.record.target for c in told}
    before = {t: known.targets[t].known.values() if t in known.targets else () for t in targets}
    return {
        target: Versions.of((s for s in stored if s.record.name not in late), found.told.get(target, ()))
        for target, stored in before.items()
    }


def page_news(found: Understood, believed: Sequence[Page], pages: coverage_pages.Reader, stories: Stories,
              names: Names, at: str) -> Told:  # fmt: skip
    """The events that pages owe, in the order of publication. Where one page fails the others are told without it."""
    placed, background = Placed(stories), StoryBackground(stories, found.letters)
    given = page_events.Materials(pages, found.letters, names.subject, at, background)

    def events(some: Iterable[Page]) -> list[Event]:
        told = sorted(some, key=lambda p: (p.record.published or "", p.record.kind, p.record.key))
        made = page_events.of_pages(told, given)
        return [placed.in_story(_unread(e, page.change.after, found), page.record) for page, e in made]

    try:
        return events(believed), []
    except Exception:
        _, lost = sound(believed, lambda page: events([page]), lambda page: page.record)
        if not lost:
            raise
        return [], lost


class Placed:
    """The stories that a look's events name. Each council's are gone through once, whatever happened in them."""

    def __init__(self, stories: Stories) -> None:
        self._stories = stories
        self._by_item: dict[str, dict[str, Story]] = {}
        self._differ: dict[str, tuple[Conflict, ...]] = {}

    def in_story(self, event: Event, record: Record) -> Event:
        """The event with the story that its record is in, and where the story's sources contradict one another."""
        story = self._of(event.urn).get(name_of(record)) if event.urn else None
        if story is None:
            return event
        if story.id not in self._differ:
            self._differ[story.id] = tuple(payload_from_json(Conflict, found) for found in conflicts(story))
        differ = self._differ[story.id]
        return replace(_saying(event, conflicts=differ) if differ else event, story=story.id)

    def _of(self, urn: str) -> Mapping[str, Story]:
        if urn not in self._by_item:
            known = self._stories.get(urn)
            found = known.arranged.stories if known else ()
            self._by_item[urn] = {m.piece.name: story for story in found for m in story.members}
        return self._by_item[urn]


def _unread(event: Event, stored: Stored, found: Understood) -> Event:
    """The event, saying so where its document is still to be read."""
    after = event.after
    if stored.record.sha256 not in found.unread or not isinstance(after, ReportPayload | PagePayload):
        return event
    return _saying(event, problems=(*after.problems, UNREAD))


def corrected(event: Event) -> Event:
    """An event that was told before its document could be read, told again with what it says."""
    return replace(_saying(event, corrects=event.id), id=event_id(event.id, "read"))


def _saying(event: Event, **more: Any) -> Event:
    """The event, saying more where it is of a report or a page."""
    after = event.after
    return replace(event, after=replace(after, **more)) if isinstance(after, ReportPayload | PagePayload) else event


def _histories(changes: Iterable[RecordChange], found: Understood, known: Known) -> dict[str, Sequence[Inspection]]:
    """Each target's reports that have been read, oldest first, as they are after these changes."""
    now: dict[str, dict[Key, Stored]] = {}
    for change in changes:
        target = change.after.record.target
        before = known.targets[target].known if target in known.targets else {}
        now.setdefault(target, dict(before))[key_of(change.after.record)] = change.after
    return {target: history(target, stored.values(), found.letters) for target, stored in now.items()}


def history(target: str, stored: Iterable[Stored], letters: Mapping[str, Letter]) -> list[Inspection]:
    """Return a target's reports that have been read, oldest first, also those that are no longer listed. A document
    about another council than the page's is left out."""
    listed = [s.record for s in stored if s.state != "pending"]
    read = ((record, letters.get(record.sha256 or "")) for record in listed)
    own = [(record, letter) for record, letter in read if letter and letter.urn in (None, target)]
    found = (Inspection.of(r.key, r.url, r.published, letter) for r, letter in own)
    return sorted(found, key=lambda inspection: (inspection.published, inspection.key))


def of_troubles(turned: Turned, names: Names, at: str) -> list[Event]:
    """The events of troubles that have begun or ended. Several targets share one, which names each episode."""
    begun = [_said(sources.begun, together, names, at) for together in episodes.together(turned.begun)]
    ended = [_said(sources.ended, together, names, at) for together in episodes.together(turned.ended)]
    return begun + ended


def _said(
    make: Callable[[Sequence[Episode], Subject, str, str], Event], told: Sequence[Episode], names: Names, at: str
) -> Event:
    """Whom an episode concerns, and what to call it: one target, or the source."""
    first, *others = told
    if others or not first.targets:
        return make(told, Subject(), names.title, at)
    (target,) = first.targets
    return make(told, names.subject(target), names.target(target), at)
