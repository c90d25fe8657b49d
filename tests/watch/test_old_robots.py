"""A robots.txt that has answered with errors for a month counts as none (RFC 9309, 2.3.1.4)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from monitor.crawl import window_job
from monitor.crawl.listing_job import Order
from monitor.crawl.targets import TargetSpec
from monitor.model import Http
from monitor.model.crawl import ROBOTS_UNREADABLE
from monitor.model.reach import Depth, Reach
from monitor.model.trouble import WHOLE, Episode, Reason, Targets, Trouble
from monitor.store import Store, sources
from monitor.watch.jobs import without_old_robots
from tests.making import NOON

UNREADABLE = f"error: /news: {ROBOTS_UNREADABLE} (500), so nothing else was asked"
ORDER = Order("r", "newsroom", "", "", Http("tests"), date(2024, 5, 15), Depth.NEW, Reach.CONFIGURED)
SPECS = {name: TargetSpec(name, f"https://{name}.example/feed") for name in ("devon", "torbay")}


@pytest.mark.parametrize(
    ("targets", "days", "words", "waived"),
    [
        (("devon",), 31, UNREADABLE, ["devon"]),
        (("devon",), 29, UNREADABLE, []),
        (("devon",), 300, "error: /news answered 500", []),
        (WHOLE, 31, UNREADABLE, ["devon", "torbay"]),
    ],
)
def test_only_after_a_month_of_errors(
    tmp_path: Path, targets: Targets, days: int, words: str, waived: list[str]
) -> None:
    since = (NOON - timedelta(days=days)).isoformat()
    with Store(tmp_path) as store:
        with store.transaction():
            sources.save_episodes(
                store, [Episode("newsroom", targets, Trouble.BROKEN, since, Reason("error", words))], ()
            )
        job = without_old_robots(window_job.job(ORDER, SPECS, window_job.Memory()), store, NOON)
    assert [t.target for t in job.targets if t.options.get("robots_waived")] == waived
