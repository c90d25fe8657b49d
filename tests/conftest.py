"""What every test may use: where the shared corpus lies, and a store of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.store import Store

BESIDE = Path(__file__).resolve().parents[2] / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow ones first: they are what a run of several workers waits for."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the corpus of real letters, the replica of the sites and the doubles of Slack and SMTP."""
    folder = Path(os.environ.get("OFSTED_WATCH_SHARED", BESIDE))
    if not (folder / "corpus").is_dir():
        pytest.skip(f"the shared corpus is not at {folder}; set OFSTED_WATCH_SHARED to where it is")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store(tmp_path / "data") as opened:
        yield opened
