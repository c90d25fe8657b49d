"""What every test may use: where the shared corpus lies, and a store of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from monitor.store import Store

BESIDE = Path(__file__).resolve().parents[2] / "shared"

# Nothing here asks the internet. Reading all authorities of the system costs each new client, and each process that
# makes one, as much as the rest of a test.
os.environ["SSL_CERT_FILE"] = os.environ["SSL_CERT_DIR"] = os.devnull


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow ones first: they are what a run of several workers waits for."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test that needs the corpus is skipped without it, whether or not it asks for the folder by name."""
    if item.get_closest_marker("corpus"):
        _corpus()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the corpus of real letters, the replica of the sites and the doubles of Slack and SMTP."""
    return _corpus()


def _corpus() -> Path:
    folder = Path(os.environ.get("OFSTED_WATCH_SHARED", BESIDE))
    if not (folder / "corpus").is_dir():
        pytest.skip(f"the shared corpus is not at {folder}; set OFSTED_WATCH_SHARED to where it is")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare with a file of the folder golden/ beside the test; a missing one is written, and fails for review."""
    folder = request.path.parent / "golden"

    def check(name: str, text: str) -> None:
        path = folder / name
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            pytest.fail(f"{path} was missing and is written now: read it")
        assert text == path.read_text(encoding="utf-8")

    return check
