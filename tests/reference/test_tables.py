"""Statistical neighbours, the map, and the check that a refreshed table has to pass."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from monitor.cli import cli
from monitor.councils.registry import Registry
from monitor.reference import sources as where
from monitor.reference import tables
from monitor.reference.check import faults
from monitor.reference.sources import sources

DEVON, TORBAY = "80461", "80559"
REGISTRY = Registry.load()


def test_every_table_agrees_with_the_registry() -> None:
    assert faults(REGISTRY) == []


def test_a_council_has_ten_neighbours_the_closest_first() -> None:
    ten = tables.neighbours(DEVON)
    assert [n.rank for n in ten] == list(range(1, 11))
    assert all(REGISTRY.by_urn(n.urn) for n in ten)
    assert tables.neighbours("99999") == ()


def test_every_value_leads_to_its_row() -> None:
    def line(table: str, row: int) -> list[str]:
        text = (where.FOLDER / f"{table}.csv").read_text(encoding="utf-8").splitlines()[row - 1]
        return next(csv.reader([text]))

    for neighbour in tables.neighbours(TORBAY):
        assert line("neighbours", neighbour.row)[:3] == [TORBAY, str(neighbour.rank), neighbour.urn]


def test_every_council_has_a_square() -> None:
    assert set(tables.tiles()) == {council.urn for council in REGISTRY}


def test_the_licence_names_every_publisher_but_this_program() -> None:
    publishers = {part for source in sources().measures.values() for part in source.publisher.split("; ")}
    assert all(publisher in sources().licence for publisher in publishers)


def spoil(folder: Path, table: str, old: str, new: str) -> None:
    """A copy of the tables in which one text is another."""
    for file in where.FOLDER.iterdir():
        if file.suffix in (".csv", ".toml"):
            (folder / file.name).write_bytes(file.read_bytes())
    path = folder / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("table", "old", "new", "said"),
    [
        ("neighbours", "80418,1,80565", "80418,1,99999", 'neighbours.csv, row 2: no council has the number "99999"'),
        ("neighbours", "80418,1,80565", "80418,1,80418", "neighbours.csv, row 2: a council is its own neighbour"),
        (
            "neighbours",
            "80418,2,80454",
            "80418,2,80565",
            "neighbours.csv, row 3: the same council_urn and",
        ),
        ("neighbours", "80418,1,", "80418,11,", "neighbours.csv: the ranks of council 80418 are not 1 to 10"),
        ("neighbours", "very close", "rather close", 'neighbours.csv, row 2: "rather close" is no word of closeness'),
        ("neighbours", "very close", "not close", "neighbours.csv: a later neighbour of council 80418 is closer"),
        ("tiles", "80419,8,22", "80419,14,12", "tiles.csv, row 3: the same column and row as row 2"),
        ("tiles", "80418,14,12\n", "", "tiles.csv: council 80418 has no row"),
        ("context", "england,agency_rate,2021,15.5,", "england,agency_rate,2021,,", "context.csv, row 2: no value"),
        ("context", "agency_rate,2021,15.5,", "agency_rate,2021,n/k,", 'context.csv, row 2: "n/k" is no number'),
        (
            "context",
            "england,agency_rate,2021",
            "england,agency_rat,2021",
            "context.csv, row 2: no measure",
        ),
    ],
)
def test_a_wrong_row_is_named(
    table: str, old: str, new: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(tmp_path, table, old, new)
    monkeypatch.setattr(where, "FOLDER", tmp_path)
    assert any(fault.startswith(said) for fault in faults(REGISTRY)), faults(REGISTRY)


def test_the_command_shows_sources_and_licence_and_fails_on_a_wrong_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = ["--config", str(tmp_path / "none.toml"), "reference"]
    well = CliRunner().invoke(cli, config, standalone_mode=False)
    assert well.return_value == 0
    assert sources().licence in well.output
    assert "1,530 rows" in well.output
    spoil(tmp_path, "tiles", "80419,8,22", "80419,14,12")
    monkeypatch.setattr(where, "FOLDER", tmp_path)
    assert CliRunner().invoke(cli, config, standalone_mode=False).return_value == 1


def test_the_document_has_every_measure_and_the_licence() -> None:
    text = (where.FOLDER.parents[1] / "docs" / "reference_data.md").read_text(encoding="utf-8")
    assert [m for m in sources().measures if f"`{m}`" not in text] == []
    assert [t for t in sources().tables if f"`{t}.csv`" not in text] == []
    assert sources().licence in " ".join(text.split())
