"""Ten thousand hostile inputs: no crash, every target closed, nothing written outside, no refused address asked.

    python -m soak.hostile                     10,000 answers, documents and texts, all sources; ten minutes
    python -m soak.hostile --inputs 500 --seed 7

A proxy before the replica spoils answers: bytes, markup, headers, lengths, encodings, statuses, redirects. Every
source is crawled through it again and again, with the real spiders, store and readers; then spoilt PDF files and
texts are read. What an address gets at its nth time follows from the seed. Exit status 1 where a crawl's parent or
child failed, a spider met what it did not expect, a target was not closed, anything outside the data folder changed
or got a name from the network, a text took longer than its bound, or the address that redirects tempt to was asked.
"""

from __future__ import annotations

import argparse
import logging
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from monitor.config.file import Config
from monitor.councils.registry import Registry
from monitor.coverage import reading as coverage
from monitor.crawl.forked import ForkedCrawls
from monitor.letters.reader import Reader
from monitor.model import Voice
from monitor.model.reach import Depth
from monitor.store import Store
from monitor.watch import source as watch_source
from monitor.watch.source import Round
from soak.played import SHARED
from soak.proxy import Proxy
from soak.replica import Replica
from soak.spoil import spoilt, spoilt_text
from soak.surroundings import Surroundings, Trap
from soak.watched import Row, at, clock_of, configure

COUNCILS = (
    "Devon", "Torbay", "Lambeth", "Gloucestershire", "Kent", "Leeds", "Barnet", "Bradford", "Essex", "Camden", "Luton",
)  # fmt: skip
"""Few, so that each page is opened again and again, spoilt in another way each time; the last has a CMIS."""
DAYS = (date(2024, 2, 1), date(2024, 3, 1), date(2024, 5, 16), date(2024, 7, 1))
SHARES = (0.1, 0.2, 0.3, 0.6)
"""Of the answers of a crawl that are spoilt: with few a crawl gets far, with many everything fails at once."""
OURS = ("before it was reached", "unexpected", "process died", "longer than")
"""Words of reasons that tell of a fault of ours, not of the site's."""
CRAWL_SECONDS = 180.0
"""A first crawl of Ofsted fetches every letter; a spider that hangs takes longer than any."""
SITES_SECONDS = 420.0
"""What the crawls may take; the inputs that they did not get to become documents and texts."""
TEXT_SECONDS = 2.0
"""More than any text may take to read."""
MORE = """
[[sources.page]]
name = "notices"
url = "{address}/press/leveller/"
selector = "body"
schedule = "0 7 * * *"
[[sources.page]]
name = "../../x"
url = "{address}/press/willispalmer/"
selector = "body"
items = "a"
key = "@href"
schedule = "0 7 * * *"
"""


def main() -> int:
    """Crawl, read, and look at what was left behind."""
    given = _arguments()
    print(f"seed {given.seed}", flush=True)
    sites = _sites(given.inputs * 3 // 10, given.seed)
    left = given.inputs - sites.spoilt
    faults = sites.faults + _documents(left // 2, random.Random(f"{given.seed} documents"))
    faults += _texts(left - left // 2, random.Random(f"{given.seed} texts"))
    told = Counter(faults)
    print(f"faults: {len(faults)}", *(f"{times} x {fault}" for fault, times in told.most_common()), sep="\n  ")
    return int(bool(faults))


@dataclass
class Sites:
    """How many answers were spoilt, and the faults that they brought to light."""

    spoilt: int = 0
    faults: list[str] = field(default_factory=list)


def _sites(inputs: int, seed: int) -> Sites:
    unexpected, found = _Unexpected(), Sites()
    with Replica(DAYS[0].isoformat(), "--slow-seconds", "0.2") as site, Surroundings() as around, Trap().set() as trap:
        with Proxy(site.address, trap.address, seed, hosts=len(COUNCILS)) as proxy:
            found.faults += _crawls(around.folder, site, proxy, inputs)
            found.spoilt = proxy.spoilt
        found.faults += around.strays()
        found.faults += [f"{trap.asked} requests to a refused address"] if trap.asked else []
    return Sites(found.spoilt, found.faults + unexpected.lines)


def _crawls(folder: Path, site: Replica, proxy: Proxy, inputs: int) -> Iterator[str]:
    """Years of few days, each from nothing, until enough was spoilt or the time is up."""
    told, years, crawls, began = Counter[str](), 0, ForkedCrawls(), time.monotonic()

    def going_on() -> bool:
        return proxy.spoilt < inputs and time.monotonic() < began + SITES_SECONDS

    try:
        while going_on():
            config = _config(folder / f"year-{years}", proxy.addresses)
            with Store(config.data_dir) as store:
                for number, day in enumerate(DAYS):
                    site.control(today=day.isoformat())
                    proxy.share = SHARES[(years + number) % len(SHARES)]
                    yield from _day(config, store, day, crawls, told, going_on)
            years += 1
    finally:
        crawls.stop()
    took = time.monotonic() - began
    print(f"sites: {proxy.spoilt} of {proxy.answers} answers spoilt, {took:.0f} s; events {dict(told)}", flush=True)


def _day(
    config: Config, store: Store, day: date, crawls: ForkedCrawls, told: Counter[str], going_on: Callable[[], bool]
) -> Iterator[str]:
    """Every source, once."""
    for name in config.sources.enabled():
        if not going_on():
            return
        try:
            found = watch_source.crawl_source(
                config, store, name, Round(Depth.EVERYTHING), clock=clock_of(day),
                crawl=lambda job, _: crawls.crawl(job, CRAWL_SECONDS),
            )  # fmt: skip
        except watch_source.SourceBusyError:
            told["asked to wait"] += 1
            continue
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what this run looks for
            yield f"{name}: {type(error).__name__}: {error}"
            continue
        told.update(e.kind for e in found.events)
        for target, why in found.health.broken.items():
            if any(words in why.words for words in OURS):
                yield f"{name}: {target}: {why}"


def _config(folder: Path, hosts: list[str]) -> Config:
    """A configuration with a few councils, each at a host of its own; the last has a CMIS."""
    folder.mkdir()
    host_of = dict(zip(COUNCILS, hosts, strict=True))

    def cells(row: Row) -> Row:
        system = {"committee_system": "CMIS"} if row["name"] == COUNCILS[-1] else {}
        return at(host_of.get(row["name"], hosts[0]), row | system)

    return configure(folder, hosts[0], *COUNCILS, cells=cells, more=MORE.format(address=hosts[1]))


class _Unexpected(logging.Handler):
    """What the crawls' children log of their own mistakes: the last line of each traceback."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []
        logging.getLogger("ofsted-watch.crawl").addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        words = record.getMessage()
        if re.match(r"[\w.]*(?:Error|Exception|Interrupt)\b", words):
            self.lines.append(words)


def _documents(inputs: int, chance: random.Random) -> list[str]:
    """Spoilt letters, read by the worker."""
    letters = sorted((SHARED / "corpus" / "letters").rglob("*.pdf"))
    faults, kinds, began = [], Counter[str](), time.monotonic()
    with tempfile.TemporaryDirectory() as name, Reader(timeout=20) as reader:
        path = Path(name) / "letter.pdf"
        for _ in range(inputs):
            whole = chance.choice(letters)
            path.write_bytes(spoilt(whole.read_bytes(), chance))
            try:
                kinds[reader.read(path).kind] += 1
            except Exception as error:  # noqa: BLE001 - whatever it is, it is what this run looks for
                faults.append(f"{whole.name}: {type(error).__name__}: {error}")
    took = time.monotonic() - began
    print(f"documents: {inputs} spoilt, {took:.0f} s, read as {dict(kinds)}", flush=True)
    return faults


def _texts(inputs: int, chance: random.Random) -> list[str]:
    """Spoilt pages' words: read without an error and in time, and every quote stands in them."""
    registry, faults, relevant, longest = Registry.load(), [], 0, 0.0
    own, whole = registry.get("Devon"), _whole_texts()
    for _ in range(inputs):
        text, began = spoilt_text(chance.choice(whole), chance), time.monotonic()
        try:
            says = coverage.read(
                text, title="Ofsted", published="2024-05-16", own=own, registry=registry, where=Voice.NEWS
            )  # fmt: skip
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what this run looks for
            faults.append(f"text: {type(error).__name__}: {error}")
            continue
        took = time.monotonic() - began
        longest = max(longest, took)
        relevant += says.relevant
        faults += [f"a quote that is not in the text: {f.quote!r}" for f in says.facts if f.quote not in text]
        faults += [f"a text of {len(text)} characters took {took:.1f} s"] if took > TEXT_SECONDS else []
    print(f"texts: {inputs} spoilt, {relevant} about an inspection, the longest took {longest:.2f} s", flush=True)
    return faults


def _whole_texts() -> list[str]:
    return [p.read_text(encoding="utf-8") for p in sorted((SHARED / "seeds").glob("*.txt"))]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=20261122)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
