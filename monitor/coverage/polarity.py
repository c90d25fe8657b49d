"""Decides which side a sentence about services takes, by the words of inspectors' letters, and which direction it
names.

A sentence with a "but" or a "while" counts clause by clause, so it may take both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.coverage.words import compiled
from monitor.letters.denied import plain, without_denied

_GOOD = compiled(
    r"\b(?:improv(?:ed|ing|ements?|es)|(?:continues?|began|begun|beginning)\s+to\s+improve|making\s+headway"
    r"|headway|strong(?:er|ly)?|strengthen\w*|effective(?:ly)?|clear(?:er)?(?:\s+direction|\s+vision)?"
    r"|successful(?:ly)?|positive(?:ly)?|well[\s-](?:supported|managed|planned|matched|led|embedded"
    r"|established)"
    r"|accurate(?:ly)?|committed|stab(?:le|ility)|good\s+(?:quality|practice|access|support|progress"
    r"|understanding|oversight)|making\s+(?:good\s+)?progress|praised|added\s+weight|more\s+visible"
    r"|engag(?:ed|ing)\s+partners"
    r"|thrive|thriving|impressive|child-(?:focused|cent(?:re|er)d)|benefit(?:s|ed|ing)?|valued?"
    r"|feel\s+supported|felt\s+supported|support(?:ive|ed\s+by)|welcome\s+the|manageable|appropriate\s+support"
    r"|swift(?:ly)?|robust|ambitious|high[\s-]quality|purposeful|timely|sensitive(?:ly)?|imaginativ\w+"
    r"|innovative|morale|warm|nurturing|listened\s+to|regularly|better\s+understood|exceptional"
    r"|outcomes\s+for\s+children\s+(?:are\s+|have\s+)?improv\w+)\b"
)
_BAD = compiled(
    r"\b(?:inconsisten\w+|delay(?:s|ed)?|drift|weak(?:ness(?:es)?|er)?|insufficient(?:ly)?|inadequate(?:ly)?"
    r"|poor(?:ly)?|too\s+(?:many|long|few|slow(?:ly)?|brief|late|often|variable|little)|lack(?:s"
    r"|ed|ing)?|gaps?|challenges?|challenging|variab(?:le|ility)|patchy|fail(?:s|ed|ure|ures|ings?)?"
    r"|longer\s+than\s+necessary|without\s+(?:any\s+)?action|breakdowns?|disrupt\w+|high\s+(?:vacancy"
    r"|turnover|caseloads)|vacanc(?:y|ies)|turnover|(?:not|n\W?t)\s+(?:yet\s+|always\s+|being\s+"
    r"|been\s+|consistently\s+|sufficiently\s+|as\s+){0,3}(?:\w+ly\s+)?(?:met|effective|timely"
    r"|robust|embedded|good|clear|purposeful|have|support|understood|recorded|completed|heard"
    r"|in\s+place|consistent|enough|known|wide\w*)|rarely|concern(?:s|ed|ing)?|unmet"
    r"|serious|widespread|systemic|at\s+risk|unsafe|deteriorat\w+|declin\w+|slow\s+(?:pace|progress)"
    r"|not\s+(?:\w+\s+){0,3}?(?:quick|fast|swift|rapid)(?:ly)?\s+enough|limited|stalled|anything\s+but|slowly|negligible|disappointing|weakness(?:es)?|overdue|unassessed|negative(?:ly)?|needs?\s+to\s+(?:accelerate"
    r"|improve)|remains?\s+(?:a\s+)?(?:significant|particularly)|shortfalls?|struggl\w+|difficult(?:y"
    r"|ies)|backlog)\b"
)
_NEUTRAL = compiled(
    r"\bstrengths\s+and\s+(?:weaknesses|areas\s+for\s+\w+)|\bimprovement\s+(?:plan|programme"
    r"|board|journey|partner|notice|adviser)s?\b"
    r"|\b(?:path|journey|road|route)\s+(?:to|of)\s+improvement|\bareas?\s+(?:for|of)\s+improvement"
    r"|\bearly\s+help\b|\brequir\w+\s+improvement\b"
)
"""Names that contain a word of praise or blame and take no side."""
_NEGATED_GOOD = compiled(
    r"\b(?:not|n\W?t|never|rarely|insufficient\w*|lack\w*|neither|nor|little|too\s+few|nothing|no\s+longer|hardly|barely"
    r"|scarcely|fail\w*\s+to|yet\s+to|unable\s+to|doubt(?:s|ed)?\s+that|anything|no\s+signs?\s+of|few\s+signs?\s+of)\b[^,;]{0,45}$"
    r"|\b(?:no|without)\s+(?:\w+\s+)?$"
)
_TURN = r"(?:but|although|however|though|despite|while|whilst|yet)"
_CLAUSES = compiled(
    rf"(?:,|;|\s-|\s\u2013)\s*(?={_TURN}\b)|(?<!anything)\s(?=(?:but|although|though|despite|while|whilst)\b)|\.\s"
)
_GRANTED = compiled(r"(?P<granted>\W*(?:despite|although|while|whilst|though)\b[^,]*),\s+(?P<main>.+)")
"""The concession before a main clause: "While most caseloads are manageable, …"."""

_SLOW = compiled(
    r"\bpace\s+of\s+(?:change|improvement|progress)\b[^.]{0,40}\b(?:slow|accelerate|too)|\bslow\s+pace\b"
    r"|\bprogress\b[^.]{0,20}\b(?:too\s+slow|limited|slow)\b|\b(?:limited|insufficient|little|slow|inadequate)\s+progress\b"
    r"|\bnot\b[^.,;]{0,40}\b(?:(?:fast|quick(?:ly)?|swift(?:ly)?|rapid(?:ly)?|soon)\s+enough|(?:enough|sufficient)\s+progress)\b"
    r"|\btoo\s+slow(?:ly)?\b|\bstalled\b"
)
_DECLINING = compiled(
    r"\b(?:deteriorat|declin|worsen)\w*\b[^.]{0,60}\bsince\b|\bsince\b[^.]{0,60}\b(?:deteriorat"
    r"|declin|worsen)\w*|\bservices\s+(?:have\s+)?(?:deteriorated|declined)"
)
_IMPROVING = compiled(
    r"\bimprove(?:d|ment|ments)\b[^.]{0,60}\bsince\b|\bsince\b[^.]{0,60}?\bimprove\w*"
    r"|\bcontinue[sd]?\s+to\s+improve\b|\b(?:is|are)\s+(?:now\s+|steadily\s+)?(?:improving|getting\s+better)\b"
    r"|\bprogressing\s+well\b|\b(?:making|made)\s+(?:\w+\s+)?progress\b|\bright\s+direction\b"
    r"|\bprogress\s+(?:(?:has\s+been|is\s+being)\s+made|since)\b|\bsigns\s+of\s+improvement"
    r"|\bpace\s+of\s+change\b[^.]{0,30}\bswift|\bthere\s+are\s+improvements\b"
)
_NO_DOUBT = compiled(
    r"\b(?:no|without|beyond)\s+(?:any\s+)?doubt\b(?:\s+that)?|\bnobody\s+doubts\b|\bnot\s+only\b|\bno\s+longer\s+\w+,"
)
_UNIMPROVED = compiled(
    r"\b(?:not|no|none|never|neither|nor|nothing|without|hardly|barely|scarcely|few|little|fail\w*\s+to|yet\s+to"
    r"|unable\s+to|away\s+from|n\W?t)\s+(?:\w+\s+){0,3}$"
    r"|\b(?:doubt(?:s|ed)?|not\s+clear|unclear|no\s+evidence|whether)\b[^.;]{0,60}$"
)
_IMPROVEMENT = compiled(r"\b(?:improv\w+|progress|swift\w*)\b")
_UNIMPRESSIVE = compiled(
    r"[^.,;]{0,60}?\b(?:slow(?:ly)?|negligible|disappointing\w*|insufficient\w*|inadequate|limited|minimal|poor|stalled"
    r"|not\b[^.,;]{0,20}\benough)\b"
)


def sides(sentence: str) -> Iterator[tuple[str, str]]:
    """Return (side, clause) for each side that the sentence takes, "positive" or "negative", each once."""
    seen = set()
    for clause in _clauses(sentence):
        side = _side(clause)
        if side and side not in seen:
            seen.add(side)
            yield side, clause


def direction(sentence: str) -> str | None:
    """Return "improving", "declining" or "slow" if the sentence says so. Improvement that is denied is none."""
    bare = _NO_DOUBT.sub(" ", _NEUTRAL.sub(" ", sentence))
    if _SLOW.search(bare):
        return "slow"
    if _DECLINING.search(bare):
        return "declining"
    found = _IMPROVING.search(bare)
    denied = found and (_UNIMPROVED.search(bare[: found.start()]) or _is_denied_within(bare, found))
    return "improving" if found and not denied else None


def _is_denied_within(sentence: str, found: re.Match[str]) -> bool:
    """ "Since the inspection practice has not improved", "progress since the visit is disappointing"."""
    words = list(_IMPROVEMENT.finditer(found[0]))
    inside = any(_UNIMPROVED.search(found[0][: word.start()]) for word in words)
    return inside or bool(_UNIMPRESSIVE.match(sentence[found.start() :]))


def _clauses(sentence: str) -> Iterator[str]:
    for clause in _CLAUSES.split(sentence):
        granted = _GRANTED.match(clause)
        parts = (granted["granted"], granted["main"]) if granted else (clause,)
        yield from (part for part in parts if len(part.split()) > 2)


def _side(clause: str) -> str | None:
    """ "negative", "positive" or None, by the words that weigh more. Good words after a "not" count as bad, bad words
    after one not at all."""
    clause = _NEUTRAL.sub(" ", clause)
    denied = [bool(_NEGATED_GOOD.search(clause[: match.start()])) for match in _GOOD.finditer(clause)]
    faults = sum(1 for _ in _BAD.finditer(without_denied(plain(clause))))
    good, bad = denied.count(False), denied.count(True) + faults
    return "negative" if bad > good else "positive" if good > bad else None
