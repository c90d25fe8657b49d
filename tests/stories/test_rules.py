"""Why a page is joined to a letter, or cannot be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.stories import rules as story_rules
from monitor.stories.days import day_of, visit_of
from monitor.stories.rules import MIN_POINTS_FOR_LETTER, MIN_POINTS_WITHOUT_LETTER, alike, fits, kinds_agree
from tests.telling import item, ofsteds, page, quotes

VISIT = ("2024-04-08", "2024-04-19")
LETTER = ofsteds("1", "2024-05-15", visit=VISIT, letter_date="2024-05-13", lead_inspector="Ruth Ashby")
SAID = "Children wait too long for a permanent home because plans are not reviewed in time."


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (None, "focused_visit", True),
        ("ilacs", None, True),
        ("ilacs", "sif", True),
        ("monitoring_visit", "focused_visit", False),
        ("monitoring_visit", "ilacs", False),
        ("area_send", "ilacs", False),
    ],
)
def test_a_page_that_says_only_report_may_mean_any_kind(one: str | None, other: str | None, agree: bool) -> None:
    assert kinds_agree(one, other) is agree


@pytest.mark.parametrize(
    ("source", "published", "joined"),
    [
        ("newsroom", "2024-05-15", True),
        ("newsroom", "2024-05-18", True),
        ("newsroom", "2024-05-24", False),
        ("press", "2024-05-25", True),
        ("press", "2024-06-01", False),
        ("newsroom", "2024-05-11", False),
    ],
)
def test_the_days_in_which_news_of_a_letter_comes_out(source: str, published: str, joined: bool) -> None:
    link = fits(page("n", published, source=source), LETTER)
    assert (link is not None and link.score >= MIN_POINTS_FOR_LETTER) is joined


def test_the_reason_is_in_words() -> None:
    link = fits(page("n", "2024-05-17", kind="ilacs", visits=(VISIT,)), LETTER)
    assert link is not None
    assert link.reason == "the same kind (ilacs); the same days of the visit; in the news 2 days after the letter"


@pytest.mark.parametrize(
    ("meeting", "joined"), [("2024-06-20", True), ("2024-08-30", True), ("2025-01-20", False), ("2024-05-01", False)]
)
def test_an_agenda_item_comes_weeks_after_and_names_the_kind(meeting: str, joined: bool) -> None:
    link = fits(item("9", meeting, kind="ilacs"), LETTER)
    assert (link is not None and link.score >= MIN_POINTS_FOR_LETTER) is joined


def test_an_item_that_gives_the_letters_date_is_joined_whenever_it_meets() -> None:
    for day in ("2024-05-13", "2024-05-15"):
        link = fits(item("9", "2025-01-20", letters=(day,)), LETTER)
        assert link is not None
        assert link.score >= MIN_POINTS_FOR_LETTER


@pytest.mark.parametrize(
    ("visit", "joined"),
    [
        (("2024-04-08", "2024-04-19"), True),
        (("2024-04-09", "2024-04-19"), True),
        (("2024-04-21", "2024-04-22"), True),
        (("2024-03-20", "2024-03-21"), False),
    ],
)
def test_the_days_of_a_visit_may_nearly_agree(visit: tuple[str, str], joined: bool) -> None:
    link = fits(page("n", "2024-05-15", kind="ilacs", visits=(visit,)), LETTER)
    assert (link is not None and link.score >= MIN_POINTS_FOR_LETTER) is joined


def test_a_page_from_before_the_letter_can_only_be_about_the_visit() -> None:
    early = page("n", "2024-04-22", kind="ilacs")
    assert fits(early, LETTER) is None
    assert fits(replace(early, visits=(VISIT,)), LETTER) is not None


def test_another_kind_is_barred_whatever_the_dates_but_not_the_same_document() -> None:
    other = page("n", "2024-05-15", kind="monitoring_visit", visits=(VISIT,))
    assert fits(other, LETTER) is None
    assert fits(replace(other, sha256=LETTER.sha256), LETTER) == story_rules.SAME_DOCUMENT


def test_words_of_the_letter_are_evidence_and_the_names_of_judgements_are_not() -> None:
    letter = ofsteds("1", "2024-05-15", findings=quotes(SAID, "The experiences and progress of children in care."))
    late = page("n", "2024-06-20", f"The report said: “{SAID.upper()}” It is so.")
    link = fits(late, letter)
    assert link is not None
    assert link.score == 25
    assert "word for word" in link.reason
    stock = page("n", "2024-06-20", "It judged “the experiences and progress of children in care” good.")
    none = fits(stock, letter)
    assert none is not None
    assert none.score == 0


def test_a_notice_follows_an_inspection_that_judged_inadequate() -> None:
    notice = page("n", "2024-07-20", source="govuk", record="publication")
    assert fits(notice, replace(LETTER, inadequate=True)) == story_rules.Link(
        "published 66 days after an inspection that judged inadequate", 30
    )
    other = fits(notice, LETTER)
    assert other is not None
    assert other.score == 0


def test_two_pages_without_a_letter() -> None:
    one, other = (page(k, d, kind="monitoring_visit") for k, d in (("a", "2017-11-10"), ("b", "2017-11-16")))
    near = alike(one, other)
    assert near is not None
    assert near.score >= MIN_POINTS_WITHOUT_LETTER
    far = alike(one, replace(other, published="2018-02-16"))
    assert far is not None
    assert far.score < MIN_POINTS_WITHOUT_LETTER
    assert alike(one, replace(other, kind="focused_visit")) is None


@pytest.mark.parametrize(
    ("value", "published", "visit"),
    [
        (["2022-02-02", "2022-02-03"], None, ("2022-02-02", "2022-02-03")),
        (["2 and 3 February"], "2022-03-29", ("2022-02-02", "2022-02-03")),
        (["12 to 13 of December"], "2022-01-29", ("2021-12-12", "2021-12-13")),
        (["12th and 13th Oct"], "2017-11-16", ("2017-10-12", "2017-10-13")),
        (["2 and 3 February"], None, None),
        (["earlier this year"], "2022-03-29", None),
        (["31 and 32 April"], "2022-05-01", None),
    ],
)
def test_days_without_a_year_are_of_the_page_s_own(
    value: list[str], published: str | None, visit: tuple[str, str] | None
) -> None:
    assert visit_of(value, published) == visit
    assert day_of(value, published) == (visit[0] if visit else None)


def test_news_long_after_a_letter_is_rather_about_a_later_one() -> None:
    link = fits(page("n", "2024-09-01", kind="ilacs"), LETTER)
    assert link == story_rules.Link("the same kind (ilacs); 109 days after the letter", 0)
