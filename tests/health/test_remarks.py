"""Remarks by their kinds: what is the same thing on another page, at another meeting, of another number."""

from __future__ import annotations

import pytest

from monitor.health.remarks import Remark, counted, kinds_of, new

KINDS = {
    "labels without a date": ("labels without a date: 3 (file 501)", 'labels without a date: 12 (file 7: "pdf; 2")'),
    "unknown kinds of report": ('unknown kinds of report: 1 (file 9: "A; B: c")', "unknown kinds of report: 2"),
    "the page shows no urn": ("the page shows no URN",),
    "characters are lost": ("/news/a-1/: 2 characters are lost (U+FFFD)", "/x/y: 190 characters are lost (U+FFFD)"),
    "meeting is said to have items and shows": (
        "meeting 11 is said to have 4 items and shows 3", "meeting 4711 is said to have 40 items and shows 1",
    ),
    "no committee is named for meeting": ("no committee is named for meeting 12",),
    "rows of the calendar left out": ('rows of the calendar left out: 2 ("Thursday; 12 March" has no link)',),
    "read from": ("read from https://devon.moderngov.co.uk/", "read from https://kent.moderngov.co.uk/"),
    "a date that cannot be is left out": ("a date that cannot be is left out: published 9999-12-31 of x (and 2 more)",),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "forms"), KINDS.items(), ids=KINDS)
def test_a_kind_is_the_same_whatever_page_it_is_on(kind: str, forms: tuple[str, ...]) -> None:
    assert [[found for found, _ in kinds_of(form)] for form in forms] == [[kind]] * len(forms)


def test_several_remarks_are_told_apart_and_what_is_quoted_is_not() -> None:
    detail = 'the page shows no URN; labels without a date: 1 (file 2: "pdf; 3 May"); rows "a; b'
    assert [words for _, words in kinds_of(detail)] == [
        "the page shows no URN", 'labels without a date: 1 (file 2: "pdf; 3 May")', 'rows "a; b',
    ]  # fmt: skip


@pytest.mark.parametrize(
    "detail",
    [
        "an article could not be read: /news/a/ answered 500 and 2 more",
        "3 meetings were left for the next look",
        "meetings left for the next crawl: 4 of 20",
        "documents not readable: 2 (/x.pdf is no PDF; it begins <html>)",
        "of 41 links to articles the first 30 are followed",
        "meeting 12 is given up after 5 looks: /x answered 500",
        "and 3 more",
        "",
    ],
)
def test_what_passes_by_itself_is_nothing_to_tell(detail: str) -> None:
    assert list(kinds_of(detail)) == []


def test_pages_of_a_kind_are_counted_with_one_as_an_example() -> None:
    found = counted("ofsted", [("Devon", "labels without a date: 3"), ("Kent", "labels without a date: 1; x y")])
    assert found == [
        Remark("ofsted", "labels without a date", 2, "labels without a date: 3", "Devon"),
        Remark("ofsted", "x y", 1, "x y", "Kent"),
    ]


@pytest.mark.parametrize(
    ("told", "now", "again"),
    [(None, 1, True), (1, 1, False), (1, 9, False), (1, 10, True), (40, 119, False), (40, 120, True)],
)
def test_a_kind_is_told_again_where_it_is_on_many_more_pages(told: int | None, now: int, again: bool) -> None:
    before = [] if told is None else [("ofsted", "k", told), ("ofsted", "other", 1), ("cmis", "k", 500)]
    assert bool(new([Remark("ofsted", "k", now, "k", "Devon")], before)) is again


def test_a_kind_that_was_told_in_the_plural_is_the_one_of_a_single_one() -> None:
    """So a remark that an older version told is neither told again nor forgotten."""
    told = [("newsroom", "characters are lost", 1), ("page", "items without a key were left out", 2)]
    now = [
        *counted("newsroom", [("Devon", "/a: 1 character is lost (U+FFFD); /b: 2 characters are lost (U+FFFD)")]),
        *counted(
            "page", [("Board", "1 item without a key was left out"), ("Plan", "2 items without a key were left out")]
        ),
    ]
    assert [r.pages for r in now] == [1, 2]
    assert new(now, told) == []
    assert new(now, [("page", "entries without a key were left out", 2), told[0]]) == now[1:]


def test_meetings_that_wait_are_ordinary_however_many() -> None:
    assert list(kinds_of("1 meeting was left for the next look; 12 meetings were left for the next look")) == []
