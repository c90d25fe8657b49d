"""What the image's health check says, in a container that runs: part of `python -m soak.image`."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable

from soak.containers import Deployment, must, wait
from soak.replica import Replica

COUNCILS = (
    "Barnet", "Bexley", "Brent", "Bromley", "Camden", "Croydon", "Ealing", "Enfield", "Greenwich", "Hackney",
)  # fmt: skip
"""Ten councils whose newsrooms answer 403."""
SEEN_LONG_AGO = """
from monitor.store import Store
from pathlib import Path
with Store(Path("/data")) as store, store.transaction() as connection:
    connection.execute("UPDATE targets SET healthy = '2024-05-01T08:00:00+00:00' WHERE source = 'ofsted'")
"""


def newsrooms(address: str, councils: Iterable[str]) -> str:
    """The part of the configuration that gives councils a newsroom at the replica."""
    slugs = {name: name.lower().replace(" ", "-") for name in councils}
    rows = (f'[councils."{name}"]\nnews_feed_url = "{address}/news/{slug}/feed"\n' for name, slug in slugs.items())
    return '[sources.newsroom]\nschedule = "* * * * *"\n' + "".join(rows)


def prove(box: Deployment, site: Replica) -> None:
    """Content while ten newsrooms answer 403, as they have from the beginning; not content when Ofsted is blocked for a
    working day, when the scheduler hangs, when the volume is read-only."""
    wait(lambda: "newsroom: blocked" in box.inside("ofsted-watch", "status"), "ten newsrooms answer 403")
    must(box.well(), "and the health check is content")
    site.fault("/reports/", "403")
    wait(lambda: "ofsted: blocked" in box.inside("ofsted-watch", "status"), "Ofsted answers 403")
    must(box.well(), "and the health check is content, for the first day")
    box.inside("python", "-c", SEEN_LONG_AGO)
    must("Ofsted is not seen" in box.inside("ofsted-watch", "health"), "not content after a working day")
    site.control(clear_faults=True)
    wait(box.well, "content when Ofsted is seen again")
    _hanging(box)
    said = box.read_only("health")
    must(
        "readonly" in said or "read-only" in said.lower() or "unable to open" in said, "not content on a read-only disk"
    )


def _hanging(box: Deployment) -> None:
    """A process that hangs gives no sign of life; ten minutes are not waited for."""
    os.kill(box.process(), signal.SIGSTOP)
    box.inside("touch", "-d", "10 minutes ago", "/data/run.alive")
    must("no sign of life" in box.inside("ofsted-watch", "health"), "not content when the scheduler hangs")
    os.kill(box.process(), signal.SIGCONT)
    wait(box.well, "content when it goes on")
