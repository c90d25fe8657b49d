"""The way of one publication: load, understand, decide, commit.

    load         what the store knows, as one snapshot
    understand   documents and pages are read, records compared with what is known; no lock, whatever fails is a value
    decide       what is believed, which story it belongs to, what people are told; pure
    commit       state, events and deliveries in milliseconds, or again from the start where the state has moved

A site that shows only what is new goes this way as soon as its target closes, so that no slow site holds up another's
news. A source that lists everything is judged as a whole, when its crawl has ended. Then follows, for both, what only
the whole crawl can show. Nothing is sent from here: see deliver.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from monitor.crawl.child import CrawlError
from monitor.deliver.audience import Audience
from monitor.deliver.context import with_contexts
from monitor.health import judge
from monitor.model import KINDS, Event
from monitor.model.days import LONDON
from monitor.model.reach import Shows
from monitor.model.state import Key, PolledTarget, key_of
from monitor.model.trouble import Health, Reason
from monitor.store import Store, StoreError, sources
from monitor.watch import closing, known, late, place
from monitor.watch.announce import Names
from monitor.watch.closing import Seen
from monitor.watch.commit import MovedError, commit
from monitor.watch.decide import Decision, concerned, decide
from monitor.watch.known import Run
from monitor.watch.understand import Readers, dated, understand

log = logging.getLogger("ofsted-watch")

TRIES = 5
"""How often a decision is made anew because its state has moved. Then it is made under the lock."""
WAITING = 50
"""Targets that showed nothing are settled together."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """What came of a run: its events, what was broken, why something is held (if it is), and `notes`, the crawl's
    remarks on targets that are well (a provider that nobody watches, a label that is not known)."""

    events: tuple[Event, ...]
    health: Health
    held: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Watch:
    """One crawl that is followed. `elections` are general ones to come, before which little is published; `unreached`:
    why a target is not in the crawl."""

    store: Store
    run: Run
    readers: Readers
    names: Names
    audience: Audience
    clock: Callable[[], datetime]
    elections: Sequence[date] = ()
    unreached: Reason = judge.UNREACHED

    def follow(self, crawl: Iterable[PolledTarget]) -> RunResult:
        """Follow a crawl to its end. What is settled stays, even if the crawl is stopped. Raises StoreError."""
        seen, waiting = Seen(self.unreached), list[PolledTarget]()
        try:
            for closed in self._first_sights(self._dated(crawl, seen)):
                waiting.append(closed)
                if self.run.shows is Shows.RECENT and (closed.records or len(waiting) >= WAITING):
                    self._settle(waiting, seen)
                    waiting = []
        except CrawlError as error:
            seen.unreached = Reason(None, str(error), second_hand=True)
        self._settle(waiting, seen)
        self._settle_late(seen)
        return self._close(seen)

    def _dated(self, crawl: Iterable[PolledTarget], seen: Seen) -> Iterable[PolledTarget]:
        """The targets without dates that cannot be meant."""
        for given in crawl:
            closed, lost = dated(given, self.clock().astimezone(LONDON).date())
            seen.unreadable += lost
            yield closed

    def _first_sights(self, crawl: Iterable[PolledTarget]) -> Iterable[PolledTarget]:
        """Pass the targets on. If the source is judged as a whole, the first sight of each target is committed at once:
        nobody is told of it, and a crawl that is stopped goes on from there."""
        settled = sources.baselined(self.store, self.run.source)
        for closed in crawl:
            new = closed.poll.target not in settled and sources.page_was_read(closed, self.run.shows)
            if new and self.run.shows is Shows.EVERYTHING:
                self._settle([closed], Seen(self.unreached), judging=False)
            yield closed

    def _settle(self, closed: Sequence[PolledTarget], seen: Seen, *, judging: bool = True) -> None:
        """Bring targets to their commit. One on which the program fails as a whole costs no other its news."""
        if not closed:
            return
        try:
            decision, events = self._until_written(lambda: self._decide(closed, judging=judging))
        except StoreError:
            raise
        except Exception as error:
            log.exception("%s: the program failed on %s", self.run.source, [c.poll.target for c in closed])
            for again in self._apart(closed, error):
                self._settle(again, seen, judging=judging)
        else:
            seen.add(closed, decision, events)

    def _apart(self, closed: Sequence[PolledTarget], error: Exception) -> list[list[PolledTarget]]:
        """Return the targets in groups to try again: those that fail alone as broken ones, or, if none does, each by
        itself. Raises the error if a broken target fails too."""
        if len(closed) == 1:
            if closed[0].poll.outcome == "invalid" and not closed[0].records:
                raise error
            return [[_spoilt(closed[0], error)]]
        failing = [c for c in closed if self._fails(c)]
        return [[_spoilt(c, error) if c in failing else c for c in closed]] if failing else [[c] for c in closed]

    def _shown(self, closed: Iterable[PolledTarget]) -> set[Key] | None:
        """Return the records whose earlier state is needed; None means all. If a source shows only what is new, nothing
        follows from what it does not show. So only what it shows is loaded, however much there ever was. Lists that
        show themselves whole need all of theirs."""
        if self.run.shows is Shows.EVERYTHING or any(KINDS[r.kind].whole_list for c in closed for r in c.records):
            return None
        return {key_of(record) for c in closed for record in c.records}

    def _fails(self, closed: PolledTarget) -> bool:
        try:
            self._decide([closed], judging=True)
        except StoreError:
            raise
        except Exception:  # noqa: BLE001 - it has been logged; here is only asked whose it is
            return True
        return False

    def _decide(self, closed: Sequence[PolledTarget], *, judging: bool) -> Decision:
        """Load, understand, decide."""
        now = self.clock()
        opened = {c.poll.target for c in closed if c.records or c.poll.outcome == "ok"}
        before = known.load(self.store, self.run, (c.poll.target for c in closed), opened, self._shown(closed))
        found = understand(self.store, closed, before, self.readers, now)
        papers = (c.after.record for c in found.changes)
        items = (item for made in found.items.values() for item in made)
        around = place.load(self.store, self.run.source, papers, items, concerned(found, self.names))
        return decide(before, found, around, self.run, self.names, now, self.readers.pages, judging=judging)

    def _until_written(self, decided: Callable[[], Decision]) -> tuple[Decision, list[Event]]:
        """Decide and commit; again where the state has moved meanwhile."""

        def attempt() -> tuple[Decision, list[Event]]:
            decision = decided()
            decision = replace(decision, events=with_contexts(self.store, decision.events))
            return decision, commit(self.store, decision, self.run, self.audience, self.clock())

        for _ in range(TRIES):
            try:
                return attempt()
            except MovedError as moved:
                log.info("%s", moved)
        with self.store.transaction():
            return attempt()

    def _settle_late(self, seen: Seen) -> None:
        """Tell what could not be read at earlier looks."""
        shas = late.read(self.store, self.run, self.readers)
        if not shas:
            return
        names, now = self.names, self.clock()
        decision, events = self._until_written(
            lambda: late.decide_late(self.store, shas, self.run, self.readers, names, now)
        )
        seen.add((), decision, events)

    def _close(self, seen: Seen) -> RunResult:
        """Decide what only the whole crawl can show."""
        decision, events = self._until_written(
            lambda: closing.close(
                known.load_standing(self.store, self.run), seen, self.run, self.names, self.clock(), self.elections
            )
        )
        for lost in seen.unreadable:
            log.error("%s: the program failed on %s\n%s", self.run.source, lost, lost.trace)
        held = sources.holds(self.store, self.run.source)
        reasons = [f"{self.names.target(t[0])}: {q.reason}" if t else q.reason for t, q in held.items()]
        said = (f"{self.names.target(p.target)}: {p.detail}" for p in seen.polls if p.outcome == "ok" and p.detail)
        failed = (f"{u.target}: the program failed on {u}" for u in seen.unreadable)
        told, health = (*seen.events, *events), decision.health or Health()
        return RunResult(told, health, "; ".join(reasons) or None, (*said, *failed))


def _spoilt(closed: PolledTarget, error: Exception) -> PolledTarget:
    """A target on which the program failed as a whole: broken, and to be opened again."""
    detail = f"the program failed on it: {type(error).__name__}: {error}"[:300]
    return PolledTarget(replace(closed.poll, outcome="invalid", complete=False, cursor=None, detail=detail))
