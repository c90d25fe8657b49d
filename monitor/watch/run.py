"""The way of one publication: crawl, judge what may be believed, compare, save and queue.

    for each target as the crawl closes it     dates that cannot be are left out (health.dated);
                                               a first sight is settled at once, silently
    health.judge                               what could be seen, and what broke
    diff.compare, quarantine.judge             what is new, and whether it is too much at once
    understood, follow                         what pages say, and the story that each thing is part of
    news                                       what people are told, once
    one transaction                            state, events and deliveries together

Nothing is sent from here: see deliver.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.channels import rules
from monitor.channels.rules import LONDON
from monitor.coverage import Coverage
from monitor.coverage.pages import Page
from monitor.crawl.child import CrawlError
from monitor.diff import records as record_changes
from monitor.health import judge, listing, quarantine
from monitor.health.listing import DISTRUST, SWEPT
from monitor.model import Event, Record
from monitor.model.state import SEARCH, Health, KnownTarget, PolledTarget, Quarantine, RecordChange, key_of
from monitor.store import Store, outbox, records, sources
from monitor.watch import announce
from monitor.watch.announce import Context
from monitor.watch.place import place_in_stories


@dataclass(frozen=True, slots=True)
class RunResult:
    """What came of a run: its events, what was broken, why it was held, if it was, and `notes`: what the
    crawl remarked of targets that are well (a provider that nobody watches, a label that is not known)."""

    events: tuple[Event, ...]
    health: Health
    held: str | None = None
    notes: tuple[str, ...] = ()


def watch(store: Store, crawl: Iterable[PolledTarget], context: Context, clock: Callable[[], datetime]) -> RunResult:
    """Follow one crawl to its end. What was seen for the first time is kept even if it is stopped."""
    known = sources.baselined(store, context.source)
    closed: list[PolledTarget] = []
    try:
        for given in crawl:
            target = judge.dated(given, clock().astimezone(LONDON).date())
            if target.poll.target not in known:
                save_baseline(store, target, context, clock())
            closed.append(target)
    except CrawlError as error:
        context = replace(context, why_unreached=str(error))
    read_documents(store, closed, context, clock())
    return apply_crawl(store, closed, context, clock())


def save_baseline(store: Store, closed: PolledTarget, context: Context, now: datetime) -> None:
    """Keep a target's first healthy poll: the baseline, of which nobody is told."""
    if not sources.page_was_read(closed, windowed=context.windowed):
        return
    read_documents(store, [closed], context, now)
    with store.transaction():
        before = _before(store, [closed], [closed.poll.target], context)
        steps, pages = read_pages(_steps(closed, before, now), context)
        records.save(store, steps, now.isoformat())
        place_in_stories(store, steps, coverage_by_record(pages, context))
        sources.save_polls(store, [closed], Health({}), windowed=context.windowed)


def read_documents(store: Store, closed: Iterable[PolledTarget], context: Context, now: datetime) -> None:
    """Read the documents that have not been read. A reading is kept by its document's hash."""
    if context.reader is None:
        return
    shas = [r.document.sha256 for c in closed for r in c.records if r.document]
    paths = [store.document_path(sha) for sha in records.unread(store, shas)]
    letters = [context.reader.read(path) for path in paths if path.exists()]
    if letters:
        with store.transaction():
            records.save_letters(store, letters, context.reader.version, now.isoformat())


def read_pages(steps: list[RecordChange], context: Context) -> tuple[list[RecordChange], list[Page]]:
    """The steps with the facts that were read in their pages, and the pages; a letter's facts are its reading's."""
    if context.pages is None:
        return steps, []
    pages = context.pages.read(steps)
    return [page.step for page in pages], pages


def without_irrelevant(steps: list[RecordChange], pages: Iterable[Page]) -> list[RecordChange]:
    """The steps that count when a run is held for changing too much: of what many sites publish on one day, only
    what concerns an inspection."""
    trifles = {id(p.step) for p in pages if p.step.verb == "published" and not p.says.relevant}
    return [step for step in steps if id(step) not in trifles]


def coverage_by_record(pages: Sequence[Page], context: Context) -> Callable[[Record], Coverage | None]:
    """What a page of this run says; None of what is no page."""
    return context.pages.saying(pages) if context.pages else lambda _: None


def apply_crawl(store: Store, closed: Sequence[PolledTarget], context: Context, now: datetime) -> RunResult:
    """Judge, compare, save and queue: all of it, or nothing."""
    with store.transaction():
        opened = {c.poll.target for c in closed if c.records or c.poll.outcome != "unchanged"}
        before = _before(store, closed, opened, context)
        verdict = _health(store, closed, before, context)
        steps = [s for c in closed for s in _steps(judge.trusted(c, verdict), before, now)]
        steps, read = read_pages(steps, context)
        held = _quarantine(store, without_irrelevant(steps, read), context, now)
        believed = quarantine.believed(steps, held)
        trusted = set(map(id, believed))
        pages = [page for page in read if id(page.step) in trusted]
        _save(store, closed, steps, believed, held, verdict, context, now)
        place_in_stories(store, believed, coverage_by_record(pages, context))
        told = announce.report_events(store, believed, context, now) + announce.page_news(store, pages, context, now)
        told += announce.health_events(store, closed, verdict, held, context, now)
        if not held and verdict.wide is None:
            told += announce.silence_events(store, context, now)
        new = [e for e in told if outbox.add(store, e, rules.recipients_of(e, context.channels, now))]
        notes = (f"{c.poll.target}: {c.poll.detail}" for c in closed if c.poll.outcome == "ok" and c.poll.detail)
        return RunResult(tuple(new), verdict, held.reason if held else None, tuple(notes))


def _health(
    store: Store, closed: Sequence[PolledTarget], before: Mapping[str, KnownTarget], context: Context
) -> Health:
    """Health, and the listing's standing with it: one that hides reports counts as broken until
    sweeps agree with it again."""
    released = bool(sources.facts(store, context.source).get("release"))
    verdict = judge.judge(
        closed, before, context.expected, context.why_unreached, released=released, apart=context.windowed
    )
    waits = [c.poll.not_before for c in closed if c.poll.not_before]
    sources.save_facts(store, context.source, {"not_before": max(waits, default=None)})
    polled = next((c.poll for c in closed if c.poll.target == SEARCH), None)
    if polled is not None:
        partial = polled.listing == "agrees" and not context.covering
        verdict_on_it = None if partial else polled.listing  # a few councils cannot vouch for the whole listing
        trust = listing.trust(sources.facts(store, context.source), verdict_on_it, polled.detail)
        swept = {SWEPT: "1"} if polled.listing and context.covering else {}
        sources.save_facts(store, context.source, trust | swept)
    hidden = sources.facts(store, context.source).get(DISTRUST)
    if hidden and SEARCH not in verdict.broken:
        return replace(verdict, broken={**verdict.broken, SEARCH: hidden})
    return verdict


def _before(
    store: Store, closed: Iterable[PolledTarget], targets: Iterable[str], context: Context
) -> dict[str, KnownTarget]:
    """What is known of targets. Of a source that shows only what is new, what it does not show says nothing, so only
    the records that it shows are loaded, however many there ever were."""
    keys = {key_of(record) for c in closed for record in c.records} if context.windowed else None
    return records.before(store, context.source, targets, keys)


def _steps(closed: PolledTarget, before: Mapping[str, KnownTarget], now: datetime) -> list[RecordChange]:
    known = before.get(closed.poll.target, KnownTarget())
    return record_changes.compare(closed.poll, closed.records, known.known, now, baselined=known.baselined)


def _quarantine(store: Store, steps: Sequence[RecordChange], context: Context, now: datetime) -> Quarantine | None:
    """A run of a few targets cannot end what the whole source is held for; a person's release can."""
    source = context.source
    if sources.facts(store, source).get("release"):
        sources.save_facts(store, source, {"release": None})
        return None
    held = sources.quarantine(store, source)
    if held and not context.covering:
        return held
    return quarantine.judge(steps, records.count(store, source), held, now.isoformat())


def _save(
    store: Store,
    closed: Sequence[PolledTarget],
    steps: Sequence[RecordChange],
    believed: Sequence[RecordChange],
    held: Quarantine | None,
    verdict: Health,
    context: Context,
    now: datetime,
) -> None:
    """The new state. Targets whose steps are held lose their cursor, so that the next run looks again."""
    held_targets = {s.after.record.target for s in steps} if held else set()
    sources.save_quarantine(store, context.source, held)
    records.save(store, believed, now.isoformat())
    records.save_asked(store, context.source, context.asked(closed), now.isoformat())
    settled = [_without_cursor(c, held_targets) for c in closed]
    sources.save_polls(store, settled, verdict, windowed=context.windowed)
    if closed:
        sources.save_run(store, context.run, [c.poll for c in closed], verdict)


def _without_cursor(closed: PolledTarget, targets: set[str]) -> PolledTarget:
    if closed.poll.target not in targets:
        return closed
    return replace(closed, poll=replace(closed.poll, cursor=None))
