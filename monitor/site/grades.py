"""How a grade is shown: a letter as well as a colour, and a hatching where a judgement is no longer made. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.inspections.waits import NO_OVERALL_FROM
from monitor.model.areas import BOARD, COMBINED, LEADERS, OVERALL, PROTECTION, SPLIT
from monitor.model.letter import Inspection
from monitor.wording.grading import area_name
from monitor.wording.text import upper_first

AREAS = (OVERALL, LEADERS, PROTECTION, *SPLIT)
"""What is judged of children's services, in Ofsted's order, overall effectiveness up to March 2026."""
SHORT_NAMES = {OVERALL: "Overall", LEADERS: "Leaders", BOARD: "Safeguarding board"}
LETTERS = {"outstanding": "O", "good": "G", "requires improvement": "R", "inadequate": "I", "adequate": "A"}
ENDED, UNKNOWN = "n", "u"
DASH = "–"  # noqa: RUF001 - as printed


@dataclass(frozen=True, slots=True)
class Shown:
    """A judgement as it is shown: `css` class, `letter` for a square, `words` in full, `note` to be said with it."""

    css: str
    letter: str
    words: str
    note: str = ""

    @property
    def full(self) -> str:
        """In words, with the note."""
        return f"{self.words} ({self.note})" if self.note else self.words


NOT_KNOWN = Shown(UNKNOWN, "", "Not known", "no letter that was read says it")
NO_LONGER = Shown(ENDED, DASH, "No longer judged")
"""A judgement that the report does not make and the one before it did."""


def shown(grade: str | None, note: str = "") -> Shown:
    """A grade of a letter; one of a scale that we do not know stays in its own words."""
    if not grade:
        return NOT_KNOWN
    letter = LETTERS.get(grade, DASH)
    return Shown(letter.lower() if grade in LETTERS else ENDED, letter, upper_first(grade), note)


def of_area(inspection: Inspection | None, area: str) -> Shown:
    """What an inspection's report says of an area. Care that was judged together is shown with a small letter; a
    judgement that reports no longer make is none."""
    if inspection is None:
        return NOT_KNOWN
    judged = inspection.letter.judgements
    if area in judged:
        older = inspection.letter.kind == "sif" and area != OVERALL
        return shown(judged[area], "under the framework before 2018, which judged other things" if older else "")
    if area in SPLIT and COMBINED in judged:
        joint = shown(judged[COMBINED], "children in care and care leavers judged together")
        return Shown(joint.css, joint.letter.lower(), joint.words, joint.note)
    if area == OVERALL and (inspection.letter.inspection_start or "") >= NO_OVERALL_FROM:
        return Shown(ENDED, DASH, "No longer judged", "since April 2026")
    return NOT_KNOWN


def all_areas(inspection: Inspection | None) -> dict[str, Shown]:
    """Each area, in Ofsted's order."""
    return {area: of_area(inspection, area) for area in AREAS}


def short(area: str) -> str:
    """An area's name for the head of a narrow column."""
    return SHORT_NAMES.get(area) or area_name(area)


def slug(area: str) -> str:
    """An area as part of an address."""
    return area.replace("_", "-")


def as_json(inspection: Inspection | None) -> Mapping[str, str]:
    """The judgements as the letter makes them."""
    return dict(inspection.letter.judgements) if inspection else {}
