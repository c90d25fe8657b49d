"""Tells the kind of a document from its first pages.

Each kind has its own opening: reports carry their title large on page 1, letters name the visit in a bold line after
"Dear ..." and again in their first sentence. A document names itself before it recalls others, so the wording that
comes first on the page decides. If two kinds fit at the same place, the narrower one counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.letters.document import Document
from monitor.model import Quote

OPENING_CHARACTERS = 1800
"""How many characters of page 1 a letter takes at most to name itself, even after a long address list."""


_LETTER = re.compile(r"\bDear\s+\w|\bThis letter (?:summari|outlines|sets out)|\bYours (?:sincerely|faithfully)")
_REPORT = re.compile(
    r"\b(?:inspection|visit|review) dates?\b|\bdates? of (?:the )?(?:inspection|visit|review)\b"
    r"|\b(?:lead|reporting) inspectors?\b|\bjudge?ment\s+grade\b",
    re.IGNORECASE,
)
_ANY_FORM = re.compile("")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of letter: its inspection's framework, the words that tell it, and the form that all letters or all
    reports have. A council's paper on a visit has the words and not the form: its own words are not Ofsted's."""

    name: str
    framework: str | None
    opening: re.Pattern[str]
    form: re.Pattern[str]


def _kind(name: str, framework: str | None, opening: str, form: re.Pattern[str] = _REPORT) -> Kind:
    return Kind(name, framework, re.compile(opening, re.IGNORECASE), form)


_CHILDREN = r"children.{0,3}s"

KINDS = (
    _kind("jtai", "JTAI", r"joint targeted area inspection", _LETTER),
    _kind(
        "area_send", "Area SEND 2023", r"area SEND (?:full |monitoring )?inspection of|local area partnership report"
    ),
    _kind(
        "area_send",
        "Area SEND 2016",
        r"joint (?:local )?area (?:SEND|special educational needs).{0,40}(?:inspection|revisit)"
        r"|effectiveness of the (?:local )?area in implementing the (?:disability and special educational needs|SEND)",
        _LETTER,
    ),
    _kind(
        "monitoring_visit",
        None,
        r"findings of (?:the|a|our) .{0,40}?monitoring visit|monitoring visit (?:to|of) ",
        _LETTER,
    ),
    _kind(
        "focused_visit",
        "ILACS",
        rf"(?:focused|assurance) visit to |findings of (?:the|a|our) .{{0,40}}?(?:focused|assurance) visit"
        rf"|(?:focused|assurance) visit:? .{{0,60}}{_CHILDREN} (?:social care )?services",
        _LETTER,
    ),
    _kind(
        "looked_after",
        "Looked-after children inspection 2013",
        r"inspection of (?:services for )?looked after children",
    ),
    _kind(
        "sif",
        "SIF",
        r"inspection of services for children in need of help and protection"
        r"|review of the effectiveness of the local safeguarding children board",
    ),
    _kind("ilacs", "ILACS", r"impact of leaders on .{0,30}practice|experiences and progress of children in care"),
    _kind(
        "ilacs", "ILACS", rf"inspection of (?:.{{0,60}} )?(?:local authority )?{_CHILDREN} (?:social care )?services"
    ),
    _kind(
        "other",
        None,
        r"joint area review|inspection of progress made|safeguarding and looked after children"
        r"|arrangements for the protection of children|annual performance assessment|contact, referral and assessment"
        r"|inspection of .{0,80}(?:safeguarding|adoption|fostering)",
        _ANY_FORM,
    ),
)
"""The narrower kinds stand before the wider ones. "other" stands for Ofsted's older kinds; only their title is read."""

UNKNOWN = Kind("unknown", None, re.compile("(?!)"), _ANY_FORM)


def kind_of(document: Document) -> tuple[Kind, Quote | None]:
    """Return the kind whose opening and form stand on page 1, and the words of that opening. If page 1 is a cover
    without an opening, page 2 counts."""
    for page in document.pages[:2]:
        opening = page.flow[:OPENING_CHARACTERS]
        found = [
            (match.start(), n, match)
            for n, kind in enumerate(KINDS)
            if kind.form.search(page.flow) and (match := kind.opening.search(opening))
        ]
        if found:
            _, n, match = min(found, key=lambda item: item[:2])
            return KINDS[n], page.quote(match)
    return UNKNOWN, None
