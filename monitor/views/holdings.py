"""What the store holds of a source: how many publications, of how many targets, from when to when."""

from __future__ import annotations

from monitor.model.sources import SOURCES, kind_of
from monitor.store import Store
from monitor.wording.dates import span
from monitor.wording.text import count


def baseline_words(store: Store, source: str) -> str:
    """What a source's first look has found, said to an operator; nothing where it has found nothing."""
    kind = kind_of(source)
    sql = """SELECT count(*), count(DISTINCT target), min(substr(published, 1, 10)), max(substr(published, 1, 10))
             FROM records WHERE source = ? AND state = 'listed'"""
    publications, targets, first, last = store.rows(sql, kind)[0]
    if not publications:
        return ""
    noun, of = ("letter", "council") if SOURCES[kind].lists_everything else ("publication", "page")
    when = f", published {span(first, last)}" if first else ""
    many = f"{count(publications, noun)} of {count(targets, of)}{when}"
    return f"this first look is the baseline: {many}. Nobody is told of it; what comes from now on is told"
