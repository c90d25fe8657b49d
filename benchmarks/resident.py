"""A process that stays up, as `run` does, and crawls in children of its fork server: it is asked by a line and answers
with what that cost. Its CPU is that of itself and of the fork server, each with the children that they waited for."""

from __future__ import annotations

import json
import multiprocessing.forkserver
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.cost import Cost, cpu_of, memory_of

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked of it cost, and the resident megabytes of the process and of the fork server."""

    cost: Cost
    memory: dict[str, float]


class Resident:
    """A handle on such a process. It runs the `main` of a module, which calls `serve`. As a context manager."""

    def __init__(self, env: Mapping[str, str], module: str, *arguments: str) -> None:
        # Not by "-m": then each child would import the measuring module too, as part of what is measured.
        code, pipe = f"from {module} import main; main()", subprocess.PIPE
        command = [sys.executable, "-c", code, *arguments]
        self._child = subprocess.Popen(command, cwd=ROOT, env=env, stdin=pipe, stdout=pipe, text=True)

    def ask(self, line: str) -> Answer:
        """Have it do something. Raises RuntimeError if it has died."""
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._child.stdin.write(f"{line}\n")
        self._child.stdin.flush()
        said = self._child.stdout.readline()
        if not said:
            raise RuntimeError("the process that stands for `run` died")
        answer = json.loads(said)
        return Answer(Cost(answer["cpu"], answer["wall"]), answer["memory"])

    def __enter__(self) -> Resident:
        return self

    def __exit__(self, *_: object) -> None:
        self._child.communicate()  # the end of its input is its own


def serve(work: Callable[[str], None]) -> None:
    """Do what each line of standard input asks, until it ends, and answer with what it cost."""
    for line in sys.stdin:
        began, before = time.monotonic(), sum(map(cpu_of, _processes()))
        work(line)
        pids = _processes()
        memory = dict(zip(("parent", "fork server"), map(memory_of, pids), strict=False))
        spent = {"cpu": sum(map(cpu_of, pids)) - before, "wall": time.monotonic() - began}
        print(json.dumps({**spent, "memory": memory}), flush=True)


def _processes() -> list[int]:
    """This one, and the fork server once it is up."""
    server = multiprocessing.forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined] # no public way
    return [os.getpid(), *([server] if server else [])]
