"""Newsrooms by their feeds: what becomes a record, what is remembered, what is owed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from monitor.model import Target
from spiders.topics import may_concern
from tests.spiders.crawling import Crawled, crawl
from tests.spiders.windows import Room, again, article, feed, job_of

MAY = "Mon, 13 May 2024 09:00:00 +0100"
RSS = "application/rss+xml"
BODY = ("Ofsted has inspected the council's children's services and judged them.", "The council thanks its staff.")


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
    one = (f"{room.url}/news/one/", "Ofsted one", MAY)
    publish(room, "one")
    room.says("/feed", feed(one, summary="Read about the inspection of our services. 3 comments"), RSS)
    seen = look(devon(room))
    room.says("/feed", feed(one, summary="Read about the inspection of our services. 12 comments"), RSS)
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


IN_ITS_PLACE = {
    "the home page": (
        "Devon County Council",
        "Pay your council tax, report a missed bin and find a place at a school.",
    ),
    "a login": ("Log in", "Please log in with your username and password to go on to the page that you asked for."),
    "a cookie wall": ("Your privacy", "We set cookies. Accept or reject them to go on to this website, please."),
    "a queue": ("Waiting room", "You are in a queue. Your estimated time to wait is four minutes from now on."),
    "the list of news": ("News", "Bin collections change over Christmas. Sir Ivor's Way is closed until next Monday."),
}


@pytest.mark.parametrize("page", IN_ITS_PLACE)
def test_another_page_in_the_articles_place_is_not_the_article(
    page: str, room: Room, look: Callable[..., Crawled]
) -> None:
    publish(room, "old")
    target = again(devon(room), look(devon(room)))
    publish(room, "one", "old")
    room.says("/news/one/", article(*IN_ITS_PLACE[page]))
    seen = look(target)
    assert seen.records("80461") == []
    assert (seen.poll("80461").detail or "").startswith("an article could not be read: /news/one/ ")
    publish(room, "one", "old")
    [record] = look(again(target, seen)).records("80461")
    assert (record.fields["body"], record.text.splitlines()[-1]) == ("page", BODY[-1])


def test_an_entry_that_says_nothing_of_itself_is_opened(room: Room, look: Callable[..., Crawled]) -> None:
    bare = f"<item><link>{room.url}/news/one/</link><pubDate>{MAY}</pubDate></item>"
    room.says("/feed", feed().replace("</channel>", f"{bare}</channel>"), RSS)
    room.says("/news/one/", article("Ofsted one", *BODY))
    assert [record.title for record in look(devon(room)).records("80461")] == ["Ofsted one"]


def test_a_page_behind_a_wall_is_still_the_article(room: Room, look: Callable[..., Crawled]) -> None:
    publish(room, "one")
    room.says("/news/one/", article("Our news", "The leader has spoken.", "Subscribe now to continue reading"))
    [record] = look(devon(room)).records("80461")
    assert record.fields["truncated"] is True


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
    assert poll.outcome == "invalid"
    assert poll.detail == "the newest item is of 2022-03-01: the news may have moved to another address"
    assert len(seen.records("80461")) == 1
    target = Target("80461", "Devon", devon(room).url, seen.poll("80461").cursor)
    assert look(target).poll("80461").outcome == "invalid"


def test_a_day_that_lies_ahead_does_not_make_a_feed_fresh(room: Room, look: Callable[..., Crawled]) -> None:
    old, ahead = "Tue, 01 Mar 2022 09:00:00 +0000", "Tue, 01 Jul 2025 09:00:00 +0000"
    room.says("/feed", feed((f"{room.url}/a", "Bins", old), (f"{room.url}/b", "Fair", ahead), summary="s"), RSS)
    assert str(look(devon(room)).poll("80461").detail).startswith("the newest item is of 2022-03-01: ")


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


def shows(room: Room, *items: tuple[str, str, str, str], page: str = "") -> None:
    """A feed of (guid, path, title, summary), and the page of each."""
    entries = "".join(
        f'<item><title>{title}</title><link>{room.url}{path}</link><guid isPermaLink="false">{guid}</guid>'
        f"<pubDate>{MAY}</pubDate><description>{summary}</description></item>"
        for guid, path, title, summary in items
    )
    room.says("/feed", f'<rss version="2.0"><channel><title>N</title>{entries}</channel></rss>', RSS)
    for _, path, title, _ in items:
        room.says(path.partition("?")[0].partition("#")[0], article(title, *BODY, *filter(None, (page,))))


SUMMARY = "The inspection of our services for children is over."
FIRST = ("7", "/news/ofsted-reprot", "Ofsted report", SUMMARY)
BINS = ("8", "/news/bins", "Bins", "Collections change.")


def test_an_article_under_a_corrected_address_is_the_same(room: Room, look: Callable[..., Crawled]) -> None:
    shows(room, FIRST, BINS)
    seen = look(devon(room))
    assert [r.key for r in seen.records("80461")] == ["7"]
    shows(room, ("7", "/news/ofsted-report", "Ofsted report", SUMMARY), BINS)
    room.paths()
    [record] = look(again(devon(room), seen)).records("80461")
    assert (record.key, record.url) == ("7", room.url + "/news/ofsted-report")
    assert room.paths() == ["/feed", "/news/ofsted-report"]


@pytest.mark.parametrize(
    "edited",
    [
        ("7", "/news/ofsted-reprot", "Ofsted report: corrected", SUMMARY),
        ("7", "/news/ofsted-reprot", "Ofsted report", SUMMARY + " It was judged to be good."),
    ],
)
def test_an_article_that_is_edited_is_read_again(
    edited: tuple[str, str, str, str], room: Room, look: Callable[..., Crawled]
) -> None:
    shows(room, FIRST, BINS)
    seen = look(devon(room))
    shows(room, edited, BINS, page="Correction: inspectors judged the services to be good.")
    [record] = look(again(devon(room), seen)).records("80461")
    assert (record.key, "Correction" in (record.text or "")) == ("7", True)
    assert look(again(again(devon(room), seen), look(again(devon(room), seen)))).records("80461") == []


def test_an_article_that_comes_to_concern_us_by_an_edit_is_found(room: Room, look: Callable[..., Crawled]) -> None:
    foster = ("9", "/news/foster", "Could you foster a child?", "Drop in and meet the team that supports carers.")
    shows(room, foster, BINS)
    room.says("/news/foster", article("Could you foster?", "Foster carers make a real difference to many lives."))
    seen = look(devon(room))
    assert seen.records("80461") == []
    shows(room, (*foster[:2], "Could you foster a child? Ofsted praises us", foster[3]), BINS)
    [record] = look(again(devon(room), seen)).records("80461")
    assert record.key == "9"


def test_a_feed_that_describes_everything_anew_is_not_read_again(room: Room, look: Callable[..., Crawled]) -> None:
    many = [(str(n), f"/news/{n}", f"Ofsted visit number {n}", SUMMARY) for n in range(8)]
    shows(room, *many)
    seen = look(devon(room))
    shows(room, *[(*one[:3], f"Latest news from the whole of the county. {SUMMARY}") for one in many])
    room.paths()
    later = look(again(devon(room), seen))
    assert (later.records("80461"), room.paths()) == ([], ["/feed"])


@pytest.mark.parametrize("change", ["guid", "session", "signature", "address"])
def test_what_is_new_with_each_request_is_no_news(change: str, room: Room, look: Callable[..., Crawled]) -> None:
    def entry(look_number: int, n: int) -> tuple[str, str, str, str]:
        guid = f"{look_number}-{n}" if change in ("guid", "address") else str(n)
        path = {
            "session": f"/news/{n};jsessionid={look_number}A{n}",
            "signature": f"/news/{n}?Expires={look_number}&amp;Signature=a{look_number}",
            "address": f"/news/{look_number}/{n}",
        }.get(change, f"/news/{n}")
        return guid, path, f"Ofsted visit number {n}", SUMMARY

    target = devon(room)
    for look_number in range(1, 4):
        shows(room, *[entry(look_number, n) for n in range(4)])
        for n in range(4):
            room.says(f"/news/{n}.*", article(f"Ofsted visit number {n}", *BODY))
        seen = look(target)
        assert len(seen.records("80461")) == (4 if look_number == 1 else 0)
        target = again(target, seen)


def test_entries_that_differ_by_their_fragment_are_told_apart(room: Room, look: Callable[..., Crawled]) -> None:
    shows(room, ("n1", "/latest#n1", "Bins", "x"))
    seen = look(devon(room))
    shows(room, ("n3", "/latest#n3", "Bins at Easter", "x"), ("n2", "/latest#n2", "Ofsted report", SUMMARY))
    [record] = look(again(devon(room), seen)).records("80461")
    assert (record.title, record.url) == ("Ofsted report", room.url + "/latest#n2")


def test_an_entry_that_has_no_address_is_told_by_its_words(room: Room, look: Callable[..., Crawled]) -> None:
    item = f"<item><title>Ofsted report</title><guid>77</guid><description>{SUMMARY}</description></item>"
    room.says("/feed", f"<rss><channel><title>N</title><link>{room.url}/</link>{item}</channel></rss>", RSS)
    seen = look(devon(room))
    [record] = seen.records("80461")
    assert (record.key, record.url, record.fields["body"]) == ("77", room.url + "/", "excerpt")
    assert look(again(devon(room), seen)).records("80461") == []


def test_what_the_first_edition_remembered_is_not_told_again(room: Room, look: Callable[..., Crawled]) -> None:
    shows(room, FIRST)
    known = hashlib.sha256(f"{room.url.replace('http:', 'https:')}/news/ofsted-reprot".encode()).hexdigest()[:10]
    target = replace(devon(room), baselined=True, cursor=json.dumps({"v": 1, "raw": "x", "known": [known]}))
    seen = look(target)
    assert seen.records("80461") == []
    shows(room, ("7", "/news/ofsted-report", "Ofsted report", SUMMARY))
    [record] = look(again(target, seen)).records("80461")
    assert record.key.endswith("/news/ofsted-reprot")


def test_what_is_odd_about_a_page_is_said(room: Room, look: Callable[..., Crawled]) -> None:
    shows(room, FIRST)
    room.says("/news/ofsted-reprot", article("Ofsted report", *BODY, "Caf\ufffd").encode())
    seen = look(devon(room))
    assert len(seen.records("80461")) == 1
    assert seen.poll("80461").detail == "/news/ofsted-reprot: 1 character is lost (U+FFFD)"
