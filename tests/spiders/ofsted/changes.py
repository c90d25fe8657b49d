"""Changes of a page's text, for tests that read it afterwards. Each fails if it changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

Change = Callable[[str], str]


def swap(*pairs: tuple[str, str]) -> Change:
    """Replace each first text by the second; each must occur."""

    def change(text: str) -> str:
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new)
        return text

    return change


def pattern(old: str, new: str | Callable[[re.Match[str]], str]) -> Change:
    """Replace what a pattern finds; it must find something."""

    def change(text: str) -> str:
        changed, count = re.subn(old, new, text)
        assert count
        return changed

    return change


def each(*changes: Change) -> Change:
    def change(text: str) -> str:
        for one in changes:
            text = one(text)
        return text

    return change


def tag(old: str, new: str) -> Change:
    return pattern(rf"<(/?){old}\b", rf"<\g<1>{new}")


no_classes = pattern(r' class="[^"]*"', "")
