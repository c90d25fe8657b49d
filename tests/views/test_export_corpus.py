"""The sector's table of real inspections: every cell right, in every format."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest

from monitor.model import Letter, Record
from monitor.store import Store
from monitor.views import export
from soak.corpus import registry
from tests.making import document, record
from tests.read_letters import READ_ONCE, by_path
from tests.views.test_export import PAGE, from_csv, keep_all, table
from tests.views.test_workbook import as_text, made

Label = Mapping[str, str]
FILE = "https://files.ofsted.gov.uk/v1/file/{}"
ALL = export.COLUMNS
NAMELESS = tuple(c for c in ALL if "inspector" not in c)
"""SIF labels name no inspector."""


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def latest(labels: Iterable[Label]) -> list[Label]:
    """The last inspection of each council."""
    return list({row["urn"]: row for row in sorted(labels, key=lambda row: row["published"])}.values())


@pytest.fixture(scope="module")
def times(shared: Path) -> dict[str, list[Label]]:
    """Now; some at the end of 2022, when care was one judgement; some before the framework of 2018."""
    rows = [row for row in csv_rows(shared / "corpus" / "gold.csv") if row["kind"] in ("ilacs", "sif")]
    combined = latest(row for row in rows if row["kind"] == "ilacs" and row["published"] < "2023")
    return {"now": latest(rows), "2022": combined[::3], "2017": latest(r for r in rows if r["kind"] == "sif")[::6]}


@pytest.fixture(scope="module")
def letters(shared: Path) -> Mapping[str, Letter]:
    assert shared.is_dir()
    return by_path()


def expected(row: Label, council: Label, led: Counter[str]) -> dict[str, str]:
    """A row of the table as the labels have it."""
    region, name = council["region"], inspector(row)
    initials = "".join(word[0] for word in region.split() if word[0].isupper())
    ours = {
        "la_code": council["dfe_la_number"],
        "region_code": {"London": "GL", "East of England": "E"}.get(region, initials),
        "ltla23cd": council["gss_code"],
        "local_authority": council["name"],
        "inspection_link": FILE.format(row["file_id"]),
        "inspection_framework": row["variant"].lower(),
        "inspector_name": name,
        "inspection_start_date": row["inspection_start"],
        "inspection_end_date": row["inspection_end"],
        "publication_date": row["published"],
        "local_link_to_all_inspections": PAGE.format(row["urn"]),
        "in_care_grade": row["in_care"] or row["in_care_and_care_leavers"],
        "inspectors_inspections_count": str(led[name]) if name else "",
    }
    grades = ("overall_effectiveness", "impact_of_leaders", "help_and_protection", "care_leavers")
    return {"urn": row["urn"], **ours, **{f"{grade}_grade": row[grade] for grade in grades}}


def inspector(row: Label) -> str:
    """The name without title; one letter names two."""
    untitled = re.sub(r",? (?:H(?:is|er) Majesty.s Inspector|HMI)", "", row["lead_inspector"])
    return untitled.rstrip(",").replace(", and ", " and ")


@pytest.fixture
def labels(times: dict[str, list[Label]], request: pytest.FixtureRequest) -> list[Label]:
    return times[request.param]


@pytest.mark.corpus
@READ_ONCE
@pytest.mark.slow  # by its nature: two hundred letters are read
@pytest.mark.parametrize(
    ("labels", "count", "cells"), [("now", 96, ALL), ("2022", 32, ALL), ("2017", 7, NAMELESS)], indirect=["labels"]
)
def test_every_cell_is_right(
    shared: Path, store: Store, labels: list[Label], letters: dict[str, Letter], count: int, cells: Sequence[str]
) -> None:
    keep_all(store, ((listed(row), letters[row["path"]]) for row in labels))
    councils = {row["ofsted_urn"]: row for row in csv_rows(shared / "corpus" / "councils.csv")}
    led = Counter(map(inspector, labels))
    wanted = sorted((expected(row, councils[row["urn"]], led) for row in labels), key=lambda row: row["urn"])
    rows = sorted(table(store, *registry()), key=lambda row: row["urn"])
    assert len(rows) == count
    assert [(r["urn"], k, r[k]) for r in rows for k in cells] == [(r["urn"], k, r[k]) for r in wanted for k in cells]
    assert from_csv(export.as_csv(rows)) == rows
    latest = made(store, *registry())["latest"].iter_rows(min_row=2, values_only=True)
    texts = [list(map(as_text, row)) for row in latest if row[5]]
    assert sorted(texts) == sorted([*r.values()] for r in rows)
    assert [json.loads(line) for line in export.as_json(rows).splitlines()] == [
        {k: v or None for k, v in row.items()} for row in rows
    ]


def listed(row: Label) -> Record:
    """A report as Ofsted's page lists it."""
    url, published = FILE.format(row["file_id"]), row["published"]
    return record(row["file_id"], row["urn"], url=url, published=published, document=document(row["sha256"]))
