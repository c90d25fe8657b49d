"""How long the database's write lock is held while a source is watched: a sweep with replaced documents, newsrooms.

    python -m benchmarks.lock [--pages 200] [--replaced 10] [--reading 0.2]

Made-up councils, a crawl that is handed in, and a reader that takes as long as it is told to. Another process waits
for no longer than the lock is held, so that this is what `status`, a person's split or another crawl may have to wait.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.passes import goal
from monitor.channels.rules import Channel
from monitor.councils.registry import Registry
from monitor.coverage.pages import Reader as PageReader
from monitor.model import Document, Kind, Letter, Paragraph, Poll, Quote, Record
from monitor.model.event import Subject
from monitor.model.reach import Depth, Shows
from monitor.model.state import PolledTarget
from monitor.store import Store
from monitor.watch.announce import Names
from monitor.watch.known import Run
from monitor.watch.reading import Shelf
from monitor.watch.run import Watch
from monitor.watch.understand import Readers

GOAL_SECONDS = 0.050
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
TEXT = (
    "Ofsted has published the letter of its focused visit to {name}'s children's services. Inspectors visited on "
    "14 and 15 January 2026 and looked at care leavers. The council welcomed the findings.\n"
)


class TimedStore(Store):
    """A store that notes how long each transaction holds the lock."""

    held: list[float]

    @contextmanager
    def transaction(self) -> Iterator[object]:  # type: ignore[override]
        """The same, timed from the moment at which the lock is had."""
        inside = self.connection.in_transaction
        with super().transaction() as connection:
            began = time.perf_counter()
            yield connection
        if not inside:
            self.held.append(time.perf_counter() - began)


class SlowReader:
    """Reads any document in so many seconds."""

    version = 1

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def read(self, path: Path) -> Letter:
        """A letter with grades."""
        time.sleep(self._seconds)
        said = [Quote(f"Leaders know children well {n}.", 1) for n in range(40)]
        grades = {"overall_effectiveness": "good", "care_leavers": "good"}
        return Letter("ilacs", path.stem, 12, judgements=grades, summary=said[:4], strengths=said)

    def paragraphs(self, path: Path) -> list[Paragraph]:
        """Paragraphs that differ from document to document."""
        time.sleep(self._seconds)
        kept = path.stem[:8]
        return [Paragraph(1, "", f"Paragraph {n} of {kept if n % 20 == 0 else 'all'}.") for n in range(120)]


def report(store: Store, urn: str, number: int, version: int) -> Record:
    """A report with its document in the store."""
    sha = f"{int(urn) * 1000 + number * 10 + version:064x}"
    path = store.document_path(sha)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-")
    document = Document(sha, 1000, "application/pdf")
    return Record("ofsted", urn, Kind.REPORT, f"{urn}{number}", f"https://o.example/{urn}{number}", "Inspection report",
                  f"{2016 + number}-05-01", {"report_type": "inspection"}, document)  # fmt: skip


def sweep(store: Store, urns: list[str], replaced: int, day: int) -> list[PolledTarget]:
    """Every council's page, with ten reports each; the newest of some has another document from the second day on."""
    at = (START + timedelta(days=day)).isoformat()
    found = []
    for place, urn in enumerate(urns):
        listed = [report(store, urn, n, int(day > 0 and n == 9 and place < replaced)) for n in range(10)]
        found.append(PolledTarget(Poll("r", "ofsted", urn, at, at, "ok", complete=True, cursor=at), tuple(listed)))
    return [*found, PolledTarget(Poll("r", "ofsted", "search", at, at, "ok", complete=True, listing="agrees"))]


def news(registry: Registry, pages: int, day: int) -> list[PolledTarget]:
    """A newsroom for each council, each day with articles of its own."""
    councils = list(registry)[: max(1, pages // 2)]
    at = (START + timedelta(days=day)).isoformat()
    return [
        PolledTarget(
            Poll("r", "newsroom", c.ofsted_urn, at, at, "ok", complete=False, cursor=at),
            tuple(
                Record("newsroom", c.ofsted_urn, Kind.ARTICLE, f"{day}-{n}", f"https://n.example/{c.ofsted_urn}/{day}-{n}",
                       "Ofsted letter published", at[:10], {"body": "page"}, text=TEXT.format(name=c.name) * 8)
                for n in range(2)
            ),
        )
        for c in councils
    ]  # fmt: skip


def watch(store: Store, source: str, crawl: list[PolledTarget], day: int, reading: float, registry: Registry) -> int:
    """Follow a crawl; how many events it tells."""
    now = START + timedelta(days=day)
    recent = source != "ofsted"
    run = Run(f"{day}-{source}", source, Shows.RECENT if recent else Shows.EVERYTHING, Depth.EVERYTHING)
    pages = PageReader(registry, source, {c.ofsted_urn for c in registry}) if recent else None
    readers = Readers(Shelf(store, SlowReader(reading), lambda: now), pages)
    names = Names(source, lambda target: target, lambda target: Subject(target, target))
    channels = [Channel(f"channel {n}") for n in range(10)]
    return len(Watch(store, run, readers, names, lambda *_: channels, lambda: now).follow(crawl).events)


def main() -> int:
    """Measure and print."""
    given = _arguments()
    registry = Registry.load()
    urns = [c.ofsted_urn for c in registry][:153]
    with tempfile.TemporaryDirectory() as folder, closing(TimedStore(Path(folder))) as store:
        store.held = []
        watch(store, "ofsted", sweep(store, urns, 0, 0), 0, 0.0, registry)
        watch(store, "newsroom", news(registry, given.pages, 0), 0, 0.0, registry)
        print(f"first looks: {_figures(store.held)}")
        store.held = []
        began = time.perf_counter()
        told = watch(store, "ofsted", sweep(store, urns, given.replaced, 1), 1, given.reading, registry)
        told += watch(store, "newsroom", news(registry, given.pages, 1), 1, given.reading, registry)
        print(f"{told} events in {time.perf_counter() - began:.1f} s: {_figures(store.held)}")
        line = goal("write lock held, p99", _p99(store.held), GOAL_SECONDS, "s")
    print(line)
    return 0 if _p99(store.held) <= GOAL_SECONDS else 1


def _figures(held: list[float]) -> str:
    longest = f"median {sorted(held)[len(held) // 2] * 1000:.1f} ms, p99 {_p99(held) * 1000:.1f} ms"
    return f"{len(held)} transactions, {longest}, longest {max(held) * 1000:.1f} ms"


def _p99(held: list[float]) -> float:
    return sorted(held)[min(len(held) - 1, int(len(held) * 0.99))]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=int, default=200, help="articles that newsrooms publish")
    parser.add_argument("--replaced", type=int, default=10, help="documents that are replaced")
    parser.add_argument("--reading", type=float, default=0.05, help="seconds that each document takes to read")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
