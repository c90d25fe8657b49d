"""Collects what is odd about a site, to say each kind once, with its count: "labels without a date: 3 (file 501)"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from monitor.model.remarks import AND_MORE


@dataclass(slots=True)
class Remarks:
    """Oddities by kind, each with its count and its first example."""

    counts: dict[str, int] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)

    def add(self, kind: str, example: str = "") -> None:
        """Count one more of a kind. `kind` is a heading: "labels without a date"."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        self.first.setdefault(kind, example)

    def say(self, sentence: str) -> None:
        """Remark on the page as a whole."""
        self.counts[sentence] = 0

    def take_back(self, kind: str) -> None:
        """Forget what was counted of a kind."""
        self.counts.pop(kind, None)
        self.first.pop(kind, None)

    def sentences(self) -> tuple[str, ...]:
        """Return a sentence for each kind, in the order in which they came up."""
        return tuple(f"{kind}{self._many(kind)}" for kind in self.counts)

    def _many(self, kind: str) -> str:
        count, example = self.counts[kind], self.first.get(kind)
        return (f": {count}" if count else "") + (f" ({example})" if example else "")


def one_line(parts: Iterable[str | None], most: int | None = None) -> str | None:
    """Join the first `most` parts, and say how many more there are. A part that is empty, or was there before, does not
    count. None if nothing is left."""
    found = list(dict.fromkeys(part for part in parts if part))
    shown = found[:most]
    more = len(found) - len(shown)
    return "; ".join([*shown, *([AND_MORE.format(more)] if more else [])]) or None
