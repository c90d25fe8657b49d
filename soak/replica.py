"""The replica of the watched sites as a process of its own, and how to talk to it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.request import urlopen

SHARED = Path(os.environ.get("OFSTED_WATCH_SHARED", Path(__file__).resolve().parents[2] / "shared"))


class Replica:
    """Plays Ofsted's site over the shared corpus, with a virtual date."""

    def __init__(self, today: str, *options: str) -> None:
        command = [sys.executable, str(SHARED / "replica" / "serve.py"), "--port", "0", "--today", today, *options]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.address = self._process.stdout.readline().split()[0].rstrip("/")
        self.base_url = f"{self.address}/reports"

    def __enter__(self) -> Replica:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def control(self, **order: Any) -> None:
        """Set the date, faults or options."""
        with urlopen(f"{self.address}/_control", json.dumps(order).encode()) as answer:
            assert json.load(answer)["ok"]

    def fault(self, match: str, kind: str, times: int | None = None) -> None:
        """Switch a fault on; it replaces any other."""
        self.control(clear_faults=True, fault={"match": match, "kind": kind, "times": times})

    def truth(self, first: str, last: str, layer: str = "reports") -> list[dict[str, Any]]:
        """What was really published, both days included; layers are those of the replica."""
        with urlopen(f"{self.address}/_truth?from={first}&to={last}&layer={layer}") as answer:
            events: list[dict[str, Any]] = json.load(answer)["events"]
            return events

    def log(self) -> list[dict[str, Any]]:
        """Every request since the last reset."""
        with urlopen(f"{self.address}/_log") as answer:
            return [json.loads(line) for line in answer]

    def forget(self) -> None:
        """Start the log anew."""
        with urlopen(f"{self.address}/_log/reset", b"") as answer:
            answer.read()
