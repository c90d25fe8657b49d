"""The command as people call it, on a data folder of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

CONFIG = """
[data]
dir = "data"
[http]
contact = "soak@localhost"
delay = 0
timeout = {timeout}
max_bytes = {max_bytes}
[sources.ofsted]
base_url = "{base_url}"
"""


class Command:
    """`ofsted-watch` in a folder with a configuration for one base address."""

    def __init__(
        self, folder: Path, base_url: str, timeout: float = 5, max_bytes: int = 5_000_000, more: str = ""
    ) -> None:
        self.folder = folder
        self.config = folder / "config.toml"
        text = CONFIG.format(base_url=base_url, timeout=timeout, max_bytes=max_bytes)
        self.config.write_text(text + more, encoding="utf-8")

    def line(self, *arguments: str) -> list[str]:
        """The command line."""
        return [sys.executable, "-m", "monitor", "--config", str(self.config), *arguments]

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self.line(*arguments), capture_output=True, text=True, check=False)

    def events(self, *arguments: str) -> list[dict[str, Any]]:
        """The JSON objects that a subcommand prints."""
        done = self(*arguments, "--json")
        if done.returncode not in (0, 1) or "Traceback" in done.stderr:
            raise RuntimeError(f"{' '.join(arguments)}: exit {done.returncode}\n{done.stderr}")
        return [json.loads(line) for line in done.stdout.splitlines()]
