"""A committee's agenda items, papers and minutes in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.model import Event
from monitor.model.payloads import MeetingPayload
from monitor.wording import earlier, page_grades, page_statements
from monitor.wording.card import CardText, Said, about_council, titled_headline
from monitor.wording.dates import day, in_words
from monitor.wording.letter_kinds import KINDS
from monitor.wording.quotations import quoted, titled
from monitor.wording.text import count, joined, one_line

NAMELESS = "a committee"
_SAID = {
    "meeting.item": Said("has", "on its agenda", "has a new item on its agenda"),
    "meeting.document": Said("published the paper", "", "published a paper"),
    "meeting.minutes": Said("published its minutes on", "", "published its minutes"),
}
_MOVED = Said("moved", "to another day", "moved an item to another day")
_READ_ON = {"meeting.item": "Open the agenda", "meeting.minutes": "Read the minutes"}
CANCELLED = ("cancel", "withdrawn", "abandoned")
"""How committee systems mark a meeting that does not take place, anywhere in its status."""


def words(event: Event) -> CardText:
    """What a committee does, has before it, or did."""
    if event.copy:
        return CardText(what=_again(event), when=_when(event), read_on="Open the paper")
    resolved = page_statements.resolutions(event)
    quotes = resolved or page_statements.quotes(event, page_grades.judged(event))
    state = _state(event)
    return CardText(
        what=_meeting(event, state) if state else _told(event),
        when="" if state else _when(event),
        gist=_gist(event),
        notes=list(_notes(event)),
        said=quotes,
        most=8 if resolved else 3,
        rest="more point" if resolved else "",
        longer=quotes,
        read_on=_READ_ON.get(event.kind, "Read the paper"),
    )


def _again(event: Event) -> str:
    """ "Devon: Children's Scrutiny Committee has Ofsted's letter of 12 July 2024 among its papers"."""
    known, who = event.after_as(MeetingPayload).copy_of, _committee(event) or NAMELESS
    return about_council(event, f"{who} has {earlier.named(known, room=60)} among its papers") if known else ""


def _told(event: Event) -> str:
    """ "Devon: Children's Scrutiny Committee has “Ofsted report” on its agenda", "… published its minutes on “…”"."""
    whom = filter(None, [_committee(event), NAMELESS])
    moved = event.kind == "meeting.item" and _moved(event)
    said = _MOVED if moved else _SAID.get(event.kind, _SAID["meeting.document"])
    return titled_headline(event, said, _when(event), *whom)


def _committee(event: Event) -> str:
    """The committee's own name; empty where it is not known."""
    return one_line(event.after_as(MeetingPayload).committee, 90)


def _when(event: Event) -> str:
    meeting = event.after_as(MeetingPayload).meeting_date
    return f"(meeting of {day(meeting)})" if meeting else f"({day(event.published)})" if event.published else ""


def _meeting(event: Event, state: str) -> str:
    """ "Devon: Children's Scrutiny meeting of 5 June 2024 is cancelled"."""
    meeting = event.after_as(MeetingPayload).meeting_date
    whose = _committee(event) or "committee"
    return about_council(event, f"{whose} meeting" + (f" of {day(meeting)}" if meeting else "")) + f" {state}"


def _state(event: Event) -> str:
    """What is news of the whole meeting: "is cancelled", "is now “Deferred”"; empty where the item is the news."""
    if _is_cancelled(event):
        return "is cancelled"
    status, before = _statuses(event)
    news = event.kind == "meeting.item" and event.before is not None and status and status != before
    return f"is now {quoted(status)}" if news and not _moved(event) else ""


def _statuses(event: Event) -> tuple[str, str]:
    """What the committee system calls the meeting's status, and what it called it before."""
    return one_line(event.after_as(MeetingPayload).status, 60), one_line(event.before_as(MeetingPayload).status, 60)


def _is_cancelled(event: Event) -> bool:
    status = one_line(event.after_as(MeetingPayload).status).lower()
    return event.kind == "meeting.item" and any(word in status for word in CANCELLED)


def _gist(event: Event) -> str:
    if _state(event):
        return ""
    number = len(page_statements.resolutions(event))
    return count(number, "resolution") if number and event.kind == "meeting.minutes" else ""


def _notes(event: Event) -> Iterator[str]:
    if _state(event):
        yield from _before(event)
    else:
        yield from _unnamed(event)
        yield from _changed(event)
    if not _is_cancelled(event):
        yield from _copies(event)
        yield from (f"Please note: {in_words(one_line(p, 200))}." for p in event.after_as(MeetingPayload).problems[:1])
    yield from _about(event)
    yield from page_statements.conflicts(event)
    yield page_grades.judged(event)
    if event.kind == "meeting.minutes":
        yield from page_statements.moved(event)


def _about(event: Event) -> Iterator[str]:
    """Which letter it is about, unless that says no more than what is told of its papers."""
    told = page_statements.about(event)
    letters = [p.copy_of for p in event.after_as(MeetingPayload).documents if p.copy_of and p.copy_of.kind in KINDS]
    known = [(KINDS[of.kind or ""], day(of.published)) for of in letters]
    same = (f"It is about {the}the {a.noun} of {on}." for a, on in known for the in ("", f"the {a.short} and "))
    yield "" if told in same else told


def _before(event: Event) -> Iterator[str]:
    """What was to be, where the whole meeting is called off or in doubt."""
    cancelled, (_, earlier) = _is_cancelled(event), _statuses(event)
    if one_line(event.title):
        yield f"On its agenda {'was' if cancelled else 'is'} {titled(event.title, 300)}."
    if earlier and not cancelled:
        yield f"Before, the meeting's status was {quoted(earlier)}."


def _unnamed(event: Event) -> Iterator[str]:
    """The committee's name where it left the headline no room."""
    committee = _committee(event)
    if committee and committee not in _told(event):
        yield f"The committee is the {committee}."


def _copies(event: Event) -> Iterator[str]:
    """The papers of an item that were published before."""
    copies = [p.copy_of for p in event.after_as(MeetingPayload).documents if p.copy_of]
    if names := list(dict.fromkeys(earlier.named(known) for known in copies)):
        yield f"Among its papers is {joined(names, 3, 'other paper')}, unchanged."


def _changed(event: Event) -> Iterator[str]:
    """What is new about an item that was known."""
    if _moved(event):
        yield f"The meeting was to be on {day(event.before_as(MeetingPayload).meeting_date)}."
    status, earlier = _statuses(event)
    if event.before is not None and status and status != earlier:
        yield f"The meeting's status is now “{status}”" + (f", before “{earlier}”." if earlier else ".")


def _moved(event: Event) -> bool:
    earlier = event.before_as(MeetingPayload).meeting_date
    return bool(earlier) and day(earlier) != day(event.after_as(MeetingPayload).meeting_date)
