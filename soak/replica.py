"""The replica of the watched sites, and how to talk to it."""

from __future__ import annotations

import json
from typing import Any

from soak.played import Played


class Replica(Played):
    """Plays Ofsted's site, the councils', the press and GOV.UK over the shared corpus, with a virtual date."""

    def __init__(self, today: str, *options: str) -> None:
        super().__init__("replica/serve.py", "--today", today, *options)
        self.address = self.said.split()[0].rstrip("/")
        self.base_url = f"{self.address}/reports"

    def fault(self, match: str, kind: str, times: int | None = None) -> None:
        """Switch a fault on, beside those that are."""
        self.control(fault={"match": match, "kind": kind, "times": times})

    def truth(self, first: str, last: str, layer: str = "reports") -> list[dict[str, Any]]:
        """What was really published, both days included, on one of the replica's layers or on all."""
        found: list[dict[str, Any]] = self.get(f"/_truth?from={first}&to={last}&layer={layer}")["events"]
        return found

    def log(self) -> list[dict[str, Any]]:
        """Every request since the last reset."""
        return [json.loads(line) for line in self.text("/_log").splitlines()]

    def forget(self) -> None:
        """Start the log anew."""
        self.text("/_log/reset", b"{}")
