"""Counts what is odd about a page, so that a poll says each kind once: "labels without a date: 3 (file 501)"."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Remarks:
    """Oddities of a page by kind, each with its count and its first example."""

    counts: dict[str, int] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)

    def add(self, kind: str, example: str = "") -> None:
        """Count one more of a kind. `kind` is a heading: "labels without a date"."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        self.first.setdefault(kind, example)

    def say(self, sentence: str) -> None:
        """Remark on the page as a whole."""
        self.counts[sentence] = 0

    def sentences(self) -> tuple[str, ...]:
        """Return a sentence for each kind, in the order in which they came up."""
        return tuple(f"{kind}{self._many(kind)}" for kind in self.counts)

    def _many(self, kind: str) -> str:
        count, example = self.counts[kind], self.first.get(kind)
        return (f": {count}" if count else "") + (f" ({example})" if example else "")
