"""What follows from a look: what is believed, kept and told. Pure: the same known and the same seen decide the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.coverage import pages as coverage_pages
from monitor.health import quarantine
from monitor.health.episodes import Turned
from monitor.model import Event, Poll
from monitor.model.crawl import SEEN
from monitor.model.reach import Shows
from monitor.model.state import Key, PolledTarget, RecordChange, key_of
from monitor.model.trouble import WHOLE, Health, Quarantine, Reason, SourceState, Targets
from monitor.watch import announce, place
from monitor.watch.announce import Names
from monitor.watch.isolation import Unreadable
from monitor.watch.known import Known, Run
from monitor.watch.place import Around, KnownStories
from monitor.watch.understand import Understood


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be written, and the generations of what it was decided on. `holds` are the quarantines that begin, go
    on or (None) end; `used`: targets that a person released and that have now had their look; `turned` the episodes;
    `state` and `health` are the source's as a whole, where they were judged. Records that are `unreadable` are left
    out; those that are `unplaced` are told without a story."""

    generation: int = 0
    changes: Sequence[RecordChange] = ()
    polls: Sequence[PolledTarget] = ()
    broken: Mapping[str, Reason] = field(default_factory=dict)
    holds: Mapping[Targets, Quarantine | None] = field(default_factory=dict)
    used: Collection[str] = ()
    stories: Mapping[str, KnownStories] = field(default_factory=dict)
    turned: Turned = field(default_factory=Turned)
    state: SourceState | None = None
    health: Health | None = None
    run: Sequence[Poll] = ()
    events: Sequence[Event] = ()
    unreadable: Sequence[Unreadable] = ()
    unplaced: Sequence[Unreadable] = ()


def decide(
    known: Known,
    found: Understood,
    around: Around,
    run: Run,
    names: Names,
    now: datetime,
    pages: coverage_pages.Reader | None = None,
    *,
    judging: bool = True,
) -> Decision:
    """Decide what follows from some targets of a look. `judging`: quarantines are decided as well; a first sight of one
    target is never too much, and does not count for the quarantine that its source is in.

    Records on which something fails are left out, and the rest is decided again, until nothing fails.
    """
    while True:
        decision = _decided(known, found, around, run, names, now, pages, judging=judging)
        if not decision.unreadable:
            return replace(decision, unreadable=found.unreadable)
        found = found.without(decision.unreadable)


def _decided(known: Known, found: Understood, around: Around, run: Run, names: Names, now: datetime,
             pages: coverage_pages.Reader | None, *, judging: bool) -> Decision:  # fmt: skip
    released = {t for t, before in known.targets.items() if before.released}
    moved = _moved(known, found, released)
    holds = _holds(known, found, run, now, moved) if judging else {}
    standing = {t: q for t, q in {**known.holds, **holds}.items() if q} if judging else {}
    believed = _believed(found, standing, run, released, moved)
    stories, unplaced = _stories(believed, found, around)
    told, lost = _events(believed, found, known, {**around.councils, **stories}, names, pages, now.isoformat())
    seen = {c.poll.target for c in found.closed if c.poll.outcome in SEEN}
    return Decision(
        generation=known.state.generation,
        changes=believed,
        polls=_settled(found, standing, run),
        broken=found.broken,
        holds=holds,
        used=released & seen if judging else (),
        stories=stories,
        events=told,
        unreadable=lost,
        unplaced=unplaced,
    )


Moved = Mapping[str, Collection[Key]]
"""By target, the entries of a list that came to new addresses as a whole."""


def _moved(known: Known, found: Understood, released: Collection[str]) -> Moved:
    looked = [c for c in found.closed if c.poll.target in known.targets and c.poll.target not in released]
    all_ = {c.poll.target: quarantine.moved(c.records, known.targets[c.poll.target].known) for c in looked}
    return {target: keys for target, keys in all_.items() if keys}


def _holds(known: Known, found: Understood, run: Run, now: datetime, moved: Moved) -> dict[Targets, Quarantine | None]:
    """Decide the quarantines, where too much changed at once: of a source that lists everything as a whole; of one that
    shows only what is new of each site, measured by what it shows, so that one site never holds up another."""
    at = now.isoformat()
    if run.shows is Shows.RECENT:
        looked = {c.poll.target: len(c.records) for c in found.closed if c.records and c.poll.target in known.targets}
        free: dict[Targets, Quarantine | None] = {(t,): None for t in looked if known.targets[t].released}
        return free | {
            (t,): quarantine.judge(_counted(found, t), shown, known.holds.get((t,)), at, moved.get(t, ()))
            for t, shown in looked.items()
            if (t,) not in free
        }
    if not run.reach.whole and WHOLE in known.holds:
        return {}  # a crawl of a few councils cannot end what the whole source is held for
    released = known.state.released and run.reach.whole
    return {WHOLE: None if released else quarantine.judge(found.changes, known.listed, known.holds.get(WHOLE), at)}


def _counted(found: Understood, target: str) -> list[RecordChange]:
    """A site's changes that count: of what many publish on one day, only what concerns an inspection."""
    mine = [c for c in found.changes if c.after.record.target == target]
    return [c for c in mine if c.type != "published" or _relevant(found, c)]


def _relevant(found: Understood, change: RecordChange) -> bool:
    page = found.pages.get(change.after.record.name)
    return page is None or page.says.relevant


def _believed(
    found: Understood, holds: Mapping[Targets, Quarantine], run: Run, released: Collection[str], moved: Moved
) -> list[RecordChange]:
    """The changes that may be acted on. Where only a list has moved, its other entries are not held with it."""

    def hold(change: RecordChange) -> Quarantine | None:
        target = change.after.record.target
        held = None if target in released else holds.get(WHOLE if run.shows is Shows.EVERYTHING else (target,))
        return None if target in moved and not _has_moved(change, moved) else held

    believed = [c for c in found.changes if quarantine.is_believed(c, hold(c))]
    return [quarantine.silently(c) if _has_moved(c, moved) else c for c in believed]


def _has_moved(change: RecordChange, moved: Moved) -> bool:
    return key_of(change.after.record) in moved.get(change.after.record.target, ())


def _stories(
    believed: Sequence[RecordChange], found: Understood, around: Around
) -> tuple[dict[str, KnownStories], list[Unreadable]]:
    """The stories as they are with what is believed: items first, then the papers that go with them."""
    names = {c.after.record.name for c in believed}
    items = {name: made for name, made in found.items.items() if name in names}
    own, lost = place.placed(around.councils, (i for made in items.values() for i in made), found.letters)
    papers = place.attached(believed, items, around)
    with_papers, more = place.placed({**around.councils, **own}, papers, found.letters)
    made = own | with_papers
    return {urn: s for urn, s in made.items() if s is not around.councils.get(urn)}, lost + more


def _events(believed: Sequence[RecordChange], found: Understood, known: Known, stories: Mapping[str, KnownStories],
            names: Names, pages: coverage_pages.Reader | None, at: str) -> announce.Told:  # fmt: skip
    if pages is None:
        return announce.report_events(believed, found, known, stories, names, at)
    told = [replace(found.pages[n], change=c) for c in believed if (n := c.after.record.name) in found.pages]
    return announce.page_news(found, told, pages, stories, names, at)


def _settled(found: Understood, holds: Mapping[Targets, Quarantine], run: Run) -> list[PolledTarget]:
    """Return the targets as they are kept. If a target's changes are held, or something failed on it, it loses its
    cursor, and the next crawl opens it again. A listing never has a cursor."""
    again = {u.target for u in found.unreadable} | {target for targets in holds for target in targets}
    again |= {c.after.record.target for c in found.changes} if WHOLE in holds else set()
    again |= {run.shows.listing} if run.shows.listing else set()
    return [replace(c, poll=replace(c.poll, cursor=None)) if c.poll.target in again else c for c in found.closed]


def concerned(found: Understood, names: Names) -> set[str]:
    """The councils that the changes are about, whatever they are in stories: those whose stories events may name."""
    targets = {c.after.record.target for c in found.changes}
    own: Iterable[str | None] = (names.subject(target).urn for target in targets)
    named = {urn for page in found.pages.values() for urn in page.says.urns}
    return named | {urn for urn in own if urn}
