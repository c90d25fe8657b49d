"""What the letters of the demonstration say: a draft for each of its files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from monitor.councils.registry import Council
from monitor.demo.history import CORRECTED, REPORTS, file_name
from tests.demo_letters.draft import Draft
from tests.demo_letters.prose import PRIORITY_ACTIONS, improvements, pick

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

# By file: days on site, and the grades in the order above or a visit's theme. Since 2026 nothing is judged overall.
FINDINGS = {
    "fenwick-vale-2015-11-02": (24, "RRGOIRR"),
    "port-carrow-2017-05-08": (24, "RGRGRRG"),
    "fenwick-vale-2019-06-10": (11, "RIGR"),
    "wealdshire-2020-01-20": (11, "RRRR"),
    "fenwick-vale-2021-03-03": (1, "help_and_protection"),
    "port-carrow-2021-11-15": (4, "GGRG"),
    "harrowmoor-2023-03-13": (11, "IIRRI"),
    "fenwick-vale-2023-11-06": (11, "GRGOG"),
    "port-carrow-2024-01-31": (1, "in_care"),
    "harrowmoor-2024-06-11": (1, "help_and_protection"),
    "harrowmoor-2025-02-04": (1, "care_leavers"),
    "port-carrow-2025-03-10": (4, "GGGRG"),
    "wealdshire-2026-06-08": (11, "GRGR"),
    "fenwick-vale-2026-07-13": (11, "GGGG"),
    "port-carrow-2026-08-04": (1, "care_leavers"),
    "harrowmoor-2026-08-04": (1, "impact_of_leaders"),
}
URGENT = "port-carrow-2026-08-04"


def drafts() -> dict[str, Draft]:
    """The draft of each file in the demonstration's folder of letters, by the file's name without its ending."""
    found = {file_name(row[0], row[2]): _draft(*row) for row in REPORTS}
    found[URGENT] = replace(found[URGENT], priority_actions=PRIORITY_ACTIONS[:1])
    misprinted = found[CORRECTED[0]]
    grades = {**misprinted.judgements, "care_leavers": "good"}
    return found | {f"{CORRECTED[0]}-corrected": replace(misprinted, judgements=grades)}


def _draft(council: Council, kind: str, start: date, published: date) -> Draft:
    stay, grades = FINDINGS[file_name(council, start)]
    visit = kind.endswith("visit")
    key = f"{council.name} {start.isoformat()}"
    return Draft(
        kind=kind,
        council=council.name,
        body=council.aliases[0],
        start=start,
        end=start + timedelta(days=stay),
        published=published,
        judgements={} if visit else _judgements(kind, start, grades),
        inspectors=_inspectors(key),
        improvements=improvements(3 if visit else 5, key),
        theme=grades if visit else "help_and_protection",
        previous=_previous(council, start),
        visit=1 + sum(c is council and k == kind and day < start for c, k, day, _ in REPORTS),
    )


def _judgements(kind: str, start: date, grades: str) -> dict[str, str]:
    order = SIF_ORDER if kind == "sif" else COMBINED_ORDER if start.year < 2023 else SPLIT_ORDER
    return {area: GRADES[grade] for area, grade in zip(order, grades, strict=False)}


def _previous(council: Council, start: date) -> tuple[date, str] | None:
    """The council's last graded inspection before that day, and its overall grade."""
    graded = [(day, kind) for c, kind, day, _ in REPORTS if c is council and day < start and kind in ("sif", "ilacs")]
    if not graded:
        return None
    day, kind = graded[-1]
    return day, _judgements(kind, day, FINDINGS[file_name(council, day)][1])["overall_effectiveness"]


def _inspectors(key: str) -> tuple[str, ...]:
    first = pick(PEOPLE, key)
    return first, pick(tuple(name for name in PEOPLE if name != first), key)
