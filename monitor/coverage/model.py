"""The result of reading a page."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.model import Fact


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a page says about an inspection.

    `urns` are the councils that the page is about, without partners that it also names. `kind` is one of
    `LETTER_KINDS`. `visits` are pairs of first and last day, `letters` days of letters and `reports` days of
    publication, in ISO 8601, if the page states them whole. `why` names the rule that decided whether the page is
    relevant. `facts` come from the text. `inferred` were worked out with the page's own date; never show them as the
    page's words. A relevant page without `urns` is about councils in general, or does not name the council.
    """

    relevant: bool
    why: str
    urns: tuple[str, ...] = ()
    kind: str | None = None
    visits: tuple[tuple[str, str], ...] = ()
    letters: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    inferred: tuple[Fact, ...] = ()
