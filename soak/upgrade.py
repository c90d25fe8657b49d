"""A data folder that the first edition's own program made, brought up to date and taken back.

    python -m soak.upgrade                    from commit 83321ea
    python -m soak.upgrade --commit COMMIT    from another one

Its program (a worktree of that commit, run by this interpreter) crawls the replica of the sites and queues a message
for a channel that is down. Today's program crawls the same day: nothing may be told again, what was owed is still owed,
and a report of a later day is told once. Then the copy that was made before is put back by the old program's own
`restore`, and the old program goes on from there. Exit status 1 where one of these is not so.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from monitor.store import migrations
from soak.command import configuration
from soak.replica import Replica

ROOT = Path(__file__).resolve().parents[1]
FIRST_EDITION = "83321ea"
BASELINE, NEWS, MORE_NEWS = "2024-05-15", "2024-05-16", "2024-07-12"
WATCHED = ["Brighton and Hove", "Devon", "Oldham", "Torbay"]
CHANNEL = """
[[channels]]
name = "down"
kind = "webhook"
url = "http://127.0.0.1:9/"
secret_env = "SOAK_SECRET"
"""


@dataclass(frozen=True)
class Program:
    """One edition of the program, working on the folder of a configuration."""

    code: Path
    folder: Path

    def __call__(self, *arguments: str) -> str:
        """What a command prints. Raises RuntimeError where it was used wrongly or crashed."""
        line = [sys.executable, "-m", "monitor", "--config", str(self.folder / "config.toml"), *arguments]
        environment = {**os.environ, "PYTHONPATH": str(self.code), "SOAK_SECRET": "a secret of the soak"}
        done = subprocess.run(line, cwd=self.code, env=environment, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1) or "Traceback" in done.stderr:
            raise RuntimeError(f"{arguments[0]} of {self.code}: exit {done.returncode}\n{done.stderr}")
        return done.stdout

    def told(self) -> list[str]:
        """The reports that it has told of, a line each."""
        return [line for line in self("events").splitlines() if line]


def main() -> int:
    """Upgrade and go back, and say what was seen."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--commit", default=FIRST_EDITION)
    commit = parser.parse_args().commit
    with tempfile.TemporaryDirectory() as temporary, Replica(BASELINE) as site:
        old_code, folder = Path(temporary) / "old", Path(temporary) / "watch"
        folder.mkdir()
        text = configuration(site.base_url, WATCHED) + CHANNEL
        (folder / "config.toml").write_text(text, encoding="utf-8")
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--detach", "--force", str(old_code), commit], check=True, capture_output=True)
        try:
            return _there_and_back(Program(old_code, folder), Program(ROOT, folder), site)
        finally:
            subprocess.run([*git, "remove", "--force", str(old_code)], check=True)


def _there_and_back(old: Program, new: Program, site: Replica) -> int:
    old("crawl", "ofsted")
    site.control(today=NEWS)
    old("crawl", "ofsted")
    before, owed = old.told(), _owed(old)
    new("crawl", "ofsted")
    same, still = new.told(), _owed(new)
    site.control(today=MORE_NEWS)
    new("crawl", "ofsted")
    more = new.told()
    copy = new.folder / "data" / "backups" / f"before-v{migrations.VERSION}.db"
    old("restore", str(copy))
    back = old.told()
    old("crawl", "ofsted")
    again = old.told()
    print(f"told by the old program {len(before)}, after the upgrade {len(same)}, after more news {len(more)}")
    print(f"owed before {owed}, after {still}; taken back: {len(back)}, and the news once more: {len(again)}")
    right = len(before) > 0 and len(same) == len(before) == len(back) and owed == still
    return int(not (right and len(more) == len(again) > len(before)))


def _owed(program: Program) -> int:
    """How many deliveries are still owed."""

    return int(json.loads(program("status", "--json"))["outbox"])


if __name__ == "__main__":
    sys.exit(main())
