"""The sector's table: its columns, what stays empty, and cells that a spreadsheet must not run."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from io import StringIO

import pytest

from monitor.councils.registry import Council
from monitor.model import Letter, Record
from monitor.model.state import RecordChange, Stored
from monitor.store import Store, records
from monitor.views import council as council_view
from monitor.views import export
from tests.making import NOON, SHA_B, document, letter, record

DEVON = Council("Devon", "devon", "80461", "South West", gss_code="E10000008", dfe_la_number="878")
CAMDEN = Council("Camden", "camden", "80491", "London", gss_code="E09000007", dfe_la_number="202")
JUDGED = {"overall_effectiveness": "good", "impact_of_leaders": "outstanding", "help_and_protection": "good"}
SPLIT = JUDGED | {"in_care": "outstanding", "care_leavers": "requires improvement"}
PAGE = "https://reports.ofsted.gov.uk/provider/44/{}"


def keep(store: Store, council: Council, letter: Letter, published: str = "2024-05-15") -> None:
    made = record(letter.sha256[:4], council.urn, document=document(letter.sha256), published=published)
    keep_all(store, [(made, letter)])


def keep_all(store: Store, found: Iterable[tuple[Record, Letter]]) -> None:
    pairs = list(found)
    with store.transaction():
        steps = [RecordChange("baseline", None, Stored(r, "listed", NOON.isoformat())) for r, _ in pairs]
        records.save(store, steps, NOON.isoformat())
        records.save_letters(store, [x for _, x in pairs], 1, NOON.isoformat())


def table(store: Store, *councils: Council) -> list[export.Row]:
    return export.rows([council_view.of_council(store, c) for c in councils], PAGE.format)


def from_csv(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(body.decode(), newline="")))


def test_a_row_has_the_columns_of_the_sectors_table(store: Store) -> None:
    dates = {"inspection_start": "2024-03-04", "inspection_end": "2024-03-15"}
    keep(store, DEVON, letter(judgements=SPLIT, variant="standard", lead_inspector="Ann Archer", **dates))
    (row,) = table(store, DEVON, CAMDEN)
    assert list(row) == list(export.COLUMNS)
    assert list(row.values()) == [
        "80461", "878", "SW", "E10000008", "Devon", "https://files.example/aaaa", "good", "standard", "Ann Archer",
        "2024-03-04", "2024-03-15", "2024-05-15", PAGE.format("80461"), "outstanding", "good", "outstanding",
        "requires improvement", "1",
    ]  # fmt: skip


def test_a_combined_care_judgement_is_no_judgement_of_care_leavers(store: Store) -> None:
    keep(store, DEVON, letter(judgements=JUDGED | {"in_care_and_care_leavers": "good"}))
    (row,) = table(store, DEVON)
    assert (row["in_care_grade"], row["care_leavers_grade"]) == ("good", "")


def test_what_is_no_longer_judged_is_empty_and_null(store: Store) -> None:
    keep(store, DEVON, letter(judgements={k: v for k, v in SPLIT.items() if k != "overall_effectiveness"}))
    rows = table(store, DEVON)
    (made,) = export.as_json(rows).decode().splitlines()
    found = json.loads(made)
    assert from_csv(export.as_csv(rows))[0]["overall_effectiveness_grade"] == ""
    assert [k for k, v in found.items() if v is None] == [
        "overall_effectiveness_grade", "inspector_name", "inspection_start_date", "inspection_end_date",
        "inspectors_inspections_count",
    ]  # fmt: skip
    assert "" not in found.values()


@pytest.mark.parametrize(("variant", "framework"), [("standard", "sif"), ("re-inspection", "sif re-inspection")])
def test_a_standard_inspection_of_the_older_framework_is_not_called_like_one_of_ilacs(
    store: Store, variant: str, framework: str
) -> None:
    keep(store, DEVON, letter("sif", judgements=SPLIT, variant=variant))
    assert [r["inspection_framework"] for r in table(store, DEVON)] == [framework]


def test_an_inspector_is_counted_over_the_latest_inspections(store: Store) -> None:
    keep(store, DEVON, letter(judgements=SPLIT, lead_inspector="Ann Archer"))
    keep(store, DEVON, letter("focused_visit", "c" * 64, lead_inspector="Ann Archer"), "2025-01-01")
    keep(store, CAMDEN, letter(sha256="d" * 64, judgements=SPLIT, lead_inspector="Ann Archer"), "2019-01-01")
    keep(store, CAMDEN, letter(sha256=SHA_B, judgements=SPLIT, lead_inspector="Ann Archer"), "2023-01-01")
    rows = table(store, DEVON, CAMDEN)
    assert [(r["region_code"], r["inspectors_inspections_count"]) for r in rows] == [("SW", "2"), ("GL", "2")]


@pytest.fixture
def formulas(store: Store) -> list[export.Row]:
    """Names that a spreadsheet would run, and some that it would bend."""
    keep(store, DEVON, letter(judgements=SPLIT, lead_inspector='=HYPERLINK("https://x.example","Ann")'))
    keep(store, CAMDEN, letter(sha256=SHA_B, judgements=SPLIT, lead_inspector="Máire O\u2019Shea,\n-1"))
    odd = Council("@SUM(1+1)", "odd", CAMDEN.urn, "London", dfe_la_number="007", gss_code="1E5")
    return table(store, DEVON, odd)


def test_a_formula_is_quoted_in_csv(formulas: list[export.Row]) -> None:
    first, second = from_csv(export.as_csv(formulas))
    assert first["inspector_name"] == '\'=HYPERLINK("https://x.example","Ann")'
    assert second["local_authority"] == "'@SUM(1+1)"
    assert second["inspector_name"] == formulas[1]["inspector_name"]
