"""What a document says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from monitor.model.areas import BOARD
from monitor.model.days import day as stated

LETTER_KINDS = (
    "ilacs",
    "sif",
    "focused_visit",
    "monitoring_visit",
    "jtai",
    "area_send",
    "looked_after",
    "other",
    "unknown",
)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document, verbatim, with the page (from 1) on which they stand."""

    text: str
    page: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a letter: its page (from 1), the heading above it (of a heading: itself; before the first one
    empty), its words verbatim, and whether they are of what the letter asks to improve."""

    page: int
    heading: str
    text: str
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """What a page says in words of its own: `field` as in docs/facts.md, `value` as JSON, `quote` verbatim."""

    field: str
    value: Any
    quote: str


@dataclass(frozen=True, slots=True)
class Previous:
    """An earlier inspection that a letter recalls."""

    date: str | None
    grade: str | None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a letter gives of the workforce or of timeliness: `operator` is =, <, <=, >, >= or ~ (about),
    `unit` "%" or what is counted, `quote` the whole sentence."""

    subject: str
    operator: str
    number: float
    unit: str
    quote: Quote


@dataclass(slots=True)
class Letter:
    """What one document says. A judgement that it does not make is absent from `judgements`; `evidence`
    maps a field ("judgements.in_care", "inspection_start") to the words that it was read from.
    `summary` and `findings` are the few sentences that weigh most, at most 600 and 1,800 characters; `by_judgement`
    has for each judgement the one that weighs most in its own section."""

    kind: str
    sha256: str
    pages: int
    file: str | None = None
    variant: str | None = None
    council: str | None = None
    urn: str | None = None
    title: str | None = None
    framework: str | None = None
    inspection_start: str | None = None
    inspection_end: str | None = None
    letter_date: str | None = None
    lead_inspector: str | None = None
    judgements: dict[str, str] = field(default_factory=dict)
    outcome: int | None = None
    previous: list[Previous] = field(default_factory=list)
    improvements: list[Quote] = field(default_factory=list)
    priority_actions: list[Quote] = field(default_factory=list)
    summary: list[Quote] = field(default_factory=list)
    findings: list[Quote] = field(default_factory=list)
    by_judgement: dict[str, Quote] = field(default_factory=dict)
    strengths: list[Quote] = field(default_factory=list)
    themes: list[Quote] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    evidence: dict[str, Quote] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


class NotReadError(Exception):
    """Reading a document failed for a reason that is not the document's alone: it took too long, or its reader was
    killed. Another time may do."""


LOOKED_AT = (
    r"(?:looked (?:closely )?at|considered|reviewed|evaluated|examined|assessed|appraised|explored|focused (?:\w+ )?on)"
)
"""A pattern of how letters say what inspectors looked into. The reader finds themes by it; headlines leave it out."""
GRADED_KINDS = ("ilacs", "sif")
NO_INSPECTOR = "no lead inspector is named"
UNSEEN = "the file has words that its pages do not show"
"""How a letter's problem begins that is none to who reads it, as the one above."""
STRUCK = "the file has words that are struck out"
"""How a letter's problem begins where somebody has to look: what was withdrawn may have been the grade."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """A report that a council has had: the publication and what it says."""

    key: str
    url: str
    published: str
    letter: Letter

    @classmethod
    def of(cls, key: str, url: str, published: str | None, letter: Letter) -> Inspection:
        """A report; one whose page gives no date that can be meant counts from its letter, else its visit."""
        days = (published, letter.letter_date, letter.inspection_end)
        return cls(key, url, next((day for day in days if stated(day)), None) or "", letter)

    @property
    def graded(self) -> bool:
        """Whether it is an inspection of children's services that grades something. A review of the
        safeguarding board alone (Surrey, 2015) grades another body."""
        return self.letter.kind in GRADED_KINDS and bool(self.letter.judgements.keys() - {BOARD})
