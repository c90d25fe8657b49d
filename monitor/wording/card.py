"""What every channel lays out: a card, and the words of one kind of event from which it is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.model import Event, Quote, Severity
from monitor.wording.grading import Line
from monitor.wording.text import one_line

MARKS: dict[Severity, str] = {"critical": "🔴", "important": "🔶", "notice": "🔹", "info": "▫️"}
"""Told apart by shape as well as by colour."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where to read on."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class CardText:
    """What one kind of event has to say, before it is fitted to a card. `said` are quotations, the telling ones
    first (page 0: none), of which a card has `most`; `longer` those of the e-mail, where they are others; `read_on`
    labels the link."""

    what: str
    when: str = ""
    gist: str = ""
    alert: str = ""
    notes: Sequence[str] = ()
    said: Sequence[Quote] = ()
    most: int = 2
    longer: Sequence[Quote] = ()
    read_on: str = "Read it"
    earlier: str = "Earlier version"


@dataclass(frozen=True, slots=True)
class Card:
    """One event in words: `what` and `when` make the headline, `gist` is what matters in one phrase,
    `alert` what nobody may overlook; `findings` are `quotes` at greater length, for an e-mail."""

    severity: Severity
    what: str
    when: str
    gist: str
    alert: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    quotes: tuple[str, ...]
    links: tuple[Link, ...]
    findings: tuple[str, ...] = ()

    @property
    def headline(self) -> str:
        """What happened and when: "Devon: inspection report published 13 May 2025"."""
        return f"{self.what} {self.when}".strip()

    @property
    def mark(self) -> str:
        """A sign for the severity."""
        return MARKS.get(self.severity, MARKS["info"])

    @property
    def moved(self) -> bool:
        """Whether a judgement improved or declined."""
        return any(line.moved for line in self.lines)


def about_council(event: Event, label: str) -> str:
    """ "Devon: press article": what concerns a council begins with its name; without one "Press article"."""
    council = one_line(event.council, 80)
    return f"{council}: {label}" if council else label[:1].upper() + label[1:]


def titled(label: str, event: Event, limit: int = 160) -> str:
    """A label with the event's title in quotation marks, where it has one."""
    title = one_line(event.title, limit)
    return f"{label} “{title}”" if title else label
