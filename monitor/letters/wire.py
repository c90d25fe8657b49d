"""A letter as JSON and back: what crosses between the reader's process and its parent."""

from __future__ import annotations

from typing import Any

from monitor.model import Letter, Previous, Quote


def letter_from_json(raw: dict[str, Any]) -> Letter:
    """The letter that `monitor.model.to_json` wrote. Raises TypeError for a field that a letter has not."""
    parts = dict(raw)
    for name in ("improvements", "priority_actions", "summary"):
        parts[name] = [Quote(**quote) for quote in raw.get(name, ())]
    parts["previous"] = [Previous(**earlier) for earlier in raw.get("previous", ())]
    parts["evidence"] = {name: Quote(**quote) for name, quote in raw.get("evidence", {}).items()}
    return Letter(**parts)
