"""What search, moves and due answer, against the gold of the corpus and a scan of all its text.

    python -m soak.answers                  all letters: half a minute on two quiet cores
    python -m soak.answers --councils 5     of a few councils

- `moves`: every move that follows from the grades in gold.csv, by its direction, and no other.
- `due`: every council's days since the start of its last full inspection, on four days, by gold.csv.
- `search`: fifty labelled questions. Every hit stands verbatim on its page; a scan of every paragraph of every letter
  by the label finds the same; and a phrase that is on a page, by the text of the whole page, is found on that page.
- Time: the median of the fifty searches is at most 20 ms of the processor.

Exit status 1 where something differs; each difference is printed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median

from monitor.letters.paragraphs import paragraphs
from monitor.letters.reading import read
from monitor.model import Letter, Paragraph
from monitor.model.state import RecordChange, Stored
from monitor.public import reading, writing
from monitor.public.reading import Choice, PublicDatabase
from monitor.query import parse
from monitor.store import Store, records, texts
from monitor.views import due, moves
from monitor.views.council import CouncilView, of_councils
from soak import corpus
from soak.corpus import Gold, page_texts
from soak.queries import QUESTIONS, Question

AT = "2026-11-26T07:00:00+00:00"
DAYS = ("2021-03-01", "2024-01-01", "2026-03-27", "2026-11-27")
IMPRINT = "The Office for Standards in Education, Children"
"""How Ofsted's imprint begins, on the last page. It is left out of the paragraphs."""
MAX_MEDIAN_SECONDS = 0.020
RANKS = ("inadequate", "requires improvement", "good", "outstanding")
SHARED_AREA, JOINT, APART = "overall_effectiveness", "in_care_and_care_leavers", ("in_care", "care_leavers")
AREAS = (SHARED_AREA, "impact_of_leaders", "help_and_protection", *APART, JOINT, "adoption_performance", "lscb")

Found = tuple[str, int, str]
"""A paragraph: its letter, page and words."""


@dataclass(frozen=True, slots=True)
class Read:
    """A file of the corpus: its row, what it says, its paragraphs, and the whole text of each page."""

    gold: Gold
    letter: Letter
    paragraphs: list[Paragraph]
    pages: list[str]


def main() -> int:
    """Read the letters, ask everything, print what differs."""
    given = argparse.ArgumentParser()
    given.add_argument("--councils", type=int)
    rows = corpus.gold(given.parse_args().councils)
    found = corpus.in_two_processes(one, rows)
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder), durable=False) as store:
        keep(store, found)
        councils = list(corpus.registry())
        faults = [*wrong_answers(of_councils(store, councils), rows)]
        writing.refresh(store, councils)
        with reading.opened(store.folder) as public:
            faults += wrong_hits(public, found)
            seconds = [timed(public, question) for question in QUESTIONS]
    middle = median(seconds)
    print(*faults, sep="\n")
    print(f"{len(rows)} letters, {len(QUESTIONS)} questions: {len(faults)} differences; median {middle * 1000:.1f} ms")
    return int(bool(faults) or middle > MAX_MEDIAN_SECONDS)


def one(row: Gold) -> Read:
    """A file as the program reads it."""
    data = corpus.data(row)
    letter = read(data, corpus.registry())
    return Read(row, letter, paragraphs(data), page_texts(data) if letter.pages else [])


def keep(store: Store, found: Iterable[Read]) -> None:
    """What a crawl of all these letters would have kept."""
    with store.transaction():
        for each in found:
            stored = Stored(corpus.record(each.gold), "listed", AT)
            records.save(store, [RecordChange("baseline", None, stored)], AT)
            records.save_letters(store, [each.letter], 1, AT)
            texts.save(store, each.gold["sha256"], each.paragraphs, 1)


def wrong_answers(views: Sequence[CouncilView], rows: Iterable[Gold]) -> Iterator[str]:
    """Moves and waits that differ from what follows from the gold."""
    full = by_council(rows)
    wanted = {move for history in full.values() for move in gold_moves(history)}
    told = [
        (m.council.ofsted_urn, m.published, m.move.change.area, m.move.change.before, m.move.change.after)
        for m in moves.moves(views)
    ]
    yield from (f"a move is missing: {move}" for move in sorted(wanted - set(told), key=str))
    yield from (f"a move too many: {move}" for move in told if move not in wanted or told.count(move) > 1)
    for day in DAYS:
        days = {d.wait.urn: d.wait.days for d in due.due(views, date.fromisoformat(day)) if d.wait.days is not None}
        gold = {urn: waited for urn, history in full.items() if (waited := gold_days(history, day)) is not None}
        differ = sorted(set(days.items()) ^ set(gold.items()))
        yield from (f"a wait differs at {day}: {wait}" for wait in differ)


def by_council(rows: Iterable[Gold]) -> dict[str, list[Gold]]:
    """Each council's full inspections, oldest first."""
    found: dict[str, list[Gold]] = {}
    graded = [r for r in rows if r["kind"] in ("ilacs", "sif") and any(r[a] for a in AREAS if a != "lscb")]
    for row in sorted(graded, key=lambda r: r["published"]):
        found.setdefault(row["urn"], []).append(row)
    return found


def gold_moves(history: Sequence[Gold]) -> Iterator[tuple[str, str, str, str, str]]:
    """The moves that follow from a council's grades: (URN, published, area, before, after)."""
    for old, new in pairwise(history):
        same = old["kind"] == new["kind"]
        for area in AREAS if same else (SHARED_AREA,):
            joint = old[JOINT] if same and area in APART and not old[area] else ""
            before, after = old[area] or joint, new[area]
            if before in RANKS and after in RANKS and before != after:
                yield new["urn"], new["published"], area, before, after


def gold_days(history: Sequence[Gold], day: str) -> int | None:
    """Days since the start of the last full inspection that was published by a day."""
    known = [row for row in history if row["published"] <= day]
    return (date.fromisoformat(day) - date.fromisoformat(known[-1]["inspection_start"])).days if known else None


def wrong_hits(public: PublicDatabase, found: Sequence[Read]) -> Iterator[str]:
    """Hits that are wrong, and what is missing."""
    pages = {each.gold["file_id"]: each.pages for each in found}
    for question in QUESTIONS:
        hits = public.search(parse(question.words), Choice(asked=question.asked))
        told = sorted((h.letter, h.page, h.text) for h in hits)
        wanted = sorted(scanned(question, found))
        yield from (f"{question.words}: not on its page: {h}" for h in told if h[2] not in pages[h[0]][h[1] - 1])
        yield from (f"{question.words}: missing: {hit}" for hit in set(wanted) - set(told))
        yield from (f"{question.words}: too many: {hit}" for hit in set(told) - set(wanted))
        if len(told) != len(wanted):
            yield f"{question.words}: {len(told)} hits, {len(wanted)} by the scan"
        yield from (f"{question.words}: on a page and not found: {page}" for page in unseen(question, found, told))


def scanned(question: Question, found: Iterable[Read]) -> Iterator[Found]:
    """Every paragraph that is right by the label."""
    for each in found:
        for p in each.paragraphs:
            if (p.asked or not question.asked) and question.right(p.text):
                yield each.gold["file_id"], p.page, p.text


def unseen(question: Question, found: Iterable[Read], told: Iterable[Found]) -> Iterator[tuple[str, int]]:
    """Pages whose whole text has the phrase of a question, and which no hit names."""
    if question.asked or not question.words.startswith('"') or not question.words.endswith('"'):
        return
    seen = {(letter, page) for letter, page, _ in told}
    for each in found:
        for number, text in enumerate(each.pages, 1):
            if question.right(text.partition(IMPRINT)[0]) and (each.gold["file_id"], number) not in seen:
                yield each.gold["file_id"], number


def timed(public: PublicDatabase, question: Question) -> float:
    """Seconds of the processor that a search takes, so that a busy machine does not count."""
    began = time.process_time()
    public.search(parse(question.words), Choice(asked=question.asked))
    return time.process_time() - began


if __name__ == "__main__":
    sys.exit(main())
