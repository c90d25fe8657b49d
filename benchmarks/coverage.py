"""How well pages are told apart: `python -m benchmarks.coverage SHARED [--councils N] [--from DAY] [--to DAY]`.

Every article, agenda item and item's minutes that the replica in SHARED has for the councils (all, or every nth)
and days is read and held against what the replica's truth knows of it: whether it concerns a letter, whose, and of
which kind. Its generator is imported and only asked; no server runs. Prints the counts, precision and recall for
each kind of page, the pages that were taken wrongly, and the pace.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from monitor.councils.registry import Registry
from monitor.coverage import Coverage
from monitor.coverage.reading import read
from monitor.model import Voice

LAYERS = ("news", "press", "item", "minutes", "govuk")
SEEDS = {"000": "devon", "001": "gloucestershire", "002": "somerset", "003": "dudley", "004": "devon"}
SHOWN = 12


@dataclass(frozen=True)
class Page:
    """A page of the replica and its truth: the council and kind of the letter that it concerns, if any."""

    layer: str
    title: str
    text: str
    day: str
    own: str | None
    urn: str | None
    kind: str | None


@dataclass
class Score:
    """What was found of one kind of page."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def take(self, page: Page, found: Coverage) -> None:
        expected = page.urn is not None
        outcome = {(True, True): "hit", (True, False): "missed", (False, True): "false"}.get(
            (expected, found.relevant), "rest"
        )
        self.counts[outcome] += 1
        if outcome in ("missed", "false"):
            self.wrong.append(f"{outcome}: {page.title} ({found.why}): {page.text[:120]!r}")
        if outcome == "hit":
            self._compare("urns", found.urns == (page.urn,), page, found)
            if page.kind:
                self._compare("kind", found.kind == page.kind, page, found)
        if any(fact.quote not in page.text for fact in found.facts):
            self.wrong.append(f"a quote that is not in the text: {page.title}")

    def _compare(self, what: str, same: bool, page: Page, found: Coverage) -> None:
        self.counts[f"{what} {'right' if same else 'wrong'}"] += 1
        if not same:
            self.wrong.append(
                f"{what}: {page.title}: {getattr(found, what)}, not {page.urn if what == 'urns' else page.kind}"
            )

    def __str__(self) -> str:
        c = self.counts
        pages = sum(c[outcome] for outcome in ("hit", "missed", "false", "rest"))
        precision, recall = _share(c["hit"], c["false"]), _share(c["hit"], c["missed"])
        urns, kind = _share(c["urns right"], c["urns wrong"]), _share(c["kind right"], c["kind wrong"])
        found = f"relevant: precision {precision}, recall {recall}; urns right {urns}; kind right {kind}"
        return f"{pages} pages, {c['hit'] + c['missed']} of a letter; {found}"


def _share(right: int, wrong: int) -> str:
    return f"{right / (right + wrong):.4f} ({right} of {right + wrong})" if right + wrong else "-"


def main(arguments: Sequence[str]) -> int:
    """Read all pages and print the scores."""
    parser = argparse.ArgumentParser(prog="benchmarks.coverage", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--councils", type=int, default=153, help="how many councils, spread over the list")
    parser.add_argument("--from", dest="first", type=date.fromisoformat, default=date(2023, 8, 1))
    parser.add_argument("--to", dest="last", type=date.fromisoformat, default=date(2026, 8, 31))
    asked = parser.parse_args(arguments)
    started, count = time.process_time(), 0
    registry, scores = Registry.load(), {layer: Score() for layer in LAYERS}
    for page in pages(asked.shared, asked.councils, asked.first, asked.last):
        scores[page.layer].take(page, look(page, registry))
        count += 1
    for layer, score in scores.items():
        print(f"{layer}: {score}")
        print(*(f"  {line}" for line in score.wrong[:SHOWN]), sep="\n", end="\n" if score.wrong else "")
    print(f"{count} pages in {time.process_time() - started:.0f} CPU s, making them included")
    return 1 if any(score.wrong for score in scores.values()) else 0


def look(page: Page, registry: Registry) -> Coverage:
    """The page as it would be read."""
    own = registry.by_urn(page.own) if page.own else None
    return read(page.text, title=page.title, published=page.day, own=own, registry=registry, where=Voice(page.layer))


def pages(shared: Path, councils: int, first: date, last: date) -> Iterator[Page]:
    """Every page of the replica between two days, for councils spread evenly over its list."""
    world = _module(shared, "world").World(shared / "corpus")
    everyone = list(world.councils.values())
    chosen = everyone[:: max(1, len(everyone) // councils)]
    for council in chosen:
        yield from _articles(_module(shared, "news_data").council_news(world, council), "news", council, first, last)
        yield from _items(_module(shared, "moderngov_data").install(world, council), council, first, last)
    for outlet in ("communitycare", "willispalmer", "leveller"):
        yield from _articles(_module(shared, "news_data").press(world, outlet), "press", None, first, last)
    yield from _publications(_module(shared, "govuk").publications(world), world, first, last)


def _module(shared: Path, name: str) -> Any:
    """A module of the replica."""
    folder = str(shared / "replica")
    if folder not in sys.path:
        sys.path.append(folder)
    return importlib.import_module(f"ofsted_replica.{name}")


def _articles(room: Any, layer: str, council: Any, first: date, last: date) -> Iterator[Page]:
    for a in room.articles:
        if first <= a.day <= last or a.seed:
            urn = a.letter.urn if a.letter else _seed_urn(a.seed)
            kind = a.letter.kind if a.letter else None
            text = "\n".join(line for line in a.body if line.strip())
            yield Page(layer, a.title, text, a.day.isoformat(), council and council.urn, urn, kind)


def _items(site: Any, council: Any, first: date, last: date) -> Iterator[Page]:
    for meeting in site.meetings:
        if meeting.status != "Confirmed":
            continue
        for item in meeting.items:
            urn = council.urn if item.letter or item.seed else None
            kind = item.letter.kind if item.letter else "monitoring_visit" if item.seed else None
            for layer, lines, day in (
                ("item", item.text, meeting.agenda_date),
                ("minutes", item.minutes, meeting.minutes_date),
            ):
                if lines and (first <= day <= last or item.seed):
                    yield Page(layer, item.title, "\n".join(lines), day.isoformat(), council.urn, urn, kind)


def _publications(found: Any, world: Any, first: date, last: date) -> Iterator[Page]:
    """Improvement notices are of a council; what is about councils in general has no place in this truth."""
    urns = {council.name: council.urn for council in world.councils.values()}
    for p in found:
        if p.kind == "notice" and first <= p.first <= last:
            name = p.title.removeprefix("Improvement notice: ").partition(" children")[0]
            yield Page("govuk", p.title, p.description, p.first.isoformat(), None, urns[name], None)
        elif "school" in p.title:
            yield Page("govuk", p.title, p.description, p.first.isoformat(), None, None, None)


def _seed_urn(seed: str) -> str | None:
    return Registry.load().get(SEEDS[seed]).urn if seed else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
