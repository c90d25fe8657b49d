"""What only the whole crawl can show: a source that cannot be seen, a listing that hides, silence. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from monitor.health import episodes, judge, listing, silence
from monitor.health.episodes import Turned
from monitor.model import Event, Poll
from monitor.model.days import LONDON
from monitor.model.reach import Depth, Shows
from monitor.model.state import PolledTarget
from monitor.model.trouble import WHOLE, Health, Quarantine, Reason, SourceState, Targets, Trouble
from monitor.watch import announce
from monitor.watch.announce import Names
from monitor.watch.decide import Decision
from monitor.watch.isolation import Unreadable
from monitor.watch.known import Run, Standing

WITNESSED = timedelta(days=14)
"""Only a source that was watched for so long is called quiet: before, nothing new is no news."""
BROKEN_AFTER = timedelta(hours=24)
"""A site among many is called broken when it was not seen well for a day."""


@dataclass(slots=True)
class Seen:
    """What a crawl has shown so far: every poll, why targets are broken, what the program failed on, what was told."""

    unreached: Reason
    polls: list[Poll] = field(default_factory=list)
    broken: dict[str, Reason] = field(default_factory=dict)
    unreadable: list[Unreadable] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def add(self, closed: Sequence[PolledTarget], decision: Decision, events: Sequence[Event]) -> None:
        """Count what was decided of some targets, and told."""
        self.polls += [c.poll for c in closed]
        self.broken |= decision.broken
        self.events += events
        self.unreadable += [*decision.unreadable, *decision.unplaced]

    def health(self, run: Run) -> Health:
        """The health of the run, with the targets that it did not reach."""
        polled = {p.target for p in self.polls}
        broken = self.broken | {t: self.unreached for t in run.expected if t not in polled}
        opened = len({p.target for p in self.polls if p.outcome != "unchanged"})
        return judge.overall(broken, opened, len(polled | set(broken)), run.shows)


def close(known: Standing, seen: Seen, run: Run, names: Names, now: datetime, elections: Sequence[date]) -> Decision:
    """What follows from a crawl that has ended."""
    health, state = seen.health(run), _state(known.state, seen, run)
    holds = _dropped_holds(known, run)
    kept = {t: q for t, q in known.holds.items() if t not in holds}
    state = replace(state, released=known.state.released and not (run.reach.whole and seen.polls and not health.wide))
    turned = _turned(known, kept, state, health, seen, run, now)
    if not kept.get(WHOLE) and health.wide is None:
        turned += _silences(known, run, now, elections)
    events = announce.of_troubles(turned, names, now.isoformat())
    return Decision(known.state.generation, holds=holds, turned=turned, state=state, health=health,
                    run=seen.polls, events=events)  # fmt: skip


def _state(known: SourceState, seen: Seen, run: Run) -> SourceState:
    """With the listing's standing after this crawl, and the time at which the host wants to be asked again."""
    waits = [datetime.fromisoformat(p.not_before) for p in seen.polls if p.not_before]
    standing = known.listing
    for poll in seen.polls:
        if poll.target == run.shows.listing:
            standing = listing.swept(standing, poll, whole=run.reach.whole)
    return replace(known, not_before=max(waits, default=None), listing=standing)


def _dropped_holds(known: Standing, run: Run) -> dict[Targets, Quarantine | None]:
    """Quarantines that are about nothing any more: of sites that are not watched, and, where each site is held by
    itself, of the whole source (as the first edition held them)."""
    if not run.reach.whole:
        return {}
    unwatched = [t for t in known.holds if t and run.expected and not set(t) & set(run.expected)]
    whole = [WHOLE] if run.shows is Shows.RECENT and WHOLE in known.holds else []
    return dict.fromkeys([*unwatched, *whole])


def _turned(known: Standing, holds: dict[Targets, Quarantine], state: SourceState, health: Health, seen: Seen, run: Run,
            now: datetime) -> Turned:  # fmt: skip
    """The episodes that begin and end. Those of targets that are watched no more end without a word."""
    at, open_now = now.isoformat(), known.episodes
    gone = Turned()
    if run.reach.whole and run.expected:
        gone = episodes.unwatched(open_now, run.expected)
        open_now = tuple(e for e in open_now if e not in gone.dropped)
    if run.shows is Shows.RECENT:
        health = judge.patient(health, judge.seen_since(known.seen, now - BROKEN_AFTER, now))
    polled = [p.target for p in seen.polls]
    turned = gone + episodes.breakages(run.source, open_now, health, polled, at, reach=run.reach)
    turned += episodes.held(run.source, open_now, holds, at)
    turned += _unreadable(known, seen, run, at)
    hides = None if health.wide else state.listing.hides
    return turned if health.wide else turned + episodes.hiding(run.source, open_now, run.shows, hides, at)


def _unreadable(known: Standing, seen: Seen, run: Run, at: str) -> Turned:
    """Where the program failed on something; that has ended when the target was looked at and nothing failed."""
    by_target: dict[str, list[Unreadable]] = {}
    for lost in seen.unreadable:
        by_target.setdefault(lost.target, []).append(lost)
    found: dict[Targets, Reason] = {(t,): Reason(None, _in_words(lost)) for t, lost in by_target.items()}
    looked: list[Targets] = [(p.target,) for p in seen.polls if p.outcome == "ok"]
    return episodes.turned(run.source, Trouble.UNREADABLE, known.episodes, found, looked, at)


def _in_words(lost: Sequence[Unreadable]) -> str:
    many = f" (and {len(lost) - 1} more)" if len(lost) > 1 else ""
    return f"the program failed on {lost[0]}{many}"


def _silences(known: Standing, run: Run, now: datetime, elections: Sequence[date]) -> Turned:
    """The spells in which a healthy source says nothing new for improbably long. Judged after a look at all of it."""
    judged = run.reach.whole and run.depth is Depth.EVERYTHING
    if not judged or not known.first_seen or now - min(known.first_seen) < WITNESSED:
        return Turned()
    today = now.astimezone(LONDON).date()
    quiet, could = silence.quiet(known.news, today, tuple(elections))
    return episodes.silences(run.source, known.episodes, quiet, could, now.isoformat())
