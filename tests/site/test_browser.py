"""The site in a real browser: nothing that axe finds, nothing that scrolls sideways, everything by keyboard, without
JavaScript, and without a request to anybody else.

Needs Chromium (Debian's package) and axe-core (`npm pack axe-core`, or `npm install axe-core` in the project's folder);
`OFSTED_WATCH_AXE` names its `axe.min.js`. Without them these tests are skipped and say so.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from monitor.query import matches, parse
from monitor.service.port import Port
from monitor.site import search
from monitor.site.serving import application
from monitor.wording.text import one_line
from tests.service.free_port import free_address
from tests.site.browser import CHROMIUM, Browser

ROOT = Path(__file__).resolve().parents[2]
AXE = Path(os.environ.get("OFSTED_WATCH_AXE") or ROOT / "node_modules/axe-core/axe.min.js")
WIDTHS = (320, 768, 1280)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = ("", "areas/help-and-protection/", "councils/", "councils/devon/", "councils/torbay/", "councils/camden/",
         "letters/", "letters/50000002/", "letters/50000006/", "moves/", "due/", "meetings/", "search/",
         "search/?q=permanence", "health/",
         "data/", "nothing/")  # fmt: skip
TO_THE_RIGHT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
REACHABLE = "a[href], button, input, select, summary, [tabindex='0']"
UNREACHED = f"""
[...document.querySelectorAll({json.dumps(REACHABLE)})].filter(e => e.checkVisibility({{visibilityProperty: true}}))
  .filter(e => {{ e.focus(); return document.activeElement !== e; }}).map(e => e.outerHTML.slice(0, 200))
"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
needs_axe = pytest.mark.skipif(
    not AXE.is_file(), reason=f"axe-core is not at {AXE}; set OFSTED_WATCH_AXE to axe.min.js"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A copy of the site, with an index where Pagefind is installed, served as `run` serves it."""
    folder = tmp_path_factory.mktemp("served") / "site"
    shutil.copytree(site, folder)
    if search.available():
        assert search.index(folder)
    found = free_address()
    port = Port(found, application(folder))
    yield f"http://{found}/"
    port.stop()


@needs_axe
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser: Browser, address: str, width: int, dark: bool) -> None:
    axe, found = AXE.read_text(encoding="utf-8"), {}
    for page in PAGES:
        browser.open(address + page, width=width, dark=dark)
        if "?q=" in page and search.available():
            waited(browser, ENDED)
        browser.evaluate(axe)
        answer = browser.evaluate(f"axe.run({{runOnly: {json.dumps(RULES)}}})")
        assert answer["passes"], page
        wrong = [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in answer["violations"]]
        found |= {page: wrong} if wrong else {}
        assert browser.evaluate(TO_THE_RIGHT) <= 0, f"{page} scrolls sideways at {width}"
    assert found == {}


def test_no_request_leaves_the_host_and_no_policy_is_broken(browser: Browser, address: str) -> None:
    browser.requests.clear()
    browser.remarks.clear()
    for page in PAGES[:-1]:
        browser.open(address + page)
    assert {f"http://{host}/" for host in browser.hosts()} == {address}
    assert browser.remarks == []


@pytest.mark.parametrize("page", PAGES)
def test_everything_is_reached_by_keyboard(browser: Browser, address: str, page: str) -> None:
    browser.open(address + page)
    assert browser.evaluate(UNREACHED) == []
    browser.open(address + page)
    browser.press("Tab", 9)
    assert browser.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert browser.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    browser.press("Enter", 13)
    assert browser.evaluate("location.hash") == "#main"


def test_a_year_of_the_map_is_chosen_by_keyboard_without_scripts(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    browser.open(address, scripts=False)
    shown = "[...document.querySelectorAll('.years figure')].filter(f => f.checkVisibility()).length"
    browser.open(address)
    assert browser.evaluate("document.querySelectorAll('script').length") == 0
    browser.evaluate("document.querySelector('#now').focus()")
    browser.press("ArrowLeft", 37)
    assert browser.evaluate("document.querySelector('.years :checked').id") == "y2025"
    assert browser.evaluate(shown) == 1


@pytest.mark.parametrize("width", WIDTHS)
def test_no_figure_of_a_table_is_broken_over_two_lines(browser: Browser, address: str, width: int) -> None:
    broken = """[...document.querySelectorAll('td.num, .waits td:nth-child(3)')].filter(e => {
        const words = document.createRange(); words.selectNodeContents(e); return words.getClientRects().length > 1 })
        .map(e => e.textContent)"""
    for page in ("", "due/", "moves/"):
        browser.open(address + page, width=width)
        browser.evaluate("document.querySelectorAll('td.num').forEach(e => { e.textContent = '1,267' })")
        assert browser.evaluate(broken) == [], page


@pytest.mark.parametrize("page", PAGES)
def test_it_reads_the_same_without_scripts(browser: Browser, address: str, page: str) -> None:
    browser.open(address + page, scripts=False, width=768)
    words = browser.evaluate("document.querySelector('main').innerText")
    assert len(words) > 40, page
    if page.startswith("search/"):
        assert "needs JavaScript" in words or "no search box" in words


needs_pagefind = pytest.mark.skipif(
    not search.available(), reason="Pagefind is not installed (the extra `site`: pip install 'ofsted-watch[site]')"
)
QUERIES = ("permanence planning", '"permanence planning"', "planning permanence late", "care", "leav*", "care -homes",
           "agency OR seen", "“agency staff”", "children's", "staff -agency OR alert")  # fmt: skip
SHOWN = "[...document.querySelectorAll('#hits p')].map(p => [p.firstChild.getAttribute('href'), p.textContent])"
HITS = "[...document.querySelectorAll('#hits p a')].map(a => a.getAttribute('href'))"
ENDED = "/ found\\.$/.test(document.querySelector('#found').textContent)"


@needs_pagefind
@pytest.mark.parametrize("words", QUERIES)
def test_the_search_finds_what_a_scan_of_all_text_finds(browser: Browser, address: str, site: Path, words: str) -> None:
    """By the rules of the command; what is shown stands in that paragraph, word for word."""
    browser.open(f"{address}search/?{urlencode({'q': words})}")
    assert waited(browser, ENDED)
    query = parse(words)
    wanted = [(place, text) for place, text in paragraphs(site) if matches(query, text)]
    shown = browser.evaluate(SHOWN)
    assert Counter(place for place, _ in shown) == Counter(place for place, _ in wanted)
    for place, said in shown:
        part = said.partition(": ")[2].removeprefix("… ").removesuffix(" …")
        assert any(part in one_line(text) for where, text in wanted if where == place), said
        assert said.isprintable()


def paragraphs(site: Path) -> Iterator[tuple[str, str]]:
    """Each paragraph of each letter, with the address of its page."""
    for twin in sorted(site.glob("letters/*/index.json")):
        for paragraph in json.loads(twin.read_text())["paragraphs"]:
            yield f"/letters/{twin.parent.name}/#page-{paragraph['page']}", paragraph["text"]


@needs_pagefind
def test_the_search_filters_and_runs_nothing_that_a_letter_says(browser: Browser, address: str) -> None:
    browser.remarks.clear()
    browser.open(f"{address}search/?q=alert&council=Devon")
    assert waited(browser, ENDED)
    assert browser.evaluate("[...document.querySelectorAll('#council option')].map(o => o.value)") == [
        "",
        "Devon",
        "Torbay",
    ]
    assert browser.evaluate(HITS) == ["/letters/50000002/#page-1"]
    assert browser.evaluate("document.querySelectorAll('#hits img, #hits script').length") == 0
    browser.open(f"{address}search/?q=alert&council=Torbay")
    assert waited(browser, ENDED)
    assert browser.evaluate(HITS) == []
    assert browser.remarks == []


def waited(browser: Browser, script: str) -> object:
    """What an expression gives as soon as it gives anything, within ten seconds."""
    until = f"""new Promise((done, fail) => {{ let left = 100; const look = () => {{ const found = {script};
      (found && (found.length === undefined || found.length)) ? done(found)
        : left-- ? setTimeout(look, 100) : fail('nothing came'); }}; look(); }})"""
    return browser.evaluate(until)
