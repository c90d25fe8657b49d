"""The world around the program in soak.year: the sites, the ways out, who listens to its heartbeat, and its disk."""

from __future__ import annotations

import os
import subprocess
from contextlib import ExitStack, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType

from monitor.model.days import LONDON
from soak.doubles import Double
from soak.replica import Replica
from soak.serving import Request, ok, serving
from soak.watched import at, press, write_table
from soak.year_plan import Fault, Plan

DISK = "150m"
PATIENCE = ("--timeout-seconds", "1.5", "--slow-seconds", "0.3")
"""Of the replica: how long its faults hold a connection."""
CONFIG = """
[data]
dir = "data"
[http]
contact = "soak@localhost"
delay = 0
timeout = 1
max_bytes = 5000000
[run]
crawls = 3
jitter = 0
log = "plain"
heartbeat_env = "SOAK_HEARTBEAT"
[watch]
registry = "councils.csv"
councils = {councils}
[sources.ofsted]
base_url = "{address}/reports"
schedule = "{ofsted}"
full_schedule = "30 3 * * sun"
[sources.moderngov]
schedule = "{moderngov}"
full_schedule = "0 4 1 * *"
[sources.newsroom]
schedule = "{newsroom}"
full_schedule = "0 4 1 * *"
[sources.press]
schedule = "{press}"
full_schedule = "0 4 1 * *"
{press_sites}
[sources.govuk]
schedule = "{govuk}"
full_schedule = "0 4 1 * *"
base_url = "{address}/govuk"
[[channels]]
name = "slack"
kind = "slack"
operator = true
token_env = "SOAK_TOKEN"
channel = "C0OFSTED"
api_url = "http://127.0.0.1:{slack}/api"
[[channels]]
name = "mail"
kind = "email"
operator = true
when = "daily 08:00"
to = ["one@example.org"]
from = "watch@example.org"
host = "127.0.0.1"
port = {smtp}
security = "none"
"""
OFTEN = {
    "ofsted": "0 7,12,17 * * *",
    "moderngov": "0 7 * * *",
    "newsroom": "0 12 * * *",
    "press": "0 17 * * *",
    "govuk": "0 17 * * *",
}
SELDOM = {
    "ofsted": "0 17 * * mon-fri",
    "moderngov": "0 17 * * mon",
    "newsroom": "0 17 * * mon,wed,fri",
    "press": "0 17 * * wed",
    "govuk": "0 17 * * fri",
}
"""About 3,000 looks a year, and about 700."""


class World:
    """All that is outside the program. `now` is the world's time, whatever the program's clock says."""

    def __init__(self, folder: Path, site: Replica, plan: Plan, names: list[str], looks: dict[str, str]) -> None:
        self.folder, self.site, self.plan, self.now = folder, site, plan, plan.first
        self.beats: list[tuple[datetime, bool]] = []
        self.data = folder / "data"
        self._names, self._looks, self._stack = names, looks, ExitStack()
        self._day, self._active, self._fired = "", list[Fault](), set[Fault]()
        self.small_disk = self.full = False

    def __enter__(self) -> World:
        enter = self._stack.enter_context
        self.slack, self.smtp = enter(Double("slack.py")), enter(Double("smtp.py"))
        self.slack.control(settings={"rate_limit": False})
        self._configure(enter(serving(self._beat)))
        self.data.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "none", str(self.data)], check=False)
        self.small_disk = mounted.returncode == 0
        if self.small_disk:
            self._stack.callback(subprocess.run, ["umount", "-l", str(self.data)], check=False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def _configure(self, beats: str) -> None:
        os.environ["SOAK_TOKEN"] = "xoxb-test-token"
        os.environ["SOAK_HEARTBEAT"] = f"{beats}/secret"
        write_table(self.folder, partial(at, self.site.address))
        ports = {"slack": self.slack.port, "smtp": self.smtp.port}
        where = {"address": self.site.address, "press_sites": press(self.site.address)}
        text = CONFIG.format(councils=self._names, **where, **ports, **self._looks)
        (self.folder / "config.toml").write_text(text.replace("'", '"'), encoding="utf-8")

    def _beat(self, request: Request) -> None:
        """A sign of life, noted with the world's time."""
        self.beats.append((self.now, not request.path.endswith("/fail")))
        ok(request)

    def _today(self) -> str:
        return self.now.astimezone(LONDON).date().isoformat()

    def at(self, now: datetime) -> None:
        """Time has gone on: a new day's pages, faults that come and go, a disk that fills or is freed."""
        self.now = max(now, self.now)
        active = [f for f in self.plan.faults if f.start <= self.now < f.end]
        if self._today() != self._day:
            self._day = self._today()
            self.site.control(today=self._day)
        if active != self._active:
            self._active = active
            self._show(active)
        self._disk(any(a <= self.now < b for a, b in self.plan.full))

    def _show(self, active: list[Fault]) -> None:
        self.site.control(clear_faults=True)
        for fault in active:
            if fault.source not in ("slack", "smtp"):
                self.site.control(fault={"match": fault.match, "kind": fault.kind})
            elif fault not in self._fired:
                self._fired.add(fault)
                way = self.slack if fault.source == "slack" else self.smtp
                how = {"method": "chat.postMessage", "retry_after": 1} if fault.source == "slack" else {}
                way.control(fault=how | {"kind": fault.kind, "times": 3})

    def _disk(self, full: bool) -> None:
        filler = self.data / "filler"
        if full and self.small_disk:
            with suppress(OSError), filler.open("ab", buffering=0) as file:
                while file.write(b"x" * 65536):
                    pass
        elif self.full:
            filler.unlink()
        self.full = full and self.small_disk
