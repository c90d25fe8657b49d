"""What five years of watching add to the cost of a pass: nothing that grows, or the figure says so.

    python -m benchmarks.years                      # two to ten minutes, 1.5 GB of disk for a while; Linux
    python -m benchmarks.years --records 40000 --rounds 1

Two data folders of the same watch, after the same first crawl of local sites (153 councils at a stand-in for Ofsted, 20
newsrooms). One is filled with five years of made-up news, letters and messages that were sent; the other with a month
of that. The same commands then run on both in turns: a pass in which nothing has changed, a look at everything,
`status`, and the delivery of one message. CPU seconds are those of the whole process tree, from the start of Python on.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path

from benchmarks.cost import Cost, clean_env, cost_of, machine
from benchmarks.newsrooms import Newsrooms
from benchmarks.passes import goal, in_turns
from benchmarks.place import CONFIG, place
from benchmarks.sites import Sites
from monitor.model import Event, Letter, to_json
from monitor.model.payloads import PagePayload
from monitor.store.sqlite import sqlite3

MONTHS = 60
ROOMS = 20
MOST = 1.2
NOW = datetime.now(UTC).replace(microsecond=0)
TEXT = "The council has said what it will do about it, and when it will say more about it.\n" * 8
NEWSROOM = """
[councils."{name}"]
news_feed_url = "http://127.0.0.{number}:{port}/feed/"
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """How much a data folder holds of each."""

    records: int
    letters: int
    events: int

    def month(self) -> Kept:
        """A month's share."""
        return Kept(self.records // MONTHS, self.letters // MONTHS, self.events // MONTHS)


FIVE_YEARS = Kept(400_000, 5_000, 30_000)


def when(number: int, count: int, days: int) -> str:
    """The time of one of so many things that are spread evenly over so many days until yesterday."""
    return (NOW - timedelta(days=1) - timedelta(days=days) * (count - number) / max(count, 1)).isoformat()


def fill(folder: Path, kept: Kept, days: int, rooms: list[str]) -> None:
    """Put news, letters and sent messages of so many days into a data folder."""
    with closing(sqlite3.connect(folder / "ofsted-watch.db")) as database, database:
        database.execute("PRAGMA synchronous = OFF")
        database.executemany(
            """INSERT INTO records (source, target, kind, key, url, title, published, fields, state, first_seen,
                 announced, versions, text) VALUES ('newsroom', ?, 'article', ?, ?, ?, ?, ?, 'listed', ?, 0, 1, ?)""",
            (_article(number, when(number, kept.records, days), rooms) for number in range(kept.records)),
        )
        letters = [_letter(number) for number in range(kept.letters)]
        database.executemany("INSERT INTO letters VALUES (?, 1, ?, 'ilacs', ?)", letters)
        for number in range(kept.events):
            _sent(database, number, when(number, kept.events, days), rooms)
    for sha, *_ in letters:
        path = folder / "documents" / sha[:2] / f"{sha}.pdf"
        path.parent.mkdir(exist_ok=True)
        path.touch()


def _article(number: int, at: str, rooms: list[str]) -> tuple[str, ...]:
    url, fields = f"https://news.example/{number}/", json.dumps({"body": "feed"})
    return rooms[number % len(rooms)], url, url, f"News {number}", at, fields, at, TEXT


def _letter(number: int) -> tuple[str, str, str]:
    sha = sha256(str(number).encode()).hexdigest()
    return sha, NOW.isoformat(), json.dumps(to_json(Letter("ilacs", sha, 12)))


def _event(name: str, at: str, urn: str) -> Event:
    return Event(
        id=name, at=at, kind="news.published", severity="info", council="Devon", urn=urn, source="newsroom",
        title=f"News {name}", url="https://news.example/", published=at[:10], after=PagePayload(text=TEXT),
    )  # fmt: skip


def _sent(database: sqlite3.Connection, number: int, at: str, rooms: list[str]) -> None:
    event = _event(f"sent-{number}", at, rooms[number % len(rooms)])
    _queue(database, event)
    database.execute("UPDATE deliveries SET state = 'sent', sent = ?, attempts = 1 WHERE event = ?", (at, event.id))


def _queue(database: sqlite3.Connection, event: Event) -> None:
    row = (event.id, event.at, event.kind, event.urn, event.published, json.dumps(to_json(event)))
    database.execute("INSERT INTO events (id, at, kind, urn, published, body) VALUES (?, ?, ?, ?, ?, ?)", row)
    sql = "INSERT INTO deliveries (event, channel, state, due) VALUES (?, 'printed', 'queued', ?)"
    database.execute(sql, (event.id, event.at))


@dataclass(frozen=True)
class Watch:
    """One of the two data folders, and the command on it."""

    folder: Path

    def run(self, *arguments: str, fails: bool = False) -> Cost:
        """The command; `fails`: its exit status may be 1, for a made-up watch is not well in all its parts."""
        words = [sys.executable, "-m", "monitor", "--config", str(self.folder / "config.toml"), *arguments]
        shell = ["/bin/sh", "-c", '"$@" || [ $? -eq 1 ]', "sh", *words]
        return cost_of(shell if fails else words, self.folder, clean_env(self.folder.parent))

    def quiet(self) -> Cost:
        """A pass in which nothing has changed."""
        return self.run("crawl", "--no-notify", "ofsted", "newsroom")

    def sweep(self) -> Cost:
        """A look at everything."""
        return self.run("crawl", "--no-notify", "--full", "ofsted", "newsroom")

    def status(self) -> Cost:
        """How everything stands."""
        return self.run("status", fails=True)

    def delivery(self) -> Cost:
        """One message, printed."""
        with closing(sqlite3.connect(self.folder / "data" / "ofsted-watch.db")) as database, database:
            (number,) = database.execute("SELECT count(*) FROM events").fetchone()
            _queue(database, _event(f"new-{number}", NOW.isoformat(), "80461"))
        return self.run("deliver")


MEASURED: dict[str, Callable[[Watch], Cost]] = {
    "no change": Watch.quiet,
    "look at everything": Watch.sweep,
    "status": Watch.status,
    "delivery": Watch.delivery,
}


def report(kept: Kept, councils: int, rounds: int) -> Iterator[str]:
    """The measurement, line by line."""
    with (
        place(councils) as here,
        Sites(Newsrooms) as rooms,
        tempfile.TemporaryDirectory(prefix="ofsted-watch-years-") as name,
    ):
        month = Watch(Path(name) / "month")
        month.folder.mkdir()
        shutil.copy(here.folder / "councils.csv", month.folder)
        urns = _configure(month.folder, here.site.base_url, rooms.server_address[1])
        month.run("crawl", "--no-notify")
        years = Watch(Path(name) / "years")
        shutil.copytree(month.folder, years.folder)
        fill(month.folder / "data", kept.month(), 30, urns)
        fill(years.folder / "data", kept, 30 * MONTHS, urns)
        yield f"{kept.records} records, {kept.letters} letters, {kept.events} events against a month of them"
        yield f"{'CPU s':24}{'month':>8}{'years':>8}{'ratio':>8}"
        for what, measure in MEASURED.items():
            cost = in_turns({"month": partial(measure, month), "years": partial(measure, years)}, rounds)
            yield _line(what, cost["month"].cpu, cost["years"].cpu)


def _configure(folder: Path, base_url: str, port: int) -> list[str]:
    """Write the configuration; the councils that have a newsroom."""
    rows = (folder / "councils.csv").read_text(encoding="utf-8").splitlines()
    header = rows[0].split(",")
    councils = [dict(zip(header, row.split(","), strict=False)) for row in rows[1 : ROOMS + 1]]
    text = CONFIG.format(base_url=base_url) + "[sources.newsroom]\n"
    for number, council in enumerate(councils, 1):
        text += NEWSROOM.format(name=council["name"], number=number, port=port)
    (folder / "config.toml").write_text(text, encoding="utf-8")
    return [council["ofsted_urn"] for council in councils]


def _line(what: str, month: float, years: float) -> str:
    return f"{what:24}{month:8.2f}{years:8.2f}  {goal('ratio', years / month, MOST, 'x')}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--records", type=int, default=FIVE_YEARS.records, help="the rest in proportion")
    parser.add_argument("--councils", type=int, default=153)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    share = args.records / FIVE_YEARS.records
    kept = Kept(args.records, round(FIVE_YEARS.letters * share), round(FIVE_YEARS.events * share))
    print(machine(), flush=True)
    for text in report(kept, args.councils, args.rounds):
        print(text, flush=True)


if __name__ == "__main__":
    main()
