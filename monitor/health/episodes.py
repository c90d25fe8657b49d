"""Spells of trouble: which ones a run begins and ends. Pure.

Each target has episodes of its own, so that a beginning and its end always match, however many are told together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from monitor.model.reach import Reach, Shows
from monitor.model.trouble import WHOLE, Episode, Health, Quarantine, Reason, Targets, Trouble

Open = Iterable[Episode]


@dataclass(frozen=True, slots=True)
class Turned:
    """What a run does to a source's episodes. `dropped` end without a word: their target is not watched any more."""

    begun: tuple[Episode, ...] = ()
    ended: tuple[Episode, ...] = ()
    dropped: tuple[Episode, ...] = ()

    def __add__(self, other: Turned) -> Turned:
        return Turned(self.begun + other.begun, self.ended + other.ended, self.dropped + other.dropped)


def turned(
    source: str, trouble: Trouble, open_now: Open, found: Mapping[Targets, Reason], judged: Iterable[Targets], now: str
) -> Turned:
    """The episodes of one kind of trouble that begin and end. One ends only where it was `judged`, and not found."""
    mine = {e.targets: e for e in open_now if e.trouble is trouble}
    begun = [Episode(source, t, trouble, now, reason) for t, reason in found.items() if t not in mine]
    ended = [mine[t] for t in dict.fromkeys(judged) if t in mine and t not in found]
    return Turned(tuple(begun), tuple(ended))


def breakages(
    source: str, open_now: Open, health: Health, polled: Iterable[str], now: str, *, reach: Reach = Reach.CONFIGURED
) -> Turned:
    """The breakages that begin and end. While a whole source is broken its targets are not told one by one, and a
    crawl of a few targets cannot end the source's own."""
    whole = {WHOLE: health.wide} if health.wide else {}
    alone = {} if health.wide else {(t,): reason for t, reason in health.broken.items()}
    judged: list[Targets] = [(t,) for t in polled if t not in health.broken]
    if reach.whole and not health.wide:
        judged.append(WHOLE)
    return turned(source, Trouble.BROKEN, open_now, whole | alone, judged, now)


def held(source: str, open_now: Open, holds: Mapping[Targets, Quarantine], now: str) -> Turned:
    """The quarantines that begin and end."""
    reasons = {targets: Reason(None, q.reason) for targets, q in holds.items()}
    judged = [e.targets for e in open_now if e.trouble is Trouble.HELD]
    found = turned(source, Trouble.HELD, open_now, reasons, judged, now)
    return replace(found, begun=tuple(replace(e, since=holds[e.targets].since) for e in found.begun))


def hiding(source: str, open_now: Open, shows: Shows, words: str | None, now: str) -> Turned:
    """The spell in which a source's listing leaves reports out, for as long as `words` say what."""
    listing = (shows.listing,) if shows.listing else WHOLE
    found = {listing: Reason(None, words)} if words else {}
    return turned(source, Trouble.HIDING, open_now, found, [listing], now)


def silences(source: str, open_now: Open, found: Mapping[Targets, str], judged: Iterable[Targets], now: str) -> Turned:
    """The spells of silence that begin and end. One ends when its target could be judged and is not silent; one told
    for the whole source stands for its targets."""
    if WHOLE in found or any(e.trouble is Trouble.QUIET and e.targets == WHOLE for e in open_now):
        found = {t: words for t, words in found.items() if t == WHOLE}
    reasons = {t: Reason(None, words) for t, words in found.items()}
    return turned(source, Trouble.QUIET, open_now, reasons, judged, now)


def unwatched(open_now: Open, watched: Collection[str]) -> Turned:
    """The episodes of targets that the configuration covers no more. They end, and nobody is told."""
    return Turned(dropped=tuple(e for e in open_now if e.targets and not set(e.targets) & set(watched)))


def together(episodes: Iterable[Episode]) -> Iterator[tuple[Episode, ...]]:
    """Targets that begin or end the same trouble in one run are told together; a whole source by itself."""
    groups: dict[tuple[Trouble, bool], list[Episode]] = {}
    for episode in episodes:
        groups.setdefault((episode.trouble, episode.targets == WHOLE), []).append(episode)
    yield from map(tuple, groups.values())
