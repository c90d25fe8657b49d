"""What a page that is not Ofsted's own says of a letter: councils' news, the press, committees, GOV.UK. Pure.

Its words corroborate and link; they never change a judgement (only Ofsted's own document does).
"""

from __future__ import annotations

from dataclasses import dataclass

from monitor.model import Fact


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a page is about. `urns` are the councils that it is about, not partners it names besides; `kind` is the
    kind of letter (of `LETTER_KINDS`); `visits` are (first day, last day) and `letters` days of letters, ISO 8601,
    as far as the page states them whole; `why` is the rule that found it relevant or not."""

    relevant: bool
    why: str
    urns: tuple[str, ...] = ()
    kind: str | None = None
    visits: tuple[tuple[str, str], ...] = ()
    letters: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
