"""The registry: every authority once, every name back to its council, and the names that mislead."""

from __future__ import annotations

import contextlib
import csv
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.councils.registry import BUILT_IN, Council, Registry, RegistryError, UnknownCouncil
from monitor.councils.table import COLUMNS, changed, check_aliases

REGISTRY = Registry.load()
OWN_NAMES = [(name, council) for council in REGISTRY for name in council.names]


def named(text: str) -> list[str]:
    return [council.name for council in REGISTRY.named_in(text)]


def test_every_authority_is_there_once() -> None:
    assert len(REGISTRY) == 153
    for column in ("name", "slug", "ofsted_urn", "gss_code", "dfe_la_number", "three_letter_code"):
        values = [getattr(council, column) for council in REGISTRY]
        assert all(values), column
        assert len(set(values)) == 153, column
    assert len(REGISTRY.regions()) == 9


def test_the_built_in_table_stands_up_to_the_checks_of_a_replaced_one() -> None:
    check_aliases(REGISTRY, BUILT_IN)
    assert list(Registry.load(BUILT_IN)) == list(REGISTRY)
    with BUILT_IN.open(encoding="utf-8") as file:
        assert set(next(csv.reader(file))) == set(COLUMNS)


def test_cells_have_the_types_of_their_columns() -> None:
    bcp = REGISTRY.get("BCP")
    assert bcp.valid_from == date(2019, 4, 1)
    assert bcp.former_gss_code == ("E06000028", "E06000029")
    assert "Bournemouth Borough Council" in bcp.predecessors
    assert bcp.delivery_body is None
    assert REGISTRY.get("Sandwell").delivery_body == "Sandwell Children's Trust"


@pytest.mark.parametrize(("name", "council"), OWN_NAMES, ids=[name for name, _ in OWN_NAMES])
def test_every_name_leads_back(name: str, council: Council) -> None:
    for written in (name, name.upper(), name.lower(), name.replace(" and ", " & "), f"  the {name} "):
        assert REGISTRY.get(written) is council
    assert REGISTRY.named_in(f"Focused visit to {name} children's services") == [council]
    assert REGISTRY.named_in(f"INSPECTION OF {name.upper()} LOCAL AUTHORITY") == [council]


def test_every_code_leads_back() -> None:
    for council in REGISTRY:
        assert {REGISTRY.get(code) for code in council.codes} == {council}
        assert REGISTRY.by_urn(council.urn) is council
    assert REGISTRY.get("e08000016").name == "Barnsley"
    assert REGISTRY.by_urn("1") is None


@pytest.mark.parametrize(
    ("name", "council"),
    [
        ("The London Borough of Barnet", "Barnet"),
        ("City of York Council", "York"),
        ("St Helens", "St. Helens"),
        ("Kingston-upon-Thames", "Kingston upon Thames"),
        ("king\u2019s lynn", None),
        ("Birmingham Children\u2019s Trust", "Birmingham"),
        ("Somerset County Council", "Somerset"),
        ("London", None),
        ("Nottingham County Council", None),
    ],
)
def test_names_as_people_write_them(name: str, council: str | None) -> None:
    try:
        assert REGISTRY.get(name).name == council
    except UnknownCouncil:
        assert council is None


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Devom", 'no council "Devom": did you mean "Devon"?'),
        ("xyzzyq", 'no council "xyzzyq"'),
        ("", 'no council ""'),
        ("De\nvom", 'no council "De vom": did you mean "Devon"?'),
        (
            "Northamptonshire",
            'no council "Northamptonshire": did you mean "North Northamptonshire" or "West Northamptonshire"?',
        ),
        (
            "Achieving for Children",
            'no council "Achieving for Children": did you mean '
            '"Kingston upon Thames", "Richmond upon Thames" or "Windsor and Maidenhead"?',
        ),
    ],
)
def test_unknown_council_says_the_nearest(name: str, line: str) -> None:
    with pytest.raises(UnknownCouncil) as caught:
        REGISTRY.get(name)
    assert str(caught.value) == line


@pytest.mark.parametrize(
    ("text", "councils"),
    [
        ("Childrens Services in Bath & North East Somerset", ["Bath and North East Somerset"]),
        ("Bath\u00a0and\u00a0North\nEast Somerset", ["Bath and North East Somerset"]),
        ("Inspection of North East Lincolnshire", ["North East Lincolnshire"]),
        ("Achieving for Children", ["Kingston upon Thames", "Richmond upon Thames", "Windsor and Maidenhead"]),
        ("Northamptonshire Children\u2019s Trust", ["North Northamptonshire", "West Northamptonshire"]),
        ("Northamptonshire Childrens Trust", ["North Northamptonshire", "West Northamptonshire"]),
        ("Northamptonshire", ["North Northamptonshire", "West Northamptonshire"]),
        ("Cumbria County Council", ["Cumberland", "Westmorland and Furness"]),
        ("Inspection of Bradford Children and Families Trust", ["Bradford"]),
        ("Derbyshire and Derby", ["Derbyshire", "Derby"]),
        ("Cheshire West and Chester", ["Cheshire West and Chester"]),
        ("Kingston upon Hull, Hull", ["Kingston upon Hull"]),
        ("Kingston upon Thames", ["Kingston upon Thames"]),
        ("ST. HELENS METROPOLITAN BOROUGH COUNCIL", ["St. Helens"]),
        ("County Durham", ["County Durham"]),
        ("Durham\u2019s children", ["County Durham"]),
        ("City of Westminster", ["Westminster"]),
        ("Bristol, City of", ["Bristol"]),
        ("Bournemouth, Christchurch, and Poole", ["Bournemouth, Christchurch and Poole"]),
        ("Stoke\u2013on\u2013Trent", ["Stoke-on-Trent"]),
        ("B&NES and BCP, not bcp", ["Bath and North East Somerset", "Bournemouth, Christchurch and Poole"]),
        ("East and West Sussex", ["East Sussex", "West Sussex"]),
        ("North and North East Lincolnshire", ["North Lincolnshire", "North East Lincolnshire"]),
        ("Oxfordshire county council", ["Oxfordshire"]),
        ("Devon, Kent, Devon", ["Devon", "Kent"]),
        ("Burying, Devonshire, Lutonian", []),
        ("we are reading in Reading", ["Reading"]),
        ("Reading the letter, she agreed. Bury their differences.", []),
        ("Reading between the lines of Kent's report", ["Kent"]),
        ("Bury St Edmunds, Sutton Coldfield, Newcastle-under-Lyme, New York", []),
        ("North Devon, Greater Manchester, East Hertfordshire", []),
        ("Ofsted, Piccadilly Gate, Store Street, Manchester M1 2WD", []),
        ("Professor John Bolton and Cllr. James Sutton, of Dudley", ["Dudley"]),
        ("the University of Kent and Sheffield University", []),
        ("", []),
    ],
)
def test_named_in(text: str, councils: list[str]) -> None:
    assert named(text) == councils


@given(st.text())
def test_any_text_is_read_and_any_name_refused_in_one_line(text: str) -> None:
    found = REGISTRY.named_in(text)
    assert len(found) == len(set(found))
    unknown = UnknownCouncil(text, "Devon")
    assert len(str(unknown).splitlines()) == 1
    with contextlib.suppress(UnknownCouncil):
        REGISTRY.get(text)


@given(st.lists(st.sampled_from(list(REGISTRY)), max_size=6))
def test_lists_of_councils_come_back_in_order(councils: list[Council]) -> None:
    text = "; ".join(council.name for council in councils)
    assert REGISTRY.named_in(text) == list(dict.fromkeys(councils))


@given(st.sampled_from(list(REGISTRY)), st.sampled_from("abcxyzé9"))
def test_never_inside_a_word(council: Council, letter: str) -> None:
    assert council not in REGISTRY.named_in(f"{letter}{council.name}".replace(" ", letter))


@given(st.sampled_from(OWN_NAMES), st.text(alphabet=" .,-'&\u00a0\u2019\t", max_size=3))
def test_case_and_punctuation_do_not_matter(pair: tuple[str, Council], noise: str) -> None:
    name, council = pair
    assert REGISTRY.get(noise.replace("&", "") + name.swapcase().replace(" ", "  ")) is council


def test_councils_of_a_day() -> None:
    def names(day: date) -> set[str]:
        return {council.name for council in REGISTRY if council.valid_on(day)}

    assert "Surrey" in names(date(2027, 3, 31))
    assert "Surrey" not in names(date(2027, 4, 1))
    assert "Cumberland" not in names(date(2023, 3, 31))
    assert len(names(date(2023, 4, 1))) == 153


def test_a_cell_is_changed_and_the_rest_kept() -> None:
    devon = changed(REGISTRY.get("Devon"), {"news_feed_url": "https://x.test/feed", "aliases": "A|B", "notes": ""})
    assert (devon.news_feed_url, devon.aliases, devon.notes) == ("https://x.test/feed", ("A", "B"), None)
    other = REGISTRY.replaced({"Devon": devon})
    assert other.get("A") is devon
    assert len(other) == 153
    for cells, reason in (
        ({"news_feed": "x"}, "news_feed: unknown column: did you mean news_feed_seen?"),
        ({"slug": "x"}, "slug: cannot be changed here"),
        ({"region": " "}, "region: cannot be empty"),
        ({"valid_to": "soon"}, 'valid_to: "soon" is not a date like 2023-04-01'),
    ):
        with pytest.raises(RegistryError) as caught:
            changed(devon, cells)
        assert str(caught.value).startswith(reason[:24])


HEAD = "name,slug,ofsted_urn,region,aliases,website_url\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "row 1, column name: missing"),
        (HEAD, "no councils in it"),
        ("name,slug,ofsted_urn,region,regoin\n", "row 1, column regoin: unknown column: did you mean region?"),
        ("name,slug,ofsted_urn,region,name\n", "row 1, column name: stands there twice"),
        (HEAD + "A,a,80001\n", "row 2, column 4: 3 cells, not 6"),
        (HEAD + "A,a,80001,,,\n", "row 2, column region: empty"),
        (HEAD + "A,A b,80001,X,,\n", 'row 2, column slug: "A b" is not small letters and hyphens'),
        (HEAD + "A,a,SC1,X,,\n", 'row 2, column ofsted_urn: "SC1" is not a number of 4 to 8 digits'),
        (HEAD + "A,a,80001,X,,ftp://x\n", 'row 2, column website_url: "ftp://x" is not an http or https address'),
        (HEAD + "A,a,80001,X,,\nB,b,80001,X,,\n", 'row 3, column ofsted_urn: "80001" stands in row 2 already'),
        (HEAD + "A,a,80001,X,Z,\nB,b,80002,X,z,\n", 'row of B, column aliases: "z" is A already'),
        (HEAD + 'A,a,80001,X,"Z\n', "not a CSV file: unexpected end of data"),
    ],
)
def test_a_bad_table_is_one_clear_line(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError) as caught:
        Registry.load(path)
    assert str(caught.value) == f"{path}: {reason}"


def test_a_table_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    with pytest.raises(RegistryError, match=r"mine\.csv: cannot be read: No such file or directory\Z"):
        Registry.load(path)
    path.write_bytes(HEAD.encode() + b"\xff")
    with pytest.raises(RegistryError, match=r"mine\.csv: not UTF-8 text: invalid start byte at byte \d+\Z"):
        Registry.load(path)


def test_a_start_loads_neither_names_nor_fuzzy_matching() -> None:
    load = "from monitor.councils.registry import Registry; Registry.load().by_urn('80461')"
    code = f"import sys; {load}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {"difflib", "pydantic", "monitor.councils.names", "monitor.councils.finder"}.isdisjoint(loaded)


@pytest.fixture(scope="session")
def gold() -> list[dict[str, str]]:
    folder = os.environ.get("OFSTED_WATCH_CORPUS") or str(Path(__file__).parents[3] / "shared" / "corpus")
    table = Path(folder) / "gold.csv"
    if not table.is_file():
        pytest.skip(f"no shared corpus: {table} is absent (set OFSTED_WATCH_CORPUS)")
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.corpus
def test_councils_of_the_corpus(gold: list[dict[str, str]]) -> None:
    assert len(gold) == 512
    for row in gold:
        assert REGISTRY.get(row["local_authority"]).urn == row["urn"]
        assert row["local_authority"] in named(row["local_authority"])


@pytest.mark.corpus
def test_titles_of_the_corpus(gold: list[dict[str, str]]) -> None:
    """A title names its council and no other. The two that name nobody were cut short by the printed page."""
    wrong = {row["title"] for row in gold if row["title"] and named(row["title"]) != [row["local_authority"]]}
    assert {title: named(title) for title in wrong} == {title: [] for title in wrong}
    assert {title[:40] for title in wrong} == {
        "Focused visit to children's services",
        "Joint targeted area inspection of the mu",
    }
