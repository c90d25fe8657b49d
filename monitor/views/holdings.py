"""What the store holds of a source: how many publications, of how many targets, from when to when."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.model.sources import SOURCES, kind_of
from monitor.store import Store
from monitor.wording.dates import span
from monitor.wording.text import count


@dataclass(frozen=True, slots=True)
class Holdings:
    """`first` and `last` are the days of publication (ISO 8601), where any is known."""

    publications: int
    targets: int
    first: str | None
    last: str | None


def baseline_words(store: Store, source: str) -> str:
    """What a source's first look has found, said to an operator; nothing where it has found nothing."""
    kind = kind_of(source)
    held = holdings(store, kind)
    if not held.publications:
        return ""
    noun, of = ("letter", "council") if SOURCES[kind].lists_everything else ("publication", "page")
    when = f", published {span(held.first, held.last)}" if held.first else ""
    many = f"{count(held.publications, noun)} of {count(held.targets, of)}{when}"
    return f"this first look is the baseline: {many}. Nobody is told of it; what comes from now on is told"


def holdings(store: Store, source: str) -> Holdings:
    """What is listed now by a source."""
    sql = """SELECT count(*), count(DISTINCT target), min(substr(published, 1, 10)), max(substr(published, 1, 10))
             FROM records WHERE source = ? AND state = 'listed'"""
    return Holdings(*store.rows(sql, source)[0])
