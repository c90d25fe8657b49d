"""What the tests of reading share: the registry, the folder of real letters, a sheet to write letters on."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from monitor.councils.registry import Registry

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "corpus"


@pytest.fixture(scope="session")
def registry() -> Registry:
    """The built-in councils."""
    return Registry.load()


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real letters with `gold.csv`."""
    folder = Path(os.environ.get("OFSTED_WATCH_CORPUS", BESIDE))
    if not (folder / "gold.csv").is_file():
        pytest.skip(f"no real letters at {folder}; set OFSTED_WATCH_CORPUS to the folder that holds gold.csv")
    return folder


@pytest.fixture(scope="session")
def gold(corpus: Path) -> list[dict[str, str]]:
    """The rows of `gold.csv`."""
    with (corpus / "gold.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
