"""Reads the agenda on the page of a CMIS meeting: numbered items with their texts and papers, and papers beside. Pure.

The markup of items has not been captured. What is known is their order: number, title, text, papers. So an item begins
at a line that begins with a number. The first such line shows how the site marks up its items, and only lines of the
same markup begin another: numbered paragraphs inside a text do not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from spiders.cmis.lines import Line, Link

NUMBER = r"(?:item\s+)?((?:[A-Z]{1,2}\s?)?\d{1,3}(?:\.\d{1,2})?(?:\s?\(?[a-z]\)?)?)[.):]?"
ALONE = re.compile(rf"^{NUMBER}$", re.I)
"""A number in an element of its own, as in `<span>5</span> <span>Title</span>`, or in a cell before the title's."""
BEFORE = re.compile(r"^(\d{1,3}[a-z]?)[.)]?\s+([A-Z\u201c\u2018'\"(].{2,250})$")
"""A number and a title in one piece of text."""
SECTION = re.compile(
    r"^(agenda|(public|private|exempt|supplementary|additional) (agenda|items|documents|papers)|agenda items|documents|"
    r"reports|decisions|attendance|visitors|declarations of interests?|webcast|meeting (summary|details))$",
    re.I,
)
SIZE = re.compile(r"^\(?\d[\d.,]*\s*([kmg]b|bytes)\)?$", re.I)
"""The size of a paper, in a line of its own."""
PRIVATE = re.compile(r"^(private|exempt)\b", re.I)
MINUTES_SECTION = re.compile(
    r"^(draft |final |printed |published |approved |meeting )?minutes( of (this|the) meeting)?$", re.I
)


@dataclass(slots=True)
class Item:
    """An agenda item. One without a number is a heading, or an item that the site does not number."""

    number: str
    title: str
    restricted: bool = False
    text: list[str] = field(default_factory=list)
    papers: list[Link] = field(default_factory=list)


@dataclass(slots=True)
class Agenda:
    """What stands on a meeting's page: `items`, `loose` papers that belong to no item, and the papers below the
    heading "Minutes", where the meeting's own stand."""

    items: list[Item] = field(default_factory=list)
    loose: list[Link] = field(default_factory=list)
    minutes: list[Link] = field(default_factory=list)


def agenda_of(lines: Sequence[Line]) -> Agenda:
    """Read the agenda from the lines behind a meeting's summary."""
    return _Reader(lines).read()


def belongs_to_agenda(line: Line) -> bool:
    """Return True for a line that only an agenda has: a paper, or a numbered title."""
    return bool(line.links) or _numbered(line) is not None


def section_begins(line: Line) -> bool:
    """Return True if a line begins the part of the page behind the summary."""
    return bool(line.links) or (line.is_heading and _is_section(line) and not line.text.lower().startswith("meeting "))


class _Reader:
    """`_item` is where text and papers go; without one, papers go to `_papers`."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = list(lines)
        first = next((line for line in self._lines if _numbered(line)), None)
        self._style = first.style if first else None
        self._mark_titles = bool(first and (_numbered(first) or ("", ""))[1])  # number and title share a line
        self._agenda = Agenda()
        self._papers = self._agenda.loose
        self._item: Item | None = None
        self._number: str | None = None  # a number that stood alone; the next line is its title
        self._private = False

    def read(self) -> Agenda:
        for place, line in enumerate(self._lines):
            if self._number is not None and line.parts and not line.links:
                self._begin(self._number, line.text)
            elif self._begins(line):
                self._take(line)
            elif line.is_heading and not line.links and (_is_section(line) or self._is_minutes(line, place)):
                self._section(line)
            else:
                self._content(line)
        return self._agenda

    def _begins(self, line: Line) -> bool:
        """A line in the markup of items. One without a number must have a class, or it could be a text."""
        if not line.parts or line.links or line.style != self._style:
            return False
        return _numbered(line) is not None or (self._mark_titles and bool(line.style[1]))

    def _take(self, line: Line) -> None:
        number, title = _numbered(line) or ("", line.text)
        if title:
            self._begin(number, title)
        else:
            self._number, self._item = number, None

    def _begin(self, number: str, title: str) -> None:
        self._number, self._item = None, Item(number, title, self._private)
        self._agenda.items.append(self._item)

    def _section(self, line: Line) -> None:
        self._item, self._private = None, bool(PRIVATE.match(_name(line)))
        self._papers = self._agenda.minutes if MINUTES_SECTION.match(_name(line)) else self._agenda.loose

    def _is_minutes(self, line: Line, place: int) -> bool:
        """A heading "Minutes" for the meeting's own: no agenda goes on behind it, or is made of headings like it."""
        if not MINUTES_SECTION.match(_name(line)):
            return False
        behind = self._lines[place + 1 :]
        section = next((n for n, other in enumerate(behind) if other.is_heading and _is_section(other)), len(behind))
        goes_on = any(_numbered(other) and other.style == self._style for other in behind[:section])
        alike = (other for other in self._lines if other is not line and other.style == line.style and not other.links)
        return not goes_on and all(_is_section(other) or MINUTES_SECTION.match(_name(other)) for other in alike)

    def _content(self, line: Line) -> None:
        if line.links:
            (self._item.papers if self._item else self._papers).extend(line.links)
        elif self._item and any(letter.isalnum() for letter in line.text) and not SIZE.match(line.text):
            self._item.text.append(line.text)


def _numbered(line: Line) -> tuple[str, str] | None:
    """The number and the title that a line begins with; the title is "" if the number stands alone."""
    if not line.parts or line.links:
        return None
    if found := ALONE.match(line.parts[0]):
        return found[1], " ".join(line.parts[1:])
    found = BEFORE.match(line.text)
    return (found[1], found[2]) if found else None


def _name(line: Line) -> str:
    return line.text.rstrip(":").strip()


def _is_section(line: Line) -> bool:
    return bool(SECTION.match(_name(line)))
