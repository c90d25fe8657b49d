"""How well pages are joined to letters: `python -m benchmarks.stories [stand-in]`, with the shared corpus.

All letters of the corpus and every page of the replica's truth of August 2023 to August 2026 (agenda items with
their documents, minutes, news, press), all councils, are placed one by one in the order of their dates. A page is
joined rightly where the letter in its story is the one that the truth names. Precision is of the pages that are in
a story with a letter, recall of all. Measured five times, each with less to go by:

    as it is                  with what the pages say and what is attached
    without documents         no attachment whose bytes are the letter's
    without dates             nor any date that a page states: by kind and time of publication alone
    without dates and kind    by time of publication alone
    shuffled                  as it is, in a random order: the stories must come out the same

What the pages say is read by the program, or with the argument "stand-in" by `story_pages.stand_in`, which knows
the replica's sentences: then the joining alone is measured. A page that is not found to be about a council's
children's services is not placed and counts as missed. The goal is a precision of 0.99 and a recall of 0.97.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.request import urlopen

from benchmarks.story_pages import Event, Page, pages, program_reading, stand_in
from monitor.councils.registry import Registry
from monitor.coverage import Coverage
from monitor.letters.reading import read
from monitor.model import Document, Kind, Record
from monitor.stories.arranging import Arranged, arrange
from monitor.stories.item import StoryItem, of_letter, of_page
from monitor.stories.units import Correction
from soak.replica import Replica

FIRST, LAST = "2023-08-01", "2026-08-31"
PRECISION, RECALL = 0.99, 0.97
Reading = Callable[[Record, str], Coverage]
Letters = dict[str, StoryItem]
Pieces = list[tuple[Page, tuple[StoryItem, ...]]]


@dataclass
class Measured:
    """What came of placing everything once."""

    councils: dict[str, Arranged]
    right: int = 0
    wrong: list[Page] = field(default_factory=list)
    missed: list[Page] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def precision(self) -> float:
        """The share of joined pages that are joined rightly."""
        return self.right / max(1, self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        """The share of all pages that are joined rightly."""
        return self.right / max(1, self.right + len(self.wrong) + len(self.missed))

    @property
    def partition(self) -> set[frozenset[str]]:
        """Which pieces are together, whatever the stories are called."""
        found = [s for a in self.councils.values() for s in a.stories]
        return {frozenset(m.piece.name for m in s.members) for s in found}


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    reading = stand_in if arguments else program_reading()
    letters, found = corpus_letters(), fetch()
    print(f"{len(letters)} letters, {len(found)} pages and documents of {len({p.urn for p in found})} councils")
    read_as = [(page, pieces_of(page, reading)) for page in found]
    whole = measure(letters, read_as)
    for line in report(letters, read_as, whole):
        print(line)
    shuffled = measure(letters, read_as, shuffle=7)
    print(f"shuffled: {'the same stories' if shuffled.partition == whole.partition else 'OTHER STORIES'}")
    for line in seeds(whole, read_as):
        print(line)
    for page in (*whole.wrong, *whole.missed)[:10]:
        print("not right:", page.record.url, page.day, page.record.title)
    met = whole.precision >= PRECISION and whole.recall >= RECALL and shuffled.partition == whole.partition
    print(f"goal: precision {PRECISION}, recall {RECALL}: {'met' if met else 'MISSED'}")
    return 0 if met else 1


def report(letters: Letters, found: Pieces, whole: Measured) -> Iterator[str]:
    """The measurement as it is, and with less and less to go by."""
    yield _line("as it is", whole)
    bare = [(page, pieces) for page, pieces in found if page.record.kind != "document"]
    yield _line("without documents", measure(letters, bare))
    dateless = _each(bare, visits=(), letters=())
    yield _line("without dates", measure(letters, dateless))
    blind = _each(dateless, kind=None)
    yield _line("without dates and kind", measure(letters, blind))


def _each(found: Pieces, **without: Any) -> Pieces:
    return [(page, tuple(replace(p, **without) for p in pieces)) for page, pieces in found]


def fetch(first: str = FIRST, last: str = LAST) -> list[Page]:
    """The pages of the truth of these days, and the five seeds' wherever they lie."""
    with Replica(last) as replica:
        with urlopen(f"{replica.address}/_truth?from=2010-01-01&to={last}&layer=all") as answer:
            events: list[Event] = json.load(answer)["events"]
        pages_only = [e for e in events if e["layer"] != "reports"]
        return pages([e for e in pages_only if e["date"] >= first or e["file_id"] is None])


def corpus_letters() -> Letters:
    """Ofsted's letters as pieces, by the file id that the truth calls them by."""
    registry, found = Registry.load(), {}
    with Replica(LAST) as replica, urlopen(f"{replica.address}/_truth?from=2000-01-01&to={LAST}") as answer:
        events = json.load(answer)["events"]
        for event in (e for e in events if e["is_pdf"]):
            with urlopen(event["file_url"]) as file:
                letter = read(file.read(), registry)
            document = Document(letter.sha256, 1, "application/pdf")
            record = Record(
                "ofsted",
                event["urn"],
                Kind.REPORT,
                event["file_id"],
                event["file_url"],
                "",
                event["date"],
                {},
                document,
            )
            found[event["file_id"]] = of_letter(record, letter, event["urn"])
    return found


def pieces_of(page: Page, reading: Reading) -> tuple[StoryItem, ...]:
    """A page as a piece of each council that it is about; one without a date of its own is seen on the day that it
    came out. What is attached to an agenda item comes with it."""
    attached = page.record.kind == "document"
    coverage = Coverage(True, "attached", (page.urn,)) if attached else reading(page.record, page.urn)
    urns = coverage.urns if coverage.relevant else ()
    return tuple(of_page(page.record, coverage, urn, page.day) for urn in urns)


def place(piece: StoryItem, known: Arranged, hands: Sequence[Correction] = ()) -> Arranged:
    """The council's stories with one more piece, or with a newer version of it. Twice is the same as once."""
    others = [m.piece for s in known.stories for m in s.members] + list(known.loose)
    openers = [s.opener for s in known.stories]
    return arrange([*(p for p in others if p.name != piece.name), piece], hands, openers)


def measure(letters: Letters, found: Pieces, shuffle: int | None = None) -> Measured:
    """Place everything, one by one, in the order of dates or in a random one."""
    dated = sorted(
        [(p.published or "", p) for p in letters.values()] + [(x.day, p) for x, pieces in found for p in pieces],
        key=_day,
    )
    if shuffle is not None:
        random.Random(shuffle).shuffle(dated)
    measured = Measured({})
    started = time.process_time()
    for _, piece in dated:
        measured.councils[piece.urn] = place(piece, measured.councils.get(piece.urn, Arranged()))
    measured.seconds = time.process_time() - started
    for page, pieces in found:
        if page.file_id and page.record.kind != "document":
            _judge(measured, page, pieces, letters)
    return measured


def _day(dated: tuple[str, StoryItem]) -> tuple[str, str]:
    return dated[0], dated[1].name


def _judge(measured: Measured, page: Page, pieces: tuple[StoryItem, ...], letters: Letters) -> None:
    stories = [measured.councils[p.urn].story_of(p.name) for p in pieces]
    joined = {letter.name for story in stories if story for letter in story.letters}
    if not joined:
        measured.missed.append(page)
    elif joined == {letters[str(page.file_id)].name}:
        measured.right += 1
    else:
        measured.wrong.append(page)


def _line(name: str, measured: Measured) -> str:
    return (
        f"{name}: precision {measured.precision:.4f}, recall {measured.recall:.4f} "
        f"({measured.right} right, {len(measured.wrong)} wrong, {len(measured.missed)} in no letter's story); "
        f"{measured.seconds:.1f} CPU s"
    )


def seeds(measured: Measured, found: Pieces) -> Iterator[str]:
    """Where the seeds' pages are."""
    for page, pieces in found:
        if page.seed and page.record.kind != "document":
            name = pieces[0].name if pieces else ""
            story = measured.councils[page.urn].story_of(name)
            where = f"story {story.id} ({story.kind}, {len(story.members)} pieces)" if story else "in no story"
            yield f"seed in {page.record.source}, {page.record.kind} of {page.urn}: {where}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
