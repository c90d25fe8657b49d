"""CMIS on the replica: its twelve sites, every fault that it can play at each place, the truth week by week."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from monitor.model import Known, Record, Target
from tests.spiders.conftest import Replica
from tests.spiders.council_site import job
from tests.spiders.crawling import Crawled, crawl, named

pytestmark = pytest.mark.corpus
DAY = "2024-09-30"
SITES = {
    "birmingham": "Meetings", "cambridgeshire": "Meetings", "derby": "MeetingsCalendar", "dudley": "MeetingCalendar",
    "essex": "Meetings", "kingston-upon-hull": "CalendarofMeetings", "luton": "CommitteesMeetings/MeetingsCalendar",
    "norfolk": "Meetings", "nottinghamshire": "Meetings", "sunderland": "Meetings", "walsall": "MeetingsCalendar",
    "warrington": "Meetings",
}  # fmt: skip
"""The councils with the page of their calendar."""
ERRORS = dict.fromkeys(("500", "503_retry_after", "429_retry_after", "timeout", "slow", "reset", "truncate",
                        "redirect_loop"), "error")  # fmt: skip
BLOCKED = dict.fromkeys(("403", "challenge200"), "blocked")
UNREADABLE = dict.fromkeys(("empty200", "garbage", "not_modified_always", "redirect_private", "huge", "gzip_bomb"),
                           "invalid")  # fmt: skip
HARMLESS = dict.fromkeys(("layout_change", "replace_pdf", "cap_rows:1", "drop_rows:1", "bad_charset"), "ok")
BROKEN = {**ERRORS, **BLOCKED, **UNREADABLE, "slow": "ok"}
"""Outcomes at a page. One that is slow is waited for: a month takes forty seconds."""
PLACES = {
    "calendar": (r"/{slug}/{page}\.aspx$", {**BROKEN, **HARMLESS, "withdraw": "missing"}),
    "list": (r"/{slug}/{page}\.aspx\?ctl=", {**BROKEN, **HARMLESS, "withdraw": "missing"}),
    "month": (r"/{slug}/.*/Date/2024-08", {**BROKEN, **HARMLESS, "withdraw": "missing"}),
    "meeting": (r"/{slug}/.*/Meeting/{meeting}/", {**BROKEN, **HARMLESS, "withdraw": "missing"}),
    "document": (r"/{slug}/Document\.ashx\?.*{document}",
                 {**ERRORS, **BLOCKED, **dict.fromkeys(UNREADABLE, "ok"), **HARMLESS, "withdraw": "ok"}),
}  # fmt: skip
"""Where a fault is played, and the outcome of each kind there."""
TABLESS = ("birmingham", "dudley", "kingston-upon-hull", "norfolk", "sunderland", "walsall")
"""Sites whose calendar names no tab, so that they need their list."""


def site(replica: Replica, slug: str, cursor: str | None = None, **changes: Any) -> Target:
    return Target(slug, slug, f"{replica.address}/cmis/{slug}", cursor, **changes)


def look(folder: Path, *targets: Target, today: str = DAY, **changes: Any) -> Crawled:
    made = replace(job(*targets, today=today, **changes), source="cmis")
    return crawl(replace(made, http=replace(made.http, timeout=1.0)), folder, 120)


@pytest.fixture(scope="module")
def today(replica_process: Replica) -> Iterator[Replica]:
    replica_process.control(today=DAY, options={"slow_seconds": 2.0, "timeout_seconds": 1.0})
    yield replica_process
    replica_process.control(options={"slow_seconds": 5.0, "timeout_seconds": 60.0})
    replica_process.calm()


@dataclass(eq=False)
class Healthy:
    """What a crawl of every item at every site gives, without faults."""

    crawled: Crawled

    @cache  # noqa: B019 (one instance, for a module of tests)
    def meeting(self, slug: str) -> str:
        """A meeting held in August that has minutes of its own and papers."""
        found = [r for r in self.crawled.records(slug) if r.kind == "minutes"]
        chosen = max(found, key=lambda r: (r.fields["meeting_date"] < "2024-09", r.fields["meeting_date"]))
        return str(chosen.fields["meeting"])

    @cache  # noqa: B019
    def of_the_meeting(self, slug: str) -> list[Record]:
        meeting = self.meeting(slug)
        return [r for r in self.crawled.records(slug) if r.fields["meeting"] == meeting]

    def paper(self, slug: str) -> Record:
        return next(r for r in self.of_the_meeting(slug) if r.kind == "document")

    def target(self, replica: Replica, slug: str, place: str) -> Target:
        """A site of which all is known but the way to its calendar, one meeting and one document."""
        raw = json.loads(self.crawled.poll(slug).cursor or "")
        kept = {key: [*row[:2], "m"] for key, row in raw["meetings"].items() if key != self.meeting(slug)}
        for row in kept.values():
            row[0] = min(row[0], "2024-09-29")
        base = "" if place in ("calendar", "list") else raw["base"]
        asked = self.paper(slug).key
        papers = (r.key for r in self.crawled.records(slug) if r.kind == "document" and r.key != asked)
        known = dict.fromkeys(papers, Known("0" * 64, 1, "application/pdf"))
        return site(replica, slug, json.dumps({**raw, "base": base, "meetings": kept}), documents=known)

    def pattern(self, slug: str, place: str) -> str:
        key = self.paper(slug).url.split("=")[1][:20]
        return PLACES[place][0].format(slug=slug, page=SITES[slug], meeting=self.meeting(slug), document=key)


@pytest.fixture(scope="module")
def sound(today: Replica, tmp_path_factory: pytest.TempPathFactory) -> Healthy:
    targets = [site(today, slug) for slug in SITES]
    return Healthy(look(tmp_path_factory.mktemp("sound"), *targets, every_item=True))


@dataclass
class Played:
    """A crawl with faults, by the council that each hit; `left` are the councils that were left alone."""

    crawled: Crawled
    hit: dict[str, str]
    left: list[str]


def groups(place: str) -> list[dict[str, str]]:
    """The faults of a place, crawl by crawl: each at a council of its own, and at least one council is left alone.

    All sites are one host here, which is not asked any more after eight failures in a row: few documents fail at once.
    """
    slugs = list(TABLESS if place == "list" else SITES)[1 : 5 if place == "document" else None]
    kinds = list(PLACES[place][1])
    return [dict(zip(kinds[n : n + len(slugs)], slugs, strict=False)) for n in range(0, len(kinds), len(slugs))]


@pytest.fixture(scope="module", params=PLACES)
def faulty(
    request: pytest.FixtureRequest, today: Replica, sound: Healthy, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, list[Played]]:
    """Every kind of fault at one place."""
    today.make_the_bomb()
    place, played = str(request.param), []
    for hit in groups(place):
        for kind, slug in hit.items():
            today.fault(sound.pattern(slug, place), kind)
        folder = tmp_path_factory.mktemp(place)
        slugs = [*hit.values(), "birmingham"]
        changes = {"documents_dir": str(folder / "documents")} if place == "document" else {}
        found = look(folder, *(sound.target(today, slug, place) for slug in slugs), every_item=True, **changes)
        played.append(Played(found, hit, ["birmingham"]))
        today.control(clear_faults=True)
    return place, played


def test_every_kind_of_fault_at_every_place(faulty: tuple[str, list[Played]], sound: Healthy) -> None:
    """What a fault leaves is told, its outcome is the right one, and the reason is said."""
    place, crawls = faulty
    wrong = []
    for played in crawls:
        for kind, slug in played.hit.items():
            poll, records = played.crawled.poll(slug), played.crawled.records(slug)
            if poll.outcome != PLACES[place][1][kind]:
                wrong.append((kind, slug, poll.outcome, poll.detail))
            elif poll.outcome != "ok" and not poll.detail:
                wrong.append((kind, slug, "no reason", poll.detail))
            whole = place == "document" or (poll.outcome == "ok" and kind != "drop_rows:1")
            expected = named(sound.of_the_meeting(slug)) if whole else named(records)
            if named(records) != expected:
                wrong.append((kind, slug, "records differ", poll.detail))
    assert wrong == []


def test_a_fault_costs_its_own_site_alone(faulty: tuple[str, list[Played]], sound: Healthy) -> None:
    """And no redirect leads away from the replica."""
    for played in faulty[1]:
        for slug in played.left:
            assert played.crawled.poll(slug).outcome == "ok"
            assert named(played.crawled.records(slug)) == named(sound.of_the_meeting(slug))
        assert played.crawled.connected == {"127.0.0.1"}
        assert "Traceback" not in played.crawled.log


def test_all_twelve_sites_are_read(sound: Healthy) -> None:
    polls = {slug: sound.crawled.poll(slug) for slug in SITES}
    assert {slug: (poll.outcome, poll.detail) for slug, poll in polls.items()} == dict.fromkeys(SITES, ("ok", None))
    for slug in SITES:
        records = sound.crawled.records(slug)
        assert {record.kind for record in records} == {"item", "document", "minutes"}
        assert len({(record.kind, record.key) for record in records}) == len(records)
        assert {r.fields["status"] for r in records if r.kind == "item"} <= {"Scheduled", "Cancelled"}


def test_no_minutes_are_those_of_another_meeting(sound: Healthy, today: Replica) -> None:
    """The replica's minutes name the meeting that they are of."""
    checked = 0
    for slug in SITES:
        for minutes in {r.fields["printed"]: r for r in sound.crawled.records(slug) if r.kind == "minutes"}.values():
            held = date.fromisoformat(minutes.fields["meeting_date"])
            with urlopen(minutes.fields["printed"]) as answer:
                assert f"held on {held:%-d %B %Y}" in answer.read().decode("latin-1")
            checked += 1
    assert checked > 60


@pytest.mark.parametrize(
    ("slug", "first", "weeks"),
    [
        ("derby", "2023-12-18", 15),  # a tab of its own; papers of one title; minutes "240101 …"
        ("sunderland", "2025-03-24", 16),  # ids only; short minutes
        ("cambridgeshire", "2024-06-03", 12),  # coded papers; "Final … Minutes"
        ("nottinghamshire", "2024-07-29", 14),  # the list as its module; another page's tab; plain "Minutes"
        ("luton", "2024-09-23", 9),  # in a folder; codes; no sizes
        ("birmingham", "2024-11-04", 15),  # no tab; codes
        ("dudley", "2025-03-24", 13),  # MeetingCalendar
    ],
)
def test_week_by_week_every_item_and_its_minutes_are_found(
    slug: str, first: str, weeks: int, today: Replica, tmp_path: Path
) -> None:
    days = [date.fromisoformat(first) + timedelta(weeks=n) for n in range(weeks + 1)]
    cursor, seen = None, {}
    for day in days:
        today.control(today=day.isoformat())
        result = look(tmp_path, site(today, slug, cursor), today=day.isoformat())
        poll = result.poll(slug)
        assert (poll.outcome, poll.detail) == ("ok", None)
        cursor = poll.cursor
        for record in result.records(slug):
            name = record.kind, record.fields["meeting"], record.key
            seen.setdefault(name, (day.isoformat(), record))
    today.control(today=DAY)
    found = sorted((r.kind, r.fields["meeting"], r.title, when) for when, r in seen.values() if r.kind != "document")
    events = [e for e in today.truth("2023-01-01", days[-1].isoformat(), "cmis") if e["slug"] == slug]
    assert found == sorted(expected(event, days) for event in events if in_reach(event, days))


def expected(event: dict[str, Any], days: list[date]) -> tuple[str, str, str, str]:
    """The kind, meeting, title and the first look on which an event of the truth can be seen."""
    kind = {"agenda_item": "item"}.get(event["event"], event["event"])
    return kind, str(event["meeting_id"]), event["title"], next(str(day) for day in days if str(day) >= event["date"])


def in_reach(event: dict[str, Any], days: list[date]) -> bool:
    """Whether its meeting is still read on the first day that shows the event: three months back, in whole months."""
    seen = next(day for day in days if str(day) >= event["date"])
    first = seen.replace(day=1) - timedelta(days=80)
    return str(event["meeting_date"]) >= str(first.replace(day=1))
