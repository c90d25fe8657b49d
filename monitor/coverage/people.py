"""Finds the people whom a page names, with title and office; mover, seconder, inspector; offices without names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from monitor.coverage.passages import Passage
from monitor.coverage.words import SERVICES, compiled
from monitor.model import Fact
from monitor.model.english_dates import MONTHS

_TITLES = dict.fromkeys(("cllr", "cllr.", "cllrs", "councillor", "councillors"), "Councillor")
_TITLE = r"(?P<title>[Cc]ouncillors?|[Cc]llrs?\.?|Sir|Dame|Dr\.?|Mr\.?|Mrs\.?|Ms\.?|Lord|Lady|Baroness|Professor)"
_WORD = r"(?:[A-Z][\w\u2019'-]*[a-z]|[A-Z]\.?(?=\s)|O[\u2019'][A-Z][a-z]+|Mc[A-Z][a-z]+)"
_NAME = rf"{_WORD}(?:\s+(?:(?:de|van|der|von|al)\s+)?{_WORD}){{0,3}}"
_FULL_NAME = rf"{_WORD}\s+(?:(?:de|van|der|von)\s+)?(?:{_WORD}\s+)?{_WORD}"
_OFFICE = (
    r"(?:cabinet\s+members?|lead\s+(?:member|councillor)|portfolio\s+holder|executive\s+(?:member|councillor"
    r"|director)|(?:deputy\s+)?leader\b|chief\s+executive|chair(?:man|woman)?\b|commissioner"
    r"|(?:\w+\s+){0,3}?director\b|head\s+of|minister|secretary\s+of\s+state|mayor|chief\s+officer"
    r"|spokes(?:man|woman|person)|shadow)"
)
_TITLED = re.compile(
    rf"(?<!\w){_TITLE}\s+(?P<name>{_NAME})(?P<more>(?:,\s+{_WORD}\s+{_WORD})*,?\s+and\s+(?:[Cc]ouncillor\s+"
    rf"|[Cc]llr\.?\s+)?{_WORD}(?:\s+{_WORD}){{1,2}}(?!\w))?"
)
_IN_A_LIST = r",(?=\s+(?:young|families|education|schools|skills|[\w\u2019']+\s+and\s+(?!councillor|cllr|[A-Z]\w+,)))"
"""A comma within an office: "Cabinet Member for Children, Education and Skills"."""
_ROLE_AFTER = compiled(
    rf"^(?:,\s+|\s+\(|\s+-\s+)(?P<role>(?:[\w\u2019'&,-]+\s+){{0,6}}?{_OFFICE}(?:[^,.;:()\u201c\"]|{_IN_A_LIST})*?)"
    rf"(?=(?!{_IN_A_LIST}),|\)|\s+(?:said|says|added|told|welcomed|commented)\b|(?-i:\s+and\s+[A-Z][a-z]+\s+[A-Z][a-z]+,)|[.;:]|$)"
)
_UNTITLED = re.compile(rf"(?<![\w.]\s)(?<!\w)(?P<name>{_FULL_NAME})(?=,\s+)")
_ROLE_BEFORE = compiled(
    rf"(?P<role>(?:[\w\u2019']+\s+){{0,4}}?{_OFFICE}(?:\s+(?:for|of|with\s+responsibility\s+for)\s+[^,.;:]{{3,60}}?)?),?\s+$"
)
_MAX_OFFICE_CHARACTERS = 120
"""An office stands within so many characters before its holder's name."""
_OF_BODIES = (
    "Council County City Borough Services Service Ofsted Committee Children Board Cabinet Inspection "
    "Report Letter Care Quality Commission Monday Tuesday Wednesday Thursday Friday Chair Director Social Work Head "
    "Chief Member The This In On At Her His Majesty Panel Scrutiny Standing Order Department Education "
)
"""Words with a capital that are not part of a person's name."""
_NOT_NAMES = frozenset((*MONTHS, *_OF_BODIES.split()))
_MOVED = compiled(r"\b(?:moved|proposed|on\s+the\s+motion\s+of)\s+(?:by\s+)?")
_SECONDED = compiled(r"\bseconded\s+by\s+")
_COUNCILLOR = re.compile(rf"(?:the\s+Chair,?\s+)?(?P<title>[Cc]ouncillor|[Cc]llr\.?)\s+(?P<name>{_NAME})")
_INSPECTOR = re.compile(
    rf"(?:[Ll]ead\s+inspector|inspector)[,:]?\s+(?:was\s+|is\s+)?(?P<name>{_FULL_NAME})|(?P<name2>{_FULL_NAME}),?\s+(?:the\s+"
    rf"|an?\s+)?(?:Ofsted.s\s+|Ofsted\s+)?(?:[Ll]ead\s+[Ii]nspector|HMI\b|His\s+Majesty.s\s+Inspector"
    rf"|Her\s+Majesty.s\s+Inspector|[Ii]nspector\b)"
)
_UNNAMED = compiled(
    rf"\bthe\s+(?P<role>(?:new\s+|interim\s+|deputy\s+)*(?:director\s+of\s+{SERVICES}|chief\s+executive"
    rf"|cabinet\s+member(?:\s+\([^)]{{3,60}}\)|\s+for\s+[^.,;()]{{3,60}}?(?=[,.;]|\s+(?:said|are"
    rf"|is|be|responded)\b))?|lead\s+member\s+for\s+{SERVICES}|(?:children\W?s\s+|dfe\s+|government-appointed\s+)?commissioner"
    rf"|improvement\s+adviser))(?!\w)"
)
_HELD = compiled(r"\breport\s+(?:of|by)\s+$|\b(?:councillor|cllr)\.?\s+[^,]{2,40},\s+$")
_FOLLOWED = re.compile(rf"^,?\s+(?:[Cc]ouncillor|[Cc]llr|{_FULL_NAME})")


def facts(said: Sequence[Passage]) -> Iterator[Fact]:
    """Find every person, once for each office or part that a sentence gives them."""
    seen: set[tuple[str, str]] = set()
    for p in said:
        for fact in (*_motion(p), *_inspector(p), *_persons(p)):
            key = (fact.field, str(fact.value))
            if key not in seen:
                seen.add(key)
                yield fact
    yield from _roles(said)


def _motion(p: Passage) -> Iterator[Fact]:
    for field, words in (("mover", _MOVED), ("seconder", _SECONDED)):
        for found in words.finditer(p.plain):
            if who := _COUNCILLOR.match(p.plain, found.end()):
                yield Fact(field, {"name": who["name"], "title": "Councillor"}, p.text)


def _inspector(p: Passage) -> Iterator[Fact]:
    if (found := _INSPECTOR.search(p.plain)) and _is_name(found["name"] or found["name2"]):
        yield Fact("inspector", found["name"] or found["name2"], p.text)


def _persons(p: Passage) -> Iterator[Fact]:
    moved = {m.end() for words in (_MOVED, _SECONDED) for m in words.finditer(p.plain)}
    taken: list[str] = []
    for found in _TITLED.finditer(p.plain):
        if found.start() in moved:
            continue
        for name in (found["name"], *_more(found["more"] or "")):
            if _is_name(name):
                taken.append(name)
                yield Fact("person", _person(name, found["title"], _role(p.plain, found)), p.text)
    yield from _untitled(p, taken)


def _more(words: str) -> list[str]:
    """The other names of "Councillors A Leadbetter, J Bailey and R Smith"."""
    bare = re.sub(r"\b(?:[Cc]ouncillor|[Cc]llr\.?)\s+", "", words)
    return [name for name in re.split(r",\s+|,?\s+and\s+", bare) if name.strip()]


def _untitled(p: Passage, taken: Sequence[str]) -> Iterator[Fact]:
    """ "Jane Smith, director of children's services, said": a name only where its office follows."""
    for found in _UNTITLED.finditer(p.plain):
        role = _ROLE_AFTER.match(p.plain[found.end() :])
        known = any(found["name"] in name or name in found["name"] for name in taken)
        if role and not known and _is_name(found["name"]):
            yield Fact("person", {"name": found["name"], "role": _tidy(role["role"])}, p.text)


def _person(name: str, title: str, role: str | None) -> dict[str, str]:
    value = {"name": name, "title": _TITLES.get(title.lower(), title.rstrip("."))}
    return value | ({"role": role} if role else {})


def _role(words: str, found: re.Match[str]) -> str | None:
    """The office after the name, otherwise the one before it. None if a sentence names several people at once."""
    if found["more"]:
        return None
    after = _ROLE_AFTER.match(words[found.end() :])
    before = (
        None if after else _ROLE_BEFORE.search(words[max(0, found.start() - _MAX_OFFICE_CHARACTERS) : found.start()])
    )
    match = after or before
    return _tidy(match["role"]) if match else None


def _tidy(role: str) -> str:
    return re.sub(r"^(?:the|The|its|and|by|our|a)\s+", "", role.strip())


def _is_name(name: str) -> bool:
    return not any(word in _NOT_NAMES for word in name.split())


def _roles(said: Sequence[Passage]) -> Iterator[Fact]:
    """Offices that act without a name beside them, each at its first mention."""
    seen: set[str] = set()
    for p in said:
        for found in _UNNAMED.finditer(p.plain):
            role = found["role"]
            if (
                role.lower() not in seen
                and not _FOLLOWED.match(p.plain[found.end() :])
                and not _HELD.search(p.plain[max(0, found.start() - _MAX_OFFICE_CHARACTERS) : found.start()])
            ):
                seen.add(role.lower())
                yield Fact("role", role, p.text)
