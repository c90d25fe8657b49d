"""The command as a process of its own, and small servers that misbehave."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from monitor.cli import main
from tests.forks import FORKS, run_to_end

LONGEST_SECONDS = 300
"""A command that takes longer is ended, and its test fails by its exit status."""

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
        """Run the command. With a `prefix` an interpreter of its own is started; otherwise a fork of one that has
        imported it, which takes a tenth of the time."""
        ran = (
            self._started((*prefix, sys.executable, "-m", "monitor", *arguments)) if prefix else self._forked(arguments)
        )
        assert "Traceback" not in ran.err, ran.err
        return ran

    def _started(self, line: Sequence[str]) -> Ran:
        done = subprocess.run(line, cwd=self.path, capture_output=True, text=True, env=self._environment, check=False)
        return Ran(done.returncode, done.stdout, done.stderr)

    def _forked(self, arguments: Sequence[str]) -> Ran:
        with TemporaryDirectory() as kept:
            out, err = Path(kept, "out"), Path(kept, "err")
            child = FORKS.Process(target=_command, args=(self.path, arguments, self._environment, out, err))
            code = run_to_end(child, LONGEST_SECONDS)
            assert code is not None
            return Ran(code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))

    @property
    def _environment(self) -> dict[str, str]:
        return {**os.environ, **self.environment}


def _command(folder: Path, arguments: Sequence[str], environment: dict[str, str], out: Path, err: Path) -> None:
    """What the fork does: the command with a folder, an environment and outputs of its own."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600), number)
    sys.stdout, sys.stderr = (open(n, "w", encoding="utf-8", closefd=False) for n in (1, 2))  # noqa: SIM115
    sys.argv = ["ofsted-watch", *arguments]
    main()
