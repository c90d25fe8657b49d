"""Which kind of document it is, by what its first pages say of themselves.

Each kind has its own opening: reports carry their title large on page 1, letters name the visit in a
bold line after "Dear ..." and again in their first sentence. What a document is stands before what it
recalls, so the wording that comes first on the page decides; of two at one place the narrower.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.letters.document import Document
from monitor.model import Quote

OPENING = 1800
"""Characters of page 1 in which a letter has named itself, long address lists included."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of letter, the framework it was made under, and the words that give it away."""

    name: str
    framework: str | None
    opening: re.Pattern[str]


def _kind(name: str, framework: str | None, opening: str) -> Kind:
    return Kind(name, framework, re.compile(opening, re.IGNORECASE))


_CHILDREN = r"children.{0,3}s"

KINDS = (
    _kind("jtai", "JTAI", r"joint targeted area inspection"),
    _kind(
        "area_send", "Area SEND 2023", r"area SEND (?:full |monitoring )?inspection of|local area partnership report"
    ),
    _kind(
        "area_send",
        "Area SEND 2016",
        r"joint (?:local )?area (?:SEND|special educational needs).{0,40}(?:inspection|revisit)"
        r"|effectiveness of the (?:local )?area in implementing the (?:disability and special educational needs|SEND)",
    ),
    _kind("monitoring_visit", None, r"findings of (?:the|a|our) .{0,40}?monitoring visit|monitoring visit (?:to|of) "),
    _kind(
        "focused_visit",
        "ILACS",
        rf"(?:focused|assurance) visit to |findings of (?:the|a|our) .{{0,40}}?(?:focused|assurance) visit"
        rf"|(?:focused|assurance) visit:? .{{0,60}}{_CHILDREN} (?:social care )?services",
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
    ),
)
"""The narrower before the wider. "other" is Ofsted's older kinds, of which only the title is read."""

UNKNOWN = Kind("unknown", None, re.compile("(?!)"))


def kind_of(document: Document) -> tuple[Kind, Quote | None]:
    """The kind whose opening stands on page 1, with its words; a cover without any is passed over for page 2."""
    for page in document.pages[:2]:
        opening = page.flow[:OPENING]
        found = [(match.start(), n, match) for n, kind in enumerate(KINDS) if (match := kind.opening.search(opening))]
        if found:
            _, n, match = min(found, key=lambda item: item[:2])
            return KINDS[n], page.quote(match)
    return UNKNOWN, None
