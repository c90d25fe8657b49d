"""The grade that a page speaks of, as that page's words. Pure.

It is told with the area that it is about and with the sentence, and never as a judgement made. A grade of one area is
not the council's: where a page gives only those, each is told with its area, and where it gives several of the same
thing, none is told but its words. Beside the grade of the whole the areas stand that are graded otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from monitor.model import Event, Fact
from monitor.model.areas import OVERALL
from monitor.model.kinds import PAGE_TOLD
from monitor.model.sources import TELLINGS
from monitor.wording.dates import day
from monitor.wording.grading import AREAS, grade, within
from monitor.wording.page_statements import is_title
from monitor.wording.quotations import quoted, unbulleted, whole
from monitor.wording.text import council, joined, one_line

FIELDS = ("judgement_now", "judgement_current_standing", "judgement", "judgement_previous")
"""What a page says was judged now, stands, or was judged before, in the order in which it is news."""
MINUTES = "meeting.minutes"
QUOTE = 400
"""Characters of all quotations together."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A grade that a sentence of a page gives: of which area (None: it does not say), and when."""

    area: str | None
    grade: str
    when: str
    quote: str


def judged(event: Event) -> str:
    """ "The article says that Devon was judged Good for help and protection in January 2020: “…”"; empty where the
    page speaks of no grade. Minutes recall many a grade, so they are told only with what was judged now."""
    for field in FIELDS[:1] if event.kind == MINUTES else FIELDS:
        found = [s for f in event.facts if f.field.partition(".")[0] == field and (s := _spoken(f))]
        if told := _about_most(found):
            return _told(event, told)
    return ""


def _about_most(found: Sequence[Spoken]) -> list[Spoken]:
    """What the page says of everything together, with the areas that it grades otherwise; else of what it does not
    name; else of each area."""
    if whole := [s for s in found if s.area == OVERALL]:
        return [*whole, *(s for s in _areas(found) if s.grade != whole[0].grade and s.when == whole[0].when)]
    return [s for s in found if s.area is None] or _areas(found)


def _areas(found: Sequence[Spoken]) -> list[Spoken]:
    """A grade for each area that has only one."""
    by_area: dict[str, list[Spoken]] = {}
    for spoken in found:
        if spoken.area and spoken.area != OVERALL:
            by_area.setdefault(spoken.area, []).append(spoken)
    return [each[0] for each in by_area.values() if len({s.grade for s in each}) == 1]


def _told(event: Event, found: Sequence[Spoken]) -> str:
    who, whom = TELLINGS.get(event.kind, PAGE_TOLD).speaker, council(event.council) or "it"
    many = "" if event.kind == MINUTES else "s"
    same = [s for s in found if s.area == found[0].area]
    if len({s.grade for s in same}) > 1:
        said = _said(event, same, 2 * QUOTE)
        return f"{who} speak{many} of more than one grade: {' '.join(said[:2])}" if said else ""
    grades = [found[0], *found[len(same) :]]
    told = f"{who} say{many} that {whom} was judged {joined([_of(s) for s in grades], 3, 'other grade')}{found[0].when}"
    said = _said(event, same)[:1] if len(grades) == 1 else _said(event, grades)
    return f"{told}: {' '.join(said)}" if said else f"{told}."


def _said(event: Event, found: Sequence[Spoken], room: int = QUOTE) -> list[str]:
    """The first quotations that have room together, each once: a list gives each area's grade in a line of its own."""
    whole_ones = (whole(unbulleted(s.quote), QUOTE) for s in found if not is_title(event, s.quote))
    said = list(dict.fromkeys(filter(None, whole_ones)))
    return [quoted(words) for words, end in zip(said, accumulate(map(len, said)), strict=True) if end <= room]


def _of(spoken: Spoken) -> str:
    """ "Good overall", "Outstanding for the impact of leaders", "Good" where the page does not say of what."""
    if spoken.area == OVERALL:
        return f"{grade(spoken.grade)} overall"
    return grade(spoken.grade) + (f" for {within(spoken.area)}" if spoken.area in AREAS else "")


def _spoken(fact: Fact) -> Spoken | None:
    value = fact.value if isinstance(fact.value, dict) else {"grade": fact.value}
    if not isinstance(value.get("grade"), str) or not value["grade"]:
        return None
    area = value.get("area") or fact.field.partition(".")[2]
    known = area if isinstance(area, str) and area in AREAS else None
    when = _when(value.get("date") or value.get("year"))
    before = " before" if fact.field.startswith("judgement_previous") and not when else ""
    return Spoken(known, value["grade"], when or before, one_line(fact.quote))


def _when(date: object) -> str:
    """ " in January 2020", " on 3 May 2022"."""
    when = day(date)
    return f" {'on' if when[:1].isdigit() and ' ' in when else 'in'} {when}" if when else ""
