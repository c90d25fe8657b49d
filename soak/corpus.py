"""The shared corpus: its letters as the program reads them, and what people would be told of them."""

from __future__ import annotations

import csv
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from monitor.councils.registry import Registry
from monitor.crawl.child import closed_targets
from monitor.diff import documents
from monitor.events import reports as events_reports
from monitor.letters.pdf import open_letter
from monitor.letters.reading import read
from monitor.model import Document, Event, Kind, Letter, Record
from monitor.model.event import Subject
from monitor.model.letter import Inspection
from monitor.model.sources import OFSTED
from monitor.model.state import RecordChange, Stored
from monitor.store import Store
from monitor.watch.replay import replay
from soak.played import SHARED
from tests import history

T = TypeVar("T")
CORPUS = SHARED / "corpus"
AT = "2026-11-22T09:00:00+00:00"
"""When a letter was seen that names no day of publication."""
Gold = dict[str, str]
Read = tuple[Record, Letter]


def gold(councils: int | None = None) -> list[Gold]:
    """The labels of the letters, the oldest letter first; of all councils, or of the first ones."""
    with (CORPUS / "gold.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: (row["published"], row["path"]))
    chosen = set(sorted({row["urn"] for row in rows})[:councils])
    return [row for row in rows if row["urn"] in chosen]


def in_two_processes(read_one: Callable[[Gold], T], rows: Iterable[Gold]) -> list[T]:
    """Each row's letter, read in whatever way, in the order of the rows."""
    with ProcessPoolExecutor(2, get_context("forkserver")) as pool:
        return list(pool.map(read_one, rows, chunksize=4))


def data(row: Gold) -> bytes:
    """The bytes of a letter."""
    return (CORPUS / row["path"]).read_bytes()


@cache
def registry() -> Registry:
    """The councils, once for each process."""
    return Registry.load()


def _read(row: Gold) -> Letter:
    return read(data(row), registry(), row["path"])


def letters(rows: Sequence[Gold], read_by_path: Mapping[str, Letter] | None = None) -> dict[Subject, list[Read]]:
    """The letters of these rows by council, in the order of publication; read here, if nobody has read them."""
    found = [read_by_path[row["path"]] for row in rows] if read_by_path else in_two_processes(_read, rows)
    by_council = defaultdict[Subject, list[Read]](list)
    for row, letter in zip(rows, found, strict=True):
        council = registry().by_urn(row["urn"])
        page = f"https://reports.ofsted.gov.uk/provider/44/{row['urn']}"
        name = council.name if council else row["local_authority"]
        by_council[Subject(name, row["urn"], page)].append((record(row), letter))
    return by_council


def record(row: Gold) -> Record:
    """A letter as a crawl would find it."""
    document = Document(row["sha256"], int(row["bytes"] or 0), "application/pdf")
    url = f"https://files.ofsted.gov.uk/v1/file/{row['file_id'] or row['sha256'][:8]}"
    title, label = row["title"] or row["label"] or row["kind"], {"label": row["label"]}
    return Record(
        OFSTED, row["urn"], Kind.REPORT, row["file_id"] or row["path"], url, title, row["published"], label, document
    )


def told(subject: Subject, reports: Sequence[Read]) -> Iterator[Event]:
    """What people would be told if each of a council's letters were published, put in the place of the one before, and
    withdrawn."""
    read_by = {letter.sha256: letter for _, letter in reports}
    past: list[Inspection] = []
    earlier: Read | None = None
    for record, letter in reports:
        past.append(Inspection(record.key, record.url, record.published or "", letter))
        at = f"{record.published}T12:00:00+00:00" if record.published else AT  # seen on its day, so that it is news
        now = Stored(record, "listed", at)
        steps = [RecordChange("published", None, now), RecordChange("withdrawn", now, now)]
        steps += [RecordChange("replaced", Stored(earlier[0], "listed", AT), now)] if earlier else []
        differences = documents.compare(earlier[1].findings, letter.findings) if earlier else None
        for step in steps:
            event = events_reports.from_change(step, subject, read_by, past, at, differences)
            assert event is not None
            yield event
        earlier = record, letter


def told_of_all(rows: Sequence[Gold], read_by_path: Mapping[str, Letter] | None = None) -> Iterator[Event]:
    """The same of the letters of these rows, by council."""
    for subject, reports in letters(rows, read_by_path).items():
        yield from told(subject, reports)


def publications(rows: Sequence[Gold]) -> Iterator[Event]:
    """That each of these letters is published, with what moved since the council's rows before."""
    return (event for event in told_of_all(rows) if event.kind == "report.published")


def recorded() -> Iterator[Event]:
    """What three years of a recorded table tell, with its three faulty episodes."""
    lines = (json.dumps(item) for item in history.polls(CORPUS, "missing"))
    names = {council.ofsted_urn: council.name for council in registry()}
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder), durable=False) as store:
        yield from replay(store, closed_targets(lines), lambda urn: Subject(names.get(urn), urn or None))


def page_texts(data: bytes) -> list[str]:
    """The words of each page of a PDF as one normalised text, in which every quote of that page stands letter for
    letter. Raises `UnreadableError` as `open_letter` does."""
    return [page.flow for page in open_letter(data).pages]
