"""The workbook: its sheets, typed cells, links, what keeps a long table readable, and cells that must not run."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from monitor.councils.registry import Council
from monitor.model import Quote
from monitor.store import Store
from monitor.views import export
from monitor.views.sector import sector
from monitor.views.sheets import sheets
from monitor.views.workbook import MAX_CELL_CHARACTERS, workbook
from monitor.wording.colours import GRADES
from tests.making import SHA_B, letter
from tests.views.test_export import CAMDEN, DEVON, PAGE, SPLIT, keep

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
TODAY = date(2026, 11, 27)
NAMES = ["latest", "all inspections", "visits", "SEND", "what is asked", "themes", "moves", "due", "about"]
LEEDS = Council("Leeds", "leeds", "80479", "Yorkshire and the Humber")


def written(store: Store, *councils: Council) -> bytes:
    return workbook(sheets(sector(store, councils), PAGE.format, TODAY), ["a note"])


def made(store: Store, *councils: Council) -> Workbook:
    return load_workbook(BytesIO(written(store, *councils)))


def as_text(cell: object) -> str:
    """A cell as the sector's table writes it."""
    return f"{cell:%Y-%m-%d}" if isinstance(cell, datetime) else "" if cell is None else str(cell)


def rows(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    head, *body = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in body]


@pytest.fixture
def book(store: Store) -> Workbook:
    """Devon with two inspections, a visit and an area SEND inspection; Camden with one; Leeds with none."""
    keep(store, DEVON, letter(judgements=SPLIT, inspection_start="2020-01-13", variant="standard"), "2020-03-02")
    keep(
        store,
        DEVON,
        letter(
            sha256=SHA_B,
            judgements=SPLIT | {"in_care": "inadequate"},
            inspection_start="2024-03-04",
            lead_inspector="Ann Archer",
            improvements=[Quote("The use of agency staff.", 3)],
            priority_actions=[Quote("Visits to children.", 2)],
            evidence={"judgements.in_care": Quote("Children in care: inadequate", 1)},
        ),
        "2024-05-15",
    )
    themes = [Quote("Inspectors looked at the local authority\u2019s arrangements for care leavers.", 1)]
    keep(store, DEVON, letter("focused_visit", "c" * 64, inspection_start="2025-02-03", themes=themes), "2025-03-10")
    keep(store, DEVON, letter("area_send", "d" * 64, outcome=2, inspection_start="2023-10-02"), "2023-12-01")
    keep(store, CAMDEN, letter(sha256="e" * 64, judgements=SPLIT, inspection_start="2022-01-10"), "2022-03-01")
    return made(store, DEVON, CAMDEN, LEEDS)


def test_the_sheets(book: Workbook) -> None:
    assert book.sheetnames == NAMES
    assert [c.value for c in book["latest"][1]] == list(export.COLUMNS)


def test_every_council_has_a_row_also_without_an_inspection(book: Workbook) -> None:
    found = rows(book, "latest")
    assert [row["local_authority"] for row in found] == ["Camden", "Devon", "Leeds"]
    assert as_text(found[1]["publication_date"]) == "2024-05-15"
    assert (found[1]["in_care_grade"], found[1]["urn"], found[1]["inspectors_inspections_count"]) == (
        "inadequate",
        "80461",
        1,
    )
    assert {name for name, value in found[2].items() if value is not None} == {
        "urn",
        "region_code",
        "local_authority",
        "local_link_to_all_inspections",
    }


def test_cells_have_types_links_and_colours(book: Workbook) -> None:
    page = book["latest"]
    cells = {str(page.cell(1, cell.column).value): cell for cell in page[3]}
    assert cells["publication_date"].is_date
    assert cells["inspection_link"].hyperlink.target == cells["inspection_link"].value
    for name, grade in (("in_care_grade", "inadequate"), ("impact_of_leaders_grade", "outstanding")):
        fill, ink = GRADES[grade]
        assert cells[name].fill.fgColor.rgb == f"FF{fill[1:].upper()}"
        assert cells[name].font.color.rgb == f"FF{ink[1:].upper()}"


@pytest.mark.parametrize("name", NAMES[:-1])
def test_a_long_table_stays_readable(book: Workbook, name: str) -> None:
    page = book[name]
    columns, fixed = page.max_column, page.freeze_panes
    assert fixed.endswith("2")
    assert not fixed.startswith("A")
    assert page.auto_filter.ref.startswith("A1:")
    assert page.print_title_rows == "$1:$1"
    assert len(page.column_dimensions) > 0
    assert page[1][columns - 1].font.bold
    assert page.max_row > 1


def test_every_letter_is_in_its_sheet(book: Workbook) -> None:
    assert [(r["Council"], r["Published"].year, r["Care leavers"]) for r in rows(book, "all inspections")] == [
        ("Devon", 2024, "requires improvement"),
        ("Camden", 2022, "requires improvement"),
        ("Devon", 2020, "requires improvement"),
    ]
    (visit,) = rows(book, "visits")
    assert (visit["Kind"], visit["What it looked at"], visit["To improve"]) == ("Focused visit", "care leavers", 0)
    (send,) = rows(book, "SEND")
    assert (send["Outcome"], send["What the outcome means"]) == (2, "inconsistent experiences and outcomes")
    assert [(r["Priority action"], r["What is asked"], r["Page"]) for r in rows(book, "what is asked")] == [
        ("yes", "Visits to children.", 2),
        (None, "The use of agency staff.", 3),
    ]
    themed = {row["Theme"]: (row["2024"], row["2023"]) for row in rows(book, "themes")}
    assert themed["caseloads and staffing"] == (1, 0)
    (move,) = rows(book, "moves")
    assert (move["Judgement"], move["Before"], move["After"], move["Direction"], move["Page"]) == (
        "Children in care",
        "outstanding",
        "inadequate",
        "declined",
        1,
    )


def test_waits_are_numbers(book: Workbook) -> None:
    found = {row["Council"]: row for row in rows(book, "due")}
    assert (found["Camden"]["Rank"], found["Camden"]["Days waited"]) == (1, 1782)
    assert (found["Devon"]["Rank"], found["Devon"]["Visits since"], found["Devon"]["Usual: waits"]) == (2, 1, 0)
    assert as_text(found["Devon"]["Three years since the start"]) == "2027-03-04"
    assert (found["Leeds"]["Rank"], found["Leeds"]["Days waited"]) == (None, None)


def test_the_last_sheet_says_what_each_has(book: Workbook) -> None:
    told = list(book["about"].iter_rows(values_only=True))
    assert [name for name, _ in told[: len(NAMES) - 1]] == NAMES[:-1]
    assert told[-1] == (None, "a note")


def test_nothing_of_a_page_is_a_formula_or_a_link_that_runs(store: Store) -> None:
    hostile = '=HYPERLINK("https://x.example","Ann")'
    words = Quote("@SUM(1+1)\x07 \u202eabc" + "x" * MAX_CELL_CHARACTERS, 1)
    keep(store, DEVON, letter(judgements=SPLIT | {"in_care": hostile}, lead_inspector=hostile, improvements=[words]))
    odd = Council("=1+1", "odd", CAMDEN.urn, "+London", dfe_la_number="007", gss_code="1E5")
    book = made(store, DEVON, odd)
    assert {cell.data_type for page in book for row in page.iter_rows() for cell in row} <= {"s", "n", "d"}
    found = rows(book, "latest")
    assert (found[0]["local_authority"], found[0]["la_code"], found[0]["ltla23cd"]) == ("=1+1", "007", "1E5")
    assert found[1]["inspector_name"] == found[1]["in_care_grade"] == hostile
    (asked,) = rows(book, "what is asked")
    assert len(asked["What is asked"]) == MAX_CELL_CHARACTERS
    assert asked["What is asked"].startswith("@SUM(1+1)  ")


def test_an_address_that_is_none_is_no_link(store: Store) -> None:
    keep(store, DEVON, letter(judgements=SPLIT))
    with store.transaction() as connection:
        connection.execute("UPDATE records SET url = 'javascript:alert(1)'")
    book = made(store, DEVON)
    cell = next(c for c in book["latest"][2] if c.value == "javascript:alert(1)")
    assert cell.hyperlink is None


@pytest.mark.skipif(not SOFFICE, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_opens_the_workbook_without_a_warning(store: Store, tmp_path: Path) -> None:
    keep(store, DEVON, letter(judgements=SPLIT, lead_inspector="=1+1"))
    (tmp_path / "table.xlsx").write_bytes(written(store, DEVON))
    command = [str(SOFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "csv", "--outdir", str(tmp_path), str(tmp_path / "table.xlsx")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    said = [line for line in done.stderr.splitlines() if "javaldx" not in line]  # its own Java, not our file
    assert (done.returncode, said) == (0, [])
    assert ",=1+1," in (tmp_path / "table.csv").read_text(encoding="utf-8")
