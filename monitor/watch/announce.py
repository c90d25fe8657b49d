"""What a run's findings are to people: the events of its records and of its health."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from monitor.channels import rules
from monitor.channels.rules import LONDON
from monitor.coverage import pages as coverage_pages
from monitor.coverage.pages import Page
from monitor.diff import documents
from monitor.diff.documents import Difference
from monitor.events import pages as page_events
from monitor.events import reports
from monitor.events.sources import failing, heard, quarantined, recovered, silent
from monitor.health import judge, silence
from monitor.model import Event, Job, Letter, Quote, Record, watched_pages
from monitor.model.event import Subject
from monitor.model.state import (
    QUARANTINED,
    QUIET,
    SEARCH,
    WHOLE,
    Episode,
    Health,
    PolledTarget,
    Quarantine,
    RecordChange,
    Stored,
    unquiet,
)
from monitor.store import Store, job_runs, records, sources, stories
from monitor.stories import view as story_view

WITNESSED = timedelta(days=14)
"""Only a source that was watched for so long is called quiet: before, nothing new is no news."""


class Reader(Protocol):
    """Reads letters; `version` changes when it reads better."""

    version: int

    def read(self, path: Path) -> Letter:
        """What the document says; one that cannot be read says why in `problems`."""

    def paragraphs(self, path: Path) -> list[Quote]:
        """Its paragraphs, to compare two versions by."""


PATIENCE = timedelta(hours=24)
"""A site among many is called broken when it was not seen well for a day."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a run needs beside what was crawled. `name` is a source's or target's for people; `expected`
    are the targets that the run was to close, `covering` that they are all or most of the source's.
    `windowed`: the source shows only what is new; `pages` reads what it shows. `elections` are general ones to
    come, before which little is published."""

    source: str
    run: str
    reader: Reader | None
    channels: Sequence[rules.Channel]
    subject: Callable[[str], Subject]
    name: Callable[[str], str]
    job: Job | None = None
    expected: Sequence[str] = ()
    covering: bool = True
    windowed: bool = False
    pages: coverage_pages.Reader | None = None
    why_unreached: str = "the crawl ended before it was reached"
    elections: Sequence[date] = ()

    def asked(self, closed: Iterable[PolledTarget]) -> Iterator[tuple[str, str]]:
        """The documents (target, key) that this run asked for again, where their page was read."""
        opened = {c.poll.target for c in closed if c.poll.outcome == "ok"}
        for target in self.job.targets if self.job else ():
            if target.target in opened:
                yield from ((target.target, key) for key, known in target.documents.items() if known.recheck)


def report_events(store: Store, steps: Sequence[RecordChange], context: Context, now: datetime) -> list[Event]:
    """The events that a run's steps owe, in the order of publication."""
    if context.windowed:
        return []
    told = [s for s in steps if s.verb in reports.ANNOUNCED_CHANGES]
    told.sort(key=lambda s: (s.after.record.published or "", s.after.record.key))
    made = ((step.after.record, _event(store, step, context, now)) for step in told)
    return [in_story(store, record, event) for record, event in made if event is not None]


def page_news(store: Store, found: Sequence[Page], context: Context, now: datetime) -> list[Event]:
    """The events that a run's pages owe, in the order of publication."""
    if context.pages is None:
        return []
    told = sorted(found, key=lambda p: (p.record.published or "", p.record.kind, p.record.key))
    letters = records.letters(store, filter(None, (_sha(p.step.after) for p in told)))
    made = page_events.of_pages(told, context.pages, letters, context.subject, now.isoformat())
    return [in_story(store, page.record, event) for page, event in made]


def in_story(store: Store, record: Record, event: Event) -> Event:
    """The event with the story that its record is in, and what the story's sources say otherwise than each other."""
    story = stories.story_of(store, record.source, record.target, record.kind, record.key, event.urn)
    if story is None or event.urn is None:
        return event
    known = next(s for s in stories.of_council(store, event.urn).stories if s.id == story)
    differ = story_view.conflicts(known)
    return replace(event, story=story, after=(event.after or {}) | ({"conflicts": differ} if differ else {}))


def _event(store: Store, step: RecordChange, context: Context, now: datetime) -> Event | None:
    target = step.after.record.target
    letters = records.letters(store, filter(None, [_sha(step.before), _sha(step.after)]))
    history = records.inspections(store, context.source, target)
    differences = _differences(store, step, context.reader) if step.verb == "replaced" else ()
    return reports.from_step(step, context.subject(target), letters, history, now.isoformat(), differences)


def _differences(store: Store, step: RecordChange, reader: Reader | None) -> list[Difference]:
    """What two versions of a document say differently, where both are kept."""
    paths = [store.document_path(sha) for s in (step.before, step.after) if (sha := _sha(s))]
    if reader is None or len(paths) < 2 or not all(path.exists() for path in paths):
        return []
    before, after = map(reader.paragraphs, paths)
    return documents.compare(before, after)


def _sha(stored: Stored | None) -> str | None:
    document = stored.record.document if stored else None
    return document.sha256 if document else None


def health_events(
    store: Store,
    closed: Sequence[PolledTarget],
    verdict: Health,
    held: Quarantine | None,
    context: Context,
    now: datetime,
) -> list[Event]:
    """Begin and end the episodes in which something cannot be seen or is not believed, and say so."""
    if context.windowed:
        verdict = judge.patient(verdict, sources.seen_since(store, context.source, now - PATIENCE))
    open_now = sources.episodes(store, context.source)
    polled = [c.poll.target for c in closed]
    begun, ended = judge.episodes(open_now, verdict, polled, now.isoformat(), covering=context.covering)
    if held and QUARANTINED not in open_now:
        begun.append(Episode(QUARANTINED, held.since, held.reason))
    if not held and QUARANTINED in open_now:
        ended.append(open_now[QUARANTINED])
    sources.save_episodes(store, context.source, begun, ended)
    at = now.isoformat()
    tell = [(_begin, e) for e in _together(begun)] + [(recovered, e) for e in _together(ended)]
    return [make(_source(e, context), e, *_about(e, context), at) for make, e in tell]


def silence_events(store: Store, context: Context, now: datetime) -> list[Event]:
    """Begin and end the episodes in which a healthy source says nothing new for improbably long, and say so.
    Judged after a whole look at all of it."""
    if not (context.covering and context.job and context.job.sweep):
        return []
    seen = sources.first_seen(store, context.source)
    if not seen or now - min(seen) < WITNESSED:
        return []
    today = now.astimezone(LONDON).date()
    found, judged = silence.quiet(job_runs.days_of_news(store, context.source), today, tuple(context.elections))
    open_now = sources.episodes(store, context.source)
    begun, ended = judge.silences(open_now, found, judged, now.isoformat())
    sources.save_episodes(store, context.source, begun, ended)
    at = now.isoformat()
    tell = [(silent, e) for e in _together(begun)] + [(heard, e) for e in _together(ended)]
    return [make(_source(e, context), e, *_about(e, context), at) for make, e in tell]


def _together(episodes: Iterable[Episode]) -> list[Episode]:
    """Pages that begin or end being broken (or quiet) in one run are told together."""
    found = list(episodes)
    pages = [e for e in found if e.target not in (WHOLE, QUARANTINED, SEARCH, QUIET)]
    if len(pages) < 2:
        return found
    reason = f"{len(pages)} pages: {pages[0].reason}"
    merged = Episode(",".join(sorted(e.target for e in pages)), min(e.since for e in pages), reason)
    return [e for e in found if e not in pages] + [merged]


def _begin(source: str, episode: Episode, subject: Subject, name: str, at: str) -> Event:
    make = quarantined if episode.target == QUARANTINED else failing
    return make(source, episode, subject, name, at)


def _source(episode: Episode, context: Context) -> str:
    """What an event about an episode calls its source: a page that is broken alone has a name of its own."""
    alone = "," not in episode.target and episode.target not in (WHOLE, QUARANTINED, QUIET)
    return watched_pages.called(context.source, unquiet(episode.target) or episode.target) if alone else context.source


def _about(episode: Episode, context: Context) -> tuple[Subject, str]:
    """Whom an episode concerns, and what to call it: one page, or the source."""
    if "," in episode.target or episode.target in (WHOLE, QUARANTINED, QUIET):
        return Subject(), context.name(WHOLE)
    target = unquiet(episode.target) or episode.target
    return context.subject(target), context.name(target)
