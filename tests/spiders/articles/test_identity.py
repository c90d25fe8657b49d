"""Entries are known again by guid, address, or title and time; never taken for each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from spiders.articles.feeds import Entry
from spiders.articles.identity import Window, identified, said, timed, titled
from spiders.articles.memory import FeedMemory, Row, short

SITE = "https://a.uk"
TIME = "2026-11-26T09:15:00+00:00"


def entry(path: str, title: str, guid: str = "", day: str | None = None, **more: object) -> Entry:
    return replace(Entry(SITE + path, title, day, guid=guid), **more)  # type: ignore[arg-type]


def remembered(window: Window) -> FeedMemory:
    """What the next look knows of the entries of this one."""
    return FeedMemory().aside(
        Row(tuple(map(short, k.names)), k.key, titled(k.entry), timed(k.entry), said(k.entry), "known")
        for k in window.entries
    )


def keys(entries: Sequence[Entry]) -> list[str]:
    return [known.key for known in identified(entries, FeedMemory()).entries]


def new(before: Sequence[Entry], after: Sequence[Entry]) -> list[str]:
    """The titles of the entries that a second look takes for new."""
    memory = remembered(identified(before, FeedMemory()))
    return [known.entry.title for known in identified(after, memory).entries if known.row is None]


def test_a_guid_names_an_entry_before_its_address() -> None:
    assert keys([entry("/n/1", "Ofsted", "123 at a.uk"), entry("/n/2", "Bins")]) == ["123 at a.uk", f"{SITE}/n/2"]
    assert keys([entry("/n/1?x=1", "Ofsted", "http://www.a.uk/?p=7")]) == [f"{SITE}/?p=7"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (entry("/ofsted-reprot", "Ofsted", "7"), entry("/ofsted-report", "Ofsted report", "7")),
        (entry("/n/1", "Ofsted", "random1"), entry("/n/1", "Ofsted", "random2")),
        (entry("/n/1", "Ofsted", f"{SITE}/n/1#0"), entry("/n/1", "Ofsted, again", f"{SITE}/n/1#1")),
        (entry("/n/1", "Ofsted"), entry("/n/1", "Ofsted", "7")),
        (entry("/n/1", "Ofsted", "7"), entry("/n/1", "Ofsted")),
        (entry("/old", "Ofsted", day=TIME), entry("/new", "Ofsted", day=TIME)),
        (entry("/n/1?ref=arc", "Ofsted"), entry("/n/1?ref=rss", "Ofsted")),
        (entry("/n/1", "Ofsted"), entry("/n/1?utm_source=x", "Ofsted report, corrected")),
    ],
)  # fmt: skip
def test_the_same_article_is_known_again(before: Entry, after: Entry) -> None:
    other = entry("/bins", "Bins", "9", "2026-11-25")
    assert new([before, other], [after, other]) == []
    assert new([other, before], [after]) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (entry("/latest#n1", "Bins", "n1"), entry("/latest#n2", "Ofsted", "n2")),
        (entry("/latest#n1", "Bins"), entry("/latest#n2", "Ofsted")),
        (entry("/item?ref=4700", "Bins"), entry("/item?ref=4711", "Ofsted")),
        (entry("/latest", "Bins", "g1", "2026-11-25"), entry("/latest", "Ofsted", "g2", "2026-11-26")),
        (entry("/", "Bins", "g1"), entry("/", "Ofsted", "g2")),
        (entry("/a", "Ofsted news", day="2026-11-25"), entry("/b", "Ofsted news", day="2026-11-26")),
        (entry("/a", "Ofsted news"), entry("/b", "Ofsted news")),
        (entry("", "Bins", "g1", linked=False), entry("", "Ofsted", "g2", linked=False)),
    ],
)
def test_another_article_is_new(before: Entry, after: Entry) -> None:
    assert new([before], [after]) == [after.title]
    assert new([before], [after, before]) == [after.title]


def test_a_name_that_many_share_is_none() -> None:
    same_guid = [entry("/n/1", "Bins", "https://a.uk/"), entry("/n/2", "Ofsted", "https://a.uk/")]
    assert keys(same_guid) == [f"{SITE}/n/1", f"{SITE}/n/2"]
    same_address = [entry("/news", "Bins", "1"), entry("/news", "Ofsted", "2")]
    assert keys(same_address) == ["1", "2"]
    nothing = [entry("/news", "Bins", day="2026-11-25"), entry("/news", "Ofsted", day="2026-11-26")]
    assert len(set(keys(nothing))) == 2
    assert new(nothing, [*nothing, entry("/news", "SEND", day="2026-11-27")]) == ["SEND"]


def test_a_parameter_that_alone_tells_entries_apart_is_kept() -> None:
    words = [entry("/item?ref=alpha", "Bins"), entry("/item?ref=beta", "Ofsted")]
    assert keys(words) == [f"{SITE}/item?ref=alpha", f"{SITE}/item?ref=beta"]


def test_one_entry_that_is_listed_twice_is_one() -> None:
    assert len(keys([entry("/n/1", "Ofsted", "7"), entry("/n/1?ref=top", "Ofsted", "7")])) == 1


TITLES = ("Ofsted report published", "Bins at Christmas", "Library hours", "Road works", "Youth club")


def test_a_list_that_is_new_at_once_under_known_titles_is_the_old_one() -> None:
    before = [entry(f"/a/{n}", title) for n, title in enumerate(TITLES)]
    after = [entry(f"/b/{n}", title) for n, title in enumerate(TITLES)]
    window = identified(after, remembered(identified(before, FeedMemory())))
    assert (window.moved, {k.row is None for k in window.entries}) == (5, {False})
    assert [k.key for k in window.entries] == [f"{SITE}/a/{n}" for n in range(5)]
    more = [entry("/b/9", "Ofsted visits again"), *after[:4]]
    assert new(before, more) == ["Ofsted visits again"]


def test_a_list_that_is_new_at_once_under_new_titles_is_news() -> None:
    before = [entry(f"/a/{n}", title) for n, title in enumerate(TITLES)]
    assert len(new(before, [entry(f"/b/{n}", f"{title}, part two") for n, title in enumerate(TITLES)])) == 5


def test_times_that_are_others_at_each_request_are_no_twins() -> None:
    before = [entry(f"/a/{n}", title, day="2026-11-26T09:00:00+00:00") for n, title in enumerate(TITLES)]
    after = [entry(f"/b/{n}", title, day="2026-11-27T09:00:00+00:00") for n, title in enumerate(TITLES)]
    assert new(before, after) == []


def test_what_the_first_edition_knew_is_known_by_its_address() -> None:
    known, passed, waiting = (short(f"{SITE}/n/{n}") for n in (1, 2, 3))
    memory = FeedMemory(known=(known,), passed=(passed,), waiting=((waiting, "2026-11-26"),))
    found = identified([entry(f"/n/{n}/?ref=4711#x", f"T{n}", f"g{n}") for n in (1, 2, 3, 4)], memory).entries
    assert [(k.row.fate, k.row.since) if k.row else None for k in found] == [
        ("known", None), ("rejected", None), ("passed", "2026-11-26"), None,
    ]  # fmt: skip
    assert found[0].key == f"{SITE}/n/1"
