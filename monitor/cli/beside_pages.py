"""A council beside others, as a person reads it: its wait, and its neighbours in a line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.model.areas import OVERALL
from monitor.reference import tables
from monitor.views.beside import NeighbourView
from monitor.views.due import Due
from monitor.views.due_words import sentences
from monitor.wording.dates import month
from monitor.wording.grading import area_name, grade


def wait_page(found: Due | None) -> Iterator[str]:
    """The wait, in sentences."""
    if found is not None:
        yield "Wait"
        yield from (f"  {line}" for line in sentences(found))


def neighbours_page(found: Sequence[NeighbourView]) -> Iterator[str]:
    """The statistical neighbours, the closest first, and where the list comes from."""
    if not found:
        return
    yield "Statistical neighbours"
    width = max(len(n.council.name) for n in found)
    yield from (f"  {n.rank:2}  {n.council.name:{width}}  {n.closeness}; {_stands(n)}" for n in found)
    yield f"  Source: {tables.neighbours_source()}"


def _stands(found: NeighbourView) -> str:
    """ "Good overall (Mar 2024)"; the judgements one by one where there is none overall."""
    if not found.watched:
        return "not watched"
    if found.latest is None:
        return "no full inspection is known"
    judged = found.latest.letter.judgements
    areas = [OVERALL] if OVERALL in judged else list(judged)
    said = "; ".join(f"{area_name(a, found.latest.letter.kind)} {grade(judged[a])}" for a in areas)
    return f"{said} ({month(found.latest.published)})"
