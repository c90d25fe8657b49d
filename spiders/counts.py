"""Numbers with their nouns."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 article", "12 articles". For nouns that take an s."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
