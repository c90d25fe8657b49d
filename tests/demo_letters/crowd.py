"""A crowd of made-up councils with ten reports each, for measurements and for pages that run on.

Names, grades and dates follow from a council's number, letters are short, and nothing is written before it is
asked for, so that a world of 153 councils is there at once.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice, product

from monitor.councils.registry import Council
from monitor.demo.councils import made_up
from monitor.demo.world import Publication, World
from tests.demo_letters.draft import Draft
from tests.demo_letters.letters import published
from tests.demo_letters.prose import improvements, pick

TODAY = date(2026, 8, 31)
FIRST = ["Ald", "Brin", "Carr", "Dunn", "Elver", "Farrow", "Gorse", "Hazel", "Ivel", "Jessa", "Kell", "Larch", "Morwen"]
FIRST += ["Nettle", "Orchard", "Pell", "Quarr", "Rush", "Sorrel", "Thistle", "Ulver", "Venn", "Withy", "Yarrow", "Zeal"]
SECOND = ["mere", "wick", "combe", "holt", "ness", "garth", "low", "beck", "fold", "stow"]
REGIONS = ("North East", "North West", "East Midlands", "West Midlands", "South East", "South West", "London")
GRADES = ("outstanding", "good", "requires improvement", "inadequate")
COMBINED = ("impact_of_leaders", "help_and_protection", "in_care_and_care_leavers", "overall_effectiveness")
SPLIT = ("impact_of_leaders", "help_and_protection", "in_care", "care_leavers", "overall_effectiveness")
SIF = ("overall_effectiveness", "help_and_protection", "in_care", "care_leavers", "impact_of_leaders")
CALENDAR = (
    (date(2014, 2, 3), "sif"),
    (date(2016, 5, 2), "sif"),
    (date(2018, 6, 4), "ilacs"),
    (date(2019, 3, 4), "focused_visit"),
    (date(2020, 1, 6), "ilacs"),
    (date(2021, 7, 5), "focused_visit"),
    (date(2022, 5, 2), "ilacs"),
    (date(2023, 10, 2), "focused_visit"),
    (date(2024, 9, 2), "ilacs"),
    (date(2025, 11, 3), "focused_visit"),
)


def crowd_councils(count: int) -> list[Council]:
    """Up to 250 councils with names like Aldmere."""
    names = [a + b for b, a in product(SECOND, FIRST)]
    if count > len(names):
        raise ValueError(f"at most {len(names)} councils")
    numbered = enumerate(islice(names, count), 1)
    return [made_up(name, n, REGIONS[n % len(REGIONS)], "Unitary", f"{name} Council") for n, name in numbered]


def crowd_world(councils: int = 153, entries: int = len(CALENDAR)) -> World:
    """Councils with the last `entries` of ten reports each, from 2014 to 2026."""
    rows = crowd_councils(councils)
    calendar = CALENDAR[len(CALENDAR) - entries :]
    return World(rows, [_entry(council, n, day, kind) for n, council in enumerate(rows) for day, kind in calendar])


def _entry(council: Council, number: int, day: date, kind: str) -> Publication:
    start = day + timedelta(weeks=number % 12)
    return published(council, _draft(council, start, kind, start + timedelta(days=50 + number % 4)), number)


def write_letters(world: World) -> int:
    """Writes every letter now instead of when it is asked for; how many there are."""
    return sum(1 for report in world.publications for edition in report.editions if edition.pdf)


def new_report(world: World, serial: int, day: date) -> Publication:
    """One more inspection report, for the council whose turn it is, written already."""
    council = world.councils[serial % len(world.councils)]
    start = day - timedelta(days=day.weekday() + 49)
    made = published(council, _draft(council, start, "ilacs", day), 500 + serial)
    assert made.editions[0].pdf
    return made


def _draft(council: Council, start: date, kind: str, published: date) -> Draft:
    visit = kind == "focused_visit"
    return Draft(
        kind=kind,
        council=council.name,
        body=council.aliases[0],
        start=start,
        end=start + timedelta(days=1 if visit else 11),
        published=published,
        judgements={area: pick(GRADES, council.name, start, area) for area in _areas(kind, start)},
        improvements=improvements(2, council.name),
        brief=True,
    )


def _areas(kind: str, start: date) -> tuple[str, ...]:
    if kind == "ilacs":
        return COMBINED if start.year < 2023 else SPLIT if start < date(2026, 4, 1) else SPLIT[:-1]
    return SIF if kind == "sif" else ()
