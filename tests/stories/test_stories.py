"""Stories of one council: opened by whatever comes first, joined by rules, the same in whatever order."""

from __future__ import annotations

import random
from dataclasses import replace

from benchmarks.stories import place
from monitor.stories.arranging import Arranged, Correction
from monitor.stories.item import StoryItem, from_row, to_row
from tests.telling import item, ofsteds, page, stories, together

APRIL, OCTOBER = ("2024-04-08", "2024-04-19"), ("2024-10-22", "2024-10-23")
ILACS = ofsteds("1", "2024-05-15", visit=APRIL)
FOCUSED = ofsteds("2", "2024-11-20", "focused_visit", OCTOBER)
RELEASE = page("release", "2024-05-15", "Ofsted published its report today.")
PRESS = page("paper", "2024-05-22", kind="ilacs", source="press", target="The Paper")
ITEM = item("30", "2024-06-18", kind="ilacs")
MINUTES = item("30", "2024-06-18", "minutes", letters=("2024-05-15",))
PAPER = item("70", "2024-06-18", "document", fields={"item": "30"})
LATE = item("31", "2025-01-14", kind="focused_visit")
ALL = (ILACS, FOCUSED, RELEASE, PRESS, ITEM, MINUTES, PAPER, LATE)


def one_by_one(pieces: tuple[StoryItem, ...], *hands: Correction) -> Arranged:
    found = Arranged()
    for piece in pieces:
        found = place(piece, found, hands)
    return found


def test_a_letter_its_news_and_its_committee_are_one_story_and_the_next_letter_opens_another() -> None:
    found = stories(*ALL)
    assert together(found) == {frozenset({"1", "release", "paper", "30", "70"}), frozenset({"2", "31"})}
    first, second = found.stories
    assert (first.kind, first.opened, first.closed) == ("ilacs", "2024-05-15", "2024-11-20")
    assert (second.kind, second.opened, second.closed) == ("focused_visit", "2024-11-20", None)


def test_the_order_of_arrival_does_not_decide() -> None:
    whole = stories(*ALL)
    for seed in range(20):
        shuffled = random.Random(seed).sample(ALL, len(ALL))
        found = one_by_one(tuple(shuffled))
        assert together(found) == together(whole)
        links = {m.piece.key: m.link for s in found.stories for m in s.members if m.piece.name != s.opener}
        assert all(link.reason and link.score >= 30 for link in links.values())


def test_placing_twice_changes_nothing() -> None:
    found = one_by_one(ALL)
    assert one_by_one((*ALL, *ALL)) == found
    assert place(ILACS, found) == found


def test_the_letter_joins_the_release_that_came_first_and_the_story_keeps_its_name() -> None:
    first = stories(RELEASE)
    (story,) = first.stories
    assert [m.link.reason for m in story.members] == ["opened the story"]
    (after,) = place(ILACS, first).stories
    assert after.id == story.id
    assert [m.piece.key for m in after.members] == ["1", "release"]
    assert after.id != stories(ILACS).stories[0].id


def test_a_story_s_name_is_made_from_what_opened_it() -> None:
    (story,) = stories(ILACS).stories
    (again,) = stories(replace(ILACS, published="2024-05-16", title="Another title")).stories
    assert story.id == again.id
    assert story.id.startswith("80461-")


def test_a_letter_shows_that_two_stories_were_one() -> None:
    two = one_by_one(
        (page("a", "2024-05-15", "Inspectors found much.", visits=(APRIL,)), replace(PRESS, kind=None, tells=True))
    )
    assert len(two.stories) == 2
    (story,) = place(ILACS, two).stories
    assert story.id == two.stories[0].id
    assert len(story.members) == 3


def test_what_is_vague_is_in_no_story_until_a_letter_explains_it() -> None:
    vague = item("32", "2024-06-18")
    dated = replace(vague, kind="ilacs")
    assert stories(vague).loose == (vague,)
    assert stories(vague, ILACS).loose == (vague,)
    assert stories(dated).loose == (dated,)
    assert together(stories(dated, ILACS)) == {frozenset({"32", "1"})}


def test_a_page_that_says_when_opens_a_story_of_a_letter_that_is_not_known() -> None:
    unseen = item("32", "2024-03-29", kind="monitoring_visit", visits=(("2024-02-02", "2024-02-03"),))
    found = stories(unseen, ILACS, FOCUSED)
    assert together(found) == {frozenset({"32"}), frozenset({"1"}), frozenset({"2"})}
    assert found.stories[0].kind == "monitoring_visit"


def test_news_without_a_date_months_after_a_letter_is_an_afterthought_and_years_after_is_not() -> None:
    later = page("n", "2024-08-15", kind="ilacs")
    assert stories(ILACS, later).loose == (later,)
    assert len(stories(ILACS, replace(later, published="2026-08-15")).stories) == 2


def test_a_page_between_two_letters_goes_to_the_one_it_fits_best() -> None:
    visit = ofsteds("3", "2024-05-17", "focused_visit", ("2024-05-01", "2024-05-02"))
    found = stories(ILACS, visit, page("x", "2024-05-17", kind="ilacs"), page("y", "2024-05-17", kind="focused_visit"))
    assert together(found) == {frozenset({"1", "x"}), frozenset({"3", "y"})}


def test_a_page_that_recalls_an_earlier_visit_is_about_the_letter_of_its_days() -> None:
    first = ofsteds("5", "2024-03-11", "monitoring_visit", ("2024-02-06", "2024-02-07"))
    second = ofsteds("6", "2024-07-22", "monitoring_visit", ("2024-06-18", "2024-06-19"))
    recalls = page("n", "2024-07-22", kind="monitoring_visit", visits=first.visits)
    assert together(stories(first, second, recalls)) == {frozenset({"5"}), frozenset({"6", "n"})}
    told_then = replace(recalls, published="2024-03-12")
    assert together(stories(first, second, told_then)) == {frozenset({"5", "n"}), frozenset({"6"})}


def test_minutes_that_recall_another_kind_of_visit_do_not_bar_their_item() -> None:
    visit = item("33", "2024-12-17", kind="focused_visit")
    recalls = item("33", "2024-12-17", "minutes", kind="ilacs")
    assert together(stories(ILACS, FOCUSED, visit, recalls)) == {frozenset({"1"}), frozenset({"2", "33"})}


def test_minutes_and_papers_go_with_their_item_and_a_copy_of_the_letter_takes_all_to_it() -> None:
    bare = item("40", "2025-02-18")
    copy = replace(item("80", "2025-02-18", "document", fields={"item": "40"}), sha256=ILACS.sha256)
    (story,) = stories(ILACS, bare, copy).stories
    reasons = {m.piece.key: m.link.reason for m in story.members}
    assert reasons == {"1": "Ofsted's letter", "40": "the same agenda item", "80": "the same document as the letter"}


def test_a_report_published_again_under_another_id_is_of_the_same_story() -> None:
    again = ofsteds("9", "2024-07-01", visit=APRIL)
    (story,) = stories(ILACS, again).stories
    assert [m.link.reason for m in story.members] == ["Ofsted's letter", "the same inspection, published again"]


def test_what_was_split_by_hand_stays_out_and_what_was_joined_stays_in() -> None:
    apart = Correction(RELEASE.name, ILACS.name, together=False)
    assert together(one_by_one((ILACS, RELEASE, PRESS), apart)) == {frozenset({"1", "paper"}), frozenset({"release"})}
    bound = Correction(LATE.name, ILACS.name, together=True)
    (first, second) = one_by_one((ILACS, FOCUSED, LATE), bound).stories
    assert [m.link.reason for m in first.members if m.piece is LATE] == ["joined by hand"]
    assert [m.piece.key for m in second.members] == ["2"]


def test_a_piece_s_row_is_the_piece() -> None:
    for piece in ALL:
        row = to_row(piece)
        assert from_row(row, piece.passages) == piece
