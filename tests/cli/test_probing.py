"""`check --probe` and `--capture` on made-up sites: each line is true and of use, and a capture becomes a test case."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from monitor.cli.faults import Misuse
from monitor.cli.probing import probe_lines, selection
from monitor.config.file import Config, load
from monitor.crawl.forked import ForkedCrawls
from tests.captures import __main__ as captures
from tests.command import Folder
from tests.spiders.council_site import Councils, an_install
from tests.spiders.site import Site, html

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
FEED = """<rss version="2.0"><channel><title>News</title><item><title>Ofsted praises our children's services</title>
<link>{base}/news/ofsted-praises</link><pubDate>Mon, 09 Mar 2026 09:00:00 GMT</pubDate>
<description>Inspectors visited in January.</description></item></channel></rss>"""
ARTICLE = "<html><title>Ofsted praises</title><body><article><h1>Ofsted praises</h1><p>{}</p></article></body></html>"
WORDS = "Ofsted inspectors judged children's services in Devon to be good after their visit in January. " * 5
CONFIG = """
[http]
contact = "probe@localhost"
delay = 0
timeout = 3
[watch]
councils = ["Devon"]
[sources.ofsted]
base_url = "{ofsted}"
[sources.moderngov]
[councils."Devon"]
committee_base_url = "{committees}"
committee_alt_urls = ""
news_feed_url = "{news}"
"""


@pytest.fixture(scope="session")
def forks() -> ForkedCrawls:
    return ForkedCrawls()


@pytest.fixture(autouse=True)
def from_the_fork_server(forks: ForkedCrawls, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interpreter of its own for each crawl would be most of a test's time."""
    monkeypatch.setattr("monitor.crawl.probe.crawl", forks.crawl)


@pytest.fixture
def ofsted() -> Iterator[Site]:
    with HTTPServer() as server:
        yield Site(server, {"80461": [("501", "2026-02-20", "Inspection of local authority children's services")]})


@pytest.fixture
def committees(httpserver: HTTPServer) -> Councils:
    base = httpserver.url_for("").rstrip("/")
    feed = Response(
        FEED.format(base=base), mimetype="application/rss+xml", headers={"Set-Cookie": "id=secret1; Path=/"}
    )
    answers = {"/news/feed": lambda _: feed, "/news/ofsted-praises": html(ARTICLE.format(WORDS))}
    return Councils(httpserver, {"one": an_install()}, answers)


@pytest.fixture
def config(tmp_path: Path, ofsted: Site, committees: Councils) -> Config:
    path = tmp_path / "config.toml"
    news = committees.server.url_for("/news/feed")
    path.write_text(CONFIG.format(ofsted=ofsted.url, committees=committees.url("one"), news=news), encoding="utf-8")
    return load(path)


def said(config: Config, capsys: pytest.CaptureFixture[str], *names: str, folder: Path | None = None) -> list[str]:
    probe_lines(config, names, folder, NOW)
    return capsys.readouterr().out.splitlines()


def test_each_line_says_what_was_recognised(config: Config, capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(config, capsys, "Devon")
    assert "Devon: Ofsted's reports (ofsted): ok, as expected" in lines
    assert "  recognised: its page with 1 report; the newest is of 20 February 2026" in lines
    assert "  recognised: 2 committees, such as “Children's Scrutiny & Families”" in lines
    assert any("meeting 12 (Children's Scrutiny & Families, 17 March 2026, Confirmed)" in line for line in lines)
    assert (
        "  recognised: 1 article that may be about an inspection, such as “Ofsted praises our children's services”"
        in lines
    )
    assert lines[-1] == "4 of 4 as expected"


def test_a_source_that_is_switched_off_is_looked_at_and_said_to_be_off(
    config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    [last] = [line for line in said(config, capsys, "newsroom") if "switched off" in line]
    assert "[sources.newsroom]" in last


@pytest.mark.parametrize(
    ("answer", "outcome", "words", "to_do"),
    [
        (html("<h1>Just a moment...</h1>"), "blocked, refused", "challenge page", "admit it by its user agent"),
        (html("", 403), "blocked, refused", "forbidden to us (403)", "admit it by its user agent"),
        (html("<h1>Page not found</h1>", 404), "missing, not there", "(404)", "where the page has gone"),
        (html("<h1>Our newsroom</h1>"), "invalid, not what was expected", "feed", "send a capture"),
        (html("<h1>Slim Application Error</h1>", 500), "error, no answer", "500", "look with a browser"),
        (html("", 302, Location="https://news.example.org/feed"), "invalid, not", "leads to news.example.org", "moved"),
    ],
)
def test_what_is_amiss_is_told_with_what_was_expected_and_what_to_do(
    answer: object, outcome: str, words: str, to_do: str, config: Config, committees: Councils,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    committees.answers["/news/feed"] = answer  # type: ignore[assignment]
    lines = said(config, capsys, "newsroom")
    assert lines[0].startswith(f"Devon: Councils' news (newsroom): {outcome}")
    assert "  expected: a feed (RSS or Atom) with entries, the newest of the last months" in lines
    [instead] = [line for line in lines if line.startswith("  instead: ")]
    assert words in instead
    assert any(to_do in line and '[councils."Devon"] news_feed_url' in line for line in lines)
    assert lines[-1] == "0 of 1 as expected; not: Devon: Councils' news (newsroom)"


def test_a_feed_that_moved_within_its_host_is_followed_and_named(
    config: Config, committees: Councils, capsys: pytest.CaptureFixture[str]
) -> None:
    feed = committees.answers.pop("/news/feed")
    committees.answers |= {"/news/feed": html("", 301, Location="/latest"), "^/latest": feed}
    lines = said(config, capsys, "newsroom")
    assert f"  recognised: /news/feed leads to {committees.server.url_for('/latest')}, which is followed" in lines
    assert lines[-1] == "1 of 1 as expected"


def test_a_capture_keeps_every_answer_with_the_judgement_and_nothing_of_the_operators(
    config: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "capture"
    said(config, capsys, "all", folder=folder)
    kept = json.loads((folder / "newsroom" / "80461" / "0001.json").read_text(encoding="utf-8"))
    [answer] = kept["answers"]
    assert (kept["judgement"]["outcome"], answer["status"]) == ("ok", 200)
    assert ["Set-Cookie", "id=hidden; Path=/"] in answer["headers"]
    assert (folder / "newsroom" / "80461" / answer["body"]).read_text(encoding="utf-8").startswith("<rss")
    judgement = json.loads((folder / "moderngov" / "80461" / "judgement.json").read_text(encoding="utf-8"))
    assert judgement["outcome"] == "ok"
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"probe@localhost" not in everything
    assert b"secret1" not in everything
    assert {"README.txt", "report.txt", "ofsted", "moderngov", "newsroom"} <= {path.name for path in folder.iterdir()}


def test_a_capture_becomes_a_case_by_one_command(
    config: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    committees: Councils, ofsted: Site,
) -> None:  # fmt: skip
    """The sites are gone by then: all that is found comes from the capture."""
    folder = tmp_path / "capture"
    said(config, capsys, "Devon", folder=folder)
    committees.answers[".*"] = ofsted.answers[".*"] = html("gone", 500)
    monkeypatch.setattr(captures, "HERE", tmp_path / "cases")
    assert captures.main(["add", str(folder), "--name", "devon"]) == 0
    found = {case.name: captures.expected(case) for case in captures.cases()}
    assert set(found) == {"ofsted", "moderngov", "newsroom"}
    assert all(captures.played(case) == found[case.name] for case in captures.cases())
    report = next(item for item in found["ofsted"] if item["type"] == "record")
    assert (report["key"], report["published"]) == ("501", "2026-02-20")
    item = next(item for item in found["moderngov"] if item.get("key") == "501")
    assert item["fields"]["committee"] == "Children's Scrutiny & Families"


def test_a_folder_that_is_no_capture_is_no_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert captures.main(["add", str(tmp_path)]) == 2
    assert "no capture of any source" in capsys.readouterr().err


def test_names_may_be_councils_sources_or_all(config: Config) -> None:
    devon = config.registry.get("Devon")
    assert selection(config, ["Devon"]) == [(s, [devon]) for s in ("ofsted", "moderngov", "cmis", "newsroom")]
    assert selection(config, ["newsroom"]) == [("newsroom", [])]
    assert selection(config, ["newsroom", "Devon", "govuk"]) == [("newsroom", [devon]), ("govuk", [])]
    assert [source for source, _ in selection(config, ["all"])] == ["ofsted", "moderngov", "cmis", "newsroom", "govuk"]


@pytest.mark.parametrize(
    ("name", "reason"), [("Devn", 'did you mean "Devon"'), ("press", "no address of press is configured")]
)
def test_a_name_that_is_none_is_refused(config: Config, name: str, reason: str) -> None:
    with pytest.raises(Misuse, match=reason):
        selection(config, [name])


def test_a_capture_needs_an_empty_folder_and_something_to_look_at(config: Config, tmp_path: Path) -> None:
    run = Folder(tmp_path)
    assert "--capture keeps the answers of --probe NAME" in run("check", "--capture", "somewhere").err
    with pytest.raises(Misuse, match="is not empty"):
        probe_lines(config, ["Devon"], tmp_path, NOW)
