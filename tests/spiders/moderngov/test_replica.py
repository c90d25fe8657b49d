"""ModernGov on the replica: every fault that it can play, on feed, service and document; the seed; a season of days.

Of the list of thirty-three failures (F1 to F33) of such sites, these are played here or on the small site:
F1 403 · F2 the agent is the job's · F3 challenge200 · F4 and F9 an address that moved: alternatives · F7 reasons are
those of the exception · F10 and F16 mgError, "server error" with 200 · F11 and F12 empty200, no committee · F13
drop_rows, counts · F14 layout_change · F15 garbage · F17 slow, timeout · F18 one turn a host, 503 and 429 with a wait ·
F19 robots.txt · F20 bad_charset, BOM, double entities, no-break spaces · F21 a document that is a page · F23
replace_pdf · F24 keys are the site's · F29 a fault costs its own council or meeting alone · F30 settled meetings ·
F32 pages blocked, services open. Not of this spider: F5, F6, F8 (certificates: test_manners), F22 (reading), F25 to
F28 (telling), F31 (registry), F33 (press).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.model import Job, Known, Record, Target
from tests.spiders.conftest import Replica
from tests.spiders.council_site import job
from tests.spiders.crawling import Crawled, crawl, named

pytestmark = pytest.mark.corpus
DAY = "2024-03-20"
FIRST = "2024-01-20"
SHORT: dict[str, Any] = {"today": DAY}
BROKEN = {
    "403": "blocked",
    "500": "error",
    "503_retry_after": "error",
    "429_retry_after": "error",
    "timeout": "error",
    "slow": "error",
    "reset": "error",
    "truncate": "error",
    "challenge200": "blocked",
    "empty200": "invalid",
    "garbage": "invalid",
    "not_modified_always": "invalid",
    "redirect_loop": "error",
    "redirect_private": "invalid",
    "huge": "invalid",
    "gzip_bomb": "invalid",
}
HARMLESS = {"layout_change": "ok", "replace_pdf": "ok", "cap_rows:1": "ok"}
ON_FEED = {"bad_charset": "ok", **BROKEN, **HARMLESS, "drop_rows:3": "ok", "withdraw": "missing"}
ON_LIST = {"bad_charset": "ok", **BROKEN, **HARMLESS, "drop_rows:1": "ok", "withdraw": "missing"}
ON_MEETING = {"bad_charset": "ok", **BROKEN, **HARMLESS, "drop_rows:1": "ok", "withdraw": "missing"}
ON_DOCUMENT = {"bad_charset": "ok", **BROKEN, **HARMLESS, "drop_rows:1": "ok", "withdraw": "ok"}
PATHS = {
    "feed": (ON_FEED, "/{slug}{slashes}mgRss"),
    "list": (ON_LIST, "/{slug}{slashes}mgWebService.asmx/GetMeetings"),
    "meeting": (ON_MEETING, "/{slug}{slashes}mgWebService.asmx/GetMeeting.lMeetingId={meeting}$"),
    "document": (ON_DOCUMENT, "/{slug}{slashes}mgConvert2PDF.aspx.ID={document}$"),
}
AT_ONCE = 9
"""Faults of one crawl, each on a council of its own; one more council is left alone."""
SLOW = (["503_retry_after", "timeout"], ["429_retry_after", "slow"])
"""These are mostly waiting, so they get crawls of their own."""


def council(replica: Replica, slug: str, mark: str | None = None, slashes: str = "/") -> Target:
    return Target(slug, slug, f"{replica.address}/moderngov/{slug}{slashes}", mark)


@dataclass
class Healthy:
    """Councils with an item on an inspection, the minuted first, and what a whole look at them gives."""

    slugs: list[str]
    crawled: Crawled

    def item(self, slug: str) -> Record:
        return max(self.crawled.records(slug), key=lambda record: (record.kind == "minutes", record.kind == "item"))

    def paper(self, slug: str) -> Record:
        return next(
            r for r in self.crawled.records(slug) if r.kind == "document" and r.fields["item"] == self.item(slug).key
        )

    def place(self, slug: str) -> dict[str, str]:
        return {"slug": slug, "meeting": self.meeting(slug), "document": self.paper(slug).key}

    def target(self, replica: Replica, slug: str, slashes: str) -> Target:
        """A council of which all is known but one meeting and the one document that a fault may hit."""
        papers = (r.key for r in self.crawled.records(slug) if r.kind == "document" and r.key != self.paper(slug).key)
        known = dict.fromkeys(papers, Known("0" * 64, 1, "application/pdf"))
        return replace(council(replica, slug, self.mark(slug), slashes), documents=known)

    def mark(self, slug: str) -> str:
        """What is remembered of a council: all meetings but one are settled, and the feed was never seen."""
        raw = json.loads(self.crawled.poll(slug).cursor or "")
        kept = {key: [row[0], row[1], "am"] for key, row in raw["meetings"].items() if key != self.meeting(slug)}
        return json.dumps({**raw, "feed": "", "seen": [], "robots": "", "meetings": kept})

    def meeting(self, slug: str) -> str:
        return str(self.item(slug).fields["meeting"])

    def of_the_meeting(self, slug: str) -> set[tuple[str, str]]:
        return named([r for r in self.crawled.records(slug) if r.fields["meeting"] == self.meeting(slug)])


@pytest.fixture(scope="module")
def today(replica_process: Replica) -> Iterator[Replica]:
    replica_process.control(today=DAY, options={"slow_seconds": 3.0})
    yield replica_process
    replica_process.control(options={"slow_seconds": 5.0})
    replica_process.calm()


@pytest.fixture(scope="module")
def sound(today: Replica, tmp_path_factory: pytest.TempPathFactory) -> Healthy:
    events = sorted(today.truth("2024-01-08", DAY, "moderngov"), key=lambda event: event["event"] != "minutes")
    slugs = list(dict.fromkeys(e["slug"] for e in events if e["meeting_date"] >= FIRST))[: AT_ONCE + 1]
    assert len(slugs) == AT_ONCE + 1
    targets = [council(today, slug) for slug in slugs]
    return Healthy(slugs, crawl(job(*targets, **SHORT), tmp_path_factory.mktemp("sound")))


def groups(path: str) -> list[list[str]]:
    """The faults of a path, crawl by crawl."""
    quick = [kind for kind in PATHS[path][0] if not any(kind in group for group in SLOW)]
    return [*SLOW] + [quick[n : n + AT_ONCE] for n in range(0, len(quick), AT_ONCE)]


def slug_of(sound: Healthy, path: str, kind: str) -> str:
    """The council that a fault hits: each of a crawl another one."""
    return next(sound.slugs[group.index(kind)] for group in groups(path) if kind in group)


def faulty_job(replica: Replica, sound: Healthy, path: str, kinds: list[str], slashes: str, documents: str) -> Job:
    """A crawl in which each fault hits a council of its own, and one council none. The replica takes any number of
    slashes before a page, which tells the faults of one crawl from those of another."""
    for kind in kinds:
        place = sound.place(slug_of(sound, path, kind))
        replica.fault(PATHS[path][1].format(**place, slashes=slashes), kind)
    slugs = [*sound.slugs[: len(kinds)], sound.slugs[-1]]
    targets = [sound.target(replica, slug, slashes) for slug in slugs]
    made = job(*targets, **SHORT, documents_dir=documents if path == "document" else "")
    return replace(made, http=replace(made.http, timeout=1.0))


@pytest.fixture(scope="module")
def faulty(today: Replica, sound: Healthy, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Crawled]:
    """The crawl in which a fault was played on a path, by both; all side by side, because most of it is waiting."""
    today.make_the_bomb()
    played = [(path, group) for path in PATHS for group in groups(path)]
    folders = [tmp_path_factory.mktemp("faulty") for _ in played]
    jobs = [
        faulty_job(today, sound, path, group, "/" * n, str(folder / "documents"))
        for n, ((path, group), folder) in enumerate(zip(played, folders, strict=True), 2)
    ]
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(crawl, jobs, folders))
    today.control(clear_faults=True)
    return {(path, kind): done for (path, group), done in zip(played, results, strict=True) for kind in group}


@pytest.mark.parametrize(("path", "kind"), [(path, kind) for path, (kinds, _) in PATHS.items() for kind in kinds])
def test_a_fault(path: str, kind: str, faulty: dict[tuple[str, str], Crawled], sound: Healthy) -> None:
    result, slug = faulty[path, kind], slug_of(sound, path, kind)
    poll, found = result.poll(slug), named(result.records(slug))
    expected = PATHS[path][0][kind]
    assert (poll.outcome, poll.complete) == (expected, False), poll.detail
    assert (poll.detail is None) == (expected == "ok"), poll.detail
    if path == "document" or expected == "ok":
        assert found == sound.of_the_meeting(slug)
    elif path == "meeting" and expected != "blocked":
        assert (found, json.loads(poll.cursor or "")["again"]) == (set(), {sound.meeting(slug): 1})
    else:
        assert (found, poll.cursor) == (set(), sound.mark(slug))


def test_the_councils_beside_a_fault_are_whole(faulty: dict[tuple[str, str], Crawled], sound: Healthy) -> None:
    """And nothing was connected to but the replica: no redirect leads astray."""
    for (path, _), result in faulty.items():
        hit = {slug_of(sound, path, kind) for (_, kind), other in faulty.items() if other is result}
        assert {result.poll(slug).outcome for slug in result.outcomes() if slug not in hit} == {"ok"}
        assert result.connected == {"127.0.0.1"}
        assert "Traceback" not in result.log


def test_a_wait_that_was_in_vain_is_told(faulty: dict[tuple[str, str], Crawled], sound: Healthy) -> None:
    for kind in ("503_retry_after", "429_retry_after"):
        poll = faulty["feed", kind].poll(slug_of(sound, "feed", kind))
        assert poll.not_before is not None
        assert "asked to wait until" in (poll.detail or "")


def test_pages_may_be_blocked_as_long_as_feed_and_service_are_open(
    today: Replica, sound: Healthy, tmp_path: Path
) -> None:
    today.fault("/moderngov/[^/]*/(mgAi|ieList|mgList|documents/|mgWhatsNew|$)", "403")
    slug = sound.slugs[0]
    result = crawl(job(council(today, slug), **SHORT), tmp_path)
    today.control(clear_faults=True)
    assert (result.poll(slug).outcome, result.records(slug)) == ("ok", sound.crawled.records(slug))


def test_a_site_that_ignores_the_days_is_kept_to_them_here(today: Replica, tmp_path: Path) -> None:
    result = crawl(job(council(today, "lambeth"), today=DAY), tmp_path)
    days = [row[0] for row in json.loads(result.poll("lambeth").cursor or "")["meetings"].values()]
    assert (min(days) >= "2023-12-20", max(days) <= "2024-05-20") == (True, True)
    assert result.poll("lambeth").requests < 40


def test_the_seed_is_found_with_its_minutes(today: Replica, shared: Path, tmp_path: Path) -> None:
    today.control(today="2022-05-10")
    result = crawl(job(council(today, "devon"), today="2022-05-10", documents_dir=str(tmp_path / "d")), tmp_path)
    found = {(r.kind, r.key): r for r in result.records("devon")}
    item, minutes = found["item", "30677"], found["minutes", "30677"]
    assert (item.title, item.url) == (
        "Ofsted Monitoring Visit Letter",
        f"{today.address}/moderngov/devon/mgAi.aspx?ID=30677",
    )
    assert (item.published, item.fields["meeting_date"]) == ("2022-03-22", "2022-03-29")
    papers = [r for r in result.records("devon") if r.kind == "document" and r.fields["item"] == "30677"]
    assert [paper.title for paper in papers] == [
        "Ofsted Monitoring Visit Letter Report",
        "Ofsted Monitoring Visit Letter - March 2022",
    ]
    assert all(paper.document for paper in papers)
    facts = next(s for s in json.loads((shared / "seeds" / "gold.json").read_text())["seeds"] if s["seed"][:3] == "004")
    text = " ".join(f"{item.text} {minutes.text}".split())
    quotes = [" ".join(fact["quote"].split()) for fact in facts["facts"] if fact["field"] != "page_kind"]
    assert [quote for quote in quotes if quote not in text and quote not in {p.title for p in papers}] == []
    today.control(today=DAY)


def test_day_by_day_each_item_is_found_when_it_appears(today: Replica, tmp_path: Path) -> None:
    first, last = date(2024, 2, 27), date(2024, 3, 14)
    events = [e for e in today.truth(first.isoformat(), last.isoformat(), "moderngov") if e["date"] > first.isoformat()]
    slugs = list(dict.fromkeys(e["slug"] for e in events))[:6]
    marks: dict[str, str | None] = {}
    seen: dict[tuple[str, str, str], str] = {}
    day, asked = first, 0
    while day <= last:
        today.control(today=day.isoformat())
        result = crawl(job(*(council(today, s, marks.get(s)) for s in slugs), today=day.isoformat()), tmp_path)
        assert set(result.outcomes().values()) <= {"ok", "unchanged"}
        for slug in slugs:
            marks[slug] = result.poll(slug).cursor
            asked += result.poll(slug).requests if day > first else 0
            for record in result.records(slug):
                seen.setdefault((slug, record.kind, record.key), day.isoformat())
        day += timedelta(1)
    today.control(today=DAY)
    expected = {
        (e["slug"], {"agenda_item": "item"}.get(e["event"], e["event"]), str(e["item_id"])): e["date"]
        for e in events
        if e["slug"] in slugs
    }
    assert expected
    assert {key: seen.get(key) for key in expected} == expected
    genuine = {(e["slug"], str(e["item_id"])) for e in today.truth("2022-01-01", "2026-12-31", "moderngov")}
    assert {(slug, key) for slug, kind, key in seen if kind != "document"} <= genuine
    assert asked < 4 * len(slugs) * (last - first).days
