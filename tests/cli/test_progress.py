"""How far a crawl is: a bar on a terminal, a line now and then elsewhere; what is crawled passes unchanged."""

from __future__ import annotations

import io

import pytest

from monitor.cli.progress import PAGES_BETWEEN_LINES, shown
from tests.making import closed


class Shown(io.StringIO):
    """Standard error, on a terminal or not."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize("terminal", [True, False])
def test_what_is_crawled_passes_unchanged(monkeypatch: pytest.MonkeyPatch, terminal: bool) -> None:
    monkeypatch.setattr("sys.stderr", err := Shown(terminal))
    targets = [closed(str(number)) for number in range(PAGES_BETWEEN_LINES)]
    assert list(shown(iter(targets), PAGES_BETWEEN_LINES)) == targets
    assert ("Crawling" in err.getvalue(), "100%" in err.getvalue()) == (terminal, terminal)
    assert (f"{PAGES_BETWEEN_LINES} of up to {PAGES_BETWEEN_LINES} pages read" in err.getvalue()) is not terminal
