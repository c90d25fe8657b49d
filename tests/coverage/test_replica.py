"""Pages of the replica: what concerns a letter is found with its council and kind, the rest is left alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from benchmarks.coverage import LAYERS, Score, look, pages
from monitor.councils.registry import Registry

pytestmark = pytest.mark.corpus


def test_pages_are_told_apart_as_the_truth_has_them(shared: Path) -> None:
    registry, scores = Registry.load(), {layer: Score() for layer in LAYERS}
    for page in pages(shared, councils=4, first=date(2023, 8, 1), last=date(2026, 8, 31)):
        scores[page.layer].take(page, look(page, registry))
    assert {layer: score.wrong for layer, score in scores.items()} == {layer: [] for layer in LAYERS}
    assert all(score.counts["hit"] for score in scores.values())
    assert scores["news"].counts["rest"] > 1000
    assert str(scores["press"]).endswith("kind right 1.0000 (133 of 133)")
