"""Every council's latest inspection as a table, in the columns of the sector's ILACS outcomes summary.

Until the end of 2022 care was one judgement: as in Ofsted's own statistics it stands under
`in_care_grade`, and `care_leavers_grade` is empty. What a report does not say is empty, never guessed.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from io import StringIO

from monitor.model import Letter
from monitor.model.areas import CARE_LEAVERS, COMBINED, IN_CARE, LEADERS, OVERALL, PROTECTION
from monitor.model.letter import Inspection
from monitor.views.council import CouncilView
from monitor.wording.text import printable

COLUMNS = (
    "urn",
    "la_code",
    "region_code",
    "ltla23cd",
    "local_authority",
    "inspection_link",
    "overall_effectiveness_grade",
    "inspection_framework",
    "inspector_name",
    "inspection_start_date",
    "inspection_end_date",
    "publication_date",
    "local_link_to_all_inspections",
    "impact_of_leaders_grade",
    "help_and_protection_grade",
    "in_care_grade",
    "care_leavers_grade",
    "inspectors_inspections_count",
)
"""Data to Insight's published columns, less the two on statistical neighbours, whose list is not ours."""

REGION_CODES = {
    "East Midlands": "EM",
    "East of England": "E",
    "London": "GL",
    "North East": "NE",
    "North West": "NW",
    "South East": "SE",
    "South West": "SW",
    "West Midlands": "WM",
    "Yorkshire and the Humber": "YH",
}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is a formula to a spreadsheet: in CSV it is quoted with an apostrophe."""

Row = Mapping[str, str]


def rows(views: Iterable[CouncilView], provider_url: Callable[[str], str]) -> list[Row]:
    """A row for each council that has an inspection; `provider_url` makes the page's address from the URN."""
    latest = [(v, x) for v in views if (x := v.latest)]
    led = Counter(x.letter.lead_inspector for _, x in latest)
    return [_row(v, x, led, provider_url) for v, x in latest]


def _row(
    view: CouncilView, inspection: Inspection, led: Counter[str | None], provider_url: Callable[[str], str]
) -> Row:
    council, letter, judged = view.council, inspection.letter, inspection.letter.judgements
    values = {
        "urn": council.ofsted_urn,
        "la_code": council.dfe_la_number,
        "region_code": REGION_CODES.get(council.region, council.region),
        "ltla23cd": council.gss_code,
        "local_authority": council.name,
        "inspection_link": inspection.url,
        "overall_effectiveness_grade": judged.get(OVERALL),
        "inspection_framework": _framework(letter),
        "inspector_name": letter.lead_inspector,
        "inspection_start_date": letter.inspection_start,
        "inspection_end_date": letter.inspection_end,
        "publication_date": inspection.published,
        "local_link_to_all_inspections": provider_url(council.ofsted_urn),
        "impact_of_leaders_grade": judged.get(LEADERS),
        "help_and_protection_grade": judged.get(PROTECTION),
        "in_care_grade": judged.get(IN_CARE) or judged.get(COMBINED),
        "care_leavers_grade": judged.get(CARE_LEAVERS),
        "inspectors_inspections_count": str(led[letter.lead_inspector]) if letter.lead_inspector else None,
    }
    return {name: values[name] or "" for name in COLUMNS}


def _framework(letter: Letter) -> str:
    """ILACS is standard or short; the single inspection framework (to 2018) judged other things and is named."""
    if letter.kind == "ilacs":
        return letter.variant or letter.kind
    return letter.kind if letter.variant in (None, "standard") else f"{letter.kind} {letter.variant}"


def _quoted(words: str) -> str:
    return printable(f"'{words}" if words.startswith(FORMULA) else words)


def as_csv(table: Iterable[Row]) -> bytes:
    """The table as CSV (UTF-8)."""
    out = StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows({k: _quoted(v) for k, v in row.items()} for row in table)
    return out.getvalue().encode()


def as_json(table: Iterable[Row]) -> bytes:
    """One object a line; what the report does not say is null."""
    lines = (json.dumps({k: v or None for k, v in row.items()}, ensure_ascii=False) for row in table)
    return "".join(f"{line}\n" for line in lines).encode()


FORMATS: Mapping[str, Callable[[Iterable[Row]], bytes]] = {"csv": as_csv, "json": as_json}
