"""What letters say: the paragraphs that say what somebody looks for, and what was searched."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from monitor.public.reading import Coverage, Hit

HIT = ("council", "urn", "kind", "published", "page", "heading", "text", "url", "sha256")
"""What is said of a paragraph."""


def coverage_json(found: Coverage) -> dict[str, Any]:
    """The first line of `search --json`."""
    return {"type": "coverage"} | asdict(found)


def hit_json(hit: Hit) -> dict[str, Any]:
    """A line of `search --json` for each paragraph."""
    return {"type": "hit"} | {name: getattr(hit, name) for name in HIT}
