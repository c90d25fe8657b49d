"""Collects what a crawl left out of a site, to say it in one line with counts."""

from __future__ import annotations

from dataclasses import dataclass, field

SHOWN = 3
"""Kinds of trouble that a line names with an example; of the rest it gives the number."""


@dataclass(slots=True)
class Remarks:
    """What was left out, by kind ("row of the calendar left out"), with the reason for each."""

    reasons: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: str, reason: str) -> None:
        """Note one more thing of a kind. A kind is a singular; `line` counts it."""
        self.reasons.setdefault(kind, []).append(reason)

    def line(self) -> str | None:
        """Return one line, for example "2 of: meeting left out (first: …)"; None if there is nothing to say."""
        parts = [f"{len(found)} of: {kind} (first: {found[0]})" for kind, found in self.reasons.items()]
        more = sum(len(found) for found in list(self.reasons.values())[SHOWN:])
        return "; ".join([*parts[:SHOWN], *([f"and {more} more"] if more else [])]) or None
