"""What a page says is the page's word: never a judgement made, never settled where sources differ."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from monitor.model import EVENT_KINDS, Event, Fact, Quote
from monitor.wording import describe, plain
from tests.notifiers.notifier_samples import CASES, CONFLICT, hostile_events, make_event

PAGES = [k for k in EVENT_KINDS if not k.startswith(("report.", "source."))]


def page(kind: str = "press.published", *facts: tuple[str, Any, str], **given: Any) -> Event:
    return make_event(kind, **{"facts": tuple(Fact(*f) for f in facts), "document": None, **given})


def notes(event: Event) -> str:
    return "\n".join(describe.describe(event).notes)


@pytest.mark.parametrize("kind", PAGES)
def test_a_grade_that_a_page_speaks_of_is_no_judgement_of_the_message(kind: str) -> None:
    card = describe.describe(page(kind, ("judgement_now", {"grade": "inadequate"}, "Devon is rated inadequate.")))
    assert card.lines == ()
    assert "nadequate" not in card.headline + card.gist + card.alert
    assert not any("nadequate" in n and "that Devon was judged" not in n for n in card.notes)


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (("judgement_previous", {"grade": "inadequate", "date": "2020-01"}, ""), "Devon was judged Inadequate in Jan"),
        (("judgement_now", {"grade": "good", "date": "2024-05-03"}, ""), "Devon was judged Good on 3 May 2024"),
        (("judgement_previous", {"grade": "Inadequate", "year": 2016}, ""), "Devon was judged Inadequate in 2016"),
        (("judgement_now.in_care", {"grade": "good"}, ""), "Devon was judged Good for children in care"),
        (("judgement_previous", {"grade": "inadequate"}, ""), "Devon was judged Inadequate before."),
        (("judgement_current_standing", "good", "It is 'good'."), "Devon was judged Good: “It is 'good'.”"),
    ],
)  # fmt: skip
def test_a_grade_is_shown_with_when_and_with_the_words(fact: tuple[str, Any, str], said: str) -> None:
    assert f"The article says that {said}" in notes(page("press.published", fact))


@pytest.mark.parametrize(
    ("area", "said"),
    [
        ("impact_of_leaders", "Good for the impact of leaders: "),
        ("lscb", "Good for the Local Safeguarding Children Board: "),
        ("in_care", "Good for children in care: "),
    ],
)
def test_an_area_has_its_article_in_a_sentence(area: str, said: str) -> None:
    assert said in notes(page("press.published", ("judgement_now", {"grade": "good", "area": area}, "It is good.")))


def test_an_area_that_is_graded_otherwise_than_the_whole_is_told_with_it() -> None:
    def given(area: str, grade: str) -> tuple[str, Any, str]:
        return "judgement_now", {"grade": grade, "area": area}, f"{area} is {grade}."

    whole, worst = given("overall_effectiveness", "good"), given("care_leavers", "inadequate")
    said = notes(page("press.published", worst, whole, given("in_care", "good")))
    assert (
        "Devon was judged Good overall and Inadequate for care leavers: “overall_effectiveness is good.” “care" in said
    )
    assert "children in care" not in said
    disputed = notes(page("press.published", whole, worst, given("care_leavers", "outstanding")))
    assert disputed.endswith("Devon was judged Good overall: “overall_effectiveness is good.”")
    assert notes(page("press.published", worst, given("care_leavers", "good"))) == ""


def test_each_grade_of_a_list_has_its_line_and_no_mark_of_the_list() -> None:
    listed = {"impact_of_leaders": "requires improvement", "help_and_protection": "good", "care_leavers": "good"}
    lines = {area: f"\u2022 {area.replace('_', ' ')}: {grade}" for area, grade in listed.items()}
    facts = [(f"judgement_now.{area}", {"grade": grade}, lines[area]) for area, grade in listed.items()]
    said = notes(page("press.published", *facts))
    assert "\u2022" not in said
    assert "“impact of leaders: requires improvement” “help and protection: good” “care leavers: good”" in said


def test_quotations_of_many_grades_have_a_room() -> None:
    areas = ("impact_of_leaders", "help_and_protection", "care_leavers")
    facts = [(f"judgement_now.{area}", {"grade": "good"}, f"{area} {'is good ' * 20}.") for area in areas]
    said = notes(page("press.published", *facts))
    assert ("impact_of_leaders is" in said, "help_and_protection is" in said, "care_leavers is" in said) == (
        *(True, True, False),
    )


def test_a_page_about_several_councils_says_so_in_its_headline_and_names_them() -> None:
    facts = [("council", name, f"{name} was inspected.") for name in ("Devon", "Torbay", "Plymouth")]
    several = page("press.published", *facts, after={"urns": ["80461", "80560", "80545"]})
    assert describe.describe(several).headline.startswith("Devon and 2 other councils: ")
    assert "It is about Devon, Torbay and Plymouth." in notes(several)
    two = page("press.published", *facts[:2], after={"urns": ["80461", "80560"]})
    assert describe.describe(two).headline.startswith("Devon and Torbay: ")
    assert "It is about" not in notes(two)
    some = page("press.published", *facts[:2], after={"urns": ["80461", "80560", "80545"]})
    assert "It is about" not in notes(some)


def test_a_page_without_a_grade_says_none() -> None:
    for value in (None, {}, {"grade": ""}, []):
        assert "judged" not in notes(page("press.published", ("judgement_previous", value, "x")))


def test_sources_that_differ_are_both_shown_and_neither_is_believed() -> None:
    said = notes(CASES["news.published_conflict"])
    assert "Sources differ on the dates of the visit: 2 and 3 February 2022 (Children's Scrutiny Committee);" in said
    assert "2 to 4 February 2022 (the council)." in said
    assert "It is about the second monitoring visit and the letter of 9 March 2022." in said


@pytest.mark.parametrize("wrong", [None, 7, "x", [7], [{"field": 7, "values": []}], [{"field": "a", "values": 7}]])
def test_a_conflict_of_another_shape_stops_no_message(wrong: object) -> None:
    assert "differ" not in notes(page(after={"conflicts": wrong}))


def test_what_is_known_of_the_visit_is_named_once() -> None:
    assert notes(page("press.published", ("visit_dates", ["2022-02-02", "2022-02-03"], "q"))) == (
        "It is about the inspection or visit of 2 and 3 February 2022."
    )
    assert notes(page("press.published", ("inspection_type", "focused visit (i.e. one)", "q"))) == (
        "It is about a focused visit."
    )
    assert notes(page("press.published", ("visit_dates", "spring", "q"))) == ""


@pytest.mark.parametrize(
    ("title", "council", "said"),
    [
        ("Children let down", "Devon", "It is about an area SEND inspection."),
        ("Area SEND inspection: what it found", "Devon", ""),
        ("How inspectors work", None, ""),
    ],
)
def test_a_kind_that_nothing_dates_is_named_only_where_it_says_more(title: str, council: str, said: str) -> None:
    kind = ("inspection_type", "area SEND inspection", "q")
    assert notes(page("press.published", kind, title=title, council=council)) == said


@pytest.mark.parametrize("kind", ["press.published", "meeting.document"])
def test_a_sentence_that_gives_the_grade_is_not_quoted_again(kind: str) -> None:
    words = "A commissioner was sent after Ofsted rated the services inadequate."
    now, step = ("judgement_now", {"grade": "inadequate"}, words), ("intervention", "x", words)
    event = page(kind, now, step, ("finding.negative", "x", "Plans drift."))
    assert plain.message([event], long=True).count(words) == 1
    assert describe.describe(event).quotes == ("“Plans drift.”",)


def test_the_telling_words_come_first_and_each_once() -> None:
    event = page(
        "news.published",
        ("finding.positive", "x", "Morale is better."),
        ("finding.negative", "x", "“Practice is inconsistent,” they write."),
        ("finding.negative", "y", "Said already."),
        summary=(Quote("Said already.", 0),),
    )
    card = describe.describe(event)
    assert card.quotes == ("“Said already.”", "“Practice is inconsistent,” they write.")
    assert tuple(q for _, q in card.findings) == (*card.quotes, "“Morale is better.”")


def test_minutes_are_told_with_the_grade_of_now_before_what_was_resolved() -> None:
    now = ("judgement_now", {"grade": "good"}, "Ofsted had judged the services good.")
    before = ("judgement_previous", {"grade": "inadequate", "year": 2020}, "It was inadequate in 2020.")
    resolved = ("resolution", "that it be noted", "RESOLVED that it be noted.")
    said = describe.describe(page("meeting.minutes", now, before, resolved)).notes
    assert said == ("The minutes say that Devon was judged Good: “Ofsted had judged the services good.”",)
    assert notes(page("meeting.minutes", before)) == ""


def test_what_was_resolved_is_announced_once_and_is_more_than_its_announcement() -> None:
    bare, own = ("resolution", "x", "that the report be noted"), ("resolution", "x", "RESOLVED that it be noted")
    card = describe.describe(page("meeting.minutes", bare))
    assert (card.notes, card.quotes) == (("Resolved:",), ("“that the report be noted”",))
    assert describe.describe(page("meeting.minutes", own)).notes == ()
    empty = describe.describe(page("meeting.minutes", ("resolution", "that:", "Resolved that:")))
    assert (empty.notes, empty.quotes, empty.gist) == ((), (), "")


def test_minutes_say_who_moved_what_and_in_how_many_points() -> None:
    card = describe.describe(CASES["meeting.minutes"])
    assert card.notes[1:] == (
        "Moved by Councillor R Hannaford, seconded by Councillor P Sanders.",
        "Resolved in 4 points:",
    )
    assert [q[:4] for q in card.quotes] == ["“(a)", "“(b)", "“(c)", "“(d)"]
    assert [q[:4] for _, q in card.findings] == ["“(a)", "“(b)", "“(c)", "“(d)"]
    assert card.gist == "4 resolutions"


def test_a_cancelled_meeting_is_told_as_one() -> None:
    card = describe.describe(CASES["meeting.item_cancelled"])
    assert card.headline == "Devon: Children's Scrutiny Committee meeting of 21 March 2022 is cancelled"
    assert "Ofsted Monitoring Visit Letter" in card.notes[0]


def test_a_status_that_is_new_is_named_beside_the_old_one() -> None:
    event = page("meeting.item", before={"status": "draft"}, after={"status": "final"}, title="Ofsted")
    assert describe.subject([event]) == "Devon: committee meeting is now “final”"
    assert notes(event) == "On its agenda is “Ofsted”.\nBefore, the meeting's status was “draft”."


def test_a_meeting_that_moved_has_its_new_status_below() -> None:
    old, new = ({"status": name, "meeting_date": f"2024-06-{day:02}"} for name, day in (("draft", 1), ("final", 8)))
    event = page("meeting.item", before=old, after=new)
    assert "moved “" in describe.subject([event])
    assert "The meeting's status is now “final”, before “draft”." in notes(event)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("transparency", "the transparency data “"),
        ("foi_release", "the freedom of information release “"),
        ("html_publication", "the publication “"),
        ("policy_paper", "the policy paper “"),
        ("", "the page “"),
    ],
)
def test_a_publication_is_called_what_people_call_it(kind: str, said: str) -> None:
    event = page("govuk.published", after={"document_type": kind})
    assert f"GOV.UK published {said}" in describe.subject([event])


def changed(before: str, after: str) -> str:
    return notes(page("page.changed", before={"text": before}, after={"text": after}))


@pytest.mark.parametrize("kind", PAGES)
def test_a_sentence_that_gives_a_grade_stands_in_every_message_about_the_page(kind: str) -> None:
    said = "Ofsted judged the services in Devon to be good after a long visit."
    event = page(
        kind, ("judgement_now", {"grade": "good"}, said), ("quote", "x", said), before=None, after={}, summary=()
    )
    card = describe.describe(event)
    assert " ".join((*card.notes, *card.quotes)).count(said) == 1


def test_a_changed_paragraph_stands_beside_what_it_was() -> None:
    assert changed("Same\nOld words", "Same\nNew words") == "Was: “Old words” Now: “New words”"
    assert changed("Same", "Same\nMore") == "Added: “More”"
    assert changed("Same\nMore", "Same") == "Removed: “More”"


def test_of_a_long_paragraph_the_part_that_differs_is_shown() -> None:
    same = "The office is open all day. " * 30
    assert changed(f"{same}It closes on Monday.", f"{same}It closes on Friday.") == (
        "Was: “It closes on Monday.” Now: “It closes on Friday.”"
    )


def test_a_paragraph_without_a_sentence_that_fits_is_counted_and_not_cut() -> None:
    assert changed("Same", "Same\n" + "word " * 100) == "Added: a paragraph of 100 words."


def test_many_changes_are_counted() -> None:
    event = page(
        "page.changed", before={"text": "a\nb\nc\nd"}, after={"text": "1\n2\n3\n4\n5"}, title="Reports", council=None
    )
    card = describe.describe(event)
    assert card.gist == "4 paragraphs changed, 1 paragraph added"
    assert card.notes[-1] == "And 3 more paragraphs."
    assert card.headline.startswith("Ofsted's reports: “Reports” changed")


@pytest.mark.parametrize("name", CASES)
def test_every_card_is_about_600_characters_at_most(name: str) -> None:
    card = describe.describe(CASES[name])
    said = [card.headline, card.alert, *map(str, card.lines), *card.notes, *card.quotes]
    assert sum(map(len, said)) < 1_000


@pytest.mark.parametrize("kind", PAGES)
def test_what_concerns_a_council_begins_with_its_name(kind: str) -> None:
    assert describe.subject([page(kind)]).startswith("Devon: ")
    assert describe.subject([page(kind), page(kind)]).startswith("Devon: 2 ")


def test_nothing_unprintable_reaches_the_longer_form() -> None:
    for event in hostile_events():
        shown = plain.message([event], long=True)
        assert not {c for c in shown if unicodedata.category(c)[0] == "C" and c != "\n"}, event.kind


def test_what_sources_disagree_on_has_a_name() -> None:
    other = {**CONFLICT, "field": "lead_inspector", "values": [{"value": {"name": "A"}, "source": "Blog"}]}
    assert notes(page(after={"conflicts": [other]})) == "Sources differ on lead inspector: A (Blog)."


def test_a_point_of_minutes_ends_before_what_joins_it_to_the_next() -> None:
    said = ("(a) That the report be noted; and", "(b) That officers report again, or", "(c) That thanks be given.")
    facts = tuple(Fact(f"resolution.{n}", "", text) for n, text in enumerate(said))
    card = describe.describe(make_event("meeting.minutes", title="Ofsted", facts=facts, document=None))
    assert card.quotes == ("“(a) That the report be noted”", "“(b) That officers report again”",
                           "“(c) That thanks be given”")  # fmt: skip


def test_a_quotation_does_not_begin_with_the_mark_of_a_list() -> None:
    said = page("press.published", ("quote", "", "• Help and protection: inadequate"), ("quote", "", "\u2013 Good"))
    assert describe.describe(said).quotes == ("“Help and protection: inadequate”", "“Good”")


def test_the_day_of_a_meeting_is_told_before_a_committee_s_long_name() -> None:
    name = "Children and Young People Overview and Scrutiny Committee"
    after = {"committee": name, "meeting_date": "2024-08-05"}
    title = "Ofsted Inspection of Local Authority Children's Services"
    card = describe.describe(make_event("meeting.item", title=title, council="Northumberland", after=after))
    assert card.headline == f"Northumberland: a committee has “{title}” on its agenda (meeting of 5 August 2024)"
    assert f"The committee is the {name}." in card.notes
