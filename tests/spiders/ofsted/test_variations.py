"""Harmless changes of a council's page: read as before, whatever classes, tags and words they have.

And changes that are not harmless: another council's page, or one with nothing that could be a timeline.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from spiders.http.errors import PageError
from spiders.ofsted.pages import Expected, Provider, parse_provider
from tests.spiders.ofsted.changes import Change, each, no_classes, pattern, swap, tag

URL = "https://reports.ofsted.gov.uk/provider/44/80461"
DEVON = Expected("80461", ["Devon"], ["Cornwall", "Torbay", "Plymouth"])
PAGE = (Path(__file__).parent / "pages" / "provider.html").read_text(encoding="utf-8")
NONE = (Path(__file__).parent / "pages" / "provider_no_reports.html").read_text(encoding="utf-8")
renamed = pattern(r'class="([^"]*)"', lambda m: f'class="{" ".join("x" + w[::-1] for w in m[1].split())}"')
upper_labels = pattern(
    r"([^<>]+?),? +(?:as )?pdf - (\d+ \w+ \d{4})<", lambda m: f"{m[1].upper()}, PDF - {m[2].upper()}<"
)

HARMLESS: dict[str, Change] = {
    "other class of the wrapper": swap(("provider--la", "provider--default")),
    "no wrapper class at all": swap((' class="provider provider--la"', "")),
    "no URN below the heading": swap((">URN: 80461<", "><")),
    "URN in a list of details": swap((">URN: 80461<", "><dl><dt>URN</dt><dd>80461</dd></dl><")),
    "URN in brackets": swap(("URN: 80461", "Unique reference number (URN): 80461")),
    "icons with words of their own": pattern(r"(<a [^>]*>)", r"\1<svg><title>pdf - 3 May 1999</title></svg>"),
    "another's URN where nobody sees it": swap(("<h1", "<noscript><p>URN: 80500</p></noscript><h1")),
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
    "months in capitals": pattern(r"(\d{1,2}) (\w+) (20\d\d)", lambda m: m[0].upper()),
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


ONE = {
    "a heading and a link that says only Download": (
        "<li><h3>Children's services focused visit</h3><p>5 March 2024</p>"
        '<a href="/file/50270001">Download (PDF, 2 MB)</a><p>Published: 2 April 2024</p></li>'
    ),
    "a card that is a link": (
        '<li><a href="/file/50270001"><h3>Children\u2019s services focused visit</h3>'
        "<p>Inspection date: 5 March 2024</p><p>Published: 2 April 2024</p></a></li>"
    ),
    "a label with the day of the inspection": (
        '<li><a href="/file/50270001">Children\'s services focused visit: 5 March 2024</a>'
        "<p>Inspected on 5 March 2024, published on 2 April 2024</p></li>"
    ),
    "divs beside a mark of the register": (
        '<div><div><time>5 March 2024</time><div><a href="/file/50270001">Children\'s services focused visit</a>'
        "<div>PDF - Published <time>2 April 2024</time></div></div></div>"
        "<div><div><time>1 April 1998</time> Opened</div></div></div>"
    ),
    "a row of a table": (
        "<table><tr><td>5 March 2024</td><td>Children's services focused visit</td>"
        '<td><a title="Children\'s services focused visit, pdf - 2 April 2024" href="/file/50270001">View</a></td>'
        "</tr></table>"
    ),
    "two links to the file": (
        "<li><time>5 March 2024</time><a href='/file/50270001'>Children's services focused visit</a>"
        "<a href='/file/50270001#page=1'>PDF, 2 MB</a><small>Published <time>2 April 2024</time></small></li>"
    ),
    "a raised ordinal": (
        "<li><time>5<sup>th</sup> March 2024</time><a href='//files.ofsted.gov.uk/v1/file/50270001'>"
        "Children's services focused visit, PDF - 2<sup>nd</sup> April 2024</a></li>"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ONE)
def test_a_single_entry_laid_out_otherwise(name: str) -> None:
    text = f"<title>Devon - Open - Ofsted</title><body><main><h1>Devon</h1>{ONE[name]}</main></body>"
    page = parse_provider(text, URL, DEVON)
    [found] = page.entries
    assert (found.title.replace("\u2019", "'"), found.report_type) == (
        "Children's services focused visit",
        "focused_visit",
    )
    assert (found.key, found.published, found.inspection_date) == ("50270001", "2024-04-02", "2024-03-05")
    assert page.lost == ()


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
