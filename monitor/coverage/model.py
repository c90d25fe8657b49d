"""What a reading of a page is."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.model import Fact


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a page is about. `urns` are the councils that it is about, not partners it names besides; `kind` is the
    kind of letter (of `LETTER_KINDS`); `visits` are (first day, last day), `letters` days of letters and `reports`
    days of publication, ISO 8601, as far as the page states them whole; `why` is the rule that found it relevant or
    not. `facts` were read from the text; `inferred` were worked out with the page's own date and are never to be
    shown as what it says. A relevant page without `urns` is about councils in general, or does not say which."""

    relevant: bool
    why: str
    urns: tuple[str, ...] = ()
    kind: str | None = None
    visits: tuple[tuple[str, str], ...] = ()
    letters: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    inferred: tuple[Fact, ...] = ()
