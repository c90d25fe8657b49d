"""The command as a process of its own, and small servers that misbehave."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CONFIG = """
[http]
contact = "tests@localhost"
delay = 0
timeout = 3
{http}
[watch]
{watch}
[sources.ofsted]
base_url = "{base_url}"
{more}
"""


@dataclass
class Ran:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.err.splitlines()

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Folder:
    """A folder to run the command in."""

    path: Path
    environment: dict[str, str] = field(default_factory=dict)

    def write(self, text: str) -> None:
        (self.path / "config.toml").write_text(text, encoding="utf-8")

    def configure(self, base_url: str, *, http: str = "", watch: str = "", more: str = "") -> None:
        self.write(CONFIG.format(base_url=base_url, http=http, watch=watch, more=more))

    def __call__(self, *arguments: str, prefix: tuple[str, ...] = ()) -> Ran:
        line = [*prefix, sys.executable, "-m", "monitor", *arguments]
        done = subprocess.run(
            line, cwd=self.path, capture_output=True, text=True, env={**os.environ, **self.environment}, check=False
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)
