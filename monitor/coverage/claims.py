"""Tells whether a sentence states the grade that its words hold, and of the council that the page is about.

"None of our neighbours' services were judged inadequate" names a grade and states none; nor does "councils that are
rated good have a short inspection". Only the clause of the grade counts: in "None of this was easy, but Ofsted has
judged the services good" the "none" belongs to another.
"""

from __future__ import annotations

import re

from monitor.coverage.words import RISK, SERVICES, compiled

_AN_ASIDE = compiled(r",\s+(?:who|which|whose|however|with|without|after|unlike|a|an)\b[^,;:]*,")
_CLAUSE = compiled(r"[;:]\s|,\s|\.\s|\b(?:and|but|yet|so|while|whilst|because|now\s+that)\s")
_WITHOUT_SUBJECT = compiled(r"\s*(?:was|were|is|are|has|have|had|been|be|being)\b")
_NO_NEGATION = compiled(
    r"\bno\s+(?:longer\s+in|fewer|less|more|doubt|surprise|secret|accident|coincidence)\b"
    r"|\bnone\s+other\s+than\b|\bnot\s+(?:only|by\s+chance|long|least|just|surprisingly)\b|\bnothing\s+(?:less|short)\b"
    r"|\bno\s+longer\b[^.;,]*\bafter\b|\bnot\s+without\b|\bno\s+wonder\b"
)
_NEGATED = compiled(
    r"\b(?:not|no|none|never|neither|nor|nobody|nothing|nowhere|cannot|hardly|barely|scarcely|few(?:er)?|only|yet\s+to|n\W?t"
    r"|denie[ds]|deny|refuse[ds]?|decline[ds]|fail(?:ed|s)|escape[ds]?|avoid(?:ed|s)?|avoiding|wrong(?:ly)?|untrue|incorrect(?:ly)?|mistakenly|falsely|erroneously|unclear"
    r"|unlikely|premature|far\s+from|rather\s+than|instead\s+of|close\s+to|stopp?(?:ed|s)|short\s+of|rumour\w*|claims?|alleg\w+|reject\w*|dismiss\w*|almost|nearly|all\s+but|myth)\b|\w+n['\u2019]t\b"
)
_ASKED_OR_SUPPOSED = compiled(
    r"\b(?:whether|why|if|unless|once\s+an?|when(?:ever)?\s+an?|where(?!as)|expected\s+that)\b|\b(?:will|shall|set\s+to)\s+(?:\w+\s+)?$|\bwhen\b[^.;,]*\b(?:is|are)\s+$|^\W*(?:had|were|should)\s+(?!been)\w+"
)
_INFINITIVE = compiled(r"(?<!\bwent on )\bto\s+(?:be\s+|have\s+been\s+)?$")
_BECAME = compiled(
    r"\b(?:has|have)\s+(?:now\s+|also\s+)?become\s+(?:only\s+)?the\s+[^.;,]{0,60}?\b(?:council|authority|borough|county|city)\b"
    r"[^.;,]{0,20}?\s+to\s+(?:be\s+)?$"
)
"""No wish: "has become the latest council to be rated outstanding"."""
_OF_ANY = compiled(
    r"\b(?:councils|authorities|boroughs|departments|counties|neighbou?r\w*|adjoining|adjacent)\b"
    r"|\b(?:any|every|each|another|other|average|typical)\s+(?:\w+\s+)?(?:council|authority|borough|service|department)\b"
    r"|\b(?:an?|any|whichever)\s+(?:\w+\s+){0,2}?(?:council|authority|service|department)\s+(?:(?:that|which)\s+)?"
    r"(?:is|are|gets|was\s+to\s+be)?\s*$|\b(?:an?|any)\s+(?:council|authority)\s+whose\s+services\s+(?:is|are)\b"
    r"|\b(?:region|country|nation|county)\W?s\s+services\b"
    r"|\b(?:some|several|certain|most|many)\s+(?:of\s+the\s+)?(?:areas|services|aspects|elements|parts)\b"
    r"|\b(?:of|\d+)\s+(?:the\s+)?(?:\S+\s+){0,3}(?:departments|authorities|councils)\b"
    r"|\bone\s+of\s+(?:the\s+)?(?:\d+|two|three|four|five|six|seven|eight|nine|ten)\b"
    r"|\b(?:half|third|quarter|majority|one\s+in\s+\w+)\b"
)
_SCALE = compiled(
    r"(?:outstanding|good|requir\w+\s+improvement|inadequate)\W+(?:\w+\W+)?"
    r"(?:outstanding|good|requir\w+\s+improvement|inadequate)\W+(?:or\s+\W*)?"
    r"(?:outstanding|good|requir\w+\s+improvement|inadequate)|\bgraded\s+from\b"
)
_ASKED = compiled(
    r"\b(?:ask(?:s|ed)|queried|enquired|wanted\s+to\s+know)\s+(?:[\w\u2019'-]+\s+){0,4}?(?:why|whether|how|if|what|when|who)\b[^;]*$"
)
"""What somebody takes for granted in a question: "asked why, given that Ofsted rated services inadequate"."""
_IF = compiled(r"\W*(?:overall\s+)?(?:only\s+)?(?:if|where|unless|when(?:ever)?)\b")
_BY = compiled(r"\W*(?:overall\s+)?by\s+[^.;,]{1,60}")
_INSPECTORS = compiled(
    r"\b(?:Ofsted|inspectors?|inspectorate|watchdog|regulator|HMI|inspection)\b"
    r"|\b(?:the|its|their|this|latest|recent|published|damning|inspection|Ofsted\W?s?|inspectors?\W?)\s+(?:report|letter)\b"
)
_SERVICES = compiled(SERVICES)
_OTHERS = compiled(
    r"\b(?:council|leaders?|managers?|parents|residents|families|people|auditors|peers?|review|staff|carers|customers"
    r"|directors?|members|councillors|partners|workers|nobody|CQC|commission)\b(?:\s+(?!and\b|but\b)[\w'\u2019-]+){0,4}\s*$"
)


def without_asides(words: str) -> str:
    """Drop what stands between commas: "Inspectors, who saw no progress, judged"."""
    return _AN_ASIDE.sub(" ", words)


def is_stated(before: str, whole: str) -> bool:
    """Return True if the clause whose words `before` end at the verdict ("judged", "awarded") states it of one council.
    `whole` is the sentence."""
    clause = clause_of(before)
    return not (
        _NEGATED.search(_NO_NEGATION.sub(" ", clause))
        or _ASKED_OR_SUPPOSED.search(clause)
        or _INFINITIVE.search(_BECAME.sub(" ", clause))
        or _OF_ANY.search(clause)
        or is_scale(whole)
        or RISK.search(whole)
        or _ASKED.search(before)
        or whole.rstrip().endswith("?")
    )


def is_scale(words: str) -> bool:
    """Return True if a sentence lists the grades that there are: it explains them and finds nothing."""
    return bool(_SCALE.search(words))


def is_by_inspectors(before: str) -> bool:
    """Return True if whoever "judged" or "gave" the grade is Ofsted. People, peers and the council itself also do."""
    clause = without_asides(before)
    inspectors = [found.end() for found in _INSPECTORS.finditer(clause)]
    return bool(inspectors) and not _OTHERS.search(_SERVICES.sub(" ", clause[inspectors[-1] :]))


def is_by_others(after: str) -> bool:
    """Return True if the words after a grade say that somebody else than Ofsted gave it: "good by residents"."""
    by = _BY.match(after)
    return by is not None and not _INSPECTORS.search(by[0]) and not re.search(r"\d", by[0])


def is_denied(words: str) -> bool:
    """Return True if what was judged is denied or only some of many: "none of the services", "one service in ten"."""
    return bool(_NEGATED.search(words) or _OF_ANY.search(words))


def is_conditional(after: str) -> bool:
    """Return True if the words after a grade say on which condition one is given."""
    return bool(_IF.match(after))


def clause_of(before: str) -> str:
    """The last clause of these words, with the clause before it if it is a passive without a subject of its own."""
    parts = _CLAUSE.split(without_asides(before))
    last = parts.pop()
    while parts and _WITHOUT_SUBJECT.match(last):
        last = f"{parts.pop()} {last}"
    return last
