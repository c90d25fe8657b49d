"""The fields of what a committee's meeting has on its agenda, the same for every system. Pure."""

from __future__ import annotations

import re
from typing import Any

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


def of_item(committee: str, meeting: str, day: str, status: str, number: str) -> dict[str, Any]:
    """Those of an agenda item, and of its minutes; `meeting` is the meeting's id, `number` is printed on the agenda."""
    return of_paper(committee, meeting, day) | {"status": status, "number": number}


def of_paper(committee: str, meeting: str, day: str, **more: str) -> dict[str, Any]:
    """Those of a paper, with the key of its `item`."""
    return {"committee": committee, "meeting": meeting, "meeting_date": day, **more}


def takes_place(status: str) -> bool:
    """Whether a status says only that a meeting goes or went as planned, or how far its papers are ("Agenda published",
    "Provisional"). Any other may call it off, and is told."""
    said = re.findall(r"[a-z0-9']+", status.casefold())
    return bool(said) and PLANNED_WORDS.issuperset(said)


def same_title(title: str) -> str:
    """A title as far as it tells one item from another: its words, whatever their case."""
    return " ".join(title.casefold().split())
