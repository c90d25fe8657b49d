"""What may be believed of a crawl. Pure.

A source that breaks looks like news to a naive differ: rows vanish, grades change, pages go empty.
So each poll is judged by itself, the run as a whole, and only then is anything compared. Breakages
are told once when they begin and once when they end; many at once are one breakage of the source.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from monitor.health import canary
from monitor.model import KINDS, Record, days, publication
from monitor.model.crawl import NOT_REACHED, SEEN
from monitor.model.reach import Shows
from monitor.model.state import KnownTarget, PolledTarget, key_of
from monitor.model.trouble import Health, Reason

MIN_BROKEN_FOR_SOURCE = 4
"""This many broken targets in one run are one broken source, not as many broken councils."""
UNREACHED = Reason(None, NOT_REACHED, second_hand=True)


def dated(closed: PolledTarget, today: date) -> PolledTarget:
    """A look at a target without the dates that cannot be meant; its poll's detail says which they were."""
    records = tuple(publication.credible(record, today + KINDS[record.kind].ahead) for record in closed.records)
    odd = [said for pair in zip(closed.records, records, strict=True) for said in publication.left_out(*pair)]
    if not odd:
        return closed
    many = f" (and {len(odd) - 1} more)" if len(odd) > 1 else ""
    detail = "; ".join(filter(None, (closed.poll.detail, f"a date that cannot be is left out: {odd[0]}{many}")))
    return PolledTarget(replace(closed.poll, detail=detail), records)


def broken_targets(closed: Sequence[PolledTarget], before: Mapping[str, KnownTarget]) -> dict[str, Reason]:
    """Why each target that could not be seen, or is not believed, is broken. Of a target that a person released, what
    it shows is believed however much it has lost."""
    nothing = KnownTarget()
    found = {c.poll.target: _reason(c, before.get(c.poll.target, nothing)) for c in closed}
    lost = {t: r for t, r in _canaries(closed, before).items() if not before[t].released and not found[t]}
    return {target: reason for target, reason in found.items() if reason} | lost


def overall(broken: Mapping[str, Reason], opened: int, asked: int, shows: Shows) -> Health:
    """The health of a run from its broken targets: `asked` targets were to be seen, `opened` of them were."""
    recent = shows is Shows.RECENT
    wide = _is_everywhere(len(broken), asked) if recent else _is_wide(len(broken), opened)
    return Health(broken, _in_short(broken, asked) if wide else None)


def _is_wide(broken: int, opened: int) -> bool:
    """Many broken targets, or most of the few that were opened: the source, not the councils."""
    return broken >= MIN_BROKEN_FOR_SOURCE or (broken > 1 and broken > opened / 2)


def _is_everywhere(broken: int, asked: int) -> bool:
    """Most of many sites at once: it is our side or their vendor, not each of them."""
    return broken >= MIN_BROKEN_FOR_SOURCE and broken > asked / 2


def patient(health: Health, lately: Iterable[str]) -> Health:
    """The same without the targets that were seen well `lately`: of a hundred sites one is always down for an hour,
    and its next look finds what it missed. A source that is broken as a whole is so at once."""
    if health.wide is not None:
        return health
    seen = set(lately)
    return Health({t: reason for t, reason in health.broken.items() if t not in seen})


def seen_since(seen: Mapping[str, datetime], moment: datetime, now: datetime) -> set[str]:
    """The targets last seen well after a moment and before `now`: what a clock wrote that was ahead says nothing."""
    return {target for target, last in seen.items() if moment <= last <= now}


def _reason(closed: PolledTarget, before: KnownTarget) -> Reason | None:
    poll = closed.poll
    if poll.outcome not in SEEN:
        words = f"{poll.outcome}: {poll.detail}" if poll.detail else poll.outcome
        return Reason(poll.outcome, words, poll.second_hand)
    listed = sum(s.state == "listed" for s in before.known.values())
    if poll.outcome == "ok" and poll.complete and listed and not closed.records:
        return Reason("invalid", f"invalid: {listed} listed before, none now")
    return _lost_document(closed.records, before)


def _canaries(closed: Sequence[PolledTarget], before: Mapping[str, KnownTarget]) -> dict[str, Reason]:
    """Pages that look sound and are not, for what was known of them before."""
    pages = {
        c.poll.target: canary.Page(c.records, before[c.poll.target].known, days.day(c.poll.finished))
        for c in closed
        if c.poll.outcome == "ok" and c.poll.complete and c.records and c.poll.target in before
    }
    alone = {target: reason for target, page in pages.items() if (reason := canary.missing_old_reports(page))}
    return {target: Reason("invalid", words) for target, words in (canary.older_copy(pages) | alone).items()}


def _lost_document(records: Iterable[Record], before: KnownTarget) -> Reason | None:
    """A listed document that the site says it does not have.

    Some links of 2012 have led to "Report not found" for years: what the baseline found so is known.
    """
    if not before.baselined:
        return None
    for record in records:
        old = before.known.get(key_of(record))
        known_gone = old is not None and old.state == "listed" and old.record.document is None
        if record.document_error and not known_gone:
            words = f"missing: {record.title} ({record.key}) is listed, but {record.document_error.reason}"
            return Reason("missing", words)
    return None


def _in_short(broken: Mapping[str, Reason], asked: int) -> Reason:
    """Return one reason for many targets: the most frequent of those that say what happened."""
    reasons = list(broken.values())
    most = max(reasons, key=lambda r: (not r.second_hand, reasons.count(r)))
    return replace(most, words=f"{len(broken)} of {asked} targets could not be seen: {most.words}")


def trusted(closed: PolledTarget, broken: Collection[str]) -> PolledTarget:
    """The same target, but nothing may be called gone on the word of a broken poll."""
    if closed.poll.target not in broken:
        return closed
    return replace(closed, poll=replace(closed.poll, complete=False))
