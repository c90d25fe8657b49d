"""The restore drill of docs/deploying.md, by its own commands, timed.

    python -m soak.drill                 on a baseline of all councils from the replica
    python -m soak.drill --councils 5    on a few

Runs the lines of the block that is marked `sh drill` under `sh -e`. Exit status 1 where one of them fails.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from monitor.councils.registry import Registry
from soak.command import Command
from soak.replica import Replica

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "deploying.md"


def commands() -> str:
    """The drill as the document has it."""
    (block,) = re.findall(r"^```sh drill\n(.*?)^```", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return str(block)


def drill(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run it in a folder that has a configuration and its data."""
    with tempfile.TemporaryDirectory() as bin_:
        program = Path(bin_) / "ofsted-watch"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m monitor "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        path = {"PATH": f"{bin_}:{os.environ['PATH']}", "PYTHONPATH": str(DOCUMENT.parents[1])}
        line = ["sh", "-ec", commands()]
        return subprocess.run(line, cwd=folder, env={**os.environ, **path}, capture_output=True, text=True, check=False)


def main() -> int:
    """Make a watch, run the drill on it, say how long it took."""
    given = argparse.ArgumentParser()
    given.add_argument("--councils", type=int)
    few = given.parse_args().councils
    named = [council.name for council in Registry.load()][:few]
    more = f"[watch]\ncouncils = {named}\n".replace("'", '"') if few else ""
    with tempfile.TemporaryDirectory() as temporary, Replica("2024-05-15") as site:
        folder = Path(temporary)
        made = Command(folder, site.base_url, more=more)("crawl")
        if made.returncode:
            print(made.stderr, file=sys.stderr)
            return 1
        size = sum(path.stat().st_size for path in (folder / "data").rglob("*") if path.is_file())
        began = time.monotonic()
        done = drill(folder)
        print(f"{len(commands().splitlines())} lines, {size / 1e6:.0f} MB: {time.monotonic() - began:.1f} s")
    print(done.stdout + done.stderr)
    return int(done.returncode != 0)


if __name__ == "__main__":
    sys.exit(main())
