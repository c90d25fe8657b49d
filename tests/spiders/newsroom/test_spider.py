"""Newsrooms by their feeds: what becomes a record, what is remembered, what is owed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from monitor.model import Target
from spiders.topics import may_concern
from tests.spiders.crawling import Crawled, crawl
from tests.spiders.windows import Room, again, article, feed, job_of

MAY = "Mon, 13 May 2024 09:00:00 +0100"
RSS = "application/rss+xml"
BODY = ("Ofsted has inspected the council's children's services and judged them.", "The council thanks its staff.")


@pytest.fixture
def room(httpserver: HTTPServer) -> Room:
    return Room(httpserver)


@pytest.fixture
def look(room: Room, tmp_path: Path) -> Callable[..., Crawled]:
    def _look(target: Target, today: str = "2024-05-15", **changes: Any) -> Crawled:
        return crawl(job_of("newsroom", room.url, target, today=today, **changes), tmp_path)

    return _look


def devon(room: Room, **options: Any) -> Target:
    return Target("80461", "Devon", room.url + "/feed", options=options)


def publish(room: Room, *names: str, page: bool = True, day: str = MAY) -> None:
    items = [(f"{room.url}/news/{name}/", f"Ofsted {name}", day) for name in names]
    room.says("/feed", feed(*items), RSS)
    for name in names if page else ():
        room.says(f"/news/{name}/", article(f"Ofsted {name}", *BODY))


def test_an_excerpts_article_is_read_from_its_page_once(room: Room, look: Callable[..., Crawled]) -> None:
    publish(room, "one")
    seen = look(devon(room))
    [record] = seen.records("80461")
    assert record.key == room.url.replace("http://", "https://") + "/news/one"
    assert (record.kind, record.title, record.published) == ("article", "Ofsted one", "2024-05-13T09:00:00+01:00")
    assert record.fields == {"body": "page", "dated": MAY}
    assert record.text == "\n".join(("Ofsted one", "Read about Ofsted's inspection of our services.", *BODY))
    poll = seen.poll("80461")
    assert (poll.outcome, poll.complete, poll.requests) == ("ok", False, 2)
    publish(room, "one", "two")
    room.paths()
    later = look(again(devon(room), seen))
    assert [r.title for r in later.records("80461")] == ["Ofsted two"]
    assert room.paths() == ["/feed", "/news/two/"]


def test_the_same_entries_are_no_news_though_the_bytes_differ(room: Room, look: Callable[..., Crawled]) -> None:
    publish(room, "one")
    seen = look(devon(room))
    room.says("/feed", feed((f"{room.url}/news/one/", "Ofsted one", MAY), summary="12 comments"), RSS)
    poll = look(again(devon(room), seen)).poll("80461")
    assert (poll.outcome, poll.requests) == ("unchanged", 1)


def test_a_sweep_looks_at_everything_and_asks_for_nothing_that_is_known(
    room: Room, look: Callable[..., Crawled]
) -> None:
    publish(room, "one")
    seen = look(devon(room))
    room.paths()
    swept = look(again(devon(room), seen), sweep=True)
    assert (swept.poll("80461").outcome, room.paths()) == ("ok", ["/feed"])


def test_a_feed_that_fails_forgets_nothing(room: Room, look: Callable[..., Crawled]) -> None:
    publish(room, "one", "two")
    seen = look(devon(room))
    room.says("/feed", "down", status=500)
    failed = look(again(devon(room), seen))
    assert failed.poll("80461").outcome == "error"
    publish(room, "one", "two", "three")
    room.paths()
    later = look(again(again(devon(room), seen), failed))
    assert [r.title for r in later.records("80461")] == ["Ofsted three"]
    assert room.paths() == ["/feed", "/news/three/"]


def test_a_memory_is_never_larger_than_the_window(room: Room, look: Callable[..., Crawled]) -> None:
    target, sizes = devon(room), list[int]()
    for week in range(5):
        publish(room, *(f"{week}-{number}" for number in range(4)))
        seen = look(target)
        assert len(seen.records("80461")) == 4
        target = again(target, seen)
        sizes.append(len(target.cursor or ""))
    assert len(set(sizes)) == 1


def test_an_entry_that_concerns_nobody_is_opened_once(room: Room, look: Callable[..., Crawled]) -> None:
    item = (f"{room.url}/news/foster/", "Could you foster a child?", MAY)
    other = (f"{room.url}/news/bins/", "Bins", MAY)
    room.says("/feed", feed(item, summary="Drop in."), RSS)
    room.says("/news/foster/", article("Could you foster?", "Foster carers make a real difference to many."))
    seen = look(devon(room))
    assert seen.records("80461") == []
    room.says("/feed", feed(other, item, summary="Drop in."), RSS)
    room.paths()
    later = look(again(devon(room), seen))
    assert (later.poll("80461").outcome, later.records("80461"), room.paths()) == ("ok", [], ["/feed"])


def test_an_article_that_fails_is_owed_and_comes_later(room: Room, look: Callable[..., Crawled]) -> None:
    publish(room, "one")
    target = again(devon(room), look(devon(room)))
    publish(room, "one", "two")
    room.says("/news/two/", "down", status=500)
    failed = look(target)
    poll = failed.poll("80461")
    assert (poll.outcome, failed.records("80461")) == ("ok", [])
    assert poll.detail == "an article could not be read: /news/two/ answered 500"
    publish(room, "one", "two")
    [record] = look(again(target, failed)).records("80461")
    assert (record.title, record.fields["body"]) == ("Ofsted two", "page")


def test_an_article_that_goes_on_failing_is_told_by_its_excerpt(room: Room, look: Callable[..., Crawled]) -> None:
    publish(room, "one")
    target = again(devon(room), look(devon(room)))
    publish(room, "one", "two")
    room.says("/news/two/", "no", status=403)
    for today in ("2024-05-15", "2024-05-16"):
        seen = look(target, today)
        assert seen.records("80461") == []
        target = again(target, seen)
    seen = look(target, "2024-05-17")
    [record] = seen.records("80461")
    assert (record.title, record.fields["body"]) == ("Ofsted two", "excerpt")
    assert record.text == "Ofsted two\nRead about Ofsted's inspection of our services."
    assert look(again(target, seen), "2024-05-18").poll("80461").outcome == "unchanged"


def test_in_a_first_look_the_excerpt_is_kept_until_the_page_comes(room: Room, look: Callable[..., Crawled]) -> None:
    publish(room, "one")
    room.says("/news/one/", "down", status=500)
    first = look(devon(room))
    assert [r.fields["body"] for r in first.records("80461")] == ["excerpt"]
    publish(room, "one")
    second = look(again(devon(room), first))
    assert [r.fields["body"] for r in second.records("80461")] == ["page"]
    assert look(again(again(devon(room), first), second)).poll("80461").outcome == "unchanged"


def test_an_article_that_is_gone_is_told_by_its_excerpt_at_once(room: Room, look: Callable[..., Crawled]) -> None:
    publish(room, "one")
    target = again(devon(room), look(devon(room)))
    publish(room, "one", "two")
    room.says("/news/two/", "gone", status=404)
    seen = look(target)
    assert [r.fields["body"] for r in seen.records("80461")] == ["excerpt"]
    assert look(again(target, seen)).poll("80461").outcome == "unchanged"


def test_no_other_host_is_asked_for_an_article(room: Room, look: Callable[..., Crawled]) -> None:
    room.says("/feed", feed(("https://elsewhere.invalid/ofsted", "Ofsted elsewhere", MAY)), RSS)
    seen = look(devon(room))
    assert [(r.url, r.fields["body"]) for r in seen.records("80461")] == [
        ("https://elsewhere.invalid/ofsted", "excerpt")
    ]
    assert (seen.poll("80461").outcome, seen.connected) == ("ok", {"127.0.0.1"})


def test_a_stale_feed_is_an_alarm_and_its_entries_are_kept(room: Room, look: Callable[..., Crawled]) -> None:
    publish(room, "one", day="Tue, 01 Mar 2022 09:00:00 +0000")
    seen = look(devon(room))
    poll = seen.poll("80461")
    assert (poll.outcome, poll.detail) == ("invalid", "the newest item is of 2022-03-01")
    assert len(seen.records("80461")) == 1
    target = Target("80461", "Devon", devon(room).url, seen.poll("80461").cursor)
    assert look(target).poll("80461").outcome == "invalid"


def test_a_day_that_lies_ahead_does_not_make_a_feed_fresh(room: Room, look: Callable[..., Crawled]) -> None:
    old, ahead = "Tue, 01 Mar 2022 09:00:00 +0000", "Tue, 01 Jul 2025 09:00:00 +0000"
    room.says("/feed", feed((f"{room.url}/a", "Bins", old), (f"{room.url}/b", "Fair", ahead), summary="s"), RSS)
    assert look(devon(room)).poll("80461").detail == "the newest item is of 2022-03-01"


def test_a_feed_that_fails_is_not_looked_for_elsewhere(room: Room, look: Callable[..., Crawled]) -> None:
    room.says("/feed", article("News", *BODY))
    room.says("/", article("News", *BODY))
    poll = look(devon(room)).poll("80461")
    assert (poll.outcome, room.paths()) == ("invalid", ["/feed"])
    why = '/feed is not a feed: its root is neither rss, feed nor RDF; it begins "<!DOCTYPE html><html><head>'
    assert (poll.detail or "").startswith(why)
    assert len(poll.detail or "") < 300


def test_a_comments_feed_is_no_newsroom(room: Room, look: Callable[..., Crawled]) -> None:
    room.says("/feed", feed().replace("<title>N<", "<title>Comments on: Ofsted report<"), RSS)
    assert "the comments on an article" in (look(devon(room)).poll("80461").detail or "")


def test_words_of_a_block_page_in_a_headline_block_nothing(room: Room, look: Callable[..., Crawled]) -> None:
    item = (f"{room.url}/news/one/", "Access denied to play park: report not found", MAY)
    room.says("/feed", feed(item, summary="s"), RSS)
    assert look(devon(room)).poll("80461").outcome == "ok"


def test_a_mark_that_is_not_ours_is_as_good_as_none(room: Room, look: Callable[..., Crawled]) -> None:
    publish(room, "one")
    for mark in ("2024-05-15", "[]", json.dumps({"v": 0}), json.dumps({"v": 1, "odd": 2})):
        target = Target("80461", "Devon", devon(room).url, mark)
        assert len(look(target).records("80461")) == 1


def test_the_same_feed_gives_the_same_records(room: Room, look: Callable[..., Crawled]) -> None:
    publish(room, "one", "two")
    assert look(devon(room)).records("80461") == look(devon(room)).records("80461")


def test_a_page_that_the_program_fails_on_costs_that_article_alone(room: Room, look: Callable[..., Crawled]) -> None:
    publish(room, "one", "two")
    room.says("/news/two/", article("Ofsted two", *BODY).replace("</main>", "<i>" * 60_000 + "</main>"))
    seen = look(devon(room))
    assert {r.title for r in seen.records("80461")} == {"Ofsted one", "Ofsted two"}
    assert seen.poll("80461").outcome == "ok"


def test_a_joint_targeted_area_inspection_concerns_us_without_a_word_of_children() -> None:
    assert may_concern("Torbay: inspectors' verdict", "The joint targeted area inspection of Torbay took place.")
    assert not may_concern("Bin collections change", "The inspection of bins took place.")
