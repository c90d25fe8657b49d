"""How long the site takes to write: whole, again without change, and after one new letter.

    python -m benchmarks.site_pages --config config.toml

It works on a copy of the configuration's store. Seconds of the processor (`cpu`) say more than those of the clock where
others use the machine. The search's index is timed by itself: Pagefind always makes it whole.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from monitor.config import file as config_file
from monitor.config.file import Config
from monitor.model import Document
from monitor.model.sources import OFSTED
from monitor.model.state import RecordChange, Stored
from monitor.site import build, picture, search
from monitor.store import Store, records, texts

NEW_KEY = "59999999"
NEW_SHA = "f" * 64


@dataclass(frozen=True, slots=True)
class Timed:
    """One build: what it was, its seconds, how many pages it made."""

    what: str
    cpu: float
    wall: float
    made: int

    def __str__(self) -> str:
        return f"{self.what:32} cpu {self.cpu:6.2f} s   clock {self.wall:6.2f} s   {self.made} pages made"


def timed(what: str, do: Callable[[], int]) -> Timed:
    """Do it, and say how long it took."""
    cpu, wall = time.process_time(), time.perf_counter()
    made = do()
    return Timed(what, time.process_time() - cpu, time.perf_counter() - wall, made)


def measure(config: Config, data: Path, site: Path) -> Iterator[Timed]:
    """The builds of a store in `data` into `site`, which is empty."""

    def write() -> int:
        with Store.reading(data) as store:
            seen = picture.load(store, config, datetime.now(UTC), scheduled=True)
            return build.pages_of(seen, site).made

    yield timed("whole", write)
    yield timed("again", write)
    for kind in ("focused_visit", "ilacs"):
        add_letter(data, kind)
        yield timed(f"after one new letter ({kind})", write)
    if search.available():
        yield timed("the search's index", lambda: int(search.index(site)))


def add_letter(data: Path, kind: str) -> None:
    """Publish a letter of a kind once more, as a new one of its council."""
    with Store(data) as store:
        known = records.records(store, OFSTED)
        read = records.letters(store, [s.record.document.sha256 for s in known if s.record.document])
        for stored in known:
            document = stored.record.document
            if document and document.sha256 in read and read[document.sha256].kind == kind:
                _add(store, stored, document, f"{NEW_SHA[: -len(kind)]}{kind}")
                return


def _add(store: Store, stored: Stored, document: Document, sha256: str) -> None:
    record = replace(stored.record, key=f"{NEW_KEY}{len(sha256)}{sha256[-4:]}", published="2026-11-26",
                     document=replace(document, sha256=sha256))  # fmt: skip
    letter = records.letters(store, [document.sha256])[document.sha256]
    at = datetime.now(UTC).isoformat()
    with store.transaction():
        records.save(store, [RecordChange("published", None, replace(stored, record=record))], at)
        new = replace(letter, sha256=sha256, inspection_start="2026-10-05", inspection_end="2026-10-16")
        records.save_letters(store, [new], 1, at)
        texts.save(store, sha256, texts.paragraphs(store, document.sha256), 1)


def largest(site: Path) -> list[tuple[int, str]]:
    """The largest pages but for the letters, in bytes."""
    pages = (p for p in site.rglob("*.html") if "letters" not in p.parts)
    return sorted(((p.stat().st_size, str(p.relative_to(site))) for p in pages), reverse=True)[:5]


def main() -> None:
    """Print the times and the largest pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, default=Path("config.toml"))
    config = config_file.load(parser.parse_args().config)
    with tempfile.TemporaryDirectory(prefix="ofsted-watch-site-") as folder:
        data, site = Path(folder, "data"), Path(folder, "site")
        data.mkdir()
        with Store.reading(config.data_dir) as store:
            store.copy_to(data / store.path.name)

        for line in measure(config, data, site):
            print(line, flush=True)
        for size, name in largest(site):
            print(f"{size:9,} bytes  {name}")


if __name__ == "__main__":
    main()
