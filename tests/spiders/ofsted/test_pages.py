"""Ofsted's pages read from saved examples: goldens for breadth, named asserts for what matters."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from spiders.http.errors import PageError
from spiders.ofsted.labels import file_key, iso_date, report_type, split_label
from spiders.ofsted.pages import Provider, parse_listing, parse_provider

PAGES = Path(__file__).parent / "pages"
URL = "https://reports.ofsted.gov.uk/provider/44/80461"


def read(name: str) -> str:
    return (PAGES / f"{name}.html").read_text(encoding="utf-8")


@pytest.fixture
def provider() -> Provider:
    return parse_provider(read("provider"), URL)


@pytest.mark.parametrize("name", sorted(path.stem for path in PAGES.glob("*.html")))
def test_saved_page(name: str) -> None:
    """A missing golden is written, and fails once so that a person reads it."""
    text = read(name)
    parsed: Any = parse_listing(text) if name.startswith("listing") else parse_provider(text, URL)
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


def test_rows_without_urn_link_or_date_are_problems_and_the_others_are_read() -> None:
    listing = parse_listing(read("listing_bad_rows"))
    assert [row.urn for row in listing.rows] == ["80500"]
    assert (listing.received, len(listing.problems)) == (4, 3)


def test_a_page_without_a_count_is_no_listing() -> None:
    with pytest.raises(PageError, match="no count of results"):
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
    assert "file 50236666: its label is dated 2024-01-09, the entry 2024-01-10" in provider.notes


def test_an_unknown_kind_is_kept_and_named(provider: Provider) -> None:
    assert 'file 50235555: unknown kind of report "Thematic letter"' in provider.notes


def test_opened_and_closed_are_not_reports(provider: Provider) -> None:
    assert provider.problems == ()


def test_no_reports_is_believed_only_where_the_page_says_so() -> None:
    assert parse_provider(read("provider_no_reports"), URL).entries == ()
    with pytest.raises(PageError, match="does not say that there are none"):
        parse_provider(read("provider_no_reports").replace("There are no reports", "Reports"), URL)


def test_every_entry_that_cannot_be_read_is_a_problem() -> None:
    problems = parse_provider(read("provider_bad_entries"), URL).problems
    assert len(problems) == 5
    for words in ("without a file id", "no date", "other facts", "not laid out as reports", "no link"):
        assert any(words in problem for problem in problems), words


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("title-block__heading", "page-title", "no heading"),
        ("URN: 80461", "", "no heading with a council's name and URN"),
        ("provider--la", "provider--school", "not laid out as a local authority's"),
        ("publication-link", "document-link", "no report was found"),
    ],
)
def test_a_page_that_is_not_a_councils_is_refused(old: str, new: str, reason: str) -> None:
    with pytest.raises(PageError, match=reason):
        parse_provider(read("provider").replace(old, new), URL)


@pytest.mark.parametrize("text", ["", "   ", "<!-- nothing -->", "\x00\x01\x02"])
def test_what_is_no_page_is_refused(text: str) -> None:
    for parse in (lambda: parse_listing(text), lambda: parse_provider(text, URL)):
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
    ],
)  # fmt: skip
def test_label(label: str, expected: tuple[str, str | None]) -> None:
    assert split_label(label) == expected


def test_kinds_are_told_apart_whatever_case_spaces_and_apostrophes() -> None:
    assert report_type("CHILDREN\u2019S  services\nFocused visit") == "focused_visit"
    assert report_type("Inspection of local authority children\u2019s services") == "inspection"
    assert report_type("Annual letter") == "other"


def test_file_ids_and_dates_of_other_shapes_are_refused() -> None:
    assert file_key("https://files.ofsted.gov.uk/v1/file/abc") is None
    assert file_key("https://reports.ofsted.gov.uk/provider/44/80461") is None
    assert [iso_date(text) for text in ("31 June 2024", "June 2024", "2024-06-01", "1 Juni 2024", "")] == [None] * 5
