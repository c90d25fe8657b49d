"""The command as people call it, on a data folder of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

CONFIG = """
[data]
dir = "data"
[http]
contact = "soak@localhost"
delay = 0
timeout = {timeout}
max_bytes = 5_000_000
[watch]
councils = {councils}
[sources.ofsted]
base_url = "{base_url}"
"""


def configuration(base_url: str, councils: Sequence[str] = (), timeout: float = 5) -> str:
    """The text of config.toml: Ofsted at this address, of these councils or of all; seconds to wait for an answer."""
    return CONFIG.format(base_url=base_url, councils=json.dumps(councils or "all"), timeout=timeout)


class Command:
    """`ofsted-watch` in a folder with this configuration."""

    def __init__(self, folder: Path, configuration: str) -> None:
        self.folder = folder
        self.config = folder / "config.toml"
        self.config.write_text(configuration, encoding="utf-8")

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
