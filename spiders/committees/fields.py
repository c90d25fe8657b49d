"""The fields of what a committee's meeting has on its agenda, the same for every system. Pure."""

from __future__ import annotations

import re
from typing import Any, Protocol

_AS_PLANNED = (
    "scheduled occurred confirmed provisional provisionally planned complete completed concluded finished ended closed "
    "held open active live started starting progress session upcoming future past current new meeting taking takes "
    "take place due agenda minutes minute decision decisions paper papers report reports pack summons notice documents "
    "draft published publish available approved agreed signed released issued printed final pending awaiting awaited "
    "follow frozen deadline passed webcast webcasting broadcast public website web online remotely remote virtual "
    "virtually hybrid in to be is are was the of and on for with at as"
)
PLANNED_WORDS = frozenset(_AS_PLANNED.split())
"""The words of statuses of a meeting that goes or went as planned."""


class Meeting(Protocol):
    """A meeting as its page or its service tells it; `key` is its id, `day` is ISO 8601."""

    @property
    def key(self) -> str: ...

    @property
    def committee(self) -> str: ...

    @property
    def day(self) -> str: ...

    @property
    def status(self) -> str: ...


def of_item(meeting: Meeting, number: str) -> dict[str, Any]:
    """Those of an agenda item, and of its minutes; `number` is printed on the agenda."""
    return _of(meeting) | {"status": meeting.status, "number": number}


def of_paper(meeting: Meeting, item: str) -> dict[str, Any]:
    """Those of a paper; `item` is the key of its item."""
    return _of(meeting) | {"item": item}


def _of(meeting: Meeting) -> dict[str, Any]:
    return {"committee": meeting.committee, "meeting": meeting.key, "meeting_date": meeting.day}


def takes_place(status: str) -> bool:
    """Whether a status says only that a meeting goes or went as planned, or how far its papers are ("Agenda published",
    "Provisional"). Any other may call it off, and is told."""
    said = re.findall(r"[a-z0-9']+", status.casefold())
    return bool(said) and PLANNED_WORDS.issuperset(said)


def same_title(title: str) -> str:
    """A title as far as it tells one item from another: its words, whatever their case."""
    return " ".join(title.casefold().split())
