"""Finds the cells of ruled tables, from the rules on a page and the places of its words.

The rules cut the page into the smallest boxes. Boxes without a rule between them belong to one cell. So merged cells,
split cells and several tables on a page come out as they were drawn, without any assumption about the number of rows or
columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from monitor.letters.document import Cell
from monitor.letters.rules import Rule, Rules

SAME_RULE_POINTS = 4.0
"""Rules closer than this, in points, are one line that was drawn twice."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, with the foot of its first letter in points from the bottom left."""

    x: float
    y: float
    text: str


def cells(drawn: Rules, words: Sequence[Word]) -> tuple[Cell, ...]:
    """Return the cells that hold words, from the top of the page to its foot, left to right."""
    grid = _Grid(_places(drawn.upright), _places(drawn.level))
    parents = _joined(grid, drawn)
    inside: dict[tuple[int, int], list[Word]] = defaultdict(list)
    for word in words:
        if box := grid.box(word.x, word.y):
            inside[_root(parents, box)].append(word)
    extents = _extents(grid, parents)
    found = [Cell(*extents[root], " ".join(w.text for w in held)) for root, held in inside.items()]
    return tuple(sorted(found, key=lambda cell: (-cell.top, cell.left)))


@dataclass(frozen=True, slots=True)
class _Grid:
    xs: list[float]
    ys: list[float]

    def boxes(self) -> Iterable[tuple[int, int]]:
        return ((i, j) for i in range(len(self.xs) - 1) for j in range(len(self.ys) - 1))

    def box(self, x: float, y: float) -> tuple[int, int] | None:
        """The smallest box around a point, or None outside every table."""
        i, j = _between(self.xs, x), _between(self.ys, y)
        return None if i is None or j is None else (i, j)


def _places(drawn: Iterable[Rule]) -> list[float]:
    places: list[float] = []
    for at in sorted(rule.at for rule in drawn):
        if not places or at - places[-1] > SAME_RULE_POINTS:
            places.append(at)
    return places


def _between(places: list[float], value: float) -> int | None:
    return next((n for n, (low, high) in enumerate(pairwise(places)) if low <= value < high), None)


def _joined(grid: _Grid, drawn: Rules) -> dict[tuple[int, int], tuple[int, int]]:
    """Link each smallest box to its neighbour if no rule stands between them."""
    parents = {box: box for box in grid.boxes()}
    for i, j in parents:
        middle_x, middle_y = (grid.xs[i] + grid.xs[i + 1]) / 2, (grid.ys[j] + grid.ys[j + 1]) / 2
        if (i + 1, j) in parents and not _ruled(drawn.upright, grid.xs[i + 1], middle_y):
            parents[_root(parents, (i + 1, j))] = _root(parents, (i, j))
        if (i, j + 1) in parents and not _ruled(drawn.level, grid.ys[j + 1], middle_x):
            parents[_root(parents, (i, j + 1))] = _root(parents, (i, j))
    return parents


def _ruled(drawn: Iterable[Rule], at: float, place: float) -> bool:
    return any(abs(rule.at - at) <= SAME_RULE_POINTS and rule.spans(place) for rule in drawn)


def _root(parents: dict[tuple[int, int], tuple[int, int]], box: tuple[int, int]) -> tuple[int, int]:
    while parents[box] != box:
        box = parents[box]
    return box


def _extents(
    grid: _Grid, parents: dict[tuple[int, int], tuple[int, int]]
) -> dict[tuple[int, int], tuple[float, float, float, float]]:
    """Left, bottom, right and top of each cell."""
    extents: dict[tuple[int, int], tuple[float, float, float, float]] = {}
    for i, j in parents:
        root = _root(parents, (i, j))
        box = (grid.xs[i], grid.ys[j], grid.xs[i + 1], grid.ys[j + 1])
        left, bottom, right, top = extents.get(root, box)
        extents[root] = (min(left, box[0]), min(bottom, box[1]), max(right, box[2]), max(top, box[3]))
    return extents
