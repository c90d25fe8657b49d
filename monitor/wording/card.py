"""What every channel lays out: a card, and the words of one kind of event from which it is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from monitor.model import Event, Quote, Severity
from monitor.model.payloads import PagePayload
from monitor.wording.grading import Line
from monitor.wording.quotations import titled
from monitor.wording.text import count, cut, one_line, upper_first

MARKS: dict[Severity, str] = {"critical": "🔴", "important": "🔶", "notice": "🔹", "info": "▫️"}
"""Told apart by shape as well as by colour."""
LOUD: tuple[Severity, ...] = ("critical", "important")
"""The severities that are named in words."""
HEADLINE = 150
"""Characters of a headline, with mark and severity: Slack refuses a longer header."""
LEAST_TITLE = 40
"""Characters that a title gets of it in any case."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where to read on."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class CardText:
    """What one kind of event has to say, before it is fitted to a card. `said` are quotations, the most telling first
    (page 0: no page). A card shows `most` of them; `rest` names the others, where every one counts. `longer` are the
    e-mail's quotations, where they differ. `of_areas` are those of single judgements, each with the area's name.
    `priority` and `improvements` are what the letter asks for; `asked_before` says which of them earlier letters asked
    for too. `document` is what all this is read in; `read_on` labels the link."""

    what: str
    when: str = ""
    gist: str = ""
    alert: str = ""
    notes: Sequence[str] = ()
    said: Sequence[Quote] = ()
    most: int = 2
    rest: str = ""
    longer: Sequence[Quote] = ()
    of_areas: Sequence[tuple[str, Quote]] = ()
    priority: Sequence[Quote] = ()
    improvements: Sequence[Quote] = ()
    asked_before: Mapping[str, str] = field(default_factory=dict)
    document: str = "letter"
    read_on: str = "Read it"
    earlier: str = "Earlier version"


@dataclass(frozen=True, slots=True)
class Card:
    """One event in words: `what` and `when` make the headline, `gist` is what matters in one phrase, `alert` what
    nobody may overlook; `priority` are the areas for priority action, which every channel shows, and `improvements`
    what else the letter asks for, which a channel without room shows in part; `findings` are `quotes` at greater
    length, for an e-mail, each with the name of the judgement that it is about, or with none; `document` is the
    "report" or "letter" in which it is all read."""

    severity: Severity
    what: str
    when: str
    gist: str
    alert: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    quotes: tuple[str, ...]
    links: tuple[Link, ...]
    findings: tuple[tuple[str, str], ...] = ()
    priority: tuple[str, ...] = ()
    improvements: tuple[str, ...] = ()
    document: str = "letter"

    @property
    def headline(self) -> str:
        """What happened and when: "Wirral: focused visit on care leavers, letter published 17 October 2024"."""
        return headline(self.what, self.when, self.severity)

    @property
    def aside(self) -> str:
        """The time as a line of its own, where the headline has no room for it: "Meeting of 5 August 2024."."""
        return f"{upper_first(self.when.strip('()'))}." if self.when and self.when not in self.headline else ""

    @property
    def mark(self) -> str:
        """A sign for the severity."""
        return MARKS.get(self.severity, MARKS["info"])

    @property
    def word(self) -> str:
        """The severity in words where it is more than a notice: "Critical"; else nothing."""
        return self.severity.capitalize() if self.severity in LOUD else ""


class Said(NamedTuple):
    """The words around a title: "has" “…” "on its agenda". `bare` is said where there is no title."""

    before: str
    after: str
    bare: str


def headline(what: str, when: str, severity: Severity) -> str:
    """Both in one line that fits a header. The time is left out before anything of the news is."""
    joint = " " if when.startswith("(") else ", "
    whole = joint.join(filter(None, [what, when]))
    return whole if len(whole) <= room(severity) else cut(what, room(severity))


def room(severity: Severity) -> int:
    """Characters of a headline beside its mark and the severity in words."""
    return HEADLINE - len(f"{MARKS[severity]} {severity.capitalize()}: " if severity in LOUD else f"{MARKS['info']} ")


def titled_headline(event: Event, said: Said, when: str, *whom: str) -> str:
    """Say who did what with something that has a title. The title is cut to the room that the headline has beside the
    council and `when`. `whom` are names of who did it, the longest first: the first that leaves room for a title is
    said, otherwise the last."""
    told = ""
    for who in whom:
        left = room(event.severity) - len(about_council(event, f"{who} {said.before}  {said.after}")) - len(when) - 1
        title = titled(event.title, max(LEAST_TITLE, left))
        told = f"{who} {said.before} {title} {said.after}".rstrip() if title else f"{who} {said.bare}"
        if len(about_council(event, told)) + 1 + len(when) <= room(event.severity):
            break
    return about_council(event, told)


def councils(event: Event) -> list[str]:
    """The councils that a page about several is about, if it names them all."""
    names = list(dict.fromkeys(one_line(f.value, 60) for f in event.facts if f.field == "council"))
    return names if 1 < len(names) == len(event.after_as(PagePayload).urns) else []


def about_council(event: Event, label: str) -> str:
    """ "Devon: press article": what concerns a council begins with its name, what concerns two with both or with "Devon
    and 1 other council", what concerns more with "Devon and 2 other councils"; without one "Press article"."""
    others, own = len(event.after_as(PagePayload).urns) - 1, one_line(event.council, 60)
    second = next((name for name in councils(event) if name != own), "") if others == 1 else ""
    names = [own, second or (count(others, "other council") if others > 0 else "")]
    return f"{' and '.join(filter(None, names))}: {label}" if names[0] else upper_first(label)
