"""The fields of what a committee's meeting has on its agenda, the same for every system. Pure."""

from __future__ import annotations

from typing import Any


def of_item(committee: str, meeting: str, day: str, status: str, number: str) -> dict[str, Any]:
    """Those of an agenda item, and of its minutes; `meeting` is the meeting's id, `number` is printed on the agenda."""
    return of_paper(committee, meeting, day) | {"status": status, "number": number}


def of_paper(committee: str, meeting: str, day: str, **more: str) -> dict[str, Any]:
    """Those of a paper, with the key of its `item`."""
    return {"committee": committee, "meeting": meeting, "meeting_date": day, **more}


def same_title(title: str) -> str:
    """A title as far as it tells one item from another: its words, whatever their case."""
    return " ".join(title.casefold().split())
