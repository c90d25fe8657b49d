"""Whole letters written for the purpose: what is read, what is said to be doubtful, what stays unsaid."""

from __future__ import annotations

import pytest

from monitor.councils.registry import Registry
from monitor.letters.paragraphs import paragraphs
from monitor.letters.reading import read
from monitor.model import Previous
from soak.corpus import page_texts
from tests.letters.sheets import FIVE, FOUR, REPEATED, Sheet, ilacs, letter


def grades(data: bytes, registry: Registry) -> dict[str, str]:
    return read(data, registry).judgements


def test_an_inspection_report(registry: Registry) -> None:
    found = read(ilacs(), registry, file="devon.pdf")
    assert (found.kind, found.framework, found.variant, found.file) == ("ilacs", "ILACS", "standard", "devon.pdf")
    assert (found.council, found.urn, found.lead_inspector) == ("Devon", "80461", "Mary Example")
    assert (found.inspection_start, found.inspection_end) == ("2025-03-03", "2025-03-14")
    assert found.judgements == {
        "impact_of_leaders": "good",
        "help_and_protection": "requires improvement",
        "in_care": "outstanding",
        "care_leavers": "good",
        "overall_effectiveness": "good",
    }
    assert [item.text for item in found.improvements] == [
        "The quality of written plans.",
        "How often children are seen alone.",
    ]
    assert found.problems == []


def test_every_value_has_words_that_stand_on_their_page(registry: Registry) -> None:
    data = ilacs()
    texts = page_texts(data)
    for quote in read(data, registry).evidence.values():
        assert quote.text in texts[quote.page - 1]


def test_a_judgement_that_is_not_made_is_absent(registry: Registry) -> None:
    assert "overall_effectiveness" not in grades(ilacs(rows=FOUR), registry)


def test_labels_decide_and_not_the_order_of_rows(registry: Registry) -> None:
    assert grades(ilacs(rows=FIVE[::-1]), registry) == grades(ilacs(), registry)


def test_a_heading_that_contradicts_the_table_is_told(registry: Registry) -> None:
    wrong = [REPEATED[0].replace("good", "inadequate"), *REPEATED[1:]]
    found = read(ilacs(repeated=wrong), registry)
    assert found.judgements["impact_of_leaders"] == "good"
    assert found.problems == [
        "impact of leaders: the table says good, the report's running text on page 2 says inadequate"
    ]


def test_a_table_without_rules_is_read_as_text_and_agrees_with_the_headings(registry: Registry) -> None:
    found = read(ilacs(ruled=False), registry)
    assert found.judgements["care_leavers"] == "good"
    assert found.problems == ["overall effectiveness: the grade stands in the text of the table only"]


def test_a_grade_in_the_headings_alone_is_told(registry: Registry) -> None:
    found = read(ilacs(rows=FIVE[:1], ruled=False), registry)
    assert "children in care: the grade stands in the report's running text only" in found.problems
    assert "overall_effectiveness" not in found.judgements


@pytest.mark.parametrize(
    "heading",
    [
        "What care leavers need to be good",
        "Care leavers: what needs to improve to be outstanding",
        "The experiences and progress of care leavers were previously inadequate",
        "Care leavers are not yet good",
    ],
)
def test_a_heading_that_ends_in_a_grade_and_gives_none(registry: Registry, heading: str) -> None:
    assert grades(ilacs(rows=(), repeated=[heading]), registry) == {}


SIF_TITLE = "Inspection of services for children in need of help and protection in Devon"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("The Local Safeguarding Children Board (LSCB) is good.", "good"),
        (
            "The Local Safeguarding Children Board (LSCB) requires improvement to be good in its scrutiny.",
            "requires improvement",
        ),
        ("The LSCB good practice guide is on its site.", None),
        ("The LSCB is good at asking partners for data.", None),
        ("The Local Safeguarding Children Board outstanding actions are listed.", None),
    ],
)
def test_what_a_board_is_good_at_is_no_grade_of_it(registry: Registry, said: str, expected: str | None) -> None:
    sheet = Sheet().write(SIF_TITLE, size=18).write("Inspection date: 3 March 2015 to 25 March 2015", bold=True)
    assert grades(sheet.write(said, size=9).bytes(), registry).get("lscb") == expected


def test_an_earlier_inspection_s_dates_are_not_this_one_s(registry: Registry) -> None:
    found = read(ilacs(dates="Previous inspection date: 3 March 2018. Inspection dates: 3 to 14 March 2025"), registry)
    assert (found.inspection_start, found.inspection_end) == ("2025-03-03", "2025-03-14")


@pytest.mark.parametrize("days", ["4 and 5 October 2022.", "4 October 2022."])
def test_a_day_that_a_sentence_carries_to_the_next_line_is_not_the_letter_s(registry: Registry, days: str) -> None:
    opening = "This letter summarises the findings of the focused visit to Devon children's services on"
    data = letter("Focused visit to Devon children's services", f"{opening}\n{days}", date="Our reference 12")
    found = read(data, registry)
    assert (found.inspection_start, found.letter_date) == ("2022-10-04", None)


def test_a_graded_row_that_no_framework_has_is_kept_and_told(registry: Registry) -> None:
    found = read(ilacs(rows=[*FOUR, ("The effectiveness of the corporate parent", "Good")]), registry)
    assert found.problems == [
        'page 1: "The effectiveness of the corporate parent" is graded good, which is not a judgement we know'
    ]
    assert len(found.judgements) == 4


def test_dates_that_cannot_be_are_told(registry: Registry) -> None:
    found = read(ilacs(dates="Inspection dates: 14 to 3 March 2025"), registry)
    assert 'the dates "14 to 3 March 2025" end before they begin' in found.problems


VISIT = (
    "This letter summarises the findings of the {} visit to Devon children's services\n"
    "on 4 and 5 October 2022. His Majesty's Inspectors for this visit were A. One and B. Two."
)


def test_a_focused_visit_gives_no_grades(registry: Registry) -> None:
    data = letter(
        "Focused visit to Devon children's services",
        VISIT.format("focused"),
        "Services were judged inadequate at the last inspection in March 2020.",
    )
    found = read(data, registry)
    assert (found.kind, found.council, found.judgements) == ("focused_visit", "Devon", {})
    assert (found.inspection_start, found.inspection_end, found.letter_date) == (
        "2022-10-04",
        "2022-10-05",
        "2022-11-09",
    )
    assert found.previous == [Previous("2020-03", "inadequate")]


def test_a_monitoring_visit(registry: Registry) -> None:
    data = letter(
        "Monitoring visit to Devon children's services",
        VISIT.format("monitoring"),
        "This was the second monitoring visit since the local authority was judged inadequate\nin December 2021.",
    )
    found = read(data, registry)
    assert (found.kind, found.variant, found.inspection_end) == ("monitoring_visit", "second", "2022-10-05")
    assert found.previous == [Previous("2021-12", "inadequate")]
    assert found.judgements == {}


def test_a_heading_that_no_known_monitoring_letter_has_is_told(registry: Registry) -> None:
    sheet = Sheet().write("9 November 2022").write("Dear Ms Example")
    sheet.write("Monitoring visit to Devon children's services", bold=True).write(
        *VISIT.format("monitoring").split("\n")
    )
    sheet.write("Areas covered by the visit", bold=True).write("The front door.")
    sheet.write("Pace of change", bold=True).write("Progress is steady.")
    assert read(sheet.bytes(), registry).problems == ['page 1: unknown heading "Pace of change"']


def test_a_letter_dated_before_the_visit_is_told(registry: Registry) -> None:
    data = letter("Focused visit to Devon children's services", VISIT.format("focused"), date="9 November 2021")
    assert read(data, registry).problems == ["the letter is dated 2021-11-09, before the visit ended on 2022-10-05"]


def test_an_area_send_letter_of_before_2023(registry: Registry) -> None:
    data = letter(
        "Joint area SEND inspection in Devon",
        "Between 10 December 2018 and 14 December 2018, Ofsted and the Care Quality Commission (CQC)\n"
        "conducted a joint inspection of the local area of Devon.",
        "Her Majesty's Chief Inspector has determined that a Written Statement of Action is required\n"
        "because of significant areas of weakness in the local area's practice.",
        "The statement must explain how it will tackle the following areas of significant weakness:",
        "\u2022 The strategic plans are not embedded.",
        "\u2022 Communication with parents is weak.",
    )
    found = read(data, registry)
    assert (found.kind, found.framework, found.variant) == (
        "area_send",
        "Area SEND 2016",
        "written statement of action",
    )
    assert (found.inspection_start, found.inspection_end, found.outcome) == ("2018-12-10", "2018-12-14", None)
    assert [item.text for item in found.priority_actions] == [
        "The strategic plans are not embedded.",
        "Communication with parents is weak.",
    ]


def test_two_outcomes_in_one_box_are_no_outcome(registry: Registry) -> None:
    sheet = Sheet().write("Area SEND inspection of Devon Local Area Partnership", size=20)
    sheet.write("Inspection dates: 14 to 18 October 2024").write("Inspection outcome", bold=True, size=14)
    sheet.write("The arrangements typically lead to positive experiences and outcomes.")
    sheet.write("The arrangements lead to inconsistent experiences and outcomes.")
    found = read(sheet.bytes(), registry)
    assert (found.kind, found.outcome) == ("area_send", None)
    assert found.problems == ["the outcome box states more than one outcome"]


def test_another_document_is_unknown_and_has_its_title(registry: Registry) -> None:
    sheet = Sheet().write("Minutes of the scrutiny committee of Devon County Council", size=18)
    found = read(sheet.write("The committee noted that services had been judged good.").bytes(), registry)
    assert (found.kind, found.title) == ("unknown", "Minutes of the scrutiny committee of Devon County Council")
    assert found.judgements == {}
    assert found.problems[0] == "this is no kind of Ofsted letter that is known"


def test_a_file_whose_fonts_name_other_letters_than_they_draw_says_so(registry: Registry) -> None:
    words = "Inspectors found that the children of the county are seen, and that leaders know them well."
    sheet = Sheet()
    for _ in range(5):
        sheet.write("".join(chr(ord(c) + 1) if c.isalpha() else c for c in words), size=10)
    found = read(sheet.bytes(), registry)
    assert (found.kind, found.judgements) == ("unknown", {})
    assert found.problems[0] == "its words cannot be read, because the file does not say which letters its fonts draw"


ENCRYPTED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    b"4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<" + b"28" * 32 + b">/U<" + b"BF" * 32 + b">>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]/Size 5>>\n%%EOF"
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b"<!DOCTYPE html><title>Report not found</title>", "the file is a web page, not a PDF"),
        (b"PK\x03\x04 something else", "the file is not a PDF"),
        (b"%PDF-1.7 cut off here", "the file is damaged or not a PDF"),
        (ilacs()[:900], "the file is damaged or not a PDF"),
        (ENCRYPTED, "the file is protected by a password"),
        (Sheet().bytes(), "the file holds no text, only pictures of pages"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(registry: Registry, data: bytes, reason: str) -> None:
    found = read(data, registry)
    assert (found.kind, found.problems, found.judgements) == ("unknown", [reason], {})
    assert len(found.sha256) == 64


def a_visit(sheet: Sheet, month: str, year: int, *, signed: bool = True) -> Sheet:
    sheet.write(f"9 November {year}").write("Dear Ms Example")
    sheet.write("Focused visit to Devon children's services", bold=True)
    sheet.write(*VISIT.format("focused").replace("October 2022", f"{month} {year}").split("\n"))
    sheet.write("Headline findings", bold=True).write(f"Leaders have made progress in {month}, and children are seen.")
    sheet.new_page().write("What needs to improve in this area of social work practice?", bold=True)
    sheet.write(f"\u2022 The quality of plans in {month}.")
    return sheet.write("Yours sincerely", "Mary Example") if signed else sheet


PLAN = ("What needs to improve?", "\u2022 The council will hire ten more social workers.")


@pytest.mark.parametrize("signed", [True, False])
def test_of_letters_that_are_bound_together_the_first_is_read_and_the_others_are_told(
    registry: Registry, signed: bool
) -> None:
    first = a_visit(Sheet(), "October", 2022, signed=signed).new_page()
    found = read(a_visit(first, "May", 2019).bytes(), registry)
    assert (found.inspection_start, found.pages) == ("2022-10-04", 4)
    assert [item.text for item in found.improvements] == ["The quality of plans in October."]
    assert not any("May" in quote.text for quote in (*found.summary, *found.findings))
    assert "the letter ends on page 2; what is bound behind it was not read as a part of it" in found.problems


def test_a_plan_that_a_council_adds_to_a_letter_is_none_of_its_requests(registry: Registry) -> None:
    sheet = a_visit(Sheet(), "October", 2022).new_page().write(PLAN[0], bold=True).write(PLAN[1])
    data = sheet.bytes()
    assert [item.text for item in read(data, registry).improvements] == ["The quality of plans in October."]
    assert [p.asked for p in paragraphs(data) if "ten more" in p.text] == [False]


def test_a_letter_behind_a_cover_is_read_from_its_own_first_page(registry: Registry) -> None:
    sheet = Sheet().write("Agenda item 7", size=18).new_page()
    found = read(a_visit(sheet, "October", 2022).bytes(), registry)
    assert (found.kind, found.council, found.inspection_start) == ("focused_visit", "Devon", "2022-10-04")
    assert found.evidence["inspection_start"].page == 2


COUNCILS_OWN = {
    "a report on a visit": (
        "Ofsted focused visit to Devon children's services: outcome",
        "This report summarises the findings of the focused visit to Devon children's services on 4 October 2022.",
        "Too many children wait too long for an assessment.",
    ),
    "an action plan": ("Action plan after the joint targeted area inspection (JTAI) in Devon", "We will do better."),
    "a work programme": (
        "Scrutiny work programme",
        "Ofsted monitoring visit to Devon; budget; area SEND inspection of",
    ),
    "a paper on an inspection": (
        "Inspection of Devon local authority children's services: next steps",
        "Ofsted inspected Devon's services from 3 to 14 March 2022. Overall effectiveness is good.",
    ),
}


@pytest.mark.parametrize("lines", COUNCILS_OWN.values(), ids=COUNCILS_OWN)
def test_what_a_council_writes_of_an_inspection_is_no_letter_of_ofsteds(
    registry: Registry, lines: tuple[str, ...]
) -> None:
    sheet = Sheet().write("Children's Scrutiny Committee", "14 June 2022", size=14, bold=True)
    found = read(sheet.write(*lines, size=10).bytes(), registry)
    assert (found.kind, found.judgements, found.summary) == ("unknown", {}, [])
    assert found.problems[0] == "this is no kind of Ofsted letter that is known"
