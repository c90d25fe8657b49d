"""What the image's health check says, in a container that runs: part of `python -m soak.image`."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Protocol

from soak.replica import Replica

COUNCILS = (
    "barnet", "bexley", "brent", "bromley", "camden", "croydon", "ealing", "enfield", "greenwich", "hackney",
)  # fmt: skip
"""Ten councils' newsrooms, which answer 403."""
SEEN_LONG_AGO = """
from monitor.store import Store
from pathlib import Path
with Store(Path("/data")) as store, store.transaction() as connection:
    connection.execute("UPDATE targets SET healthy = '2024-05-01T08:00:00+00:00' WHERE source = 'ofsted'")
"""

Must = Callable[[bool, str], None]
Wait = Callable[[Callable[[], object], str], object]


class Box(Protocol):
    """The container, as `soak.image` deploys it."""

    def inside(self, *arguments: str) -> str:
        """What a command in it says."""

    def well(self) -> bool:
        """What its health check says."""

    def process(self) -> int:
        """The process that runs in it, as the host sees it."""

    def read_only(self, *arguments: str) -> str:
        """What a command says in a container of its own whose volume is read-only."""


def newsrooms(address: str) -> str:
    """The part of the configuration that gives ten councils a newsroom at the replica."""
    rows = (f'[councils."{name.title()}"]\nnews_feed_url = "{address}/news/{name}/feed"\n' for name in COUNCILS)
    return '[sources.newsroom]\nschedule = "* * * * *"\n' + "".join(rows)


def prove(box: Box, site: Replica, must: Must, wait: Wait) -> None:
    """Content while ten newsrooms answer 403; not content when Ofsted is blocked for a working day, when the scheduler
    hangs, when the volume is read-only."""
    site.fault("/news/", "403")
    wait(lambda: box.inside("ofsted-watch", "status").count("blocked: ") >= len(COUNCILS), "ten newsrooms answer 403")
    must(box.well(), "and the health check is content")
    site.fault("/reports/", "403")
    wait(lambda: "ofsted: blocked" in box.inside("ofsted-watch", "status"), "Ofsted answers 403")
    must(box.well(), "and the health check is content, for the first day")
    box.inside("python", "-c", SEEN_LONG_AGO)
    must("Ofsted is not seen" in box.inside("ofsted-watch", "health"), "not content after a working day")
    site.control(clear_faults=True)
    wait(box.well, "content when Ofsted is seen again")
    _hanging(box, must, wait)
    said = box.read_only("health")
    must(
        "readonly" in said or "read-only" in said.lower() or "unable to open" in said, "not content on a read-only disk"
    )


def _hanging(box: Box, must: Must, wait: Wait) -> None:
    """A process that hangs gives no sign of life; ten minutes are not waited for."""
    os.kill(box.process(), signal.SIGSTOP)
    box.inside("touch", "-d", "10 minutes ago", "/data/run.alive")
    must("no sign of life" in box.inside("ofsted-watch", "health"), "not content when the scheduler hangs")
    os.kill(box.process(), signal.SIGCONT)
    wait(box.well, "content when it goes on")
