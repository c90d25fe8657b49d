"""`check --probe` on the replica: Ofsted's pages in every markup, a source that refuses, one behind a challenge, one
that moved. Each line is true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.config.file import Config, load
from monitor.crawl.forked import ForkedCrawls
from monitor.crawl.probe import Probed, probe
from soak.replica import Replica
from soak.watched import configure

pytestmark = pytest.mark.corpus
CMIS = """
[http]
contact = "tests@localhost"
delay = 0
[watch]
councils = ["Birmingham"]
[councils."Birmingham"]
committee_base_url = "{address}/cmis/birmingham"
committee_alt_urls = ""
"""
NOON = datetime(2024, 5, 16, 12, tzinfo=UTC)
REMARKS = {
    "default": None,
    "no_la_class": 'the page has no class "provider--la"',
    "no_urn_subheading": "the page has no URN below its heading",
    "list_open": None,
}
"""What is said of Devon's page in each markup."""


@pytest.fixture(scope="module")
def running(shared: Path) -> Iterator[Replica]:
    assert shared.is_dir()
    with Replica("2024-05-16") as made:
        yield made


@pytest.fixture
def site(running: Replica) -> Iterator[Replica]:
    yield running
    running.control(clear_faults=True, options={"markup": "default", "disallow": []})


@pytest.fixture(scope="module")
def forks() -> ForkedCrawls:
    return ForkedCrawls()


@pytest.fixture(autouse=True)
def from_the_fork_server(forks: ForkedCrawls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.crawl.probe.crawl", forks.crawl)


def look(config: Config, source: str, name: str) -> Probed:
    """What one council's target of a source answered."""
    [found] = [p for p in probe(config, source, [config.registry.get(name)], NOON) if p.council == name]
    return found


@pytest.mark.parametrize("markup", REMARKS)
def test_ofsteds_page_is_recognised_in_every_markup(markup: str, tmp_path: Path, site: Replica) -> None:
    site.control(options={"markup": markup})
    found = look(configure(tmp_path, site.address, "Devon"), "ofsted", "Devon")
    assert (found.outcome, found.detail, found.records) == ("ok", REMARKS[markup], 4)
    assert "its page with 4 reports; the newest is of 15 July 2021" in found.recognised
    assert sum("PDF" in sentence for sentence in found.recognised) == 3


@pytest.mark.parametrize("markup", ["label_case", "count_text", "mixed"])
def test_all_councils_are_recognised_in_markups_that_differ_by_page(markup: str, tmp_path: Path, site: Replica) -> None:
    site.control(options={"markup": markup})
    found = list(probe(configure(tmp_path, site.address), "ofsted", [], NOON))
    assert {p.outcome for p in found} == {"ok"}
    assert len(found) == 154
    [listing] = [p for p in found if p.council is None]
    assert listing.recognised == ("a list of 153 councils; the newest report is of 16 May 2024",)


def test_nothing_is_kept(tmp_path: Path, site: Replica) -> None:
    look(configure(tmp_path, site.address, "Devon"), "ofsted", "Devon")
    assert {p.name for p in tmp_path.iterdir()} == {"config.toml", "councils.csv"}


@pytest.mark.parametrize(
    ("fault", "source", "outcome", "words"),
    [
        ("403", "moderngov", "blocked", "Access denied"),
        ("challenge200", "newsroom", "blocked", "challenge page"),
        ("layout_change", "ofsted", "ok", "without the class"),
        ("500", "newsroom", "error", "500"),
        ("redirect_private", "newsroom", "invalid", "10.255.255.1"),
        ("garbage", "moderngov", "invalid", "mgRss.aspx"),
    ],
)
def test_what_is_amiss_is_named(
    fault: str, source: str, outcome: str, words: str, tmp_path: Path, site: Replica
) -> None:
    config = configure(tmp_path, site.address, "Devon")
    site.fault("/moderngov/|/news/|provider", fault)
    found = look(config, source, "Devon")
    assert (found.outcome, words in (found.detail or "")) == (outcome, True), found.detail


def test_a_site_that_forbids_programs_is_left_alone(tmp_path: Path, site: Replica) -> None:
    site.control(options={"disallow": ["/news/"]})
    found = look(configure(tmp_path, site.address, "Devon"), "newsroom", "Devon")
    assert (found.outcome, found.recognised) == ("blocked", ())
    assert "robots.txt does not allow it" in (found.detail or "")


def test_a_feed_that_moved_is_followed(tmp_path: Path, site: Replica) -> None:
    found = look(configure(tmp_path, site.address, "Wiltshire"), "newsroom", "Wiltshire")
    assert found.outcome == "ok"
    assert found.recognised[0].startswith("/news/wiltshire/feed leads to ")


def test_a_site_gives_a_sample_of_its_meetings(tmp_path: Path, site: Replica) -> None:
    """A council has some two hundred in the window; a first contact opens three."""
    site.forget()
    found = look(configure(tmp_path, site.address, "Devon"), "moderngov", "Devon")
    assert sum(sentence.startswith("meeting ") for sentence in found.recognised) == 3
    assert found.requests < 15


def test_a_cmis_site_is_recognised_from_its_calendar_to_its_meetings(tmp_path: Path, site: Replica) -> None:
    path = tmp_path / "config.toml"
    path.write_text(CMIS.format(address=site.address), encoding="utf-8")
    found = look(load(path), "cmis", "Birmingham")
    assert (found.outcome, found.detail) == ("ok", None)
    calendar, listed, *months = found.recognised[:4]
    assert calendar.startswith("its calendar, whose months are at ")
    assert listed == "a list of 4 meetings"
    assert [month[:25] for month in months] == ["the month from 2024-03-01", "the month from 2024-05-01"]
    assert sum(sentence.startswith("meeting ") for sentence in found.recognised) == 3
