"""Inspections under the single inspection framework (2013 to 2018): numbered table, 2.1 and 2.2 indented.

The overall judgement is a sentence on top of the table, and the safeguarding children board is judged in
a part of its own near the end.
"""

from __future__ import annotations

from monitor.demo.pages import long_date
from tests.demo_letters.dates import period
from tests.demo_letters.draft import Draft, close, printed, sections
from tests.demo_letters.layout import BODY, HEADING, LABEL, RIGHT, TITLE, Cell, Flow, Style, footer, wordmark
from tests.demo_letters.pdf import Pdf
from tests.demo_letters.prose import findings, summary

LEFT_RULE, INDENT_RULE, GRADE_RULE = 66.0, 112.0, 382.0
SUBTITLE = Style(14, "Helvetica-Bold", before=8)
PLAIN_SUBTITLE = Style(14, before=8)
BOARD = "The Local Safeguarding Children Board"
ROWS = (
    ("help_and_protection", "1. Children who need help and protection", True),
    ("in_care", "2. Children looked after and achieving permanence", True),
    ("adoption_performance", "2.1 Adoption performance", False),
    ("care_leavers", "2.2 Experiences and progress of care leavers", False),
    ("impact_of_leaders", "3. Leadership, management and governance", True),
)
PARTS = {
    "help_and_protection": "The experiences and progress of children who need help and protection",
    "in_care": "The experiences and progress of children looked after and achieving permanence",
    "adoption_performance": "The graded judgement for adoption performance is that it",
    "care_leavers": "The graded judgement about the experience and progress of care leavers is that it",
    "impact_of_leaders": "Leadership, management and governance",
}


def write_sif(draft: Draft) -> bytes:
    """The report as a PDF."""
    flow = Flow(_dress)
    _head(flow, draft)
    _table(flow, draft)
    flow.heading("Executive summary")
    overall = draft.judgements["overall_effectiveness"]
    flow.paragraph(_verdict(f"Children's services in {draft.council}", overall, "are") + ".")
    for text in summary(overall, draft.council, draft.key):
        flow.paragraph(text)
    _previous(flow, draft)
    flow.heading("Recommendations")
    number = sections(flow, list(draft.improvements), 1)
    _parts(flow, draft, number)
    _board(flow, draft)
    _team(flow, draft)
    close(flow)
    return flow.save()


def _dress(pdf: Pdf) -> None:
    wordmark(pdf)
    footer(pdf, ())


def _head(flow: Flow, draft: Draft) -> None:
    flow.paragraph(draft.full_name, TITLE)
    flow.paragraph(
        "Inspection of services for children in need of help and protection, children looked after and care leavers",
        SUBTITLE,
    )
    if "lscb" in draft.judgements:
        flow.paragraph("and", PLAIN_SUBTITLE)
        flow.paragraph(f"Review of the effectiveness of {BOARD.replace('The', 'the')}", SUBTITLE)
    flow.paragraph(f"Inspection date: {period(draft.start, draft.end)}", PLAIN_SUBTITLE)
    flow.paragraph(f"Report published: {long_date(draft.published)}", PLAIN_SUBTITLE)


def _table(flow: Flow, draft: Draft) -> None:
    verdict = _verdict(f"Children's services in {draft.full_name}", draft.judgements["overall_effectiveness"], "are")
    flow.table([(Cell(verdict, SUBTITLE),)], (LEFT_RULE, RIGHT), before=18)
    for area, label, main in ROWS:
        if area in draft.judgements:
            grade = Cell(printed(draft.judgements[area], to_be_good=False))
            cells = (Cell(label, LABEL), grade) if main else (Cell(""), Cell(label), grade)
            edges = (LEFT_RULE, GRADE_RULE, RIGHT) if main else (LEFT_RULE, INDENT_RULE, GRADE_RULE, RIGHT)
            flow.table([cells], edges, before=0)


def _verdict(subject: str, grade: str, verb: str) -> str:
    """ "… are good", "… require improvement to be good": the grade as a sentence about its subject."""
    if grade == "requires improvement":
        return f"{subject} {'require' if verb == 'are' else 'requires'} improvement to be good"
    return f"{subject} {verb} {grade}"


def _previous(flow: Flow, draft: Draft) -> None:
    if draft.previous is None:
        return
    day, grade = draft.previous
    flow.heading("The local authority")
    flow.paragraph("Previous Ofsted inspections", Style(12, "Helvetica-Bold"))
    flow.bullet(
        "The previous inspection of the local authority's arrangements for the protection of children was in "
        f"{day:%B %Y}. The local authority was judged to be {grade}."
    )


def _parts(flow: Flow, draft: Draft, number: int) -> None:
    for area, _, main in ROWS:
        if area in draft.judgements:
            grade = draft.judgements[area]
            _part_head(flow, PARTS[area], grade, main)
            found = findings(area, grade, draft.council, draft.key)
            number = sections(flow, found[: 1 if draft.brief else None], number)


def _part_head(flow: Flow, label: str, grade: str, main: bool) -> None:
    flow.keep(160)
    if main:
        cells = (Cell(label, SUBTITLE), Cell(printed(grade, to_be_good=False), BODY))
        flow.table([cells], (LEFT_RULE, GRADE_RULE, RIGHT), before=24)
    else:
        flow.table([(Cell(_verdict(label, grade, "is"), LABEL),)], (LEFT_RULE, RIGHT), before=24)


def _board(flow: Flow, draft: Draft) -> None:
    if "lscb" not in draft.judgements:
        return
    flow.heading(f"{BOARD} (LSCB)", Style(16, "Helvetica-Bold", before=24))
    flow.heading(_verdict(BOARD, draft.judgements["lscb"], "is"), HEADING)
    flow.paragraph(
        "The board meets every quarter and its members are senior enough to act. It has begun to look at what the "
        "partners' own figures say together, and to ask children what they make of the help that they get."
    )


def _team(flow: Flow, draft: Draft) -> None:
    flow.heading("Information about this inspection")
    flow.paragraph("Inspectors read records, sat in on meetings, and spoke with children, carers, staff and partners.")
    flow.heading("The inspection team", LABEL)
    flow.paragraph(f"Lead inspector: {draft.inspectors[0]}")
    if draft.inspectors[1:]:
        flow.paragraph(f"Team inspectors: {', '.join(draft.inspectors[1:])}", Style(before=0))
