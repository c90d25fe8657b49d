"""Finds the words that give a grade: "judged to be good", "has awarded Anyshire's services an 'outstanding' rating".

A word such as "good" is a grade only beside a verb that judges, or before "rating". Whose words they are and of what
time decide other files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from monitor.coverage.claims import is_by_inspectors, is_by_others, is_conditional, is_denied, is_stated, without_asides
from monitor.coverage.judged_things import is_of_services
from monitor.coverage.wishes import wish_before
from monitor.coverage.words import CLOSING, GRADE, OPENING, SERVICES, compiled
from monitor.letters.grades import canonical

QUOTED = rf"{OPENING}?(?P<grade>{GRADE}){CLOSING}?(?![\w-])"
_QUOTED_2 = QUOTED.replace("grade>", "grade2>")
_VERB = (
    r"(?:(?<!\bthe )judges|judg(?:ed?|ing|e?ments?)|rat(?:es?|ed|ings?)|grad(?:es?|ed|ing)|assess(?:es|ed)?|classifi\w*"
    r"|deem\w*|declar(?:ed|es)|scor(?:ed|es)|brand(?:ed|s)|labell(?:ed|ing)|mark(?:ed|ing)|verdict)"
)
_ANYBODYS = compiled(r"(?:brand|labell|mark|declar|scor)")
"""Verbs of anybody: the sentence must name inspectors."""
_FOUND = (
    r"found(?=\s+(?:(?:to|as)\b|(?:[\w\u2019']+\s+){0,4}?"
    rf"(?:{SERVICES}|services?|council|department|authority)\s+(?:overall\s+)?(?:to\b|as\b|{GRADE})))"
)
"""Inspectors find many things good. Only services that they find good have the grade."""
_JUDGED = compiled(
    rf"\b(?:{_VERB}|{_FOUND})\s+(?:(?!\b(?:by|not|none|no|neither|few|above|below|beyond|better|worse|higher|lower|than)\b)[^.;,\"\u201c]){{0,110}}?\b(?:to\s+be\s+"
    rf"|as\s+)?{QUOTED}(?!\s+(?:practice|progress|work|example|quality|relationships|support"
    rf"|oversight|or|care\b))"
    rf"|\b{_VERB}\s+(?:as\s+)?{_QUOTED_2}"
)
_NOUN = r"(?:Ofsted\s+)?(?:rating|judge?ment|grad(?:e|ing)|verdict)"
_GIVES = (
    r"(?:awarded|awards|given|gives?|gave|handed|hands|granted|grants|bestowed|bestows|slapped|issued|issues"
    r"|confirmed|confirms|(?<=,\s)(?:giving|awarding|handing))"
)
_GETS = (
    r"(?:received|gained|achieved|retained|secured|earned|picked\s+up|kept|maintained|won"
    r"|resulted\s+in|(?<=,\s)(?:retaining|keeping|maintaining|earning|securing)|(?:held|kept|holds)\s+on\s+to|(?:c[ao]me|emerged?|walked|went|gone)\s+(?:away|out|through|from)?\s?[^.;:,]{0,40}?\bwith)"
)
_AWARDED = compiled(
    rf"\b(?:(?P<gives>{_GIVES})|{_GETS})\s+[^.;:\"\u201c]{{0,120}}?"
    rf"(?:\b(?:an?|its|their|the)\s+(?:[\w-]+\s+){{0,3}}?{QUOTED}\s+(?:overall\s+)?{_NOUN}\b"
    rf"|\b{_NOUN}(?:\s+of\s+|,\s*|\s+){_QUOTED_2})"
)
_AWARDED_BY = compiled(
    rf"\b(?:an?|the|its|their)\s+(?:\w+\s+)?{QUOTED}\s+{_NOUN}\s+(?:(?:has|have|had)\s+been|was|were|is|are)"
    rf"\s+(?:\w+ly\s+|now\s+)?{_GIVES}\b"
    rf"|\bthe\s+{_QUOTED_2}\s+{_NOUN}\s+(?:that\s+was\s+)?{_GIVES}\s+to\b[^.;:]{{0,80}}\bby\s+(?:Ofsted|inspectors)\b"
)
_ALL_OVER = r"\s+(?:overall\b|(?:in|across)\s+(?:all|every|the\s+board)\b)"
"""Behind the grade of the whole: "good in all areas"."""
_IS = r"(?:is|are|was|were|remain(?:s|ed)?|stay(?:s|ed)?)\s+(?:(?:now|again|still|once\s+more|overall)\s+)?"
_CONCLUDED = compiled(
    r"\b(?:conclud|found|finds|sa(?:id|ys?)|confirm|declar|rul(?:ed|es)|decid|report|not(?:es|ed))\w*\s+(?:that\s+)?(?P<judged>[^.;:,]{3,70}?)"
    rf"\s+(?:{_IS}{QUOTED}|(?:still\s+)?{OPENING}?(?P<grade2>requires?\s+improvement(?:\s+to\s+be\s+good)?){CLOSING}?)"
    rf"(?={_ALL_OVER}|\s+(?:after|following)\b|\W*(?:$|[.;]))"
)
_SAID_BEHIND = compiled(
    rf"(?P<judged>[^.;:]{{3,90}}?)\s+(?:{_IS}{QUOTED}|(?:still\s+)?{OPENING}?(?P<grade2>requires?\s+improvement(?:\s+to\s+be\s+good)?)"
    rf"{CLOSING}?)(?:{_ALL_OVER}[^.;,]{{0,30}}|\s+with\s+[^.;,]{{1,40}})?,?[\"'\u201d\u2019]?\s+(?:(?:Ofsted|inspectors?|the\s+(?:inspectorate|watchdog))"
    r"\s+(?:has\s+|have\s+)?(?:said|says?|ruled|rules|found|finds?|concluded|announced|revealed|confirmed|decided)\b"
    r"|by\s+(?:Ofsted|inspectors)\b(?!\W?s\b)|according\s+to\s+(?:Ofsted|inspectors|the\s+(?:inspectorate|watchdog))\b)"
)
"""A conclusion with its speaker behind it: "services are now good, Ofsted has ruled"."""
_EFFECTIVENESS = compiled(rf"\boverall\s+effectiveness\b(?:\s+of\s+[^.;:,]{{1,60}}?)?\s+{_IS}{QUOTED}")
"""What inspectors conclude of whole services is the grade. They say of much else that it is good."""
_A_PART = compiled(r"\b(?:practice|work|relationships?|support|response|quality|some|most|many|parts?|aspects?)\b")
_BARE = compiled(rf"\w+\s+(?:to\s+be\s+|as\s+|overall\s+)?{OPENING}?{GRADE}")
"""A council that was judged ("a council rated good"); before an object the verb is of whoever judges."""
_MARKS = " \"'\u2018\u201c"
_AS_NOUN = compiled(r"(?:ratings?|judge?ments?|grading)\b")
_VERDICT = compiled(r"verdict\b")
_ATTRIBUTED = compiled(
    r"\W+(?:Ofsted|inspectors?|the\s+(?:inspectorate|watchdog|report))\s+(?:has\s+|have\s+)?\w+(?:s|d)\b"
)
_FRONTED = compiled(r"^\W*(?:(?:previously|once|formerly|long|twice|first|newly|recently|already|now|also)\s+)?$")
"""What stands before "Judged good in 2021, the service …": its subject comes after the comma."""
_SUBJECT_AFTER = compiled(
    r"[^.;:,]{0,60},\s+(?P<subject>(?:\S+\s+){0,6}?\S+)\s+(?:has|have|had|is|are|was|were|will|can|now|\w+ed)\b"
)
_NEXT_TIME = compiled(r"[^.;,]{0,20}\bnext\s+(?:time|inspection|visit|year|spring|summer|autumn)\b")
"""What will be is no judgement: "judged outstanding next time"."""
_IN_PART = compiled(
    r"\W*(?:in|for|across)\s+(?:(?:only|just)\s+)?(?:(?:one|two|three|some|most|several|many|certain|a\s+number)\b|the\s+following\b)"
)
"""What is judged in "three of its five areas" is no grade of the whole."""
_OF_ITS_OWN = compiled(r"\W*(?:rating|judge?ment|grade)\b")
_NOT_YET = compiled(r"\b(?:until|till)\b[^.;,]*\b(?:is|are)\b[^.;,]*$")
_MODAL = compiled(r"\b(?:would|could|should|might|will|shall)\b")
_PASSIVE = compiled(r"\b(?:been|be|was|were|is|are)\s+(?:\w+ly\s+|now\s+|just\s+)?$")


class Verdict(NamedTuple):
    """A grade, with the places of the words that give it and of the grade itself."""

    grade: str
    start: int
    grade_start: int
    grade_end: int
    end: int


def verdicts(words: str) -> Iterator[Verdict]:
    """Find each grade that the sentence states of one council, now or before. Wishes and denials are none."""
    for found in sorted(_found(words), key=lambda v: (v.start, v.end)):
        before = words[: found.start]
        to_come = _NEXT_TIME.match(words[found.grade_end :]) or _NOT_YET.search(words[: found.grade_start])
        to_come = to_come or _MODAL.search(words[found.start : found.grade_start])
        of_all = not _IN_PART.match(words, found.end)
        if of_all and is_stated(before, words) and not wish_before(before) and not to_come:
            yield found


def _found(words: str) -> Iterator[Verdict]:
    judged = [_verdict(match) for match in _JUDGED.finditer(words) if _is_judgement(words, match)]
    yield from judged
    taken = {verdict.grade_end for verdict in judged}
    for match in (*_CONCLUDED.finditer(words), *_SAID_BEHIND.finditer(words), *_EFFECTIVENESS.finditer(words)):
        verdict = _verdict(match)
        if verdict.grade_end not in taken and _is_concluded(words, match):
            taken.add(verdict.grade_end)
            yield verdict
    for match in (*_AWARDED.finditer(words), *_AWARDED_BY.finditer(words)):
        verdict = _verdict(match)
        before = words[: match.start()]
        active = "gives" in match.groupdict() and match["gives"] and not _PASSIVE.search(before)
        denied = is_denied(words[match.start() : verdict.grade_start])
        if verdict.grade_end not in taken and not denied and (not active or is_by_inspectors(before)):
            yield verdict


def _is_judgement(words: str, match: re.Match[str]) -> bool:
    """Return True if inspectors judge, and what they judge are services."""
    before, verdict = without_asides(words[: match.start()]), _verdict(match)
    if _AS_NOUN.match(match[0]):
        return not _OF_ITS_OWN.match(words, verdict.grade_end)
    if _ANYBODYS.match(match[0]) and not is_by_inspectors(words):
        return False
    if _VERDICT.match(match[0]):
        return is_by_inspectors(before) or _ATTRIBUTED.match(words[verdict.grade_end :]) is not None
    if is_conditional(words[verdict.grade_end :]):
        return False
    after = words[verdict.grade_end :]
    if _FRONTED.match(before) and (subject := _SUBJECT_AFTER.match(after)):
        return is_of_services(subject["subject"]) and not is_by_others(after)
    if _BARE.match(match[0]) or _PASSIVE.search(before):
        return is_of_services(before) and not is_by_others(after)
    judged = words[match.start() : verdict.grade_start].partition(" ")[2].rstrip(_MARKS)
    return is_by_inspectors(before) and is_of_services(judged) and not is_denied(judged)


def _is_concluded(words: str, match: re.Match[str]) -> bool:
    """Return True if inspectors conclude it, of services as a whole."""
    if is_conditional(words[_verdict(match).grade_end :]):
        return False
    if match.re is _EFFECTIVENESS:
        return True
    judged = match["judged"]
    whole = is_of_services(judged) and not _A_PART.search(judged) and not is_denied(judged)
    return whole and (match.re is _SAID_BEHIND or is_by_inspectors(words[: match.start()]))


def _verdict(match: re.Match[str]) -> Verdict:
    name = next(n for n in ("grade", "grade2") if n in match.groupdict() and match[n])
    return Verdict(canonical(match[name]), match.start(), *match.span(name), match.end())
