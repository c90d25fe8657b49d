"""What a day would cost with 30,000 providers: schools, children's homes and nurseries, one listing for each remit.

    python -m benchmarks.growth                      # 22,000 + 3,500 + 4,500 providers
    python -m benchmarks.growth --share 0.01         # the same at a hundredth

Synthetic: the pages of a listing as the search shows them, read by the spider's own parser; a management-information
file of 60 columns, read as CSV; and each remit as one target with a record for each provider, through the run that
`watch` makes of a crawl, on a store of its own. Each phase is a process of its own, so that its memory is its own.
Nothing is asked over a network: requests are counted from how many pages there are. docs/scale.md has what follows.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.cost import machine
from monitor.channels.rules import Channel
from monitor.model import Kind, Poll, Record
from monitor.model.event import Subject
from monitor.model.reach import Depth, Shows
from monitor.model.state import PolledTarget
from monitor.store import Store
from monitor.watch.announce import Names
from monitor.watch.known import Run
from monitor.watch.reading import Shelf
from monitor.watch.run import Watch
from monitor.watch.understand import Readers
from spiders.ofsted.results import parse_listing

REMITS = {"schools": 22_000, "children's homes": 3_500, "nurseries": 4_500}
NEW_A_DAY = {"schools": 45, "children's homes": 25, "nurseries": 40}
"""Reports on a working day: 8,000 to 9,000 inspections of schools a year, two of each home, nurseries about every
fourth year, with room for a busy day."""
SOURCE = "ofsted"
"""A source of its own: what joins a council's letters, minutes and news to stories is for councils."""
ROWS_OF_PAGE = 100
COLUMNS = 60
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
GRADES = ("outstanding", "good", "requires improvement", "inadequate")


@dataclass(frozen=True)
class Phase:
    """What one phase took: seconds of CPU and of the clock, megabytes at its peak, and a figure of its own."""

    cpu: float
    wall: float
    peak: float
    found: int

    def line(self, name: str, what: str) -> str:
        """As printed."""
        return f"{name:34}{self.cpu:8.2f}{self.wall:8.2f}{self.peak:9.0f}  {self.found:,} {what}"


def report(share: float) -> Iterator[str]:
    """The measurement, line by line as it goes."""
    sizes = {remit: max(1, int(count * share)) for remit, count in REMITS.items()}
    fresh = {remit: max(1, int(count * share)) for remit, count in NEW_A_DAY.items()}
    yield f"{sum(sizes.values()):,} providers in {len(sizes)} remits"
    yield f"{'':34}{'CPU s':>8}{'wall s':>8}{'peak MB':>9}"
    pages = sum(-(-count // ROWS_OF_PAGE) for count in sizes.values())
    yield measured(lambda: read_pages(pages)).line(f"whole listing, {pages} pages", "rows")
    yield measured(lambda: read_file(sum(sizes.values()))).line("management-information file", "rows")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        yield measured(lambda: looked(place, sizes, {}, 0)).line("baseline", "events")
        yield measured(lambda: looked(place, sizes, {}, 1)).line("a look without news", "events")
        yield measured(lambda: looked(place, sizes, fresh, 2)).line("a day's news in one look", "events")
        size = sum(path.stat().st_size for path in place.glob("*.db"))
    yield f"database {size / 1e6:.1f} MB, {size / sum(sizes.values()):,.0f} bytes a provider"


def measured(work: Callable[[], int]) -> Phase:
    """A phase in a process of its own, and what it took."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(theirs, json.dumps(asdict(_phase(work))).encode())
            os._exit(0)
        finally:
            os._exit(1)
    os.close(theirs)
    with os.fdopen(ours) as answer:
        said = answer.read()
    _, status = os.waitpid(child, 0)
    if status:
        raise RuntimeError(f"a phase ended with status {status}")
    return Phase(**json.loads(said))


def _phase(work: Callable[[], int]) -> Phase:
    began, found = time.monotonic(), work()
    used = resource.getrusage(resource.RUSAGE_SELF)
    return Phase(used.ru_utime + used.ru_stime, time.monotonic() - began, used.ru_maxrss / 1024, found)


def read_pages(pages: int) -> int:
    """Parse so many pages of a listing; how many rows they had."""
    rows = "".join(_row(100_000 + number) for number in range(ROWS_OF_PAGE))
    page = f'<main><p>1 to 100 of 22,000 results</p><ul class="results-list">{rows}</ul></main>'
    return sum(parse_listing(page).received for _ in range(pages))


def _row(urn: int) -> str:
    link = f'<h3 class="search-result__title"><a href="/provider/44/{urn}">School {urn}</a></h3>'
    facts = f"<ul><li>URN: {urn}</li><li>Latest report: 5 March 2026</li></ul>"
    return f'<li class="search-result">{link}<address>{urn} High Street</address>{facts}</li>'


def read_file(rows: int) -> int:
    """Read a management-information file with so many rows; how many had what a record needs."""
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(["URN", "Overall effectiveness", *(f"Column {n}" for n in range(COLUMNS - 2))])
    writer.writerows([str(100000 + n), GRADES[n % 4], *["some words of a cell"] * (COLUMNS - 2)] for n in range(rows))
    made.seek(0)
    return sum(bool(row["URN"] and row["Overall effectiveness"]) for row in csv.DictReader(made))


class NoReader:
    """Synthetic reports have no documents."""

    version = 1


def looked(folder: Path, sizes: dict[str, int], fresh: dict[str, int], day: int) -> int:
    """One look at all remits on a day; how many events it told."""
    run = Run(f"{day}", SOURCE, Shows.EVERYTHING, Depth.EVERYTHING)
    names = Names(SOURCE, lambda target: target, lambda target: Subject(target))
    now = START + timedelta(days=day)
    with Store(folder, durable=False) as store:
        readers = Readers(Shelf(store, NoReader(), lambda: now), None)  # type: ignore[arg-type]
        watch = Watch(store, run, readers, names, lambda *_: [Channel("all")], lambda: now)
        return len(watch.follow(remits(sizes, fresh, now)).events)


def remits(sizes: dict[str, int], fresh: dict[str, int], now: datetime) -> Iterator[PolledTarget]:
    """Each remit as one closed target: a report for each provider, and another one for some."""
    at = now.isoformat()
    for remit, count in sizes.items():
        old = [_report(remit, n, "2024-05-01") for n in range(count)]
        new = [_report(remit, n, at[:10]) for n in range(fresh.get(remit, 0))]
        yield PolledTarget(Poll("r", SOURCE, remit, at, at, "ok", complete=True, cursor=at), (*old, *new))
    yield PolledTarget(Poll("r", SOURCE, "search", at, at, "ok", complete=True, listing="agrees"))


def _report(remit: str, number: int, published: str) -> Record:
    key = f"{remit}-{number}-{published}"
    fields = {"report_type": "inspection", "urn": str(100000 + number), "grade": GRADES[number % 4]}
    return Record(SOURCE, remit, Kind.REPORT, key, f"https://o.example/{key}", "Inspection report", published, fields)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--share", type=float, default=1.0, help="a share of the providers")
    share = parser.parse_args().share
    print(machine(), flush=True)
    for line in report(share):
        print(line, flush=True)


if __name__ == "__main__":
    main()
