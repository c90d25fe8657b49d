"""The pages of judgements that moved: a year each, and how many moved which way in each year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from monitor.site import grades
from monitor.site.page import Page
from monitor.site.picture import Picture
from monitor.views.moves import CouncilMove, as_json
from monitor.wording.grading import area_name

WAYS = {"improved": "improved", "declined": "declined", "first_separate": "judged apart for the first time"}


def pages(picture: Picture) -> Iterator[Page]:
    """The page of the newest year in which anything moved is the first; each year has one of its own."""
    years = sorted({m.published[:4] for m in picture.moves if m.published}, reverse=True)
    newest = picture.today[:4]
    for year in dict.fromkeys([newest, *years]):
        mine = [m for m in picture.moves if m.published.startswith(year)]
        title = f"Judgements that moved in {year}"
        paths: list[tuple[str, ...]] = [("moves", year)] + ([("moves",)] if year == newest else [])
        for path in paths:
            made_of = (years, [as_json(m) for m in picture.moves])
            yield Page(path, "moves.html.j2", title, made_of, partial(_content, picture, year, years, mine))


def _content(picture: Picture, year: str, years: Sequence[str], mine: Sequence[CouncilMove]) -> Mapping[str, Any]:
    return {
        "year": year,
        "moves": [_row(m) for m in mine],
        "by_year": _by_year(picture, years),
        "councils": len({m.council.ofsted_urn for m in mine}),
        "counted": Counter(m.move.change.direction for m in mine),
        "json": {"year": year, "moves": [as_json(m) for m in mine]},
    }


def _row(found: CouncilMove) -> dict[str, Any]:
    change = found.move.change
    return {
        "council": found.council,
        "inspection": found.move.report,
        "area": area_name(change.area, found.move.report.letter.kind),
        "before": grades.shown(change.before),
        "after": grades.shown(change.after),
        "way": WAYS.get(change.direction, change.direction),
        "page": found.move.page,
    }


def _by_year(picture: Picture, years: Sequence[str]) -> list[dict[str, Any]]:
    """For each year how many judgements improved and declined, and their shares of the largest number."""
    counted = Counter((m.published[:4], m.move.change.direction) for m in picture.moves)
    most = max((n for (_, way), n in counted.items() if way in ("improved", "declined")), default=1)
    return [
        {
            "year": year,
            **{way: counted[year, way] for way in ("improved", "declined")},
            **{f"{way}_share": round(100 * counted[year, way] / most) for way in ("improved", "declined")},
        }
        for year in years
    ]
