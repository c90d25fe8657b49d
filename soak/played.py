"""Who plays the outside: scripts of the shared folder, each a process of its own with a page that controls it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Self
from urllib.request import urlopen

SHARED = Path(os.environ.get("OFSTED_WATCH_SHARED", Path(__file__).resolve().parents[2] / "shared"))


class Played:
    """One such process. `said` is its first line, which tells its address; whoever inherits sets `address` by it. As a
    context manager."""

    address: str

    def __init__(self, script: str, *options: str) -> None:
        command = [sys.executable, str(SHARED / script), "--port", "0", *options]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.said = self._process.stdout.readline()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.wait(60)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def control(self, **order: Any) -> None:
        """Set the date, faults, settings."""
        assert json.loads(self.text("/_control", json.dumps(order).encode()))["ok"]

    def get(self, path: str) -> Any:
        """What a page of it says, as JSON."""
        return json.loads(self.text(path))

    def text(self, path: str, data: bytes | None = None) -> str:
        """What a page of it says; with `data`, what it answers to that."""
        with urlopen(self.address + path, data) as answer:
            return str(answer.read().decode())
