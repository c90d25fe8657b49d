"""Watched pages: one crawl looks at all of them, and each stands for itself."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from monitor.store.sqlite import sqlite3
from tests.command import Folder

PAGE = """
[[sources.page]]
name = "{name}"
url = "{url}"
selector = "main"
schedule = "0 8 * * *"
"""
NAMES = ("Board", "News, Views", "quarantine", "search")


@pytest.fixture
def folder(tmp_path: Path, httpserver: HTTPServer) -> Folder:
    """Four pages whose names mean something elsewhere."""
    folder = Folder(tmp_path)
    pages = "".join(PAGE.format(name=name, url=httpserver.url_for(f"/{i}")) for i, name in enumerate(NAMES))
    folder.configure("http://127.0.0.1:9/", more="enabled = false\n" + pages)
    say(httpserver)
    return folder


def say(site: HTTPServer, changed: str = "", broken: str = "") -> None:
    site.clear_all_handlers()
    site.expect_request("/robots.txt").respond_with_data("", status=404)
    for i, name in enumerate(NAMES):
        words = f"<main><p>What the page {name} says{' now' if name == changed else ''}.</p></main>"
        answer = Response(words, status=500 if name == broken else 200, content_type="text/html; charset=utf-8")
        site.expect_request(f"/{i}").respond_with_response(answer)


def runs(folder: Folder) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(folder.path / "data" / "ofsted-watch.db")) as database:
        return list(database.execute("SELECT source, polls FROM runs ORDER BY started, id"))


def test_all_pages_are_one_crawl_and_each_is_told_by_its_name(folder: Folder, httpserver: HTTPServer) -> None:
    assert (folder("crawl").status, runs(folder)) == (0, [("page", 4)])
    say(httpserver, changed="News, Views")
    (event,) = folder("crawl", "--json").objects
    assert (event["kind"], event["source"], event["title"]) == ("page.changed", "page.News, Views", "News, Views")
    assert folder("crawl", "--json").objects == []
    shown = json.loads(folder("status", "--json").out)["sources"]
    assert [(s["source"], s["status"], sorted(t["target"] for t in s["targets"])) for s in shown] == [
        ("page", "ok", sorted(NAMES))
    ]


def test_one_page_can_be_crawled_alone(folder: Folder, httpserver: HTTPServer) -> None:
    assert folder("crawl", "page.quarantine").status == 0
    asked = {request.path for request, _ in httpserver.log} - {"/robots.txt"}
    assert asked == {"/2"}
    assert runs(folder) == [("page", 1)]
    ran = folder("crawl", "page.Bord")
    assert (ran.status, len(ran.lines)) == (2, 1)
    assert "page.Board" in ran.err


def test_a_page_that_is_broken_breaks_no_other(folder: Folder, httpserver: HTTPServer) -> None:
    folder("crawl")
    say(httpserver, changed="Board", broken="search")
    ran = folder("crawl", "--json")
    assert [event["source"] for event in ran.objects] == ["page.Board"]
    assert ran.status == 1


def test_a_page_that_was_taken_out_is_not_in_status(folder: Folder) -> None:
    folder("crawl")
    config = (folder.path / "config.toml").read_text(encoding="utf-8")
    folder.write(config.replace('name = "Board"', 'name = "Panel"'))
    (source,) = json.loads(folder("status", "--json").out)["sources"]
    assert sorted(t["target"] for t in source["targets"]) == ["News, Views", "quarantine", "search"]
