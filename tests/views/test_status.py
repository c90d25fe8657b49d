"""How everything stands: the states, the ledger, what was asked, and what lies on the disk."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.config.file import Config
from monitor.model.crawl import Outcome
from monitor.model.state import End, Ended
from monitor.model.trouble import WHOLE, Episode, Health, Reason, Targets, Trouble
from monitor.store import Store, sources
from monitor.store import job_runs as kept
from monitor.views import status as status_view
from tests.configured import configured
from tests.making import NOON, closed, record

AT = NOON.isoformat()


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return configured(tmp_path)


@pytest.fixture
def seen(config: Config, store: Store) -> Store:
    with store.transaction():
        sources.save_polls(store, [closed("80461", record()), closed("search")])
    return store


def begun(store: Store, trouble: Trouble, targets: Targets = WHOLE, outcome: Outcome | None = None) -> None:
    with store.transaction():
        sources.save_episodes(store, [Episode("ofsted", targets, trouble, AT, Reason(outcome, "why"))], [])


@pytest.mark.parametrize(
    ("trouble", "targets", "outcome", "status", "healthy"),
    [
        (Trouble.BROKEN, WHOLE, "error", "failing", False),
        (Trouble.BROKEN, WHOLE, "blocked", "blocked", False),
        (Trouble.BROKEN, WHOLE, None, "failing", False),
        (Trouble.HELD, WHOLE, None, "quarantined", False),
        (Trouble.QUIET, WHOLE, None, "quiet", True),
        (Trouble.BROKEN, ("80461",), "error", "degraded", False),
        (Trouble.HELD, ("80461",), None, "degraded", False),
        (Trouble.UNREADABLE, ("80461",), None, "degraded", False),
        (Trouble.HIDING, ("search",), None, "ok", True),
        (Trouble.QUIET, ("80461",), None, "ok", True),
    ],
)
def test_states_of_a_source(
    config: Config, seen: Store, trouble: Trouble, targets: Targets, outcome: Outcome, status: str, healthy: bool
) -> None:
    begun(seen, trouble, targets, outcome)
    found = status_view.of(seen, config, NOON)
    assert (found["sources"][0]["status"], found["healthy"]) == (status, healthy)
    assert status in status_view.STATES


def test_what_is_configured_no_more_is_not_shown_and_makes_nothing_old(tmp_path: Path, store: Store) -> None:
    """A council that is watched no more, a site and a page that were taken out of the file."""
    press = '[[sources.press.sites]]\nname = "Echo"\nurl = "https://echo.test/feed"\n'
    page = '[[sources.page]]\nname = "Plan"\nurl = "https://x.test/"\nschedule = "0 8 * * *"\nselector = "main"\n'
    config = configured(tmp_path, f'[watch]\ncouncils = ["Devon"]\n{press}{page}')
    before = NOON - timedelta(days=90)
    for source, now, gone in (("ofsted", "80461", "80572"), ("press", "Echo", "News"), ("page", "Plan", "Old plan")):
        with store.transaction():
            polled = [closed(gone, at=before), closed(now)]
            sources.save_polls(store, [replace(c, poll=replace(c.poll, source=source)) for c in polled])
        found = status_view.source(store, config, source, NOON)
        assert ([t["target"] for t in found["targets"]], found["oldest_ok"]) == ([now], AT)


@pytest.mark.parametrize(
    ("trouble", "outcome", "status"),
    [
        (Trouble.BROKEN, "blocked", "blocked"),
        (Trouble.BROKEN, "error", "failing"),
        (Trouble.QUIET, None, "quiet"),
        (Trouble.HELD, None, "quarantined"),
        (Trouble.UNREADABLE, None, "failing"),
    ],
)
def test_states_of_a_target(config: Config, seen: Store, trouble: Trouble, outcome: Outcome, status: str) -> None:
    begun(seen, trouble, ("80461",), outcome)
    one = status_view.of(seen, config, NOON)["sources"][0]["targets"][0]
    assert (one["target"], one["status"], one["reason"]) == ("80461", status, "why")


def test_never_seen_and_stale(config: Config, seen: Store, tmp_path: Path) -> None:
    assert status_view.of(seen, config, NOON + timedelta(days=5))["sources"][0]["status"] == "stale"
    with Store(tmp_path / "empty") as empty:
        assert status_view.of(empty, config, NOON)["sources"][0]["status"] == "never seen"


@pytest.mark.parametrize(
    ("schedule", "days", "status"),
    [
        ("0 8 * * mon", 4.1, "ok"),
        ("0 8 * * mon", 7.0, "ok"),
        ("0 8 * * mon", 8.7, "ok"),
        ("0 8 * * mon", 8.9, "stale"),
        ("0 8 1 * *", 17.0, "ok"),
        ("0 8 1 * *", 20.0, "ok"),
        ("0 8 1 * *", 21.0, "stale"),
        ("0 7-19 * * mon-fri", 4.0, "ok"),
        ("0 7-19 * * mon-fri", 4.2, "stale"),
        ("0 8 * * fri", 4.2, "ok"),
        ("0 8 * * fri", 6.9, "stale"),
    ],
)
def test_a_source_is_stale_by_its_own_schedule(tmp_path: Path, schedule: str, days: float, status: str) -> None:
    """Seen on Wednesday 15 May 2024 at noon."""
    lines = f'schedule = "{schedule}"\nfull_schedule = "{schedule}"'
    config = configured(
        tmp_path,
        f'[sources.ofsted]\nenabled = false\n[sources.press]\n{lines}\nsites = [{{name = "P", url = "https://p.example/f"}}]\n',
    )
    look = closed("P", record("1", "P"))
    look = replace(look, poll=replace(look.poll, source="press"))
    with Store(tmp_path / "data") as store:
        with store.transaction():
            sources.save_polls(store, [look])
        found = status_view.source(store, config, "press", NOON + timedelta(days=days))
    assert found["status"] == status


def test_the_ledger_counts_attempts_and_keeps_how_it_ended(config: Config, seen: Store) -> None:
    kept.started(seen, "ofsted", NOON, NOON)
    kept.started(seen, "ofsted", NOON, NOON)
    assert kept.ledger(seen)["ofsted"].attempts == 2
    kept.given_back(seen, "ofsted")
    assert (kept.ledger(seen)["ofsted"].attempts, kept.ledger(seen)["ofsted"].finished) == (1, None)
    kept.ended(seen, "ofsted", NOON, Ended(End.DONE, "ok"))
    kept.moved(seen, "ofsted", NOON - timedelta(hours=1))
    assert kept.ledger(seen)["ofsted"].slot == NOON
    kept.moved(seen, "ofsted", NOON + timedelta(hours=1))
    run = status_view.of(seen, config, NOON)["sources"][0]["runs"]["ofsted"]
    assert (run["due"], run["outcome"]) == ((NOON + timedelta(hours=1)).isoformat(), "ok")
    kept.started(seen, "ofsted", NOON + timedelta(hours=2), NOON)
    assert (kept.ledger(seen)["ofsted"].attempts, kept.ledger(seen)["ofsted"].ended) == (1, None)


def test_what_was_asked_of_a_source_on_a_day(seen: Store) -> None:
    polls = [closed("1", record(), requests=3, bytes=5000).poll, closed("2", outcome="unchanged", requests=1).poll]
    with seen.transaction():
        for run in ("a", "b"):
            sources.save_run(seen, run, polls, Health())
    assert kept.by_day(seen, f"{NOON:%Y-%m-%d}") == [
        {
            **{"day": "2024-05-15", "source": "ofsted", "crawls": 2, "polls": 4},
            **{"unchanged": 2, "requests": 8, "bytes": 10_000},
        }
    ]
    assert kept.by_day(seen, f"{NOON + timedelta(days=1):%Y-%m-%d}") == []


def test_what_lies_on_the_disk(seen: Store) -> None:
    path = seen.document_path("a" * 64)
    path.parent.mkdir()
    path.write_bytes(b"x" * 1234)
    (seen.folder / "backups").mkdir()
    (seen.folder / "backups" / "ofsted-watch.db").write_bytes(b"x" * 99)
    found = status_view.disk(seen)
    assert (found["documents"], found["other"]) == (1234, 99)
    assert found["database"] >= seen.path.stat().st_size
    assert found["free"] > 0
