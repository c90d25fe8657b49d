"""Every message that the corpus can give, as e-mail and as plain text.

    python -m soak.mailing                  all of them (needs the shared corpus and the double of an SMTP server)
    python -m soak.mailing --councils 5     a short run

Each letter of the corpus is published, put in the place of the council's letter before it, and withdrawn; the recorded
table of three years is replayed besides. Each event is mailed to the strict double alone, and all of them in digests
of ten: no finding is allowed, every picture has to be as small as promised, and every line of plain text printable.
Prints what was mailed and each finding; exit status 1 where there is one.
"""

from __future__ import annotations

import argparse
import csv
import json
import socket
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import repeat
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from monitor.councils.registry import Registry
from monitor.crawl.child import closed_targets
from monitor.diff import documents
from monitor.events import reports as events_reports
from monitor.letters import read
from monitor.model import Document, Event, Kind, Letter, Record
from monitor.model.event import Subject
from monitor.model.letter import Inspection
from monitor.model.state import RecordChange, Stored
from monitor.store import Store
from monitor.watch.replay import replay
from monitor.wording import describe, plain
from notifiers.chart import picture
from notifiers.mail.notifier import MailNotifier
from soak.replica import SHARED
from tests import history

AT = "2026-11-22T09:00:00+00:00"
DIGEST, BATCH = 10, 200
PICTURE = 60_000
"""Bytes of a picture at most."""

Read = tuple[Record, Letter]


def letters(folder: Path, councils: int | None) -> dict[Subject, list[Read]]:
    """The corpus by council, in the order of publication; the first `councils` of them."""
    with (folder / "gold.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: (row["published"], row["path"]))
    chosen = sorted({row["urn"] for row in rows})[:councils]
    rows = [row for row in rows if row["urn"] in chosen]
    with ProcessPoolExecutor(2) as pool:
        found = list(pool.map(_read, repeat(folder), [row["path"] for row in rows], chunksize=8))
    by_council = defaultdict[Subject, list[Read]](list)
    for row, letter in zip(rows, found, strict=True):
        page = f"https://reports.ofsted.gov.uk/provider/44/{row['urn']}"
        by_council[Subject(row["local_authority"], row["urn"], page)].append((_record(row, letter), letter))
    return by_council


@cache
def _registry() -> Registry:
    return Registry.load()


def _read(folder: Path, path: str) -> Letter:
    return read((folder / path).read_bytes(), _registry())


def _record(row: dict[str, str], letter: Letter) -> Record:
    document = Document(letter.sha256, int(row["bytes"]), "application/pdf")
    url = f"https://files.ofsted.gov.uk/v1/file/{row['file_id']}"
    title = row["title"] or row["label"]
    return Record(
        "ofsted",
        row["urn"],
        Kind.REPORT,
        row["file_id"],
        url,
        title,
        row["published"],
        {"label": row["label"]},
        document,
    )


def told(subject: Subject, reports: Sequence[Read]) -> Iterator[Event]:
    """What people would be told of a council's letters."""
    read_by = {letter.sha256: letter for _, letter in reports}
    past: list[Inspection] = []
    for number, (record, letter) in enumerate(reports):
        past.append(Inspection(record.key, record.url, record.published or "", letter))
        at = f"{record.published}T12:00:00+00:00" if record.published else AT  # seen on its day, so that it is news
        now = Stored(record, "listed", at)
        steps = [RecordChange("published", None, now), RecordChange("withdrawn", now, now)]
        earlier = reports[number - 1] if number else None
        if earlier:
            steps.append(RecordChange("replaced", Stored(earlier[0], "listed", AT), now))
        for step in steps:
            differing = documents.compare(earlier[1].findings, letter.findings) if earlier else ()
            event = events_reports.from_change(
                step, subject, read_by, past, at, differing if step.type == "replaced" else ()
            )
            assert event is not None
            yield event


def recorded(folder: Path) -> list[Event]:
    """What the recorded table tells, with its three faulty episodes."""
    lines = (json.dumps(item) for item in history.polls(folder, "missing"))
    with tempfile.TemporaryDirectory() as data, Store(Path(data)) as store:
        return list(replay(store, closed_targets(lines), lambda target: Subject(None, target)))


class Double:
    """The strict SMTP server as a process on free ports."""

    def __init__(self) -> None:
        port = _free_port()
        command = [sys.executable, str(SHARED / "doubles" / "smtp.py"), "--port", str(port)]
        self._process = subprocess.Popen(
            [*command, "--control-port", str(_free_port())], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.control = f"http://127.0.0.1:{self._process.stdout.readline().split()[-1]}"
        self.notifier = MailNotifier(
            "ann@council.example", sender="Ofsted watch <bot@example.org>", host="127.0.0.1", port=port, security="none"
        )

    def findings(self, mails: Sequence[tuple[str, Sequence[Event]]]) -> Iterator[str]:
        """Send mails and forget them again: what the lint has against each, and each that did not come."""
        for message_id, told in mails:
            self.notifier.send(message_id, told)
        with urlopen(f"{self.control}/_mails") as answer:
            kept = json.load(answer)
        urlopen(f"{self.control}/_reset", b"").close()
        yield from (f"{mail['subject']}: {problem}" for mail in kept for problem in mail["problems"])
        if len(kept) != len(mails):
            yield f"{len(mails)} mails were sent and {len(kept)} came"

    def close(self) -> None:
        """Stop the process."""
        self._process.terminate()
        self._process.wait(10)
        assert self._process.stdout is not None
        self._process.stdout.close()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def unprintable(event: Event) -> Iterator[str]:
    """Lines of its plain text that a terminal or a mail could take for more than text."""
    text = plain.message([event], long=True) + describe.subject([event])
    yield from (f"{event.title}: unprintable {line!r}" for line in text.split("\n") if not line.isprintable())


def large(event: Event) -> tuple[int, list[str]]:
    """The size of its picture, and what is wrong with it."""
    made = picture.picture(event)
    if made is None:
        return 0, []
    wrong = len(made.png) > PICTURE or made.width > 600 or not made.alt
    return len(made.png), [f"{event.title}: a picture of {len(made.png)} bytes, {made.width} wide"] if wrong else []


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the events, send them, print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--councils", type=int)
    given = parser.parse_args(arguments)
    corpus = SHARED / "corpus"
    by_council = letters(corpus, given.councils)
    found = [event for subject, reports in by_council.items() for event in told(subject, reports)]
    if given.councils is None:
        found += recorded(corpus)
    return _report(found, sum(map(len, by_council.values())))


def _report(found: Sequence[Event], read_letters: int) -> int:
    findings = [line for event in found for line in unprintable(event)]
    pictures = [large(event) for event in found]
    findings += [line for _, lines in pictures for line in lines]
    digests = [found[i : i + DIGEST] for i in range(0, len(found), DIGEST)]
    mails = [(f"{i:064x}", told) for i, told in enumerate([*([e] for e in found), *digests])]
    server = Double()
    try:
        for start in range(0, len(mails), BATCH):
            findings += server.findings(mails[start : start + BATCH])
    finally:
        server.close()
    sizes = sorted(size for size, _ in pictures if size)
    print(f"{read_letters} letters gave {len(found)} events and {len(mails)} mails; findings: {len(findings)}")
    middle = f", {median(sizes):,.0f} bytes in the middle, {sizes[-1]:,} at most" if sizes else ""
    print(f"pictures: {len(sizes)}{middle}")
    print(*findings[:20], sep="\n")
    return int(bool(findings))


if __name__ == "__main__":
    sys.exit(main())
