"""A council's page: grades and their age, its years, what is asked, the open story, meetings, neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from monitor.inspections.recommendations import Entry, Recommendation
from monitor.model import KINDS
from monitor.model.addresses import letter_page, safe_id
from monitor.model.areas import LEADERS, OVERALL
from monitor.model.letter import Inspection
from monitor.reference import tables
from monitor.site import grades, letters, time_line, waits
from monitor.site.page import Page
from monitor.site.picture import CouncilPicture, Picture
from monitor.site.time_line import Happening
from monitor.stories import view as story_view
from monitor.views import council as council_view
from monitor.wording.dates import day as day_in_words
from monitor.wording.text import count

MAX_COLUMNS = 8
"""Letters beside one another in the grid of what is asked; the newest."""
MAX_MEETINGS = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """A row of the grid: a request in its latest words, and for each letter of the grid where it asks it."""

    entry: Entry
    cells: tuple[Recommendation | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """What letters of one domain ask: requests as rows, letters (oldest first) as columns."""

    domain: str
    columns: tuple[Inspection, ...]
    rows: tuple[Asked, ...]


def pages(picture: Picture) -> Iterator[Page]:
    """A page for each council."""
    for council in picture.by_name:
        urn = council.council.ofsted_urn
        near = [(n.council.name, n.marks[x.key] if (x := n.view.latest) else "") for _, n in _near(picture, council)]
        yield Page(
            ("councils", safe_id(council.council.slug)),
            "council.html.j2",
            council.council.name,
            (picture.today, council.made_of, near, _feeds(picture, council)),
            partial(_content, picture, council),
            moving={"wait": waits.sentences(picture.waits.get(urn))},
        )


def _content(picture: Picture, council: CouncilPicture) -> Mapping[str, Any]:
    latest = council.view.latest
    return {
        "council": council.council,
        "latest": latest,
        "judged": letters.judged(council, latest) if latest else [],
        "age": age(latest.letter.inspection_end or latest.published, picture.today) if latest else "",
        "line": time_line.drawn(_happenings(council), picture.today),
        "letters": [letters.line(council, x) for x in reversed(council.letters)],
        "grids": _grids(council),
        "story": story_view.as_json(council.view.story) if council.view.story else None,
        "meetings": list(reversed(council.meetings))[:MAX_MEETINGS],
        "today": picture.today,
        "neighbours": _neighbours(picture, council),
        "neighbours_known": len(tables.neighbours(council.council.ofsted_urn)),
        "neighbours_source": tables.neighbours_source(),
        "feeds": _feeds(picture, council),
        "json": council_view.as_json(council.view),
    }


def _feeds(picture: Picture, council: CouncilPicture) -> list[str]:
    """The council's feeds, as paths below the folder of feeds."""
    mine = f"council-{council.council.urn}"
    return [f"{path.parent.name}/{path.name}" for path in picture.feeds if path.stem == mine]


def age(since: str, today: str) -> str:
    """How long ago a day was: "1 year and 8 months", "3 months", "12 days"."""
    if not since:
        return ""
    first, now = date.fromisoformat(since[:10]), date.fromisoformat(today)
    months = (now.year - first.year) * 12 + now.month - first.month - (now.day < first.day)
    if months < 1:
        return count(max(0, (now - first).days), "day")
    years, rest = divmod(months, 12)
    return " and ".join(filter(None, [count(years, "year") if years else "", count(rest, "month") if rest else ""]))


def _happenings(council: CouncilPicture) -> Iterator[Happening]:
    for inspection in council.letters:
        letter = inspection.letter
        lane = time_line.KIND_LANES.get(letter.kind)
        if lane and (day := letter.inspection_start or inspection.published):
            overall = _headline_grade(inspection)
            yield Happening(
                lane,
                day,
                f"{day_in_words(day)}: {letters.short_name(inspection)}{f': {overall.words}' if overall else ''}",
                letter_page("", inspection.key)[1:],
                overall.css if overall else "",
                overall.letter if overall else "",
            )
    for meeting in council.meetings:
        label = f"{day_in_words(meeting.day)}: {meeting.committee or 'committee'}"
        yield Happening("meeting", meeting.day, label, meeting.papers[0].url, outside=True)
    for item in council.items:
        if KINDS[item.record].names_nobody and item.day:
            yield Happening("notice", item.day, f"{day_in_words(item.day)}: {item.title}", item.url, outside=True)


def _headline_grade(inspection: Inspection) -> grades.Shown | None:
    """The grade that stands for a report on the line: overall effectiveness, or leaders where there is no overall."""
    judged = inspection.letter.judgements
    found = judged.get(OVERALL) or judged.get(LEADERS)
    return grades.shown(found) if inspection.graded and found else None


def _grids(council: CouncilPicture) -> list[Grid]:
    by_key = {x.key: x for x in council.letters}
    return [_grid(domain, entries, by_key) for domain, entries in council.view.asked.items() if entries]


def _grid(domain: str, entries: Sequence[Entry], by_key: Mapping[str, Inspection]) -> Grid:
    asking = {ask.key for entry in entries for ask in (entry.ask, *entry.earlier)}
    letters_asking = sorted((by_key[key] for key in asking if key in by_key), key=lambda x: (x.published, x.key))
    columns = letters_asking[-MAX_COLUMNS:]
    return Grid(domain, tuple(columns), tuple(_asked(entry, columns) for entry in entries))


def _asked(entry: Entry, columns: Sequence[Inspection]) -> Asked:
    where = {ask.key: ask for ask in (*entry.earlier, entry.ask)}
    return Asked(entry, tuple(where.get(column.key) for column in columns))


def _near(picture: Picture, council: CouncilPicture) -> list[tuple[tables.Neighbour, CouncilPicture]]:
    """The neighbours that are watched, the closest first."""
    every = tables.neighbours(council.council.ofsted_urn)
    return [(near, other) for near in every if (other := picture.councils.get(near.urn))]


def _neighbours(picture: Picture, council: CouncilPicture) -> list[dict[str, Any]]:
    today = picture.standing(picture.today)
    return [
        {"council": n.council, "near": near, "latest": today[near.urn], "grades": grades.all_areas(today[near.urn])}
        for near, n in _near(picture, council)
    ]
