"""Kinds of letter as a person reads them."""

from __future__ import annotations

from dataclasses import dataclass

LOOKED_AFTER = "inspection of services for looked-after children"


@dataclass(frozen=True, slots=True)
class LetterKind:
    """How a kind of letter is called: in a headline, written out, in a table, and what people read."""

    short: str
    full: str
    label: str
    noun: str = "report"


KINDS = {
    "ilacs": LetterKind(
        "inspection", "inspection of local authority children's services (ILACS)", "Inspection (ILACS)"
    ),
    "sif": LetterKind("inspection", "inspection under the single inspection framework (SIF)", "Inspection (SIF)"),
    "focused_visit": LetterKind("focused visit", "focused visit", "Focused visit", "letter"),
    "monitoring_visit": LetterKind("monitoring visit", "monitoring visit", "Monitoring visit", "letter"),
    "jtai": LetterKind(
        "joint targeted area inspection", "joint targeted area inspection (JTAI)", "Joint targeted area inspection",
        "letter",
    ),
    "area_send": LetterKind(
        "area SEND inspection",
        "area inspection of services for special educational needs and disabilities (SEND)",
        "Area SEND inspection",
    ),
    "looked_after": LetterKind(LOOKED_AFTER, LOOKED_AFTER, "Looked-after children inspection"),
}  # fmt: skip
UNNAMED = LetterKind("report", "report", "Letter")
LABELS = {kind: about.label for kind, about in KINDS.items()}
VISITS = {"focused_visit", "monitoring_visit"}
"""A visit's letter carries no grades and changes no judgement."""
