"""What a made-up letter is to say, before it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tests.demo_letters.layout import BODY, Flow, Style

KINGS_ACCESSION = date(2022, 9, 8)
FRAMEWORK_FOOTNOTE = date(2025, 3, 4)

NOTE = (
    "This letter was made up for a demonstration. The council, the people and the findings in it do not exist, "
    "and Ofsted had no part in it."
)


@dataclass(frozen=True)
class Draft:
    """One letter. `judgements` maps field names (`in_care`) to grades in lower case; visits have none.

    `previous` is the date and overall grade of the inspection before, `theme` what a visit looked at,
    `body` the council's full name, `brief` a letter of a page or two instead of five.
    """

    kind: str
    council: str
    start: date
    end: date
    published: date
    judgements: Mapping[str, str] = field(default_factory=dict)
    inspectors: tuple[str, ...] = ("Rowena Ashdown",)
    improvements: tuple[str, ...] = ()
    priority_actions: tuple[str, ...] = ()
    previous: tuple[date, str] | None = None
    body: str = ""
    director: str = "Ms Imogen Castellane"
    address: tuple[str, ...] = ("Director of Children's Services", "The Guildhall", "Market Street")
    theme: str = "help_and_protection"
    visit: int = 1
    brief: bool = False

    @property
    def full_name(self) -> str:
        return self.body or f"{self.council} Council"

    @property
    def key(self) -> str:
        """What the choice of sentences depends on."""
        return f"{self.kind} {self.council} {self.start.isoformat()}"

    @property
    def monarch(self) -> str:
        """Whose inspector signs: the King's for work that began after his accession."""
        return "His Majesty's" if self.start >= KINGS_ACCESSION else "Her Majesty's"


def printed(grade: str, *, to_be_good: bool = True) -> str:
    """A grade as the table prints it; since 2015 "requires improvement" goes on "to be good"."""
    longer = grade == "requires improvement" and to_be_good
    return (grade + " to be good" if longer else grade).capitalize()


def close(flow: Flow) -> None:
    """The last words of every letter: that it is made up."""
    flow.paragraph(NOTE, Style(9, before=24))


def recall(draft: Draft) -> str | None:
    """What the letter says of the inspection before."""
    if draft.previous is None:
        return None
    day, grade = draft.previous
    verdict = printed(grade, to_be_good=day.year >= 2015).lower()
    return (
        f"The last inspection of the local authority was in {day:%B %Y}, when its overall effectiveness "
        f"was judged to be {verdict}."
    )


def sections(flow: Flow, paragraphs: list[str], first: int) -> int:
    """Numbered paragraphs from `first` on; the number after the last one."""
    for number, text in enumerate(paragraphs, first):
        flow.numbered(number, text)
    return first + len(paragraphs)


def plain(flow: Flow, paragraphs: list[str]) -> None:
    for text in paragraphs:
        flow.paragraph(text, BODY)
