"""Letters after visits: focused visits, and monitoring visits to councils that were judged inadequate. No grades."""

from __future__ import annotations

from monitor.demo.pages import long_date
from tests.demo_letters.dates import month, visit_days
from tests.demo_letters.draft import Draft, close
from tests.demo_letters.layout import LEFT, Flow, Style, footer, wordmark
from tests.demo_letters.pdf import A4, Pdf
from tests.demo_letters.prose import findings, summary

SENDER = ("Demonstration letter", "Not sent by Ofsted", "The council is made up")
BOLD = Style(12, "Helvetica-Bold", before=14)
TIGHT = Style(before=0)
THEMES = {
    "help_and_protection": "children who need help and protection, from the first contact to the protection plan",
    "in_care": "planning for children in care, and how soon they find a permanent home",
    "care_leavers": "young people leaving care, and the support that they get up to the age of 25",
    "impact_of_leaders": "how leaders and managers oversee the work with children and families",
}
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


def write_visit(draft: Draft) -> bytes:
    """The letter as a PDF, for either kind of visit."""
    flow = Flow(_dress)
    _address(flow, draft)
    flow.paragraph(f"{_visit(draft).capitalize()} to {draft.council} children's services", BOLD)
    flow.paragraph(_opening(draft))
    (_monitoring if draft.kind == "monitoring_visit" else _focused)(flow, draft)
    _ending(flow, draft)
    return flow.save()


def _dress(pdf: Pdf) -> None:
    wordmark(pdf)
    if pdf.pages > 1:
        footer(pdf, ())
        return
    for number, line in enumerate(SENDER):
        pdf.text(LEFT, A4[1] - 44 - 11 * number, line, size=9)


def _visit(draft: Draft) -> str:
    return draft.kind.replace("_", " ")


def _address(flow: Flow, draft: Draft) -> None:
    flow.paragraph(long_date(draft.published))
    flow.paragraph(draft.director)
    for line in (*draft.address, draft.council):
        flow.paragraph(line, TIGHT)
    title, _, name = draft.director.partition(" ")
    flow.paragraph(f"Dear {title} {name.split()[-1]}", Style(before=30))


def _opening(draft: Draft) -> str:
    """The sentence that says where and when, and who came."""
    article = "a" if draft.start.year < 2021 else "the"
    start = (
        f"This letter summarises the findings of {article} {_visit(draft)} to {draft.council} children's services "
        f"on {visit_days(draft.start, draft.end)}."
    )
    return f"{start} {_since(draft)}{_inspectors(draft)}"


def _since(draft: Draft) -> str:
    if draft.kind != "monitoring_visit" or draft.previous is None:
        return ""
    day, grade = draft.previous
    return (
        f"This was the {ORDINALS[draft.visit - 1]} monitoring visit since the local authority was judged "
        f"{grade} in {month(day)}. "
    )


def _inspectors(draft: Draft) -> str:
    if len(draft.inspectors) == 1:
        return f"The inspector was {draft.inspectors[0]}, {draft.monarch} Inspector."
    return f"{draft.monarch} Inspectors for this visit were {' and '.join(draft.inspectors)}."


def _focused(flow: Flow, draft: Draft) -> None:
    flow.paragraph(f"Inspectors looked at the local authority's arrangements for {THEMES[draft.theme]}.")
    flow.paragraph(
        "They read children's records, talked with social workers, managers and carers, and met some of the children "
        "and parents themselves. The visit followed the framework for inspecting local authority children's services."
    )
    flow.heading("Overview" if draft.start.year < 2021 else "Headline findings", BOLD)
    flow.paragraph(summary(_tone(draft), draft.council, draft.key)[0])
    _actions(flow, draft)
    flow.heading("Main findings", BOLD)
    _findings(flow, draft)


def _monitoring(flow: Flow, draft: Draft) -> None:
    flow.heading("Areas covered by the visit", BOLD)
    flow.paragraph("Inspectors reviewed the progress made in the following area:")
    flow.bullet(THEMES[draft.theme])
    flow.heading("Headline findings", BOLD)
    flow.paragraph(summary(_tone(draft), draft.council, draft.key)[0])
    _actions(flow, draft)
    flow.heading("Findings and evaluation of progress", BOLD)
    _findings(flow, draft)


def _actions(flow: Flow, draft: Draft) -> None:
    if draft.priority_actions:
        flow.heading("Areas for priority action", BOLD)
        flow.paragraph("The local authority needs to take swift action on the following:")
        for text in draft.priority_actions:
            flow.bullet(text)
    if draft.improvements:
        flow.heading("What needs to improve in this area of social work practice?", BOLD)
        for text in draft.improvements:
            flow.bullet(text)


def _tone(draft: Draft) -> str:
    """How the visit went, for the choice of words only: letters give no grade."""
    return "inadequate" if draft.priority_actions else "requires improvement" if draft.improvements else "good"


def _findings(flow: Flow, draft: Draft) -> None:
    found = findings(draft.theme, _tone(draft), draft.council, draft.key)
    for text in found[: 1 if draft.brief else None]:
        flow.paragraph(text)


def _ending(flow: Flow, draft: Draft) -> None:
    flow.paragraph("What inspectors found will be taken into account when the next inspection or visit is planned.")
    flow.paragraph("Yours sincerely")
    flow.paragraph(draft.inspectors[0], Style(before=36))
    flow.paragraph(f"{draft.monarch} Inspector", TIGHT)
    close(flow)
