"""The map of England with one equal square for each council, as SVG: letters as well as colours. Pure.

The squares of a grade are one path and its letters one text with a place for each glyph, so that a map with five areas
of 153 councils stays small.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from monitor.reference import tables
from monitor.site.grades import ENDED, UNKNOWN, Shown

SIDE = 0.92
"""Of a square; what is left of 1 is the gap."""
BASELINE = 0.67
"""How far down a square its letter stands."""
UNPLACED_COLUMNS = 15
FILLS = {"o": "#2364a6", "g": "#9fcbe8", "r": "#f3bd68", "i": "#b3304d", "a": "#d8d3c4"}
INKS = {"o": "#fff", "g": "#10222f", "r": "#2e1f00", "i": "#fff", "a": "#222"}
"""The colours, where no style sheet reaches: told apart by lightness and by blue against red, and by their letters."""
HATCH = (
    '<pattern id="hatch" width=".22" height=".22" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path d="M0 0v.22" stroke="#8a8f98" stroke-width=".16"/></pattern>'
)

PALE = 'fill="none" stroke="#8885" stroke-width=".04"'
"""How the squares of councils that are not watched are drawn, on light and on dark."""

Square = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Layer:
    """All squares of one grade: `path` draws them, `letters` stand at `x` and `y`."""

    css: str
    path: str
    letters: str
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class TileMap:
    """A map: its size in squares, a layer for each grade, and the squares of England that are not watched as a path."""

    width: int
    height: int
    layers: tuple[Layer, ...]
    others: str = ""

    @property
    def box(self) -> str:
        """What of the plane is drawn."""
        return f"-.1 -.1 {self.width + 0.12:g} {self.height + 0.12:g}"


@cache
def _tiles() -> Mapping[str, Square]:
    return {urn: (tile.column - 1, tile.row - 1) for urn, tile in tables.tiles().items()}


@cache
def squares(urns: tuple[str, ...]) -> Mapping[str, Square]:
    """Where each council's square is. Those that the table of squares does not have stand in rows of their own."""
    known = {urn: _tiles().get(urn) for urn in urns}
    placed = {urn: square for urn, square in known.items() if square}
    below = max(row for _, row in _tiles().values()) + 2 if placed else 0
    others = [urn for urn, square in known.items() if square is None]
    placed |= {urn: (n % UNPLACED_COLUMNS, below + n // UNPLACED_COLUMNS) for n, urn in enumerate(others)}
    return placed


def drawn(shown: Mapping[str, Shown], places: Mapping[str, Square]) -> TileMap:
    """The map of one area: what is shown of each council, at its place."""
    others = _others(places)
    width, height = (1 + max((place[n] for place in (*places.values(), *others)), default=0) for n in (0, 1))
    by_css: dict[str, list[tuple[Square, str]]] = {}
    for urn, place in sorted(places.items(), key=lambda item: item[1]):
        by_css.setdefault(shown[urn].css, []).append((place, shown[urn].letter))
    layers = tuple(_layer(css, tiles) for css, tiles in sorted(by_css.items()))
    return TileMap(width, height, layers, "".join(map(square_path, others)))


def _others(places: Mapping[str, Square]) -> list[Square]:
    """The rest of England, so that a few councils are seen to lie somewhere; none around councils of no table."""
    known = _tiles()
    return sorted(known[urn] for urn in known.keys() - places.keys()) if known.keys() & places.keys() else []


def square_path(place: Square) -> str:
    """One square as a path."""
    return f"M{place[0]} {place[1]}h.92v.92h-.92z"


def _layer(css: str, tiles: Sequence[tuple[Square, str]]) -> Layer:
    lettered = [(place, letter) for place, letter in tiles if letter and css != ENDED]
    return Layer(
        css,
        "".join(square_path(place) for place, _ in tiles),
        "".join(letter for _, letter in lettered),
        " ".join(f"{column + SIDE / 2:g}" for (column, _), _ in lettered),
        " ".join(f"{row + BASELINE:g}" for (_, row), _ in lettered),
    )


def picture(found: TileMap, *, letters: bool) -> bytes:
    """The map as a file of its own, which brings its colours."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{found.box}" font-family="system-ui,sans-serif"'
        f' font-size=".58" font-weight="600" text-anchor="middle">{HATCH}'
    ]
    if found.others:
        parts.append(f'<path d="{found.others}" {PALE}/>')
    for layer in found.layers:
        parts.append(f'<path d="{layer.path}" {_paint(layer.css)}/>')
        if letters and layer.letters:
            ink = INKS.get(layer.css, "#777")
            parts.append(f'<text x="{layer.x}" y="{layer.y}" fill="{ink}">{layer.letters}</text>')
    return "".join([*parts, "</svg>\n"]).encode()


def _paint(css: str) -> str:
    if css == ENDED:
        return 'fill="url(#hatch)" stroke="#8a8f98" stroke-width=".05"'
    if css == UNKNOWN:
        return 'fill="none" stroke="#9aa0a8" stroke-width=".05"'
    return f'fill="{FILLS.get(css, "#ccc")}"'
