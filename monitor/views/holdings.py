"""What the store holds of a source: how many publications, of how many targets, from when to when."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.store import Store


@dataclass(frozen=True, slots=True)
class Holdings:
    """`first` and `last` are the days of publication (ISO 8601), where any is known."""

    publications: int
    targets: int
    first: str | None
    last: str | None


def holdings(store: Store, source: str) -> Holdings:
    """What is listed now by a source."""
    sql = """SELECT count(*), count(DISTINCT target), min(substr(published, 1, 10)), max(substr(published, 1, 10))
             FROM records WHERE source = ? AND state = 'listed'"""
    return Holdings(*store.rows(sql, source)[0])
