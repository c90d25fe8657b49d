"""Ofsted's pages read from saved examples: goldens for breadth, named asserts for what matters."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from spiders.http.errors import PageError
from spiders.ofsted.labels import file_key, report_type, split_label
from spiders.ofsted.pages import Expected, Provider, parse_provider
from spiders.ofsted.results import parse_listing

PAGES = Path(__file__).parent / "pages"
URL = "https://reports.ofsted.gov.uk/provider/44/80461"
DEVON = Expected("80461", ["Devon"], ["Cornwall", "Torbay"])
SURREY_EAST = Expected("2999001", ["Surrey East"])


def read(name: str) -> str:
    return (PAGES / f"{name}.html").read_text(encoding="utf-8")


@pytest.fixture
def provider() -> Provider:
    return parse_provider(read("provider"), URL, DEVON)


@pytest.mark.parametrize("name", sorted(path.stem for path in PAGES.glob("*.html")))
def test_saved_page(name: str) -> None:
    """A missing golden is written, and fails once so that a person reads it."""
    text = read(name)
    expected = SURREY_EAST if "no_reports" in name else DEVON
    parsed: Any = parse_listing(text) if name.startswith("listing") else parse_provider(text, URL, expected)
    found = json.dumps(asdict(parsed), indent=1, ensure_ascii=False) + "\n"
    golden = PAGES / f"{name}.json"
    if not golden.exists():
        golden.write_text(found, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and has been written: review it")
    assert found == golden.read_text(encoding="utf-8")


def test_a_row_is_read_by_its_labels_wherever_they_stand() -> None:
    barnsley, cumberland = parse_listing(read("listing")).rows
    assert (barnsley.urn, barnsley.href, barnsley.latest) == ("80426", "/provider/44/80426", "2025-03-18")
    assert (cumberland.urn, cumberland.latest) == ("2733690", None)


def test_a_row_without_a_link_is_told_and_the_others_are_read() -> None:
    listing = parse_listing(read("listing_bad_rows"))
    assert [row.urn for row in listing.rows] == ["80418", "80461", "80500"]
    assert (listing.received, len(listing.lost)) == (4, 1)
    assert "has no link" in listing.lost[0]


def test_a_latest_report_that_is_no_date_is_told_and_kept_apart_from_none() -> None:
    wiltshire, devon, brent = parse_listing(read("listing_bad_rows")).rows
    assert (wiltshire.latest, devon.latest, brent.latest) == ("2024-05-01", None, "2024-05-03")
    assert (wiltshire.unread, devon.unread) == (None, "last week")


def test_a_page_without_a_count_and_without_councils_is_no_listing() -> None:
    with pytest.raises(PageError, match='no count of results and no council; the page begins "Find an inspection'):
        parse_listing("<html><body><h1>Find an inspection report</h1></body></html>")


def test_the_archive_is_read_with_the_rest(provider: Provider) -> None:
    assert [entry.key for entry in provider.entries][-3:] == [
        "50004444",
        "2154321",
        "devon/054_Joint area review as pdf.pdf",
    ]


def test_monitoring_is_looked_for_before_the_other_kinds(provider: Provider) -> None:
    assert [entry.report_type for entry in provider.entries] == [
        "inspection",
        "focused_visit",
        "monitoring_visit",
        "jtai",
        "area_send",
        "other",
        "inspection",
        "inspection",
        "joint_area_review",
    ]


def test_the_label_has_the_day_of_publication_and_the_timeline_that_of_the_inspection(provider: Provider) -> None:
    first, send = provider.entries[0], provider.entries[4]
    assert (first.published, first.inspection_date, first.title) == (
        "2024-07-12",
        "2024-06-10",
        "Children\u2019s services inspection",
    )
    assert send.published == "2024-01-09"
    words = "labels dated otherwise than their entry: 1 (file 50236666: 2024-01-09, the entry 2024-01-10)"
    assert words in provider.notes


def test_an_unknown_kind_is_kept_and_named(provider: Provider) -> None:
    assert 'unknown kinds of report: 1 (file 50235555: "Thematic letter")' in provider.notes


def test_opened_and_closed_are_not_reports(provider: Provider) -> None:
    assert provider.lost == ()


def test_entries_that_cannot_be_read_are_told_and_the_others_are_read() -> None:
    page = parse_provider(read("provider_bad_entries"), URL, DEVON)
    assert [entry.key for entry in page.entries] == ["50250001", "50250002", "50250009"]
    assert [entry.published for entry in page.entries] == [None, "2022-07-12", None]
    assert len(page.lost) == 2
    for words in ("without a file id", "has no link"):
        assert any(words in lost for lost in page.lost), words
    for words in ("entries that cannot be read: 2", "without a date of publication: 2", "again with other facts: 1"):
        assert any(words in note for note in page.notes), words


@pytest.mark.parametrize("text", ["", "   ", "<!-- nothing -->", "\x00\x01\x02"])
def test_what_is_no_page_is_refused(text: str) -> None:
    for parse in (lambda: parse_listing(text), lambda: parse_provider(text, URL, DEVON)):
        with pytest.raises(PageError):
            parse()


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Children's services inspection, pdf - 12 July 2024", ("Children's services inspection", "2024-07-12")),
        ("Children's services inspection,  pdf - 16 august 2013", ("Children's services inspection", "2013-08-16")),
        ("Single inspection of LA children's services as pdf - 10 February 2015",
         ("Single inspection of LA children's services", "2015-02-10")),
        ("Joint area review - progress inspection, PDF \u2013 1 May 2009",
         ("Joint area review - progress inspection", "2009-05-01")),
        ("Children's services inspection", ("Children's services inspection", None)),
        ("Children's services inspection, PDF, 2 MB", ("Children's services inspection", None)),
        ("Children's services inspection (PDF, 2.4 MB, 12/07/2024)", ("Children's services inspection", "2024-07-12")),
        ("CHILDREN'S SERVICES INSPECTION, PDF - 12TH JULY 2024", ("CHILDREN'S SERVICES INSPECTION", "2024-07-12")),
        ("Inspection of 10 June 2024, pdf, published 12 July 2024", ("Inspection of 10 June 2024", "2024-07-12")),
        ("Children's services inspection, pdf - 31 June 2024", ("Children's services inspection", None)),
    ],
)  # fmt: skip
def test_label(label: str, expected: tuple[str, str | None]) -> None:
    assert split_label(label) == expected


def test_kinds_are_told_apart_whatever_case_spaces_and_apostrophes() -> None:
    assert report_type("CHILDREN\u2019S  services\nFocused visit") == "focused_visit"
    assert report_type("Inspection of local authority children\u2019s services") == "inspection"
    assert report_type("Annual letter") == "other"


def test_file_ids_of_other_shapes_are_refused() -> None:
    assert file_key("https://files.ofsted.gov.uk/v1/file/abc") is None
    assert file_key("https://reports.ofsted.gov.uk/provider/44/80461") is None
