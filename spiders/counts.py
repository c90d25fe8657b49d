"""Numbers with their nouns."""

from __future__ import annotations


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun, and the verb that goes by it: "1 article", "12 articles", "1 row was left out". `many` is
    for what takes more than an s."""
    return f"{number} {one if number == 1 else many or one + 's'}"
