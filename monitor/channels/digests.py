"""The order of events in a message. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from monitor.model import SEVERITIES, Event


def ordered(events: Iterable[Event]) -> list[Event]:
    """What belongs together stands together: by council and story. The group with the most severe event
    comes first, then the one that was published first; within a group, too."""
    groups: dict[tuple[str | None, ...], list[Event]] = {}
    for event in events:
        groups.setdefault(_group(event), []).append(event)
    each = [sorted(group, key=_weight) for group in groups.values()]
    return [event for group in sorted(each, key=lambda g: _weight(g[0])) for event in group]


def severity_of(events: Iterable[Event]) -> int:
    """The place among the severities of the most severe event."""
    return max(SEVERITIES.index(event.severity) for event in events)


def _group(event: Event) -> tuple[str | None, ...]:
    return (event.urn, event.story) if event.urn or event.story else (event.source,)


def _weight(event: Event) -> tuple[int, float]:
    return -SEVERITIES.index(event.severity), _published(event)


def _published(event: Event) -> float:
    """When it was published, as far as it says so, else found; in seconds since 1970."""
    for text in (event.published, event.at):
        try:
            when = datetime.fromisoformat(text or "")
        except ValueError:
            continue
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    return 0.0
