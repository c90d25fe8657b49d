"""An earlier publication in words, where a later one repeats or follows it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.payload_parts import Earlier
from monitor.wording.dates import day
from monitor.wording.letter_kinds import KINDS, UNNAMED
from monitor.wording.quotations import titled
from monitor.wording.text import joined, one_line

TITLE = 110
"""Characters of a title within a sentence."""


def named(known: Earlier, room: int = TITLE) -> str:
    """ "Ofsted's monitoring visit letter of 12 July 2024", "the committee paper “…” of 3 May 2024"."""
    of = f" of {day(known.published)}" if known.published else ""
    if known.what == "letter":
        about = KINDS.get(known.kind or "", UNNAMED)
        return f"Ofsted's {f'{about.short} ' if about is not UNNAMED else ''}{about.noun}{of}"
    title = titled(one_line(known.title), room)
    return f"the {known.what} {title}{of}" if title else f"a {known.what}{of}"


def followed(before: Sequence[Earlier]) -> str:
    """ "It follows Ofsted's inspection report of 12 July 2024 (with the judgement Inadequate)"."""
    told = [named(known) + (" (with the judgement Inadequate)" if known.inadequate else "") for known in before]
    return f"It follows {joined(told, len(told))}." if told else ""
