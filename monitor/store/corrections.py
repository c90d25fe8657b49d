"""Stores corrections by hand: `story split` and `story join`."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.store.database import Store
from monitor.stories.units import Correction


def of_council(store: Store, urn: str) -> list[Correction]:
    """Return the corrections for a council's stories."""
    rows = store.rows("SELECT one, other, together FROM story_hands WHERE urn = ? ORDER BY one, other", urn)
    return [Correction(r["one"], r["other"], bool(r["together"])) for r in rows]


def save(store: Store, urn: str, said: list[Correction], forget: Iterable[tuple[str, str]], at: str) -> None:
    """Save corrections, in a transaction. The last one for two publications counts, and the last join for one."""
    pairs = [*forget, *((hand.one, hand.other) for hand in said)]
    store.connection.executemany(
        "DELETE FROM story_hands WHERE urn = ?1 AND ((one = ?2 AND other = ?3) OR (one = ?3 AND other = ?2))",
        [(urn, one, other) for one, other in pairs],
    )
    mine = {(urn, hand.one) for hand in said}
    store.connection.executemany("DELETE FROM story_hands WHERE urn = ? AND one = ? AND together", mine)
    rows = [(urn, hand.one, hand.other, int(hand.together), at) for hand in said]
    store.connection.executemany("INSERT INTO story_hands VALUES (?, ?, ?, ?, ?)", rows)
