"""How many of the sentences that a director would underline a message shows: `python -m benchmarks.underlined`.

    python -m benchmarks.underlined             the 28 letters to work on
    python -m benchmarks.underlined --missed    and each underlined sentence that the e-mail does not open with
    python -m benchmarks.underlined --second    the 24 that a second reader underlined
    python -m benchmarks.underlined --held      the 12 that are held back, for the last word only: figures, no sentence

Makes the event of each letter's publication, with the council's earlier letters before it, words it as the channels do,
and looks in the first two quotations of Slack's card, in the first four of the e-mail and in all of the e-mail's. The
goal is half of the sentences in Slack, where two quotations can show two thirds of them at most, and 70 % in the
e-mail's four. Needs the shared corpus; takes half a minute.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.model import Event, Quote
from monitor.wording.describe import describe
from soak.corpus import Gold, gold, publications
from tests.letters.underlined import SECOND, Underlined, underlined

IN_SLACK, IN_MAIL = 2, 4
GOALS = {"Slack's two": 0.5, "e-mail's four": 0.7}
NEARLY_ALL = 0.8
"""Of a sentence's words: a quotation that holds so many of them in a row shows it."""
_WORD = re.compile(r"[\w\u2019'-]+")


@dataclass(frozen=True, slots=True)
class Shown:
    """One letter, and the quotations of its message on each way out, in their order."""

    letter: Underlined
    ways: dict[str, list[str]]

    def found(self, way: str) -> list[Quote]:
        """The underlined sentences that this way shows."""
        return [s for s in self.letter.sentences if any(shows(quotation, s.text) for quotation in self.ways[way])]


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    which = given.add_mutually_exclusive_group()
    which.add_argument("--held", action="store_true", help="the letters that are held back, instead of the others")
    which.add_argument("--second", action="store_true", help="the second reader's letters, instead of the others")
    given.add_argument("--missed", action="store_true", help="name what the e-mail does not open with")
    options = given.parse_args(arguments)
    if options.held and options.missed:
        given.error("--missed names sentences; nobody who works on the rules may see those of the letters held back")
    letters = underlined(SECOND) if options.second else [one for one in underlined() if one.held == options.held]
    found = list(measure(letters))
    for line in (*report(found), *(missed(found) if options.missed else ())):
        print(line)
    return 0


def measure(letters: Sequence[Underlined]) -> Iterator[Shown]:
    """What the messages about these letters quote."""
    wanted = {one.sha256: one for one in letters}
    for event in publications(_rows(letters)):
        if letter := wanted.get((event.document.sha256 if event.document else None) or ""):
            yield Shown(letter, quotations(event))


def quotations(event: Event) -> dict[str, list[str]]:
    """A message's quotations, by way out."""
    card = describe(event)
    mail = [quote for _, quote in card.findings]
    return {"Slack's two": list(card.quotes[:IN_SLACK]), "e-mail's four": mail[:IN_MAIL], "whole e-mail": mail}


def shows(quotation: str, sentence: str) -> bool:
    """Whether a quotation as it is shown holds the sentence, or most of its words in a row and nothing else."""
    shown, wanted = _words(_said(quotation)), _words(sentence)
    return _within(wanted, shown) or (_within(shown, wanted) and len(shown) >= NEARLY_ALL * len(wanted))


def report(found: Sequence[Shown]) -> Iterator[str]:
    """A table by kind, and the whole beside its goal."""
    ways = list(found[0].ways)
    yield f"{'':16}{'letters':>8}" + "".join(f"{way:>16}" for way in ways)
    for kind in dict.fromkeys(one.letter.kind for one in sorted(found, key=lambda one: one.letter.kind)):
        yield _row(kind, [one for one in found if one.letter.kind == kind], ways)
    yield _row("all", found, ways)
    for way, goal in GOALS.items():
        yield f"{way}: goal at least {goal:.0%}: {'met' if share(found, way) >= goal else 'MISSED'}"


def share(found: Iterable[Shown], way: str) -> float:
    """Of the underlined sentences, those that this way shows."""
    counted = [(len(one.found(way)), len(one.letter.sentences)) for one in found]
    return sum(shown for shown, _ in counted) / sum(of for _, of in counted)


def missed(found: Iterable[Shown]) -> Iterator[str]:
    """Each underlined sentence that is not among the e-mail's four, by letter, the most important first."""
    for one in found:
        left_out = [s for s in one.letter.sentences if s not in one.found("e-mail's four")]
        if left_out:
            yield f"\n{one.letter.council}, {one.letter.kind}, {one.letter.published}"
            yield from (f"  p. {sentence.page}  {sentence.text}" for sentence in left_out)


def _row(name: str, found: Sequence[Shown], ways: Iterable[str]) -> str:
    return f"{name:16}{len(found):>8}" + "".join(f"{share(found, way):>16.0%}" for way in ways)


def _rows(letters: Sequence[Underlined]) -> list[Gold]:
    """The labels of these letters and of what their councils had before them, oldest first."""
    rows = gold()
    last = {row["urn"]: row["published"] for row in rows if row["path"] in {one.file for one in letters}}
    return [row for row in rows if row["published"] <= last.get(row["urn"], "")]


def _said(quotation: str) -> str:
    """A quotation without its marks, its page and the sign that something was left out."""
    inner = quotation.partition("“")[2].rpartition("”")[0] or quotation
    return inner.removeprefix("[…]").removesuffix("…")


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _within(few: Sequence[str], many: Sequence[str]) -> bool:
    """Whether these words stand in the others, in a row."""
    return any(many[i : i + len(few)] == few for i in range(len(many) - len(few) + 1))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
