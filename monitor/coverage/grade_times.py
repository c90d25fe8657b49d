"""Tells whether a sentence gives its grade now, or recalls an earlier inspection.

Minutes put what was said into the past: "services had been judged good in the recent inspection" is the grade of now.
"""

from __future__ import annotations

import re

from monitor.coverage.claims import without_asides
from monitor.coverage.verdicts import Verdict
from monitor.coverage.words import GRADE, OPENING, compiled

_MAX_CHARACTERS_TO_YEAR = 60
"""A year further than this from a judgement does not date it."""
_ANNIVERSARY = r"\b(?:(?:years?|decades?|months?)\s+(?:since|after|on\s+from)|anniversary\s+of)\b[^,]*$"
_SINCE_THEN = (
    r"\b(?:(?:was|were)\s+(?:\w+ly\s+|first\s+)?(?:appointed|created|formed|established|launched|placed|put|taken|stripped|ordered|handed"
    r"|(?:set|brought|sent|drafted|called)\s+(?:up|in))|took\s+over|stepped\s+in)\b[^.;]*\bafter\b(?:(?!\b(?:has|have)\b)[^.;,])*$"
)
"""Before a verdict that led to something which is past: "was appointed after Ofsted found"."""
_PAST = compiled(
    rf"{_ANNIVERSARY}|{_SINCE_THEN}|\b(?:previous(?:ly)?|(?<!never )before|formerly"
    r"|at\s+(?:the|its)\s+(?:last|previous)|last\s+inspection"
    r"|(?:years?|months?)\s+earlier|earlier\s+(?:\w+\s+){0,2}(?:inspection|visit|report|judge?ment|rating)|since\s+(?:being|it|they)|up\s+from|down\s+from|after\s+being"
    r"|until|following\s+(?=[^,]*$)(?:an?"
    r"|the)\s+(?:\w+\s+){0,2}(?:report|inspection))\b"
)
_HAD_BEEN = compiled(
    r"\bhad\s+(?:\w+\s+)?been\s+(?:\w+\s+)?$"
    r"|\bhad\b[^.;]*\b(?:after|when|because|since|although|though|while)\b(?:(?!\b(?:has|have)\b)[^.;,])*$"
)
"""Of a verdict "had been", or a verdict that explains what had been: "had been appointed after services were"."""
_TOOK = compiled(r"\btook\b[^.;]{0,40}\b(?:until|before)\b")
_PAST_AFTER = compiled(
    r"[^.;:,]{0,60}?\b(?:in|at|by|during|before|until|following)\s+(?:the|its|their|an)\s+(?:\w+\s+)?(?:previous|last|earlier"
    r"|former)\s+(?:\w+\s+){0,3}?(?:inspection|report|visit)\b|[^.;:,]{0,40}?\b(?:before|until)\s+(?:the|its)\s+recent\b"
)
_RECALLED = compiled(
    r"\b(?:previous(?:ly)?|last|earlier|former(?:ly)?|before|prior|until|once|past|preceding|originally|twice)\b"
)
_RECENT = r"(?:(?:most\s+)?recent|latest|current|newly\s+published|just[\s-]completed)"
_INSPECTION = r"(?:[\w'\u2019]+\s+){0,4}?(?:inspection|report)\b"
_IN_THE_RECENT = (
    r"(?:in|at|by|during|following|after|from|of)\s+(?:(?:the|this|its|their|our|a)|\w+\W?s)\s+"
    rf"{_RECENT}\s+{_INSPECTION}"
)
_RECENT_AFTER = compiled(
    rf"[^.;:,]{{0,60}}?\b(?:{_IN_THE_RECENT}|(?:in|by|during)\s+this\s+inspection\b"
    r"|(?:in|by)\s+the\s+inspection\s+(?:report\s+)?(?:just|that\s+had\s+just|published\s+(?:today|this\s+week)))"
)
_NO_OTHER = r"(?:(?!\b(?:that|which|who|whose|when)\b)[^.;:]){0,80}"
_RECENT_BEFORE = compiled(
    rf"\b{_IN_THE_RECENT},?\s+{_NO_OTHER}$"
    rf"|\b{_RECENT}\s+{_INSPECTION}\s+(?:had|has)\s+$"
    r"|\b(?:had|have|has)\s+(?:now|just|recently)\s+(?:been\s+)?$|\brecently\s+been\s+$"
)
_RECOLLECTED = compiled(rf"{_ANNIVERSARY}|\bwhen\b[^,;]{{0,40}}$")
_NOW = compiled(rf"\b{GRADE}\b[^,;]*,\s(?P<own>[^;]{{0,80}}\b(?:has|have|is|are)\s+(?:now\s+|just\s+)?(?:been\s+)?)$")
"""Before a verdict of now: "After being rated inadequate, services have been"."""
_CONTRASTED = compiled(
    r"\W{0,3}(?:overall\W+)?(?:having\s+previously|(?:up|down)\s+from|compared\s+(?:with|to)|an\s+improvement\s+(?:on|from))\b"
)
"""After a verdict of now: "had been judged good, having previously been judged inadequate"."""
_ONCE = compiled(r"\W*(?:once|long|first)\s+$")
_YEARS_AGO = compiled(r"\b(?:years?|decades?)\s+ago\b")
_AT_PRESENT = compiled(
    rf"\b(?:is|are|was|were|has|have)\s+now\s+(?:been\s+)?(?:\w+ed\s+)?(?:as\s+|to\s+be\s+|to\s+)?{OPENING}?$"
)
_OTHER_GRADE = (
    r"\b(?:up|down|an\s+improvement|a\s+step\s+up|a\s+drop|a\s+fall|a\s+decline)\s+(?:from|on)\b"
    rf"|\bcompared\s+(?:with|to)\b|\b(?:having|after)\s+(?:\w+\s+){{0,3}}be(?:en|ing)\s+(?:\w+\s+){{0,3}}{OPENING}?{GRADE}"
)
"""What follows is dated by its own year: "good, an improvement from requires improvement in 2019"."""
_SINCE = compiled(r"\b(?:inspection|time|report)\s+since\b|\bsince\s+(?!20)")
_YEAR = compiled(r"\b(?:in|of|since|from)\s+(?:[A-Z][a-z]+\s+)?(?P<year>20\d\d)\b|\b(?P<last>last year)\b")


def is_of_before(words: str, found: Verdict, published: str | None) -> bool:
    """Return True if the sentence recalls the grade: by a word of the past, or by a year before that of the page."""
    if _AT_PRESENT.search(words[: found.grade_start]):
        return False
    if _old_year(words, found, published):
        return True
    if _ONCE.match(words[: found.start]) or _PAST_AFTER.match(words[found.grade_end :]):
        return True
    if _YEARS_AGO.search(_beside(words, found)):
        return True
    if _CONTRASTED.match(words[found.grade_end :]):
        return False
    now = _NOW.search(words[: found.start])
    recalls = words[now.start("own") if now else 0 : found.end]
    of_before = _PAST.search(_TOOK.sub(" ", recalls)) or _HAD_BEEN.search(words[: found.start])
    return bool(of_before) and not _is_recent(words, found)


def is_recollected(before: str) -> bool:
    """Return True if the words before "upgraded" make it a memory: "It is a year since Ofsted"."""
    return bool(_RECOLLECTED.search(before))


def _is_recent(words: str, found: Verdict) -> bool:
    near = _RECENT_BEFORE.search(words[: found.start]) or _RECENT_AFTER.match(words[found.grade_end :])
    return bool(near) and not _RECALLED.search(words)


def _old_year(words: str, found: Verdict, published: str | None) -> bool:
    """Return True if the words beside a judgement date it to a past year. If the page has no date, any year counts as
    past. "Rated good in its first inspection since 2017" is not a judgement of 2017."""
    year = _YEAR.search(_beside(words, found))
    if not year:
        return False
    if year["last"] or not published:
        return True
    return int(year["year"]) < int(published[:4])


def _beside(words: str, found: Verdict) -> str:
    """The words around a judgement that may date it."""
    before = without_asides(words[: found.start])[-_MAX_CHARACTERS_TO_YEAR:] + words[found.start : found.end]
    after = words[found.end :][:_MAX_CHARACTERS_TO_YEAR]
    return before + re.split(rf"{_SINCE.pattern}|{_OTHER_GRADE}", after, flags=re.IGNORECASE)[0]
