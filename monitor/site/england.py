"""The front page and its sisters: councils' grades in one area on a map, what is new, counts against a year ago."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from monitor.model import Event
from monitor.model.areas import OVERALL
from monitor.model.letter import Inspection
from monitor.site import grades, letters, tile_map
from monitor.site.grades import AREAS, NOT_KNOWN, Shown
from monitor.site.page import Extra, Page, digest
from monitor.site.picture import CouncilPicture, Picture
from monitor.wording.describe import describe
from monitor.wording.grading import area_name

FIRST_YEAR = 2014
"""The first reports under the four grades of today were published in 2014."""
NEWEST, ELSEWHERE = 8, 6
"""The newest letters, from the letters themselves (a new installation has them too), and news of others."""
SCALE = tuple(map(grades.shown, ("outstanding", "good", "requires improvement", "inadequate")))


@dataclass(frozen=True, slots=True)
class Count:
    """How many councils have a grade in an area, now and a year ago."""

    shown: Shown
    now: int
    before: int

    @property
    def change(self) -> str:
        """ "3 more than a year ago"."""
        if self.now == self.before:
            return "as many as a year ago"
        return f"{abs(self.now - self.before)} {'more' if self.now > self.before else 'fewer'} than a year ago"


def pages(picture: Picture) -> Iterator[Page]:
    """A page for each area; that of overall effectiveness is the front page."""
    today = picture.standing(picture.today)
    for area in AREAS:
        path = () if area == OVERALL else ("areas", grades.slug(area))
        yield Page(
            path,
            "england.html.j2",
            "England" if not path else area_name(area),
            (area, picture.today, [c.made_of for c in picture.by_name], [e.id for e in _elsewhere(picture)]),
            partial(_content, picture, area, today),
        )


def pictures(picture: Picture) -> Iterator[Extra]:
    """The maps as files: each area now, small, and at the end of each year."""
    years = {f"{year}-12-31": str(year) for year in _years(picture)} | {picture.today: "now"}
    for day, name in years.items():
        made_of = digest(sorted((urn, _grades(latest)) for urn, latest in picture.standing(day).items()))
        for area in AREAS:
            yield Extra(
                f"maps/{grades.slug(area)}-{name}.svg",
                (area, made_of),
                partial(_map_file, picture, day, area, letters=name != "now"),
            )


def _map_file(picture: Picture, day: str, area: str, *, letters: bool) -> bytes:
    return tile_map.picture(_map(_shown(picture.standing(day), area), picture), letters=letters)


def _content(picture: Picture, area: str, today: Mapping[str, Inspection | None]) -> Mapping[str, Any]:
    now, before = _shown(today, area), _shown(picture.standing(_year_before(picture.today)), area)
    rows = [_row(c, today[c.council.ofsted_urn]) for c in picture.by_name]
    places = _places(picture)
    return {
        "area_name": area_name(area),
        "areas": [(a, area_name(a), a == area, grades.slug(a)) for a in AREAS],
        "short": {a: grades.short(a) for a in AREAS},
        "counts": _counts(now, before),
        "unknown": sum(s.css == grades.UNKNOWN for s in now.values()),
        "ended": sum(s.css == grades.ENDED for s in now.values()),
        "joint": any(s.letter.islower() for s in now.values()),
        "map": _map(now, picture),
        "links": [
            (tile_map.square_path(places[c.council.ofsted_urn]), c.council, now[c.council.ofsted_urn])
            for c in picture.by_name
        ],
        "years": [_year(picture, year, area) for year in _years(picture)],
        "rows": rows,
        "newest": [letters.line(council, inspection) for council, inspection in picture.letters[:NEWEST]],
        "elsewhere": [_told(picture, event) for event in _elsewhere(picture)],
        "json": _json(picture, area, now, before, today),
    }


def _row(council: CouncilPicture, latest: Inspection | None) -> dict[str, Any]:
    return {"council": council.council, "latest": latest, "grades": grades.all_areas(latest)}


def _json(
    picture: Picture,
    area: str,
    now: Mapping[str, Shown],
    before: Mapping[str, Shown],
    today: Mapping[str, Inspection | None],
) -> dict[str, Any]:
    return {
        "on": picture.today,
        "area": area,
        "counts": {c.shown.words.lower(): {"now": c.now, "year_ago": c.before} for c in _counts(now, before)},
        "councils": [
            {
                "council": c.council.name,
                "urn": c.council.ofsted_urn,
                "slug": c.council.slug,
                "judgements": grades.as_json(latest := today[c.council.ofsted_urn]),
                "inspected": latest.letter.inspection_start if latest else None,
                "published": latest.published if latest else None,
                "url": latest.url if latest else None,
            }
            for c in picture.by_name
        ],
        "newest": [letters.line_json(c, x) for c, x in picture.letters[:NEWEST]],
    }


def _counts(now: Mapping[str, Shown], before: Mapping[str, Shown]) -> list[Count]:
    ours, theirs = (Counter(s.css for s in found.values()) for found in (now, before))
    return [Count(grade, ours[grade.css], theirs[grade.css]) for grade in SCALE]


def _year(picture: Picture, year: int, area: str) -> dict[str, Any]:
    found = Counter(s.css for s in _shown(picture.standing(f"{year}-12-31"), area).values())
    counts = [(found[grade.css], grade.words) for grade in SCALE]
    return {"year": year, "counts": counts, "unknown": found[grades.UNKNOWN]}


def _grades(latest: Inspection | None) -> object:
    return latest and (latest.letter.kind, sorted(latest.letter.judgements.items()), latest.letter.inspection_start)


def _shown(found: Mapping[str, Inspection | None], area: str) -> dict[str, Shown]:
    return {urn: grades.of_area(inspection, area) if inspection else NOT_KNOWN for urn, inspection in found.items()}


def _map(shown: Mapping[str, Shown], picture: Picture) -> tile_map.TileMap:
    return tile_map.drawn(shown, _places(picture))


def _places(picture: Picture) -> Mapping[str, tile_map.Square]:
    return tile_map.squares(tuple(picture.councils))


def _years(picture: Picture) -> range:
    published = [x.published[:4] for _, x in picture.letters if x.graded and x.published]
    return range(max(FIRST_YEAR, int(min(published, default="9999"))), int(picture.today[:4]))


def _year_before(day: str) -> str:
    this = date.fromisoformat(day)
    return this.replace(year=this.year - 1, day=min(this.day, 28) if this.month == 2 else this.day).isoformat()


def _elsewhere(picture: Picture) -> list[Event]:
    """What others published lately. Of sources in trouble the page on health speaks."""
    told = [e for e in picture.events if not e.kind.startswith(("source.", "report."))]
    return sorted(told, key=lambda e: e.published or e.at, reverse=True)[:ELSEWHERE]


def _told(picture: Picture, event: Event) -> dict[str, Any]:
    council = picture.councils.get(event.urn or "")
    return {
        "day": event.published or event.at,
        "what": describe(event).what,
        "url": event.url,
        "council": council.council if council else None,
    }
