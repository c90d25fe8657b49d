"""The strict stand-ins for Slack and a mail server where they are at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from soak.doubles import Double
from soak.played import SHARED


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


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
