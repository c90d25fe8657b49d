"""A site made once for the tests that only look at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.site import search
from tests.site import world


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site of the small world."""
    folder = tmp_path_factory.mktemp("site")
    config = world.filled(folder)
    world.built(config, folder / "out")
    return folder / "out"


@pytest.fixture(scope="session", autouse=True)
def _without_index() -> None:
    """Pagefind takes a second or more; tests of the search ask for it."""
    search.available.cache_clear()
