"""Events of what is wrong with a source, and of its end. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model import Event, watched_pages
from monitor.model.event import Subject, event_id
from monitor.model.payloads import SourcePayload
from monitor.model.trouble import Episode, Trouble

WORDS = {
    Trouble.BROKEN: ("cannot be read", "can be read again"),
    Trouble.QUIET: ("can be read, but has had nothing new for improbably long", "has something new again"),
    Trouble.HELD: ("changed too much at once and is not believed", "is believed again"),
    Trouble.HIDING: ("does not show every report", "shows every report again"),
    Trouble.UNREADABLE: ("has something that the program fails on", "can be understood again"),
    Trouble.CHANNEL: ("does not take messages", "takes messages again"),
    Trouble.QUEUE: ("does not work", "works again"),
    Trouble.REPLICA: ("cannot be relied on", "can be relied on again"),
}
"""What is said of something when its trouble begins, and when it ends."""
OF_THE_WHOLE = (Trouble.BROKEN, Trouble.HELD, Trouble.CHANNEL, Trouble.QUEUE, Trouble.REPLICA)


def begun(episodes: Sequence[Episode], subject: Subject, name: str, at: str) -> Event:
    """Trouble that has begun: of one target, of the source as a whole, or of several targets at once."""
    trouble = episodes[0].trouble
    kind = "source.quarantined" if trouble is Trouble.HELD else "source.failing"
    return _event(kind, episodes, subject, f"{name} {WORDS[trouble][0]}", at)


def ended(episodes: Sequence[Episode], subject: Subject, name: str, at: str) -> Event:
    """The end of what `begun` told, under the same episodes' ids."""
    return _event("source.recovered", episodes, subject, f"{name} {WORDS[episodes[0].trouble][1]}", at)


def _event(kind: str, episodes: Sequence[Episode], subject: Subject, title: str, at: str) -> Event:
    ids, first = sorted(e.id for e in episodes), episodes[0]
    return Event(
        id=event_id(kind, *ids),
        at=at,
        kind=kind,
        severity="notice" if first.targets or first.trouble not in OF_THE_WHOLE else "important",
        council=subject.council,
        urn=subject.urn,
        source=_source(episodes),
        title=title,
        after=_after(episodes, ids),
    )


def _source(episodes: Sequence[Episode]) -> str:
    """What the event calls its source: a watched page that is in trouble alone has a name of its own."""
    targets = [target for episode in episodes for target in episode.targets]
    return watched_pages.called(episodes[0].source, targets[0]) if len(targets) == 1 else episodes[0].source


def _after(episodes: Sequence[Episode], ids: Sequence[str]) -> SourcePayload:
    """Why, since when, and what about: the names of the targets (none of the whole source's), and the episodes' ids,
    under which their end is told."""
    first = episodes[0]
    targets = sorted(target for e in episodes for target in e.targets)
    many = f"{len(targets)} pages: " if len(episodes) > 1 else ""
    return SourcePayload(
        reason=many + first.reason.words,
        since=min(e.since for e in episodes),
        target=",".join(targets) if targets else None,
        targets=tuple(targets),
        trouble=first.trouble.value,
        episodes=tuple(ids),
        state="quiet" if first.trouble is Trouble.QUIET else None,
    )
