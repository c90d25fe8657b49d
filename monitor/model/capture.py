"""The layout of a capture folder, which a crawl writes and `check --capture` completes: DIR/SOURCE/TARGET/0001.json."""

from __future__ import annotations

import re

JOB = "job.json"
"""In a source's folder: what its crawl was told."""
JUDGEMENT = "judgement.json"
"""In a target's folder: what was made of its answers."""
SITE = "site"
"""The folder of what no target asked for: robots.txt."""
_UNUSUAL = re.compile(r"[^A-Za-z0-9.-]+")


def folder_name(target: str) -> str:
    """The name of a target's folder: its own, as far as any file system takes it."""
    return _UNUSUAL.sub("-", target).strip("-.") or SITE
