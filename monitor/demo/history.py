"""The demonstration's world: eight made-up councils, twelve years of reports, and one eventful week.

Older reports have fixed dates; what is recent is counted back from the first day of the week, so that the
play can be given any week. The week: a report that moves two judgements; a focused visit; a council's page
that is broken on the very day that a letter appears on it; the page well again; a report replaced in place.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from monitor.councils.registry import Council
from monitor.demo import councils as c
from monitor.demo.draft import Draft
from monitor.demo.prose import PRIORITY_ACTIONS, improvements, pick
from monitor.demo.world import Day, Edition, Outage, Publication, World, publication

FIRST_DAY = date(2026, 9, 7)
PEOPLE = (
    "Rowena Ashdown",
    "Tobias Merriweather",
    "Zainab Holloway",
    "Giles Threlfall",
    "Prudence Ockley",
    "Marek Illingworth",
)
GRADES = {"O": "outstanding", "G": "good", "R": "requires improvement", "I": "inadequate"}
SIF_ORDER = (
    "overall_effectiveness",
    "help_and_protection",
    "in_care",
    "adoption_performance",
    "care_leavers",
    "impact_of_leaders",
    "lscb",
)
COMBINED_ORDER = ("impact_of_leaders", "help_and_protection", "in_care_and_care_leavers", "overall_effectiveness")
SPLIT_ORDER = ("impact_of_leaders", "help_and_protection", "in_care", "care_leavers", "overall_effectiveness")

# Council, first day on site, days on site, days from the end to publication, kind, grades in the order above.
PAST: tuple[tuple[Council, date, int, int, str, str], ...] = (
    (c.OAKHAMPTON, date(2014, 6, 3), 22, 44, "sif", "IIRRGIR"),
    (c.WEALDSHIRE, date(2015, 2, 24), 22, 48, "sif", "RRRGRRR"),
    (c.FENWICK_VALE, date(2015, 11, 2), 24, 61, "sif", "RRGOIRR"),
    (c.KINGSBOURNE, date(2016, 9, 12), 24, 53, "sif", "GGGOGGG"),
    (c.PORT_CARROW, date(2017, 5, 8), 24, 40, "sif", "RGRGRRG"),
    (c.OAKHAMPTON, date(2018, 3, 5), 11, 38, "ilacs", "RIRR"),
    (c.KINGSBOURNE, date(2019, 1, 28), 4, 42, "ilacs", "GGOG"),
    (c.FENWICK_VALE, date(2019, 6, 10), 11, 45, "ilacs", "RIGR"),
    (c.SALTMERE, date(2019, 10, 7), 11, 49, "ilacs", "GRGG"),
    (c.WEALDSHIRE, date(2020, 1, 20), 11, 46, "ilacs", "RRRR"),
    (c.FENWICK_VALE, date(2021, 3, 3), 1, 26, "focused_visit", "help_and_protection"),
    (c.PORT_CARROW, date(2021, 11, 15), 4, 59, "ilacs", "GGRG"),
    (c.OAKHAMPTON, date(2022, 4, 25), 11, 42, "ilacs", "GRGG"),
    (c.HARROWMOOR, date(2023, 3, 13), 11, 52, "ilacs", "IIRRI"),
    (c.GREAT_PENNING, date(2023, 7, 3), 11, 46, "ilacs", "RRGRR"),
    (c.FENWICK_VALE, date(2023, 11, 6), 11, 49, "ilacs", "GRGOG"),
    (c.PORT_CARROW, date(2024, 1, 31), 1, 34, "focused_visit", "in_care"),
    (c.KINGSBOURNE, date(2024, 4, 22), 4, 46, "ilacs", "OGOOO"),
    (c.HARROWMOOR, date(2024, 6, 11), 1, 35, "monitoring_visit", "help_and_protection"),
    (c.SALTMERE, date(2024, 11, 18), 4, 43, "ilacs", "GGGRG"),
    (c.HARROWMOOR, date(2025, 2, 4), 1, 36, "monitoring_visit", "care_leavers"),
    (c.PORT_CARROW, date(2025, 3, 10), 4, 42, "ilacs", "GGGRG"),
    (c.OAKHAMPTON, date(2025, 9, 16), 1, 33, "focused_visit", "care_leavers"),
)


def demo_world(first_day: date = FIRST_DAY) -> World:
    """The world around a week that starts with the baseline. `first_day` should lie in July 2026 or later."""
    week = _working_days(first_day, 6)
    past = [_draft(*row) for row in PAST]
    published = [publication(council, draft, n) for n, (council, draft) in enumerate(zip(_names(), past, strict=True))]
    return World(
        c.COUNCILS, [*published, *_recent(week)], _play(week), [Outage(c.HARROWMOOR.urn, week[3], "challenge")]
    )


def _names() -> list[Council]:
    return [row[0] for row in PAST]


def _draft(council: Council, start: date, stay: int, wait: int, kind: str, grades: str) -> Draft:
    end = start + timedelta(days=stay)
    visit = kind.endswith("visit")
    order = SIF_ORDER if kind == "sif" else COMBINED_ORDER if start.year < 2023 else SPLIT_ORDER
    key = f"{council.name} {start.isoformat()}"
    return Draft(
        kind=kind,
        council=council.name,
        body=council.aliases[0],
        start=start,
        end=end,
        published=_workday(end + timedelta(days=wait)),
        judgements={} if visit else {area: GRADES[g] for area, g in zip(order, grades, strict=False)},
        inspectors=_inspectors(key),
        improvements=improvements(3 if visit else 5, key),
        theme=grades if visit else "help_and_protection",
        previous=_previous(council, start),
        visit=1 + sum(row[0] is council and row[4] == kind and row[1] < start for row in PAST),
    )


def _previous(council: Council, start: date) -> tuple[date, str] | None:
    """The council's last graded inspection before that day, and its overall grade."""
    graded = [row for row in PAST if row[0] is council and row[1] < start and row[4] in ("sif", "ilacs")]
    if not graded:
        return None
    _, day, _, _, kind, grades = graded[-1]
    return day, GRADES[grades[0] if kind == "sif" else grades[-1]]


def _inspectors(key: str) -> tuple[str, ...]:
    first = pick(PEOPLE, key)
    return first, pick(tuple(name for name in PEOPLE if name != first), key)


def _recent(week: list[date]) -> list[Publication]:
    """What was published shortly before the week, and in it."""
    return [
        _replaced_report(week),
        publication(c.FENWICK_VALE, _moving_report(week[1]), 101),
        publication(c.PORT_CARROW, _focused_visit(week[2]), 102),
        publication(c.HARROWMOOR, _monitoring_visit(week[3]), 103),
    ]


def _moving_report(day: date) -> Draft:
    """Help and protection goes up, care leavers down; overall effectiveness is no longer judged."""
    start = _monday(day - timedelta(days=53))
    draft = _draft(c.FENWICK_VALE, start, 11, 0, "ilacs", "GGGG")
    return replace(draft, published=day)


def _focused_visit(day: date) -> Draft:
    start = _monday(day - timedelta(days=34)) + timedelta(days=1)
    draft = _draft(c.PORT_CARROW, start, 1, 0, "focused_visit", "care_leavers")
    return replace(draft, published=day, priority_actions=PRIORITY_ACTIONS[:1])


def _monitoring_visit(day: date) -> Draft:
    start = _monday(day - timedelta(days=36)) + timedelta(days=1)
    draft = _draft(c.HARROWMOOR, start, 1, 0, "monitoring_visit", "impact_of_leaders")
    return replace(draft, published=day)


def _replaced_report(week: list[date]) -> Publication:
    """A report of some weeks ago whose grade for care leavers was a misprint, put right on the last day."""
    start = _monday(week[0] - timedelta(days=85))
    draft = _draft(c.WEALDSHIRE, start, 11, 45, "ilacs", "GRGR")
    corrected = replace(draft, judgements={**draft.judgements, "care_leavers": "good"})
    return publication(c.WEALDSHIRE, draft, 100, Edition(week[5], corrected))


def _play(week: list[date]) -> list[Day]:
    what = (
        "Baseline: all that is known so far, without a message",
        f"A new inspection report for {c.FENWICK_VALE.name}: two judgements move",
        f"A letter after a focused visit to {c.PORT_CARROW.name}",
        f"{c.HARROWMOOR.name} has a new letter, but its page answers with a challenge",
        f"The page of {c.HARROWMOOR.name} can be read again",
        f"The report on {c.WEALDSHIRE.name} is replaced behind the same link",
    )
    brings = (
        (),
        ("report.published",),
        ("report.published",),
        ("source.failing",),
        ("report.published", "source.recovered"),
        ("report.replaced",),
    )
    last = len(what) - 1
    return [Day(day, words, n == last, brings[n]) for n, (day, words) in enumerate(zip(week, what, strict=True))]


def _working_days(first: date, count: int) -> list[date]:
    days = [first + timedelta(days=n) for n in range(2 * count + 2)]
    return [day for day in days if day.weekday() < 5][:count]


def _workday(day: date) -> date:
    """The day itself, or the Monday after it."""
    return _working_days(day, 1)[0]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
