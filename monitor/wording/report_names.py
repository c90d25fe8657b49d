"""How the report or letter of an event is called. Pure."""

from __future__ import annotations

from monitor.model import Event
from monitor.model.payloads import ReportPayload
from monitor.wording.dates import day
from monitor.wording.letter_kinds import KINDS, UNNAMED, LetterKind
from monitor.wording.themes import MAX_THEME, topic

LISTING = {"report.withdrawn": "is no longer on Ofsted's page", "report.returned": "is on Ofsted's page again"}
"""What is told of a report that Ofsted's page lost, and that it shows again."""


def of(published: object) -> str:
    """ " of 12 March 2019", or nothing."""
    return f" of {day(published)}" if published else ""


def report(event: Event) -> ReportPayload:
    """What is told of: the document that is there now, else the one that was."""
    known = event.after_as(ReportPayload)
    return known if event.after is not None else event.before_as(ReportPayload)


def named(event: Event) -> LetterKind:
    """What kind of report it is."""
    return KINDS.get(report(event).kind or "", UNNAMED)


def noun(event: Event) -> str:
    """ "letter" or "report"."""
    return named(event).noun


def theme(event: Event, most: int = MAX_THEME) -> str:
    """What a visit or joint inspection looked at, in `most` characters: "care leavers"; empty if it names nothing."""
    return topic(report(event).themes, most)


def counted(event: Event) -> tuple[str, str]:
    """What one of it is called where several are counted, and several: "focused visit letter"."""
    about = named(event)
    one = "Ofsted report" if about is UNNAMED else f"{about.short} {about.noun}"
    return one, f"{one}s"
