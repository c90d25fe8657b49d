"""Decides which councils a page is about. A partner, a neighbour or an example does not count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.councils.names import plain
from monitor.councils.registry import Council, Registry
from monitor.coverage import councils_listed
from monitor.coverage.passages import OPENING_SENTENCES, Passage
from monitor.coverage.words import GRADE, INSPECTION, ROLES, SERVICES, compiled
from monitor.model import Fact

_COUNCIL = r"(?:\s*(?:county|city|borough|metropolitan|district|unitary))*\s*(?:council|authority)?(?:'s?)?"
_TIED_BEFORE = compiled(
    rf"\b(?:(?:inspections?|visits?|inspectors|notice|directions?|letter|report|verdict|judge(?:s"
    rf"|d)|rate(?:s|d)|inspected|visited"
    rf"|inspects)\b|{SERVICES}\s+(?:in|at|of|for|on|across)\s)[^.;!?\"\u201c]{{0,60}}$"
)
_TIED_AFTER = compiled(rf"^{_COUNCIL}\s*(?:local\s+authority's\s+|local\s+area\s+)?{SERVICES}")
_PARTNER_BEFORE = compiled(
    r"\b(?:team|staff|colleagues)\s+(?:\w+\s+){0,2}?(?:from|by|with)\s+(?:the\s+)?$"
    r"|\b(?:support|help|advice|peers?|partner(?:s|ship)?|adviser|helped"
    r"|supported|assisted|advised|mentored|paired"
    r"|work(?:s|ed|ing))\s+(?:\w+\s+){0,2}?(?:from|by|with|at|of|is|are)\s+(?:the\s+)?$"
    r"|\b(?:neighbour(?:s|ing)?|like|unlike|such\s+as|than|improvement\s+partners?,?|buddy|alongside)\s+(?:\w+\s+){0,2}$"
    r"|\b(?:previously|formerly|moved|joined|joins)\s+(?:\w+\s+){0,4}(?:at|in|for|from)\s+$"
)
_PARTNER_AFTER = compiled(
    rf"^{_COUNCIL},?\s*(?:(?:(?:who|which)\s+)?(?:is|are|has|have|will|to)\s+(?:be\s+|been\s+|meant\s+to\s+be\s+)?"
    r"(?:help|support|assist|advis|mentor|partner)|(?:is|are|as)\s+(?:\w+\s+){0,2}improvement\s+partner)"
)
_OUR = compiled(rf"\bour\s+(?:own\s+)?(?:\w+\s+){{0,2}}?(?:{SERVICES}|local\s+area)")
_SERVICES = compiled(SERVICES)
_AS_COUNCIL = compiled(r"\b(?:council|authority|borough)\b")
_GRADED = compiled(
    rf"^{_COUNCIL}\s*[:\u2013-]\s*{GRADE}\b|^{_COUNCIL}\s+(?:was|were|has|have|went|moved|fell|rose|climbed|dropped|improved|retained|kept)\b[^.;]{{0,60}}\b{GRADE}\b"
)
_INSPECTED = compiled(rf"\b{INSPECTION}\b")
_OF_AREA = compiled(r"\b(?:across|throughout)\s+$")
_TO_WHOM = compiled(r"[^.;:,]*\b(?:to|in|at|for|of|on)\s+(?:the\s+)?")
MAX_CHARACTERS_TO_INSPECTION = 300
"""Only words so close before or after a council's name can tie it to an inspection."""
MAX_CHARACTERS_TO_NOUN = 25
"""A council so close after "inadequate-rated" is the one that was rated."""
_NEIGHBOUR = compiled(r"\W*(?:[\w'-]+\s+){0,2}neighbour")


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of a council. `councils` are the councils that the name means (several for a trust), `place` is the
    number of the passage (0 is the title), `tied` is True if its words tie it to an inspection, `graded` if its grade
    follows it."""

    councils: tuple[Council, ...]
    place: int
    words: str
    tied: bool
    partner: bool
    of_area: bool
    as_council: bool
    graded: bool


def subjects(title: str, said: Sequence[Passage], own: Council | None, registry: Registry) -> tuple[Council, ...]:
    """Return the councils that the page is about, or none if that is not clear. A council's own page is about another
    only if its title or opening says so."""
    opening = [title, *(p.plain for p in said[:OPENING_SENTENCES])]
    if own is None and (several := councils_listed.listed(opening, registry)):
        return several
    found = [m for m in mentions(title, said, registry) if not m.partner]
    if own is None:
        return _strongest(found) or _the_only_one(found) or _each_graded(found)
    named = any(own in m.councils for m in found) or any(_OUR.search(p.plain) for p in said)
    leading = _strongest(m for m in found if m.place <= OPENING_SENTENCES)
    return (own,) if named or not leading else leading


def mentions(title: str, said: Sequence[Passage], registry: Registry) -> Iterator[Mention]:
    """Every mention of a council, in order."""
    for place, words in enumerate((title, *(p.plain for p in said))):
        words = plain(words)
        for start, end, councils in registry.mentions_in(words):
            before = words[max(0, start - MAX_CHARACTERS_TO_INSPECTION) : start]
            after = words[end : end + MAX_CHARACTERS_TO_INSPECTION]
            partner = bool(_PARTNER_BEFORE.search(before) or _PARTNER_AFTER.match(after))
            tied = place == 0 or bool(_TIED_BEFORE.search(before) or _TIED_AFTER.match(after))
            shown = words[start : end + MAX_CHARACTERS_TO_NOUN]
            yield Mention(
                councils,
                place,
                words,
                tied,
                partner,
                bool(_OF_AREA.search(before)),
                bool(_AS_COUNCIL.search(shown)),
                bool(_GRADED.match(after)),
            )


def _strongest(found: Iterable[Mention]) -> tuple[Council, ...]:
    """The councils tied to an inspection, without one that is tied much less often than another."""
    weights: Counter[Council] = Counter()
    for m in (m for m in found if m.tied):
        weight = (6 if m.place == 0 else 3 if m.place <= OPENING_SENTENCES else 1) * (1 if len(m.councils) > 1 else 2)
        weights.update(dict.fromkeys(m.councils, weight))
    most = max(weights.values(), default=0)
    return tuple(c for c, weight in weights.items() if weight > 0.6 * most)


def _the_only_one(found: Sequence[Mention]) -> tuple[Council, ...]:
    """The only council of a page, or of its opening, if the page names it where it speaks of an inspection; the only
    one of the page, if its opening names it as a council or beside the services."""
    opening = [m for m in found if m.place <= OPENING_SENTENCES]
    for some in (found, opening):
        if len({m.councils for m in some}) == 1 and any(_INSPECTED.search(m.words) for m in some):
            return some[0].councils
    only = len({m.councils for m in found}) == 1 and any(_leads(m) for m in opening)
    return found[0].councils if only else ()


def _leads(m: Mention) -> bool:
    return m.as_council or bool(_SERVICES.search(ROLES.sub(" ", m.words)))


def _each_graded(found: Sequence[Mention]) -> tuple[Council, ...]:
    """The councils of a round-up: "Salford went from good to outstanding. Thurrock fell from outstanding to good"."""
    return tuple(dict.fromkeys(c for m in found if m.graded for c in m.councils))


def is_of_others(words: str, at: int, about: Sequence[Council], registry: Registry) -> bool:
    """Return True if what a sentence says at this place, it says of a council that the page is not about: the last
    council named before it, or one that follows with "in", "to" or "of". A county that is no more, or a trust, is
    another than each of its councils alone. On a page about several, a sentence must name them all."""
    if not about:
        return False
    if len(about) > 1:
        return {c for _, _, named in registry.mentions_in(plain(words)) for c in named} != set(about)
    before, after = plain(words[:at]), plain(words[at:])
    if named := [councils for _, _, councils in registry.mentions_in(before)]:
        return not set(named[-1]) <= set(about)
    start, _, councils = next(registry.mentions_in(after), (0, 0, tuple(about)))
    return bool(_TO_WHOM.fullmatch(after[:start])) and not set(councils) & set(about)


def is_beside_others(words: str, at: int, about: Sequence[Council], registry: Registry) -> bool:
    """Return True if what follows this place is a neighbour or a council that the page is not about, or is not about
    alone: "inadequate-rated Torbay"."""
    after = plain(words[at:])
    start, _, councils = next(registry.mentions_in(after), (MAX_CHARACTERS_TO_NOUN + 1, 0, ()))
    other = start <= MAX_CHARACTERS_TO_NOUN and tuple(councils) != tuple(about)
    return other or bool(_NEIGHBOUR.match(after))


def facts(title: str, said: Sequence[Passage], about: Sequence[Council], registry: Registry) -> Iterator[Fact]:
    """Find the sentence that ties each council to the inspection; if there is none, a sentence that names its area."""
    found = [m for m in mentions(title, said, registry) if m.place > 0 and not m.partner]
    for council in about:
        own = [m for m in found if council in m.councils]
        tied = next((m for m in own if m.tied and _INSPECTED.search(m.words)), None)
        area = next((m for m in own if m.of_area), None)
        if tied:
            yield Fact("council", council.name, said[tied.place - 1].text)
        if area:
            yield Fact("area", council.name, said[area.place - 1].text)
