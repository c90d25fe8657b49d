"""What letters say: the paragraphs that say what somebody looks for, and what was searched."""

from __future__ import annotations

from typing import Any

from monitor.public.reading import Coverage, Hit


def coverage_json(found: Coverage) -> dict[str, Any]:
    """The first line of `search --json`."""
    return {
        "type": "coverage",
        "letters": found.letters,
        "pages": found.pages,
        "councils": found.councils,
        "first": found.first,
        "last": found.last,
        "unread": found.unread,
    }


def hit_json(hit: Hit) -> dict[str, Any]:
    """A line of `search --json` for each paragraph."""
    return {
        "type": "hit",
        "council": hit.council,
        "urn": hit.urn,
        "kind": hit.kind,
        "published": hit.published,
        "page": hit.page,
        "heading": hit.heading,
        "text": hit.text,
        "url": hit.url,
        "sha256": hit.sha256,
    }
