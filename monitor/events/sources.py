"""New file."""

from __future__ import annotations

from monitor.model import Event
from monitor.model.event import Subject, event_id
from monitor.model.payloads import SourcePayload
from monitor.model.state import QUARANTINED, QUIET, WHOLE, Episode, unquiet


def failing(source: str, episode: Episode, subject: Subject, name: str, at: str) -> Event:
    """A source, or one target of it, that cannot be seen."""
    return _about_source("source.failing", source, episode, subject, f"{name} cannot be read", at)


def recovered(source: str, episode: Episode, subject: Subject, name: str, at: str) -> Event:
    """The end of what `failing` or `quarantined` told."""
    return _about_source("source.recovered", source, episode, subject, f"{name} can be read again", at)


def silent(source: str, episode: Episode, subject: Subject, name: str, at: str) -> Event:
    """A source, or one target of it, that answers well and says nothing new for improbably long."""
    title = f"{name} can be read, but has had nothing new for improbably long"
    return _about_source("source.failing", source, episode, subject, title, at)


def heard(source: str, episode: Episode, subject: Subject, name: str, at: str) -> Event:
    """The end of what `silent` told."""
    return _about_source("source.recovered", source, episode, subject, f"{name} has something new again", at)


def quarantined(source: str, episode: Episode, subject: Subject, name: str, at: str) -> Event:
    """A run of a source that changed too much at once to be believed."""
    title = f"{name} changed too much at once and is not believed"
    return _about_source("source.quarantined", source, episode, subject, title, at)


def _about_source(kind: str, source: str, episode: Episode, subject: Subject, title: str, at: str) -> Event:
    return Event(
        id=event_id(kind, source, episode.target, episode.since),
        at=at,
        kind=kind,
        severity="important" if episode.target in (WHOLE, QUARANTINED) else "notice",
        council=subject.council,
        urn=subject.urn,
        source=source,
        title=title,
        after=_trouble(episode),
    )


def _trouble(episode: Episode) -> SourcePayload:
    """The target that an episode is about, and whether it is quiet rather than broken."""
    of = unquiet(episode.target)
    target = episode.target if of is None else of
    state = "quarantined" if target == QUARANTINED else None if of is None else QUIET
    return SourcePayload(reason=episode.reason, since=episode.since, target=target or None, state=state)
