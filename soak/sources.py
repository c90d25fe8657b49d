"""Three years of everything that follows a letter: committees, newsrooms, press, and the stories that join them.

    python -m soak.sources                            2023-08-01 to 2026-08-31, all councils, over an hour
    python -m soak.sources --start 2024-09-01 --end 2024-12-01 --sources ofsted press --markup default
    python -m soak.sources --sources newsroom press --faults     articles that fail at first, with each kind of fault
    python -m soak.sources --sources moderngov --days 14 --only Devon Kent

Each source is crawled once a week, as `run` crawls it, at the replica's date; the press every three days, for its feed
holds ten articles, which some weeks exceed. Ofsted's pages take all forms that the replica knows (`--markup mixed`).
Prints, for each layer of the truth and each kind of event, recall, precision and repeats, and where letters are watched
for the stories how many pages are joined to the letter that they are about. The replica has no truth about GOV.UK:
there, it is what its own search shows at the end and did not show at the beginning. Exit status 1 where recall is below
0.99, precision below 0.995, or anything is told twice, and without faults where a source is told to be in trouble.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from monitor.config.file import Config
from monitor.crawl.forked import ForkedCrawls
from monitor.model import Event
from monitor.model.payloads import SourcePayload
from monitor.model.reach import Depth
from monitor.store import Store
from monitor.watch import source as watch_source
from monitor.watch.source import Round
from soak.replica import Replica
from soak.truth import PLACED, TOLD_AS, Truth, identity, key_of, told_as
from soak.watched import SOURCES, clock_of, configure

START, END = date(2023, 8, 1), date(2026, 8, 31)
RECALL, PRECISION = 0.99, 0.995
PRESS_DAYS = 3
"""How often the press is looked at, however seldom the others are."""
FAULTS = ("403", "500", "reset", "truncate", "challenge200", "empty200", "garbage", "not_modified_always")
AN_ARTICLE = "/news/[a-z-]+/(news|article)/"
FAILING = 3
"""Requests for articles that fail after each step."""
Story = Callable[[str, str], str | None]
"""The story of a letter, by its council's URN and its file id."""


def main() -> int:
    """Step, compare, print."""
    given = _arguments()
    with tempfile.TemporaryDirectory() as name, Replica(given.start.isoformat()) as site:
        site.control(options={"markup": given.markup})
        config = configure(Path(name), site.address, *given.only)
        with Store(config.data_dir) as store:
            known = publications(site)
            found = list(steps(given, site, config, store))
            everything = site.truth((given.start + timedelta(1)).isoformat(), given.end.isoformat(), "all")
            truth = [t for t in everything if t["urn"] in {council.ofsted_urn for council in config.watched()}]
            truth += [{"layer": "govuk", "event": "published", "url": url} for url in publications(site) - known]
            wanted = [t for t in truth if told_as(t)[1] in given.sources]
            bad = report(wanted, found, _story_of_letter(store), given.sources)
            return int((troubled(found) and not given.faults) or bad)


def publications(site: Replica) -> set[str]:
    """The paths of what GOV.UK's search shows at this date."""
    return {row["link"] for row in site.get("/govuk/api/search.json?count=1500&fields=link")["results"]}


def steps(
    given: argparse.Namespace, site: Replica, config: Config, store: Store, *, full: bool = False
) -> Iterator[Event]:
    """What each step tells, from `given.start` to `given.end`; raises RuntimeError if the first look tells anything.
    With `full` each look opens every page and asks known documents again, as `run` does once a night."""
    crawls, faults = ForkedCrawls(), cycle(FAULTS)
    try:
        for event in _pass(config, store, given.sources, given.start, crawls.crawl, full=True):
            raise RuntimeError(f"the baseline tells {event.kind} {event.title}")
        for number in range(1, (given.end - given.start).days + 1):
            day = given.start + timedelta(number)
            due = [name for name in given.sources if day == given.end or number % _every(name, given.days) == 0]
            site.control(today=day.isoformat(), clear_faults=True)
            if given.faults and day != given.end:
                site.fault(AN_ARTICLE, next(faults), times=FAILING)
            found = list(_pass(config, store, due, day, crawls.crawl, full=full))
            print(f"{day}: {dict(Counter(e.kind for e in found))}" if due else "", end="\n" * bool(due), flush=True)
            yield from found
    finally:
        crawls.stop()


def _every(source: str, days: int) -> int:
    return min(days, PRESS_DAYS) if source == "press" else days


def _pass(
    config: Config, store: Store, sources: Collection[str], day: date, crawl: Any, *, full: bool = False
) -> Iterator[Event]:
    clock = clock_of(day)
    for name in sources:
        yield from watch_source.crawl_source(
            config, store, name, Round(Depth.EVERYTHING if full else Depth.NEW), crawl=crawl, clock=clock
        ).events


def _story_of_letter(store: Store) -> Story:
    sql = "SELECT story FROM story_pieces WHERE source = 'ofsted' AND target = ? AND kind = 'report' AND key = ?"
    return lambda urn, file_id: next((row["story"] for row in store.rows(sql, urn, file_id)), None)


def report(wanted: Sequence[Truth], found: Sequence[Event], story: Story, sources: Collection[str]) -> bool:
    """Print the figures; whether something is not as it must be."""
    bad = False
    for layer, pair in ((layer, pair) for (layer, _), pair in TOLD_AS.items() if pair[1] in sources):
        names = {identity(t) for t in wanted if told_as(t) == pair}
        told = Counter(key_of(e) for e in found if (e.kind, e.source) == pair)
        bad |= _compare(f"{layer}: {pair[0]}", names, told)
    pages = [t for t in wanted if t["layer"] in PLACED]
    return bad | ("ofsted" in sources and _joined(pages, found, story))


def troubled(found: Sequence[Event]) -> bool:
    """Print what was told of the sources; whether there is any."""
    stray = [e for e in found if e.kind.startswith("source.")]
    print(f"of the sources: {len(stray)}", *(f"{e.kind} {e.title}: {e.after_as(SourcePayload).reason}" for e in stray))
    return bool(stray)


def _compare(kind: str, wanted: set[str], told: Counter[str]) -> bool:
    hits, repeats = wanted & set(told), sum(n - 1 for n in told.values())
    recall, precision = _share(hits, wanted), _share(hits, set(told))
    print(f"{kind}: truth {len(wanted)}, told {len(told)}, recall {recall:.4f}, precision {precision:.4f}")
    print(f"  repeated {repeats}", *sorted(f"\n  missed {key}" for key in wanted - set(told)))
    print(*sorted(f"  stray {key}\n" for key in set(told) - wanted))
    return recall < RECALL or precision < PRECISION or repeats > 0


def _share(hits: set[str], of: set[str]) -> float:
    return len(hits) / len(of) if of else 1.0


def _joined(wanted: Sequence[Truth], found: Sequence[Event], story: Story) -> bool:
    """How many of the pages about a letter are in its story."""
    told = {(e.kind, key_of(e)): e for e in found}
    about = [t for t in wanted if t["file_id"]]
    pairs = [(t, told.get((told_as(t)[0], identity(t)))) for t in about]
    placed = [(t, e) for t, e in pairs if e is not None and e.story]
    wrong = [(t, e) for t, e in placed if e.story != story(t["urn"], t["file_id"])]
    right = len(placed) - len(wrong)
    recall, precision = right / max(1, len(about)), right / max(1, len(placed))
    print(f"stories: {len(about)} pages about a letter, {len(placed)} joined, {right} of them to theirs")
    print(f"  recall {recall:.4f}, precision {precision:.4f}")
    print(*(f"  wrong story: {t['date']} {t['council']} {t['kind']} {t['file_id']} {e.url}\n" for t, e in wrong))
    return bool(about) and (recall < RECALL or precision < PRECISION)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--start", type=date.fromisoformat, default=START)
    parser.add_argument("--end", type=date.fromisoformat, default=END)
    parser.add_argument("--days", type=int, default=7, help="days between two looks, of the press at most three")
    parser.add_argument("--markup", default="mixed", help="the form of Ofsted's pages, as the replica calls it")
    parser.add_argument("--only", nargs="+", default=[], metavar="COUNCIL")
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--sources", nargs="+", choices=SOURCES, default=SOURCES)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
