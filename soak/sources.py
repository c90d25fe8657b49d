"""Three years of everything that follows a letter: committees, newsrooms, press, and the stories that join them.

    python -m soak.sources                            2023-08-01 to 2026-08-31, all councils, over an hour
    python -m soak.sources --start 2024-09-01 --end 2024-12-01 --sources ofsted press --markup default

Each source is crawled once a week, as `run` crawls it, at the replica's date; the press every three days, for its feed
holds ten articles, which some weeks exceed. Ofsted's pages take all forms that the replica knows (`--markup mixed`).
Prints, for each layer of the truth and each kind of event, recall, precision and repeats, and for the stories how many
pages are joined to the letter that they are about. The replica has no truth about GOV.UK: there, it is what its own
search shows at the end and did not show at the beginning. Exit status 1 where recall is below 0.99, precision below
0.995, or anything is told twice.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

from monitor.config.file import Config, load
from monitor.councils.registry import BUILT_IN
from monitor.crawl.forked import ForkedCrawls
from monitor.model import Event
from monitor.model.payloads import MeetingPayload, PagePayload, SourcePayload
from monitor.model.reach import Depth
from monitor.store import Store, stories
from monitor.watch import source as watch_source
from monitor.watch.source import Round
from soak.replica import Replica

START, END = date(2023, 8, 1), date(2026, 8, 31)
SOURCES = ["ofsted", "moderngov", "cmis", "newsroom", "press", "govuk"]
RECALL, PRECISION = 0.99, 0.995
PRESS_DAYS = 3
"""How often the press is looked at, however seldom the others are."""
CONFIG = """
[data]
dir = "data"
[http]
contact = "soak@localhost"
delay = 0
timeout = 5
[watch]
registry = "councils.csv"
councils = {councils}
[sources.ofsted]
base_url = "{address}/reports"
[sources.moderngov]
[sources.cmis]
[sources.newsroom]
[sources.press]
sites = [
  {{name = "Community Care", url = "{address}/press/communitycare/feed"}},
  {{name = "WillisPalmer", url = "{address}/press/willispalmer/", listing = true}},
  {{name = "The Leveller", url = "{address}/press/leveller/", listing = true}},
]
[sources.govuk]
base_url = "{address}/govuk"
"""
KINDS = {
    ("reports", "new_report"): "report.published",
    ("moderngov", "agenda_item"): "meeting.item",
    ("moderngov", "minutes"): "meeting.minutes",
    ("cmis", "agenda_item"): "meeting.item",
    ("cmis", "minutes"): "meeting.minutes",
    ("news", "article"): "news.published",
    ("press", "article"): "press.published",
    ("govuk", "published"): "govuk.published",
}
"""The truth's layer and event, and the kind of event that is to tell it."""
LAYERS = {
    "reports": "ofsted",
    "moderngov": "moderngov",
    "cmis": "cmis",
    "news": "newsroom",
    "press": "press",
    "govuk": "govuk",
}
"""The truth's layers, and the source that sees each."""
PLACED = {"moderngov", "cmis", "news", "press"}
"""The layers whose pages are about a letter, and so belong in its story."""


def configure(folder: Path, address: str, *councils: str) -> Config:
    """A configuration in which every council has its committees and its newsroom on the replica; all are watched, or
    only those that are named."""
    table(folder, address)
    path = folder / "config.toml"
    path.write_text(CONFIG.format(address=address, councils=json.dumps(councils or "all")), encoding="utf-8")
    return load(path)


def table(folder: Path, address: str) -> None:
    """The councils' table with addresses on the replica, as councils.csv: those with CMIS there, all others with
    ModernGov."""
    with BUILT_IN.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        system = "CMIS" if row["committee_system"] == "CMIS" else "ModernGov"
        site = {"committee_system": system, "committee_alt_urls": ""}
        site["committee_base_url"] = f"{address}/{system.lower()}/{row['slug']}"
        row.update(site, news_feed_url=f"{address}/news/{row['slug']}/feed")
    with (folder / "councils.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def main() -> int:
    """Step, compare, print."""
    given = _arguments()
    with tempfile.TemporaryDirectory() as name, Replica(given.start.isoformat()) as site:
        site.control(options={"markup": given.markup})
        config = configure(Path(name), site.address)
        with Store(config.data_dir) as store:
            known = publications(site)
            found = list(steps(given, site, config, store))
            truth = site.truth((given.start + timedelta(1)).isoformat(), given.end.isoformat(), "all")
            new = [{"layer": "govuk", "event": "published", "url": url} for url in publications(site) - known]
            return report(truth + new, found, _story_of_letter(store), given.sources)


def publications(site: Replica) -> set[str]:
    """The paths of what GOV.UK's search shows at this date."""
    with urlopen(f"{site.address}/govuk/api/search.json?count=1500&fields=link") as answer:
        return {row["link"] for row in json.load(answer)["results"]}


def steps(
    given: argparse.Namespace, site: Replica, config: Config, store: Store, *, full: bool = False
) -> Iterator[Event]:
    """What each step tells, from `given.start` to `given.end`; raises RuntimeError if the first look tells anything.
    With `full` each look opens every page and asks known documents again, as `run` does once a night."""
    crawls = ForkedCrawls()
    try:
        for event in _pass(config, store, given.sources, given.start, crawls.crawl, full=True):
            raise RuntimeError(f"the baseline tells {event.kind} {event.title}")
        for number in range(1, (given.end - given.start).days + 1):
            day = given.start + timedelta(number)
            due = [name for name in given.sources if day == given.end or number % _every(name, given.days) == 0]
            site.control(today=day.isoformat())
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


def clock_of(day: date) -> Callable[[], datetime]:
    """A clock that stands at noon of a day."""
    return lambda: datetime.combine(day, time(12), UTC)


def _story_of_letter(store: Store) -> Callable[[str, str], str | None]:
    return lambda urn, file_id: stories.story_of(store, "ofsted", urn, "report", file_id)


def report(
    truth: list[dict[str, Any]],
    found: list[Event],
    story: Callable[[str, str], str | None],
    sources: Collection[str],
) -> int:
    """Print the figures; 1 where something is not as it must be."""
    bad = False
    kinds = {k: told_as for k, told_as in KINDS.items() if LAYERS[k[0]] in sources}
    for (layer, kind), told_as in kinds.items():
        wanted = {identity(t): t for t in truth if (t["layer"], t["event"]) == (layer, kind)}
        told = Counter(key_of(e) for e in found if (e.kind, e.source) == (told_as, LAYERS[layer]))
        bad |= _compare(f"{layer}: {told_as}", set(wanted), told)
    bad |= _joined([t for t in truth if t["layer"] in PLACED and (t["layer"], t["event"]) in kinds], found, story)
    stray = [e for e in found if e.kind.startswith("source.")]
    print(f"of the sources: {len(stray)}", *(f"{e.kind} {e.title}: {e.after_as(SourcePayload).reason}" for e in stray))
    return int(bad or bool(stray))


def _compare(kind: str, wanted: set[str], told: Counter[str]) -> bool:
    hits, repeats = wanted & set(told), sum(n - 1 for n in told.values())
    recall, precision = _share(hits, wanted), _share(hits, set(told))
    print(f"{kind}: truth {len(wanted)}, told {len(told)}, recall {recall:.4f}, precision {precision:.4f}")
    print(f"  repeated {repeats}", *sorted(f"\n  missed {key}" for key in wanted - set(told)))
    print(*sorted(f"  stray {key}\n" for key in set(told) - wanted))
    return recall < RECALL or precision < PRECISION or repeats > 0


def _share(hits: set[str], of: set[str]) -> float:
    return len(hits) / len(of) if of else 1.0


def _joined(truth: list[dict[str, Any]], found: list[Event], story: Callable[[str, str], str | None]) -> bool:
    """How many of the pages about a letter are in its story."""
    told = {(e.kind, key_of(e)): e for e in found}
    about = [t for t in truth if t["file_id"] and (t["layer"], t["event"]) in KINDS]
    pairs = [(t, told.get((KINDS[t["layer"], t["event"]], identity(t)))) for t in about]
    placed = [(t, e) for t, e in pairs if e is not None and e.story]
    right = [e for t, e in placed if e.story == story(t["urn"], t["file_id"])]
    recall, precision = len(right) / max(1, len(about)), len(right) / max(1, len(placed))
    print(f"stories: {len(about)} pages about a letter, {len(placed)} joined, {len(right)} of them to theirs")
    print(f"  recall {recall:.4f}, precision {precision:.4f}")
    for t, e in placed:
        if e.story != story(t["urn"], t["file_id"]):
            print(f"  wrong story: {t['date']} {t['council']} {t['kind']} {t['file_id']} {e.url}")
    return recall < RECALL or precision < PRECISION


def identity(truth: dict[str, Any]) -> str:
    """What names a publication in the truth as well as in an event: the council's agenda item, the title at a meeting
    where items have no number (CMIS), or the path."""
    if truth["layer"] == "moderngov":
        return f"{truth['urn']}/{truth['item_id']}"
    if truth["layer"] == "cmis":
        return f"{truth['urn']}/{truth['meeting_id']}/{truth['title']}"
    return urlsplit(str(truth["url"] if "url" in truth else truth["file_url"])).path.removeprefix("/govuk").rstrip("/")


def key_of(event: Event) -> str:
    """The same of an event."""
    if event.kind.startswith("meeting.") and event.source == "cmis":
        return f"{event.urn}/{event.after_as(MeetingPayload).meeting}/{event.title}"
    if event.kind.startswith("meeting."):
        return f"{event.urn}/{event.after_as(PagePayload).key}"
    return urlsplit(event.url or "").path.removeprefix("/govuk").rstrip("/")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--start", type=date.fromisoformat, default=START)
    parser.add_argument("--end", type=date.fromisoformat, default=END)
    parser.add_argument("--days", type=int, default=7, help="days between two looks, of the press at most three")
    parser.add_argument("--markup", default="mixed", help="the form of Ofsted's pages, as the replica calls it")
    parser.add_argument("--sources", nargs="+", choices=SOURCES, default=SOURCES)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
