"""The strict stand-ins for Slack and a mail server where they are at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from soak.doubles import Double
from soak.played import SHARED
from tests.certificates import own


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that nobody has signed but itself, with its key, in one file."""
    return own(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="session")
def start_double() -> Iterator[Callable[..., Double]]:
    """Start a stand-in once per session and set of options."""
    if not (SHARED / "doubles" / "slack.py").is_file():
        pytest.skip(f"the shared doubles are not at {SHARED}")
    started: dict[tuple[str, ...], Double] = {}

    def start(*command: str) -> Double:
        double = started.setdefault(command, started.get(command) or Double(*command))
        double.reset()
        return double

    yield start
    for double in started.values():
        double.stop()
