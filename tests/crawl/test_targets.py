"""What each source covers, as it is configured."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from monitor.crawl import targets as crawl_targets
from monitor.model.reach import Reach, Shows
from monitor.model.state import SEARCH
from tests.configured import configured

TODAY = date(2026, 11, 22)


def test_the_registry_gives_each_council_its_committee_system(tmp_path: Path) -> None:
    config = configured(tmp_path, "[sources.moderngov]\n[sources.cmis]\n[sources.newsroom]\n")
    by_source = {name: crawl_targets.of(config, name, TODAY) for name in ("ofsted", "moderngov", "cmis", "newsroom")}
    assert [len(by_source[name].targets) for name in ("ofsted", "moderngov", "cmis")] == [153, 136, 12]
    devon = by_source["moderngov"].targets["80461"]
    assert (devon.url, devon.name) == ("https://democracy.devon.gov.uk", "the committee papers of Devon")
    assert not set(by_source["moderngov"].targets) & set(by_source["cmis"].targets)
    assert all(spec.url for spec in by_source["newsroom"].targets.values())


def test_a_new_council_is_six_lines_of_toml(tmp_path: Path) -> None:
    config = configured(
        tmp_path,
        '[councils."Hartlepool"]\n'
        'committee_system = "ModernGov"\n'
        'committee_base_url = "https://hartlepool.moderngov.example"\n'
        'committee_alt_urls = "https://democracy.hartlepool.example"\n'
        'news_feed_url = "https://hartlepool.example/feed"\n'
        'newsroom_url = "https://hartlepool.example/news"\n'
        "[sources.moderngov]\n[sources.newsroom]\n",
    )
    urn = config.registry.get("Hartlepool").ofsted_urn
    spec = crawl_targets.of(config, "moderngov", TODAY).targets[urn]
    assert spec.url == "https://hartlepool.moderngov.example"
    assert spec.options == {"alternatives": ["https://democracy.hartlepool.example"]}
    assert crawl_targets.of(config, "newsroom", TODAY).targets[urn].url == "https://hartlepool.example/feed"


def test_some_councils_narrow_what_is_by_council_and_nothing_else(tmp_path: Path) -> None:
    text = '[sources.moderngov]\n[sources.press]\nsites = [{name = "A", url = "https://a.example/feed"}]\n'
    config = configured(tmp_path, text)
    devon = [config.registry.get("Devon")]
    committees, press = (crawl_targets.of(config, name, TODAY, devon) for name in ("moderngov", "press"))
    assert (list(committees.targets), committees.reach) == (["80461"], Reach.SOME)
    assert (list(press.targets), press.reach.whole) == (["A"], True)


def test_a_page_and_a_listing_bring_what_their_spiders_need(tmp_path: Path) -> None:
    config = configured(
        tmp_path,
        '[sources.press]\nsites = [{name = "Paper", url = "https://p.example/news", listing = true}]\n'
        '[[sources.page]]\nname = "Board"\nurl = "https://b.example"\nselector = "main ul"\nschedule = "0 8 * * mon"\n'
        'items = "li"\nkey = "a::attr(href)"\n',
    )
    assert crawl_targets.of(config, "press", TODAY).targets["Paper"].options == {"listing": True}
    board = crawl_targets.of(config, "page", TODAY)
    assert board.targets["Board"].options == {"selector": "main ul", "items": "li", "key": "a::attr(href)"}
    assert (board.title, board.shows, board.expected) == ("Watched pages", Shows.RECENT, ["Board"])


PAGE = '[[sources.page]]\nname = "{0}"\nurl = "https://{1}.example"\nselector = "main"\nschedule = "{2}"\n'


def test_all_pages_are_one_source_and_one_page_is_a_part_of_it(tmp_path: Path) -> None:
    pages = [("Board", "b"), ("News, Views", "n"), ("quarantine", "q")]
    config = configured(tmp_path, "".join(PAGE.format(name, host, "0 8 * * *") for name, host in pages))
    whole = crawl_targets.of(config, "page", TODAY)
    assert (whole.source, whole.expected, whole.reach.whole) == ("page", ["Board", "News, Views", "quarantine"], True)
    one = crawl_targets.of(config, "page.News, Views", TODAY)
    assert (one.source, one.expected, one.reach.whole) == ("page", ["News, Views"], False)
    some = crawl_targets.of(config, "page", TODAY, targets=["Board", "one that was taken out"])
    assert (some.expected, some.reach.whole) == (["Board"], False)


def test_people_are_told_of_a_target_by_a_name(tmp_path: Path) -> None:
    config = configured(tmp_path, "[sources.moderngov]\n")
    ofsted, committees = crawl_targets.of(config, "ofsted", TODAY), crawl_targets.of(config, "moderngov", TODAY)
    assert ofsted.name("80461") == "Ofsted's page of Devon"
    assert ofsted.name(SEARCH) == "the listing of Ofsted's reports"
    assert committees.title == "Committee papers (ModernGov)"
    assert committees.name("") != committees.title
    assert "listing" not in committees.name(SEARCH)
    assert ofsted.expected[0] == SEARCH
