"""Which of the news that is due at once goes out as one message. Pure.

Ofsted's reports go out one by one, the most severe first: each has its card, its picture and its thread, on a morning
of ten too. So does whatever else is important, such as an improvement notice. The other news of one story is one
message, for the story's thread; of what is in no story, the news of one meeting. What is in neither goes out one by
one, or, if that is more than `singles`, as one message.

The rule is asked again after each message, with what is left: what it says of a group never depends on other groups.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from monitor.model import SEVERITIES, Event
from monitor.model.delivery import Share
from monitor.model.payloads import MeetingPayload

IMPORTANT = SEVERITIES.index("important")


def share(event: Event) -> Share:
    """What an event brings into a message, as far as its place in one depends on it."""
    return share_of(event.kind, event.severity, event.urn, event.story, event.after_as(MeetingPayload).meeting)


def share_of(kind: str, severity: str, urn: str | None, story: str | None, meeting: str | None) -> Share:
    """The same from the parts of an event."""
    weight, outage = SEVERITIES.index(severity), kind.startswith("source.")
    alone = kind.startswith("report.") or (weight >= IMPORTANT and not outage)
    return Share(alone, weight, None if alone else story, meeting, urn, outage)


def bundles(due: Sequence[Share], singles: int) -> list[list[int]]:
    """The messages, in order, as places in `due`. With `singles` 0 (a digest) all news is one message. An outage never
    goes with news, and goes after it."""
    news = [place for place, one in enumerate(due) if not one.outage]
    outages = [place for place, one in enumerate(due) if one.outage]
    told = _news(due, news, singles) if singles else [news]
    alone = [[n] for n in outages] if len(outages) <= singles else [outages]
    return [bundle for bundle in (*told, *alone) if bundle]


def _news(due: Sequence[Share], news: Sequence[int], singles: int) -> list[list[int]]:
    alone = sorted((n for n in news if due[n].alone), key=lambda n: -due[n].severity)
    others = [n for n in news if not due[n].alone]
    loose = sum(_group(due[n]) is None for n in others)
    keys = [_group(due[n]) or ("loose", n if loose <= singles else None) for n in others]
    return [*([n] for n in alone), *_grouped(others, keys)]


def _grouped(places: Sequence[int], keys: Sequence[Hashable]) -> list[list[int]]:
    """The places by their keys, in the order of first mention."""
    groups: dict[Hashable, list[int]] = {}
    for place, key in zip(places, keys, strict=True):
        groups.setdefault(key, []).append(place)
    return list(groups.values())


def _group(one: Share) -> Hashable:
    """What an event shares with others: its story, else its meeting, else nothing."""
    if one.story:
        return "story", one.urn, one.story
    return ("meeting", one.urn, one.meeting) if one.meeting else None
