"""Letters, each with the three sentences that a director of children's services would underline: forty of a first
reader, and twenty-four others of a second one. A third one read fourteen of them again.

Who judged: one reader, once, on the text of the letter alone, before the rules that choose a summary were changed and
without looking at what they chose. Nobody checked the choice; another reader would underline some other sentences.
The reader asked what a director, of this council or another, would mark on opening the letter: the finding that
drives the grade; what plainly got better or worse; the extraordinary (children left at risk, what is unlawful, homes
that are not registered); of a good report what is best for children and the one weakness that matters. Not history,
not boilerplate, nothing that leans on the sentence before it. The most important comes first.

The letters were drawn by a hash of the file before they were read, from every kind, grade and year that there was, no
council twice. Twelve, drawn the same way, are `held` back: do not look at them while you work on the rules.

The second reader underlined other letters of other councils later, drawn by a hash too, by the same question and in the
same way, without seeing what the rules chose. These are there to fit the weights on, so that they fit more than one
reader's taste.

The third reader read fourteen of the open letters again, seven of each reader's, drawn by the smallest hashes within
each kind: without seeing what was underlined in them or what the rules chose, but knowing how the rules weigh. The
reader put down four sentences of each by the same question, the most important first. They say how far readers agree.

The sentences are Ofsted's (and in joint inspections CQC's, HMICFRS's and HMI Probation's), Crown copyright, under the
Open Government Licence v3.0.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from monitor.model import Quote

FILE = Path(__file__).with_suffix(".json")
SECOND = FILE.with_stem("underlined_second")
THIRD = FILE.with_stem("underlined_third")


@dataclass(frozen=True, slots=True)
class Underlined:
    """One letter: its path in the corpus, and what is underlined in it, the most important first."""

    file: str
    sha256: str
    council: str
    kind: str
    published: str
    held: bool
    sentences: tuple[Quote, ...]


def underlined(file: Path = FILE) -> list[Underlined]:
    """All forty, those held back too; or the second or the third reader's."""
    rows = json.loads(file.read_text(encoding="utf-8"))
    return [Underlined(**row | {"sentences": tuple(Quote(**s) for s in row["sentences"])}) for row in rows]
