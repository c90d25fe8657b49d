"""A committee's agenda items, papers and minutes in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.model import Event
from monitor.model.sources import TELLINGS
from monitor.wording import page_statements
from monitor.wording.card import CardText, about_council, titled
from monitor.wording.dates import day
from monitor.wording.text import count, one_line

CANCELLED = ("cancel", "withdrawn", "abandoned")
"""How committee systems mark a meeting that does not take place, anywhere in its status."""


def words(event: Event) -> CardText:
    """What a committee does, has before it, or did."""
    quotes = [*page_statements.resolutions(event), *page_statements.quotes(event)]
    return CardText(
        what=_cancelled(event) if _is_cancelled(event) else titled(_label(event), event),
        when="" if _is_cancelled(event) else _when(event),
        gist=_gist(event),
        notes=list(_notes(event)),
        said=quotes,
        most=3,
        longer=quotes,
        read_on="Open the agenda" if event.kind == "meeting.item" else "Read it",
    )


def _label(event: Event) -> str:
    told = TELLINGS.get(event.kind)
    return about_council(event, f"{_committee(event)} {told.label if told else 'papers'}")


def _committee(event: Event) -> str:
    """The committee's own name; "committee" where it is not known."""
    return one_line(_field(event, "committee"), 90) or "committee"


def _when(event: Event) -> str:
    meeting = _field(event, "meeting_date")
    return f"(meeting of {day(meeting)})" if meeting else f"({day(event.published)})" if event.published else ""


def _cancelled(event: Event) -> str:
    meeting = _field(event, "meeting_date")
    return (
        about_council(event, f"{_committee(event)} meeting" + (f" of {day(meeting)}" if meeting else "")) + " cancelled"
    )


def _is_cancelled(event: Event) -> bool:
    status = one_line(_field(event, "status")).lower()
    return event.kind == "meeting.item" and any(word in status for word in CANCELLED)


def _gist(event: Event) -> str:
    if _is_cancelled(event):
        return ""
    number = len(page_statements.resolutions(event))
    if number and event.kind == "meeting.minutes":
        return count(number, "resolution")
    return "moved to another day" if _moved(event) else ""


def _notes(event: Event) -> Iterator[str]:
    if _is_cancelled(event):
        yield f"On its agenda was “{one_line(event.title, 160)}”." if one_line(event.title) else ""
    else:
        yield from _changed(event)
    yield page_statements.about(event)
    yield from page_statements.conflicts(event)
    if event.kind == "meeting.minutes":
        yield from page_statements.moved(event)
    else:
        yield page_statements.judged(event)


def _changed(event: Event) -> Iterator[str]:
    """What is new about an item that was known."""
    before = event.before or {}
    if _moved(event):
        yield f"The meeting was to be on {day(before['meeting_date'])}."
    status, earlier = one_line(_field(event, "status"), 60), one_line(before.get("status"), 60)
    if event.before is not None and status != earlier:
        yield f"Its status is now “{status}”" + (f", before “{earlier}”." if earlier else ".") if status else ""


def _moved(event: Event) -> bool:
    earlier = (event.before or {}).get("meeting_date")
    return bool(earlier) and day(earlier) != day(_field(event, "meeting_date"))


def _field(event: Event, name: str) -> object:
    return (event.after or {}).get(name)
