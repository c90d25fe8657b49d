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

from monitor import channels, diff, health, news, plan, quarantine
from monitor.channels import LONDON
from monitor.coverage import Coverage
from monitor.crawl import CrawlError
from monitor.diff import Step
from monitor.following import follow
from monitor.health import Before, Closed, Health
from monitor.model import Event, Record
from monitor.news import Context
from monitor.pages import Page
from monitor.quarantine import Quarantine
from monitor.store import Store, outbox, records, sources


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a run: its events, what was broken, why it was held, if it was, and `notes`: what the
    crawl remarked of targets that are well (a provider that nobody watches, a label that is not known)."""

    events: tuple[Event, ...]
    health: Health
    held: str | None = None
    notes: tuple[str, ...] = ()


def watch(store: Store, crawl: Iterable[Closed], context: Context, clock: Callable[[], datetime]) -> Found:
    """Follow one crawl to its end. What was seen for the first time is kept even if it is stopped."""
    known = sources.baselined(store, context.source)
    closed: list[Closed] = []
    try:
        for given in crawl:
            target = health.dated(given, clock().astimezone(LONDON).date())
            if target.poll.target not in known:
                settle(store, target, context, clock())
            closed.append(target)
    except CrawlError as error:
        context = replace(context, why_unreached=str(error))
    read_documents(store, closed, context, clock())
    return absorb(store, closed, context, clock())


def settle(store: Store, closed: Closed, context: Context, now: datetime) -> None:
    """Keep a target's first healthy poll: the baseline, of which nobody is told."""
    if not sources.page_was_read(closed, windowed=context.windowed):
        return
    read_documents(store, [closed], context, now)
    with store.transaction():
        before = records.before(store, context.source, [closed.poll.target])
        steps, pages = understood(_steps(closed, before, now), context)
        records.save(store, steps, now.isoformat())
        follow(store, steps, said(pages, context))
        sources.save_polls(store, [closed], Health({}), windowed=context.windowed)


def read_documents(store: Store, closed: Iterable[Closed], context: Context, now: datetime) -> None:
    """Read the documents that have not been read. A reading is kept by its document's hash."""
    if context.reader is None:
        return
    shas = [r.document.sha256 for c in closed for r in c.records if r.document]
    paths = [store.document_path(sha) for sha in records.unread(store, shas)]
    letters = [context.reader.read(path) for path in paths if path.exists()]
    if letters:
        with store.transaction():
            records.save_letters(store, letters, context.reader.version, now.isoformat())


def understood(steps: list[Step], context: Context) -> tuple[list[Step], list[Page]]:
    """The steps with the facts that were read in their pages, and the pages; a letter's facts are its reading's."""
    if context.pages is None:
        return steps, []
    pages = context.pages.read(steps)
    return [page.step for page in pages], pages


def weighed(steps: list[Step], pages: Iterable[Page]) -> list[Step]:
    """The steps that count when a run is held for changing too much: of what many sites publish on one day, only
    what concerns an inspection."""
    trifles = {id(p.step) for p in pages if p.step.verb == "published" and not p.says.relevant}
    return [step for step in steps if id(step) not in trifles]


def said(pages: Sequence[Page], context: Context) -> Callable[[Record], Coverage | None]:
    """What a page of this run says; None of what is no page."""
    return context.pages.saying(pages) if context.pages else lambda _: None


def absorb(store: Store, closed: Sequence[Closed], context: Context, now: datetime) -> Found:
    """Judge, compare, save and queue: all of it, or nothing."""
    with store.transaction():
        opened = {c.poll.target for c in closed if c.records or c.poll.outcome != "unchanged"}
        before = records.before(store, context.source, opened)
        verdict = _health(store, closed, before, context)
        steps = [s for c in closed for s in _steps(health.trusted(c, verdict), before, now)]
        steps, read = understood(steps, context)
        held = _quarantine(store, weighed(steps, read), context, now)
        believed = quarantine.believed(steps, held)
        trusted = set(map(id, believed))
        pages = [page for page in read if id(page.step) in trusted]
        _save(store, closed, steps, believed, held, verdict, context, now)
        follow(store, believed, said(pages, context))
        told = news.of_records(store, believed, context, now) + news.of_pages(store, pages, context, now)
        told += news.of_health(store, closed, verdict, held, context, now)
        if not held and verdict.wide is None:
            told += news.of_silence(store, context, now)
        new = [e for e in told if outbox.add(store, e, channels.owed(e, context.channels, now))]
        notes = (f"{c.poll.target}: {c.poll.detail}" for c in closed if c.poll.outcome == "ok" and c.poll.detail)
        return Found(tuple(new), verdict, held.reason if held else None, tuple(notes))


def _health(store: Store, closed: Sequence[Closed], before: Mapping[str, Before], context: Context) -> Health:
    """Health, and the listing's standing with it: one that hides reports counts as broken until
    sweeps agree with it again."""
    released = bool(sources.facts(store, context.source).get("release"))
    verdict = health.judge(
        closed, before, context.expected, context.why_unreached, released=released, apart=context.windowed
    )
    waits = [c.poll.not_before for c in closed if c.poll.not_before]
    sources.save_facts(store, context.source, {"not_before": max(waits, default=None)})
    listing = next((c.poll for c in closed if c.poll.target == plan.SEARCH), None)
    if listing is not None:
        partial = listing.mark == "agrees" and not context.covering
        mark = None if partial else listing.mark  # a few councils cannot vouch for the whole listing
        trust = plan.trust(sources.facts(store, context.source), mark, listing.detail)
        swept = {plan.SWEPT: "1"} if listing.mark and context.covering else {}
        sources.save_facts(store, context.source, trust | swept)
    hidden = sources.facts(store, context.source).get(plan.DISTRUST)
    if hidden and plan.SEARCH not in verdict.broken:
        return replace(verdict, broken={**verdict.broken, plan.SEARCH: hidden})
    return verdict


def _steps(closed: Closed, before: Mapping[str, Before], now: datetime) -> list[Step]:
    known = before.get(closed.poll.target, Before())
    return diff.compare(closed.poll, closed.records, known.known, now, baselined=known.baselined)


def _quarantine(store: Store, steps: Sequence[Step], context: Context, now: datetime) -> Quarantine | None:
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
    closed: Sequence[Closed],
    steps: Sequence[Step],
    believed: Sequence[Step],
    held: Quarantine | None,
    verdict: Health,
    context: Context,
    now: datetime,
) -> None:
    """The new state. Targets whose steps are held lose their mark, so that the next run looks again; the
    listing's is a verdict on itself, which is kept as a fact."""
    held_targets = {plan.SEARCH} | ({s.after.record.target for s in steps} if held else set())
    sources.save_quarantine(store, context.source, held)
    records.save(store, believed, now.isoformat())
    records.save_asked(store, context.source, context.asked(closed), now.isoformat())
    settled = [_unmarked(c, held_targets) for c in closed]
    sources.save_polls(store, settled, verdict, windowed=context.windowed)
    if closed:
        sources.save_run(store, context.run, [c.poll for c in closed], verdict)


def _unmarked(closed: Closed, targets: set[str]) -> Closed:
    if closed.poll.target not in targets:
        return closed
    return replace(closed, poll=replace(closed.poll, mark=None))
