"""Inspections of local authority children's services, in the three shapes that they have had since 2018.

Until the end of 2022 one judgement covers children in care and care leavers; from January 2023 there are
two; inspections that start in April 2026 or later make no overall judgement. Which rows the table has
follows from the draft's judgements; how page 1 looks follows from the year.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.demo_letters.dates import full_period, period
from tests.demo_letters.draft import FRAMEWORK_FOOTNOTE, Draft, close, printed, recall, sections
from tests.demo_letters.layout import LABEL, LEFT, RIGHT, TITLE, Cell, Flow, Style, footer, wordmark
from tests.demo_letters.pdf import Pdf
from tests.demo_letters.prose import findings, summary

JUDGEMENTS = {
    "impact_of_leaders": "The impact of leaders on social work practice with children and families",
    "help_and_protection": "The experiences and progress of children who need help and protection",
    "in_care_and_care_leavers": "The experiences and progress of children in care and care leavers",
    "in_care": "The experiences and progress of children in care",
    "care_leavers": "The experiences and progress of care leavers",
    "overall_effectiveness": "Overall effectiveness",
}
BODY_ORDER = ("help_and_protection", "in_care_and_care_leavers", "in_care", "care_leavers", "impact_of_leaders")
FOOTNOTE = (
    "1 The words in brackets name the outcome or enabler of the national framework for children's social care "
    "that each area for improvement belongs to."
)


def write_ilacs(draft: Draft) -> bytes:
    """The report as a PDF."""
    modern = draft.start.year >= 2021
    flow = Flow(_dress(draft, modern))
    (_modern_head if modern else _early_head)(flow, draft)
    _table(flow, draft, (LEFT, 297.5 if modern else 385, RIGHT))
    _summary(flow, draft)
    _improvements(flow, draft)
    _body(flow, draft)
    close(flow)
    return flow.save()


def _title(draft: Draft) -> str:
    return f"Inspection of {draft.council} local authority children's services"


def _dress(draft: Draft, modern: bool) -> Callable[[Pdf], None]:
    lines = (_title(draft), period(draft.start, draft.end)) if modern else ()

    def dress(pdf: Pdf) -> None:
        wordmark(pdf)
        if pdf.pages > 1 or not modern:
            footer(pdf, lines)

    return dress


def _modern_head(flow: Flow, draft: Draft) -> None:
    flow.paragraph(_title(draft), TITLE)
    flow.labelled("Inspection dates:", period(draft.start, draft.end))
    flow.labelled("Lead inspector:", f"{draft.inspectors[0]}, {draft.monarch} Inspector")


def _early_head(flow: Flow, draft: Draft) -> None:
    flow.paragraph(draft.full_name, TITLE)
    flow.paragraph("Inspection of children's social care services", Style(16, "Helvetica-Bold", before=16))
    flow.paragraph(f"Inspection dates: {full_period(draft.start, draft.end)}", LABEL)
    flow.paragraph(draft.inspectors[0], LABEL, mark="Lead inspector:", hang=104)
    flow.paragraph(f"{draft.monarch} Inspector", Style(12, "Helvetica-Bold", before=0, indent=104))


def _table(flow: Flow, draft: Draft, edges: tuple[float, ...]) -> None:
    rows = [(Cell("Judgement", LABEL), Cell("Grade", LABEL))]
    for area, label in JUDGEMENTS.items():
        if area in draft.judgements:
            rows.append((Cell(label), Cell(printed(draft.judgements[area]))))
    flow.table(rows, edges)


def _overall(draft: Draft) -> str:
    """The grade that sets the tone of the summary: the overall one, or leadership's where there is none."""
    return draft.judgements.get("overall_effectiveness") or draft.judgements["impact_of_leaders"]


def _summary(flow: Flow, draft: Draft) -> None:
    said = recall(draft)
    for text in [*summary(_overall(draft), draft.council, draft.key), *([said] if said else [])]:
        flow.paragraph(text)


def _improvements(flow: Flow, draft: Draft) -> None:
    noted = draft.start >= FRAMEWORK_FOOTNOTE
    question = "?" if draft.start.year >= 2021 else ""
    flow.heading(f"What needs to improve{question}", note="1" if noted else "")
    for number, text in enumerate(draft.improvements, 1):
        flow.bullet(f"{text} (outcome {number % 4 + 1}, national framework)" if noted else text)
    if noted:
        flow.footnote(FOOTNOTE)


def _body(flow: Flow, draft: Draft) -> None:
    number = 1
    for area in BODY_ORDER:
        if area in draft.judgements:
            grade = draft.judgements[area]
            flow.heading(f"{JUDGEMENTS[area]}: {printed(grade).lower()}")
            found = findings(area, grade, draft.council, draft.key)
            number = sections(flow, found[: 1 if draft.brief else None], number)
