"""Harmless changes of a council's page and of the listing: read as before, whatever classes, tags and words they have.

And changes that are not harmless: another council's page, or one with nothing that could be a timeline.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from spiders.http.errors import PageError
from spiders.ofsted.pages import Expected, Provider, parse_provider
from spiders.ofsted.results import Listing, parse_listing

URL = "https://reports.ofsted.gov.uk/provider/44/80461"
DEVON = Expected("80461", ["Devon"], ["Cornwall", "Torbay", "Plymouth"])
PAGE = (Path(__file__).parent / "pages" / "provider.html").read_text(encoding="utf-8")
NONE = (Path(__file__).parent / "pages" / "provider_no_reports.html").read_text(encoding="utf-8")
Change = Callable[[str], str]


def swap(*pairs: tuple[str, str]) -> Change:
    """Replace each first text by the second; each must occur."""

    def change(text: str) -> str:
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new)
        return text

    return change


def pattern(old: str, new: str, flags: re.RegexFlag = re.NOFLAG) -> Change:
    """Replace what a pattern finds; it must find something."""

    def change(text: str) -> str:
        changed, count = re.subn(old, new, text, flags=flags)
        assert count
        return changed

    return change


def each(*changes: Change) -> Change:
    def change(text: str) -> str:
        for one in changes:
            text = one(text)
        return text

    return change


def tag(old: str, new: str) -> Change:
    return pattern(rf"<(/?){old}\b", rf"<\g<1>{new}")


renamed = pattern(r'class="([^"]*)"', lambda m: f'class="{" ".join("x" + w[::-1] for w in m[1].split())}"')  # type: ignore[arg-type]
no_classes = pattern(r' class="[^"]*"', "")
upper_labels = pattern(
    r"([^<>]+?),? +(?:as )?pdf - (\d+ \w+ \d{4})<", lambda m: f"{m[1].upper()}, PDF - {m[2].upper()}<"
)  # type: ignore[arg-type]

HARMLESS: dict[str, Change] = {
    "other class of the wrapper": swap(("provider--la", "provider--default")),
    "no wrapper class at all": swap((' class="provider provider--la"', "")),
    "no URN below the heading": swap((">URN: 80461<", "><")),
    "URN in a list of details": swap((">URN: 80461<", "><dl><dt>URN</dt><dd>80461</dd></dl><")),
    "URN in brackets": swap(("URN: 80461", "Unique reference number (URN): 80461")),
    "classes renamed everywhere": renamed,
    "classes and URN gone": each(renamed, swap(("URN: 80461", ""))),
    "no classes": no_classes,
    "h2 for h1": tag("h1", "h2"),
    "h2 for h1 without classes": each(no_classes, tag("h1", "h2")),
    "no heading but the title": pattern("<h1.*?</h1>", ""),
    "no title": pattern("<title>.*?</title>", ""),
    "a general title": pattern("<title>.*?</title>", "<title>Find an Inspection Report - Ofsted</title>"),
    "a general heading": swap((">Devon</h1>", ">Local authority inspection reports</h1>")),
    "a longer heading": swap((">Devon</h1>", ">Devon County Council: children\u2019s services</h1>")),
    "heading says Open": swap((">Devon</h1>", ">Devon - Open</h1>")),
    "heading in capitals": swap((">Devon</h1>", ">DEVON</h1>")),
    "ul for ol": tag("ol", "ul"),
    "div for ol and li": each(tag("ol", "div"), tag("li", "div")),
    "div for ol and li without classes": each(no_classes, tag("ol", "div"), tag("li", "div")),
    "section and article": each(tag("ol", "section"), tag("li", "article")),
    "a table": each(no_classes, tag("ol", "table"), tag("li", "tr")),
    "wrappers": swap(("<li ", "<li><div><div "), ("</li>", "</div></div></li>")),
    "wrappers of the links": swap(("<a ", "<b><i><a "), ("</a>", "</a></i></b>")),
    "no main": tag("main", "div"),
    "relative links": swap(("https://files.ofsted.gov.uk/v1/file/", "/files/v1/file/")),
    "http": swap(("https://files", "http://files")),
    "trailing slash": pattern(r"(/v1/file/\d+)", r"\1/"),
    "query on links": pattern(r"(/v1/file/\d+)(\?download=1)?", r"\1?utm_source=site&amp;v=2"),
    "fragment on links": pattern(r"(/v1/file/\d+)(\?download=1)?", r"\1#page=1"),
    "short file links": pattern(r"https://files[.a-z]*/v1/file/", "/file/"),
    "file name behind the id": pattern(r"(/v1/file/\d+)", r"\1/report.pdf"),
    "nbsp in dates": pattern(r"(\d{1,2}) (\w+) (20\d\d)", "\\1&nbsp;\\2&nbsp;\\3"),
    "ordinal dates": pattern(r"(\d{1,2}) (\w+) (20\d\d)", r"\1th \2 \3"),
    "weekdays": pattern(r"(\d{1,2} \w+ 20\d\d)", r"Friday \1"),
    "months in capitals": pattern(r"(\d{1,2}) (\w+) (20\d\d)", lambda m: m[0].upper()),  # type: ignore[arg-type]
    "short months": pattern(r"(\d{1,2} [A-Z][a-z][a-z])[a-z]* (20\d\d)", r"\1 \2"),
    "PDF in capitals": swap((", pdf -", ", PDF -")),
    "dash instead of hyphen": swap((", pdf -", ", pdf \u2013")),
    "PDF in brackets with size": pattern(r", +pdf - (\d+ \w+ \d{4})", r" (PDF, 2 MB) - \1"),
    "size before the date": pattern(r", +pdf - (\d+ \w+ \d{4})", r", PDF, 245 KB, \1"),
    "label after the link's end": pattern(r"\s*<span class=\"nonvisual\">([^<]*)</span></a>", r"</a> <span>\1</span>"),
    "comments and scripts": swap(("<li ", "<!-- <a href='/file/1'>x</a> --><script>var a = '/file/2'</script><li ")),
    "a file in the footer": swap(("&copy;", '<a href="https://files.ofsted.gov.uk/v1/file/50999999">Privacy</a>')),
    "a PDF that is no report": swap(("</div></div></main>", '<a href="/guide/how.pdf">Guide</a></div></div></main>')),
    "newest report also in a box": swap(
        ("<ol class=\"timeline nonlist\">\n<li", '<div><h2>Latest inspection</h2><a href="/file/50254001">'
         'Children\u2019s services inspection</a></div><ol class="timeline nonlist">\n<li')
    ),
    "a predecessor": swap((
        '<li class="timeline__day timeline__day--opened">',
        '<li class="timeline__day"><div class="event">Predecessor: Old Devon, URN: 80999</div></li>'
        '<li class="timeline__day timeline__day--opened">',
    )),
}  # fmt: skip
"""Each change by what it is. The facts of every report stay the same."""


def facts(page: Provider) -> list[tuple[str, str | None, str, str | None]]:
    return [(e.key, e.published, e.report_type, e.inspection_date) for e in page.entries]


@pytest.mark.parametrize("name", HARMLESS)
def test_a_harmless_change_is_read_as_before(name: str) -> None:
    default = parse_provider(PAGE, URL, DEVON)
    page = parse_provider(HARMLESS[name](PAGE), URL, DEVON)
    assert facts(page) == facts(default)
    assert [e.title.casefold() for e in page.entries] == [e.title.casefold() for e in default.entries]
    assert page.lost == ()


def undated(text: str) -> str:
    return re.sub(r", +pdf - \d+ \w+ \d{4}<", ", PDF<", text, flags=re.I)


def test_a_label_without_a_date_takes_that_of_its_entry_or_none() -> None:
    dated = {e.key: e.published for e in parse_provider(PAGE, URL, DEVON).entries}
    page = parse_provider(undated(PAGE), URL, DEVON)
    taken = {e.key: e.published for e in page.entries}
    only_labelled, contradicted = "50237777", "50236666"
    assert (taken.pop(only_labelled), taken.pop(contradicted)) == (None, "2024-01-10")
    assert taken == {key: day for key, day in dated.items() if key in taken}
    assert "reports without a date of publication: 1 (file 50237777)" in page.notes
    assert any(note.startswith("labels without a date: 8 (") for note in page.notes)


@pytest.mark.parametrize(
    "time",
    [
        '<time datetime="2024-07-12">last week</time>',
        '<time datetime="2024-07-12T09:30:00+01:00" pubdate>12 July</time>',
        "<time>Friday 12th July 2024</time>",
        "<p>Published on 12/07/2024</p>",
        '<meta itemprop="datePublished" content="2024-07-12">',
    ],
)
def test_the_day_of_an_entry_in_every_form(time: str) -> None:
    text = swap(("Published <time pubdate>12 July 2024</time>", time))(undated(PAGE))
    first = parse_provider(text, URL, DEVON).entries[0]
    assert (first.published, first.inspection_date) == ("2024-07-12", "2024-06-10")


def test_a_date_that_is_none_costs_that_date_only() -> None:
    text = swap(
        ("pdf - 30 January 2024", "pdf - 31 February 2024"), ("<time>10 June 2024", "<time>10 to 14 June 2024")
    )(PAGE)
    page = parse_provider(text, URL, DEVON)
    assert [e.published for e in page.entries].count(None) == 1
    assert [e.inspection_date for e in page.entries].count(None) == 2
    assert any("days of the inspection that are no date: 1" in note for note in page.notes)


def test_a_link_that_says_only_download_takes_the_name_of_its_entry() -> None:
    entry = (
        "<li><h3>Children's services focused visit</h3><p>5 March 2024</p>"
        '<a href="/file/50270001">Download (PDF, 2 MB)</a><p>Published: 2 April 2024</p></li>'
    )
    text = f"<title>Devon - Open - Ofsted</title><main><h1>Devon</h1><ul>{entry}</ul></main>"
    [found] = parse_provider(text, URL, DEVON).entries
    assert (found.title, found.report_type) == ("Children's services focused visit", "focused_visit")
    assert (found.key, found.published, found.inspection_date) == ("50270001", "2024-04-02", "2024-03-05")


REMARKED = {
    "other class of the wrapper": 'the page has no class "provider--la"',
    "no URN below the heading": "the page has no URN below its heading",
    "PDF in capitals": 'labels with "PDF" in capitals: 6',
    "classes renamed everywhere": 'links to files without the class "publication-link": 9',
}


@pytest.mark.parametrize("name", REMARKED)
def test_a_harmless_change_is_remarked_with_its_count(name: str) -> None:
    assert any(REMARKED[name] in note for note in parse_provider(HARMLESS[name](PAGE), URL, DEVON).notes)
    assert not any(REMARKED[name] in note for note in parse_provider(PAGE, URL, DEVON).notes)


ANOTHERS = {
    "its URN": swap(("URN: 80461", "URN: 80455")),
    "its name and URN": swap(("URN: 80461", "URN: 80455"), ("Devon", "Cornwall")),
    "its name without a URN": swap(("URN: 80461", ""), (">Devon</h1>", ">Cornwall</h1>")),
    "its name in the title, without a URN": swap(
        ("URN: 80461", ""), (">Devon</h1>", "></h1>"), ("Devon - Open", "Torbay")
    ),
    "its name with our URN": swap((">Devon</h1>", ">Cornwall Council - Open</h1>")),
    "an unknown name without a URN": swap(("URN: 80461", ""), (">Devon</h1>", ">Somerset</h1>")),
    "its name without classes": each(swap(("URN: 80461", ""), (">Devon</h1>", ">Cornwall</h1>")), no_classes),
    "its URN in a list of details": swap(("URN: 80461", "<dl><dt>URN</dt><dd>80455</dd></dl>")),
    "its canonical address": swap(
        (">URN: 80461<", "><"), ("</title>", '</title><link rel="canonical" href="https://x.uk/provider/44/80455">')
    ),
}


@pytest.mark.parametrize("name", ANOTHERS)
def test_a_page_that_shows_another_council_is_refused(name: str) -> None:
    with pytest.raises(PageError, match=r"the page should (be that of Devon|show URN 80461)") as refused:
        parse_provider(ANOTHERS[name](PAGE), URL, DEVON)
    assert refused.value.outcome == "invalid"
    assert 'the page begins "' in refused.value.reason


def framed(heading: str, words: str, title: str = "Devon - Open - Find an Inspection Report - Ofsted") -> str:
    """A page in the site's own layout, without a timeline."""
    return (
        f"<html><head><title>{title}</title></head><body><header>Ofsted homepage</header>"
        f'<main id="main"><h1 class="title-block__heading">{heading}</h1><p>URN: 80461</p><p>{words}</p></main>'
        '<footer><a href="/v1/file/50999999">Privacy, pdf - 1 May 2024</a></footer></body></html>'
    )


NOTHING = {
    "maintenance": ("invalid", framed("Devon", "We are carrying out maintenance. Reports are not available today.")),
    "maintenance and an empty timeline": (
        "invalid",
        framed("Devon", '<ol class="timeline"></ol>Please try again later.'),
    ),
    "something went wrong": ("invalid", framed("Sorry", "Something went wrong. No reports can be shown.")),
    "a shell": ("invalid", framed("Devon", '<div id="app"></div>')),
    "a notice": ("invalid", framed("Devon", "This site has moved.")),
    "a challenge": ("blocked", framed("Devon", "Checking your browser before you go on to the site.")),
    "a challenge without a title": ("blocked", "<html><body><p>Please verify you are human.</p></body></html>"),
    "a challenge in a frame": ("blocked", framed("Ofsted", "Confirm that you are not a robot", "Ofsted")),
    "a page that names nobody": ("invalid", "<main><h1>Reports</h1><p>There are no reports.</p></main>"),
}


@pytest.mark.parametrize("name", NOTHING)
def test_a_page_with_nothing_that_could_be_a_timeline_is_refused(name: str) -> None:
    outcome, text = NOTHING[name]
    with pytest.raises(PageError) as refused:
        parse_provider(text, URL, DEVON)
    assert refused.value.outcome == outcome
    assert "no timeline was found on the page" in refused.value.reason
    assert 'the page begins "' in refused.value.reason


def test_a_refusal_shows_the_first_200_characters() -> None:
    with pytest.raises(PageError) as refused:
        parse_provider(framed("Devon", "word " * 400), URL, DEVON)
    assert refused.value.reason.endswith(('the page begins "' + "Devon URN: 80461 " + "word " * 400)[:217] + '"')


@pytest.mark.parametrize(
    "change",
    [
        swap(("There are no reports for this provider.", "No inspection reports have been published yet.")),
        swap(("There are no reports for this provider.", "This authority has not yet been inspected.")),
        swap(('<div class="panel panel--no-report"><p>There are no reports for this provider.</p></div>', "")),
        each(no_classes, swap(("URN: 2999001", ""), ("There are no reports", "We hold no reports"))),
    ],
)
def test_a_page_without_reports_is_believed_in_other_words(change: Change) -> None:
    page = parse_provider(change(NONE), URL, Expected("2999001", ["Surrey East"]))
    assert page.entries == ()
    assert any("in other words than the known ones" in note for note in page.notes)


def test_a_timeline_of_which_no_entry_can_be_read_is_refused() -> None:
    broken = pattern(r'href="[^"]*"', 'href="/nowhere"')(PAGE)
    with pytest.raises(PageError, match=r"no report could be read on the page \(9 entries cannot be read"):
        parse_provider(broken, URL, DEVON)


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
