"""Harmless changes of Ofsted's listing of councils: read as before, whatever classes, tags and words it has."""

from __future__ import annotations

import pytest

from spiders.http.errors import PageError
from spiders.ofsted.results import Listing, parse_listing
from tests.spiders.ofsted.changes import no_classes, swap

ROWS = [("80461", "Devon", "12 July 2024"), ("80455", "Cornwall", "1 March 2024"), ("80499", "Torbay", "")]


def listing(row: str, count: str, around: str = "<ul>{}</ul>") -> str:
    shown = (row.format(urn=u, name=n, latest=f"Latest report: {day}" if day else "") for u, n, day in ROWS)
    return f"<html><body><main><h2>{count}</h2>{around.format(''.join(shown))}<p>1 of 2</p></main></body></html>"


ROW = (
    '<li class="search-result"><h3><a href="/provider/44/{urn}">{name}</a></h3>'
    "<ul><li>{latest}</li><li>URN: {urn}</li></ul></li>"
)
CELLS = '<tr><td><a href="/provider/44/{urn}">{name}</a></td><td>{latest}</td></tr>'
DEFAULT = listing(ROW, '<strong class="results-count">3</strong> results')
COUNT = '<strong class="results-count">3</strong> results'
LISTINGS = {
    "default": DEFAULT,
    "count in a sentence": listing(ROW, '<b class="results-count">Showing 1 to 3 of 3 results</b>'),
    "count without its class": listing(ROW, "3 results"),
    "count of providers": listing(ROW, "We found 3 local authorities"),
    "range": listing(ROW, '<b class="results-count">1\u20133 of 3</b>'),
    "results: n": listing(ROW, "Results: 3"),
    "names with their status": listing(ROW.replace("{name}", "{name} - Open"), COUNT),
    "no classes": no_classes(listing(ROW, COUNT)),
    "divs": no_classes(listing(ROW, COUNT, "<div>{}</div>")).replace("<li", "<div").replace("</li", "</div"),
    "a table": listing(CELLS, COUNT, "<table>{}</table>"),
    "absolute links": listing(ROW.replace('"/prov', '"http://reports.ofsted.gov.uk/prov'), COUNT),
    "trailing slash and query": listing(ROW.replace('{urn}">', '{urn}/?from=search">'), COUNT),
    "no URN in words": listing(ROW.replace("<li>URN: {urn}</li>", ""), COUNT),
    "capitals and ordinals": swap(("12 July 2024", "12TH JULY 2024"), ("Latest r", "LATEST R"))(DEFAULT),
    "date in a time element": swap(("12 July 2024", "<b><time>12&nbsp;July&nbsp;2024</time></b>"))(DEFAULT),
    "two links a row": listing(ROW.replace("</h3>", '</h3><a href="/provider/44/{urn}">View reports</a>'), COUNT),
}  # fmt: skip


@pytest.mark.parametrize("name", LISTINGS)
def test_a_listing_in_other_forms_is_read_as_before(name: str) -> None:
    found: Listing = parse_listing(LISTINGS[name])
    assert [(row.urn, row.name, row.latest, row.unread) for row in found.rows] == [
        ("80461", "Devon", "2024-07-12", None),
        ("80455", "Cornwall", "2024-03-01", None),
        ("80499", "Torbay", None, None),
    ]
    assert (found.total, found.received, found.lost) == (3, 3, ())


def test_a_listing_without_a_count_is_read_and_remarked() -> None:
    found = parse_listing(listing(ROW, "Councils"))
    assert (found.total, len(found.rows)) == (None, 3)
    assert found.notes == ("the search page has no count of results",)


def test_a_listing_that_is_a_challenge_is_a_block() -> None:
    with pytest.raises(PageError) as refused:
        parse_listing("<html><body><h1>Ofsted</h1><p>Checking your browser</p></body></html>")
    assert refused.value.outcome == "blocked"


def test_a_row_whose_urn_and_address_differ_is_told() -> None:
    found = parse_listing(LISTINGS["default"].replace("URN: 80455", "URN: 80999"))
    assert [row.urn for row in found.rows] == ["80461", "80499"]
    assert found.lost == ("row 2 (Cornwall) has the URN 80999 and leads to the page of 80455",)
