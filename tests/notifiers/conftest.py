"""The strict stand-ins for Slack and a mail server where they are at hand."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.certificates import own

HERE = Path(__file__).parent
DOUBLES = Path(os.environ.get("OFSTED_WATCH_SHARED", HERE.parents[2] / "shared")) / "doubles"
TRIES = 10
"""The mail double's control page has the port after its own, which may be somebody else's."""


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that nobody has signed but itself, with its key, in one file."""
    return own(tmp_path_factory.mktemp("tls"))


class Double:
    """One stand-in as a child process on a free port, with its control page."""

    def __init__(self, script: str, *options: str) -> None:
        command = [sys.executable, str(DOUBLES / script), "--port", "0", *options]
        for _ in range(TRIES):
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            assert self.process.stdout is not None
            if listening := re.search(r"double on .*?127\.0\.0\.1:(\d+)", self.process.stdout.readline()):
                break
            self.stop()
        assert listening is not None
        self.port = int(listening[1])
        self.control_port = self.port + (script == "smtp.py")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def get(self, path: str) -> Any:
        return self._call(path, None)

    def control(self, **given: Any) -> None:
        assert self._call("/_control", json.dumps(given).encode())["ok"]

    def fault(self, kind: str, **given: Any) -> None:
        self.control(fault={"kind": kind, **given})

    def reset(self) -> None:
        self._call("/_reset", b"")

    def _call(self, path: str, data: bytes | None) -> Any:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.control_port}{path}", data, timeout=10) as answer:
            text = answer.read().decode()
        return json.loads(text) if text[:1] in "[{" else text


@pytest.fixture(scope="session")
def start_double() -> Iterator[Callable[..., Double]]:
    """Start a stand-in once per session and set of options."""
    if not (DOUBLES / "slack.py").is_file():
        pytest.skip(f"the shared doubles are not at {DOUBLES}")
    started: dict[tuple[str, ...], Double] = {}

    def start(*command: str) -> Double:
        double = started.setdefault(command, started.get(command) or Double(*command))
        double.reset()
        return double

    yield start
    for double in started.values():
        double.stop()
