"""What people read: goldens for every kind of event, and asserts for what must never be said wrongly."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest

from monitor.model import EVENT_KINDS, SEVERITIES, Change, Event, Quote
from monitor.wording import describe, plain
from monitor.wording.dates import day, moment, span
from monitor.wording.text import cut, one_line, safe_url
from tests.notifiers.notifier_samples import CASES, hostile_events, ilacs, make_event, visit


@pytest.mark.parametrize("name", CASES)
def test_message_is_the_reviewed_one(name: str, golden: Callable[[str, str], None]) -> None:
    event = CASES[name]
    golden(f"{name}.txt", f"Subject: {describe.subject([event])}\n\n{plain.message([event])}")


def test_digest_is_the_reviewed_one(golden: Callable[[str, str], None]) -> None:
    events = [ilacs(), visit(council="Brent"), CASES["news.published"]]
    golden("digest.txt", f"Subject: {describe.subject(events)}\n\n{plain.message(events)}")


def test_every_kind_of_event_has_a_case() -> None:
    assert {case.kind for case in CASES.values()} == set(EVENT_KINDS)


def test_every_severity_has_its_own_mark() -> None:
    assert len({describe.MARKS[s] for s in SEVERITIES}) == len(SEVERITIES)


def lines(*changes: Change, **given: object) -> list[str]:
    return [str(line) for line in describe.describe(ilacs(changes=changes, after={}, **given)).lines]


def test_each_direction_has_its_words() -> None:
    earlier = {"judgements": {"in_care_and_care_leavers": "requires improvement"}, "published": "2020-05-04"}
    assert lines(
        Change("overall_effectiveness", "good", "requires improvement", "declined"),
        Change("impact_of_leaders", "good", "outstanding", "improved"),
        Change("help_and_protection", "good", "good", "same"),
        Change("care_leavers", "requires improvement", "good", "first_separate"),
        Change("in_care_and_care_leavers", "requires improvement", None, "no_longer_judged"),
        before=earlier,
    ) == [
        "Overall effectiveness: Requires improvement, declined from Good ↓",
        "Impact of leaders on social work practice: Outstanding, improved from Good ↑",
        "Help and protection: Good, as before",
        "Care leavers: Good; judged together in 2020: Requires improvement",
    ]


def test_a_judgement_that_ended_is_no_decline() -> None:
    assert lines(Change("overall_effectiveness", "good", None, "no_longer_judged")) == [
        "Overall effectiveness: no longer judged (was Good)"
    ]
    assert not describe.describe(CASES["report.published_without_overall"]).lines[0].moved


def test_grades_of_another_scale_have_no_arrow() -> None:
    told = lines(Change("overall_effectiveness", "adequate", "good", "new"))
    assert told == ["Overall effectiveness: Good (was Adequate, on another scale)"]


def test_areas_come_in_ofsteds_order_and_unknown_ones_last() -> None:
    order = ("care_leavers", "youth_justice", "overall_effectiveness")
    told = lines(*(Change(area, "good", "good", "same") for area in order))
    assert told == [
        "Overall effectiveness: Good, as before",
        "Care leavers: Good, as before",
        "Youth justice: Good, as before",
    ]


def test_sif_areas_have_sif_names() -> None:
    event = ilacs(changes=(), before=None, after={"kind": "sif", "judgements": {"in_care": "good"}})
    assert str(describe.describe(event).lines[0]) == "Looked after and achieving permanence: Good"


def test_a_visit_says_that_it_gives_no_grades() -> None:
    assert "A visit gives no grades." in plain.message([visit()])


def test_a_replaced_document_is_a_correction_and_no_move() -> None:
    card = describe.describe(CASES["report.replaced"])
    assert not any(arrow in plain.card_text(card) for arrow in "↑↓→")


@pytest.mark.parametrize("kind", EVENT_KINDS)
def test_an_event_with_nothing_else_still_makes_a_message(kind: str) -> None:
    bare = Event(id="1", at="?", kind=kind, severity="info", source="x", title="")
    assert plain.message([bare]).strip()
    assert describe.subject([bare, bare])


@pytest.mark.parametrize("kind", EVENT_KINDS)
def test_facts_of_a_wrong_type_do_not_stop_a_message(kind: str) -> None:
    wrong = dict.fromkeys(("kind", "judgements", "priority_actions", "problems", "outcome", "reason", "targets"), 7)
    assert plain.message([make_event(kind, before=wrong, after=wrong)])
    assert plain.message([make_event(kind, after={"kind": "area_send", "outcome": [], "priority_actions": True})])


def test_a_card_is_about_600_characters_without_its_addresses() -> None:
    long = tuple(Quote("Children wait too long for help. " * 100, 1) for _ in range(3))
    card = describe.describe(ilacs(summary=long))
    said = plain.card_text(replace(card, links=(), lines=(), notes=(), improvements=()))
    assert 450 < len(said) < 750


def test_nothing_unprintable_reaches_a_message() -> None:
    for event in hostile_events():
        shown = plain.message([event]) + describe.subject([event])
        bad = {c for c in shown if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and c != "\n"}
        assert not bad, (event.kind, bad)


def test_a_text_cannot_begin_a_line_of_its_own() -> None:
    event = make_event("news.published", title="one\r\nSubject: two\n\nthree")
    assert "one Subject: two three" in plain.message([event])


def test_the_letter_is_opened_at_the_quoted_page_only_where_it_is_a_pdf() -> None:
    assert describe.describe(visit()).links[0].url.endswith("#page=2")
    assert "#" not in describe.describe(visit(document=None)).links[0].url


@pytest.mark.parametrize(
    "url",
    [
        *(
            "javascript:alert(1)",
            "data:text/html,x",
            "//host/x",
            "http://",
            "file:///etc/passwd",
            "ftp://a/b",
            "",
            None,
        ),
        *("https://a.example/x y", "https://a.example/\r\nX: y", "http://[::1", "https://a.example/" + "x" * 3000, 7),
    ],
)
def test_what_is_no_web_address_is_no_link(url: object) -> None:
    assert safe_url(url) is None


def test_a_link_keeps_its_meaning_without_characters_that_end_it() -> None:
    assert safe_url("https://a.example/ü?q=<b>|\"'&x=%20") == "https://a.example/%C3%BC?q=%3Cb%3E%7C%22'&x=%20"


def test_many_events_are_counted_with_their_councils() -> None:
    events = [ilacs(), *(make_event(council=name) for name in ("Brent", "Kent", "Leeds", "York", "Hull"))]
    assert describe.subject(events) == (
        "13 May 2025: 1 inspection report and 5 Ofsted reports (judgements moved in 1 report) about Devon, Brent, "
        "Kent and 3 other councils"
    )


def test_dates_are_written_as_people_write_them() -> None:
    assert day("2025-05-13") == "13 May 2025"
    assert day("2025-05-12T23:30:00+00:00") == "13 May 2025"
    assert day("May 2025") == "May 2025"
    assert day(None) == ""
    assert moment("2025-06-03T05:00:00+00:00") == "3 June 2025, 06:00"
    assert moment("2025-06-03") == "3 June 2025"
    assert span("2025-03-10", "2025-03-21") == "10 to 21 March 2025"
    assert span("2024-01-31", "2024-02-01") == "31 January and 1 February 2024"
    assert span("2024-12-30", "2025-01-10") == "30 December 2024 to 10 January 2025"
    assert span("2024-12-30", None) == "30 December 2024"
    assert span("2024-12-30", "2024-12-02") == "30 December 2024"


def test_text_is_cut_after_a_word() -> None:
    assert cut("one two three four", 14) == "one two three…"
    assert cut("x" * 30, 10) == "x" * 9 + "…"
    assert one_line("a\u00ad\u202eb\tc\x07d") == "ab c d"
