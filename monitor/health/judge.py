"""What may be believed of a crawl. Pure.

A source that breaks looks like news to a naive differ: rows vanish, grades change, pages go empty.
So each poll is judged by itself, the run as a whole, and only then is anything compared. Breakages
are told once when they begin and once when they end; many at once are one breakage of the source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from monitor.health import canary
from monitor.model import Record, days, publication
from monitor.model.state import QUIET, WHOLE, Episode, Health, KnownTarget, PolledTarget, key_of, quiet

WIDE = 4
"""This many broken targets in one run are one broken source, not as many broken councils."""
HEALTHY = ("ok", "unchanged")
SECOND_HAND = ("the crawl ended", "the crawl took", "the crawl's process", "its page was not opened")
"""Reasons that only follow from another target's."""


def dated(closed: PolledTarget, today: date) -> PolledTarget:
    """A look at a target without the dates that cannot be meant; its poll's detail says which they were."""
    records = tuple(publication.credible(record, today + days.AHEAD) for record in closed.records)
    odd = [said for pair in zip(closed.records, records, strict=True) for said in publication.left_out(*pair)]
    if not odd:
        return closed
    many = f" (and {len(odd) - 1} more)" if len(odd) > 1 else ""
    detail = "; ".join(filter(None, (closed.poll.detail, f"a date that cannot be is left out: {odd[0]}{many}")))
    return PolledTarget(replace(closed.poll, detail=detail), records)


def judge(
    closed: Sequence[PolledTarget],
    before: Mapping[str, KnownTarget],
    expected: Iterable[str] = (),
    why_unreached: str = "the crawl ended before it was reached",
    *,
    released: bool = False,
    apart: bool = False,
) -> Health:
    """The health of a run. `expected` are the targets that it was to close; `released`: a person has said
    that what it no longer shows is really gone; `apart`: each target is a site of its own."""
    nothing = KnownTarget()
    found = {c.poll.target: _reason(c, before.get(c.poll.target, nothing)) for c in closed}
    if not released:
        found |= {t: reason for t, reason in _canaries(closed, before).items() if not found[t]}
    broken = {target: reason for target, reason in found.items() if reason}
    broken |= {t: why_unreached for t in expected if t not in found}
    opened = sum(c.poll.outcome != "unchanged" for c in closed)
    wide = _is_wide(len(broken), opened) if not apart else _is_everywhere(len(broken), len({*found, *broken}))
    return Health(broken, _in_short(broken, len({*found, *broken})) if wide else None)


def _is_wide(broken: int, opened: int) -> bool:
    """Many broken targets, or most of the few that were opened: the source, not the councils."""
    return broken >= WIDE or (broken > 1 and broken > opened / 2)


def _is_everywhere(broken: int, asked: int) -> bool:
    """Most of many sites at once: it is our side or their vendor, not each of them."""
    return broken >= WIDE and broken > asked / 2


def patient(health: Health, lately: Iterable[str]) -> Health:
    """The same without the targets that were seen well `lately`: of a hundred sites one is always down for an hour,
    and its next look finds what it missed. A source that is broken as a whole is so at once."""
    if health.wide is not None:
        return health
    seen = set(lately)
    return Health({t: reason for t, reason in health.broken.items() if t not in seen})


def _reason(closed: PolledTarget, before: KnownTarget) -> str | None:
    poll = closed.poll
    if poll.outcome not in HEALTHY:
        return f"{poll.outcome}: {poll.detail}" if poll.detail else poll.outcome
    listed = sum(s.state == "listed" for s in before.known.values())
    if poll.outcome == "ok" and poll.complete and listed and not closed.records:
        return f"invalid: {listed} listed before, none now"
    return _lost_document(closed.records, before)


def _canaries(closed: Sequence[PolledTarget], before: Mapping[str, KnownTarget]) -> dict[str, str]:
    """Pages that look sound and are not, for what was known of them before."""
    pages = {
        c.poll.target: (c.records, before[c.poll.target].known)
        for c in closed
        if c.poll.outcome == "ok" and c.poll.complete and c.records and c.poll.target in before
    }
    alone = {target: reason for target, page in pages.items() if (reason := canary.missing_old_reports(*page))}
    return canary.older_copy(pages) | alone


def _lost_document(records: Iterable[Record], before: KnownTarget) -> str | None:
    """A listed document that the site says it does not have.

    Some links of 2012 have led to "Report not found" for years: what the baseline found so is known.
    """
    if not before.baselined:
        return None
    for record in records:
        old = before.known.get(key_of(record))
        known_gone = old is not None and old.state == "listed" and old.record.document is None
        if record.document_error and not known_gone:
            return f"missing: {record.title} ({record.key}) is listed, but {record.document_error.reason}"
    return None


def _in_short(broken: Mapping[str, str], polled: int) -> str:
    """One line for many: the reason that most of them share, of those that say what happened."""
    reasons = list(broken.values())
    most = max(reasons, key=lambda r: (not any(words in r for words in SECOND_HAND), reasons.count(r)))
    return f"{len(broken)} of {polled} targets could not be seen: {most}"


def trusted(closed: PolledTarget, health: Health) -> PolledTarget:
    """The same target, but nothing may be called gone on the word of a broken poll."""
    if closed.poll.target not in health.broken:
        return closed
    return replace(closed, poll=replace(closed.poll, complete=False))


def episodes(
    open_now: Mapping[str, Episode], health: Health, polled: Iterable[str], now: str, *, covering: bool
) -> tuple[list[Episode], list[Episode]]:
    """The episodes that this run begins and ends.

    While a whole source is broken its targets are not told one by one. A run of a few targets
    (`covering` false) cannot end the source's own episode.
    """
    begun = [Episode(t, now, r) for t, r in _told(health).items() if t not in open_now]
    ended = [open_now[t] for t in polled if t in open_now and t not in health.broken]
    if covering and WHOLE in open_now and health.wide is None:
        ended.append(open_now[WHOLE])
    return begun, ended


def silences(
    open_now: Mapping[str, Episode], found: Mapping[str, str], judged: Iterable[str], now: str
) -> tuple[list[Episode], list[Episode]]:
    """The episodes of quiet that begin and end. One ends when its target could be judged and is not quiet;
    one told for the whole source stands for its targets."""
    if WHOLE in found or QUIET in open_now:
        found = {t: r for t, r in found.items() if t == WHOLE}
    begun = [Episode(quiet(t), now, r) for t, r in found.items() if quiet(t) not in open_now]
    ended = [open_now[quiet(t)] for t in judged if quiet(t) in open_now and t not in found]
    return begun, ended


def is_blocked(reason: str) -> bool:
    """Whether an episode's reason says that we were refused."""
    return reason.startswith("blocked") or "could not be seen: blocked" in reason


def _told(health: Health) -> Mapping[str, str]:
    return health.broken if health.wide is None else {WHOLE: health.wide}
