"""What inspectors found, sentence by sentence, with its polarity; what they said word for word; where it is going.

The words are those of inspectors' letters. A sentence with a "but" is taken clause by clause, so it may be both.
What councillors promise, what a committee does and what is hoped for is no finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from monitor.coverage.passages import Passage
from monitor.coverage.words import compiled
from monitor.model import Fact

_GOOD = compiled(
    r"\b(?:improv(?:ed|ing|ements?|es)|(?:continues?|began|begun|beginning)\s+to\s+improve|making\s+headway|headway|strong(?:er|ly)?|strengthen\w*|effective(?:ly)?|clear(?:er)?(?:\s+direction|\s+vision)?|successful(?:ly)?|positive(?:ly)?|well[\s-](?:supported|managed|planned|matched|led|embedded|established)"
    r"|accurate(?:ly)?|committed|stab(?:le|ility)|good\s+(?:quality|practice|access|support|progress|understanding|oversight)|making\s+(?:good\s+)?progress|praised|added\s+weight|more\s+visible|engag(?:ed|ing)\s+partners"
    r"|thrive|thriving|impressive|child-(?:focused|cent(?:re|er)d)|benefit(?:s|ed|ing)?|valued?|feel\s+supported|felt\s+supported|support(?:ive|ed\s+by)|welcome\s+the|manageable|appropriate\s+support|swift(?:ly)?|robust|ambitious|high[\s-]quality|purposeful|timely|sensitive(?:ly)?|imaginativ\w+|innovative|morale|warm|nurturing|listened\s+to|regularly|better\s+understood|exceptional|outcomes\s+for\s+children\s+(?:are\s+|have\s+)?improv\w+)\b"
)
_BAD = compiled(
    r"\b(?:inconsisten\w+|delay(?:s|ed)?|drift|weak(?:ness(?:es)?|er)?|insufficient(?:ly)?|inadequate(?:ly)?|poor(?:ly)?|too\s+(?:many|long|few|slow(?:ly)?|brief|late|often|variable|little)|lack(?:s|ed|ing)?|gaps?|challenges?|challenging|variab(?:le|ility)|patchy|fail(?:s|ed|ure|ures|ings?)?"
    r"|longer\s+than\s+necessary|without\s+(?:any\s+)?action|breakdowns?|disrupt\w+|high\s+(?:vacancy|turnover|caseloads)|vacanc(?:y|ies)|turnover|(?:not|n\W?t)\s+(?:yet\s+|always\s+|being\s+|been\s+|consistently\s+|sufficiently\s+|as\s+){0,3}(?:\w+ly\s+)?(?:met|effective|timely|robust|embedded|good|clear|purposeful|have|support|understood|recorded|completed|heard|in\s+place|consistent|enough|known|wide\w*)|rarely|concern(?:s|ed|ing)?|unmet"
    r"|serious|widespread|systemic|at\s+risk|unsafe|deteriorat\w+|declin\w+|slow\s+(?:pace|progress)|limited|weakness(?:es)?|overdue|unassessed|negative(?:ly)?|needs?\s+to\s+(?:accelerate|improve)|remains?\s+(?:a\s+)?(?:significant|particularly)|shortfalls?|struggl\w+|difficult(?:y|ies)|backlog)\b"
)
_NEUTRAL = compiled(
    r"\bstrengths\s+and\s+(?:weaknesses|areas\s+for\s+\w+)|\bimprovement\s+(?:plan|programme|board|journey|partner|notice|adviser)s?\b"
    r"|\b(?:path|journey|road|route)\s+(?:to|of)\s+improvement|\bareas?\s+(?:for|of)\s+improvement|\bearly\s+help\b|\brequir\w+\s+improvement\b"
)
"""Names of things that hold such a word and take no side."""
_NEGATED_GOOD = compiled(r"\b(?:not|n\W?t|never|rarely|insufficient\w*|lack\w*|neither|nor|little|too\s+few)\b[^,;]{0,45}$")
_CLAUSES = re.compile(r"(?:,|;|\s-|\s\u2013)\s*(?=(?:but|although|however|though|despite|while|whilst|yet)\b)|\s(?=(?:but|although|though|despite)\b)|(?<=\w),\s(?=(?:which\s+has|there\s+(?:is|are)|overall|social\s+workers\s+do)\b)|\.\s", re.IGNORECASE)
_OFSTED = compiled(r"\b(?:ofsted|inspectors?|inspection|the\s+(?:report|letter|visit|findings)|they\s+(?:also\s+)?(?:write|wrote|found|said|say|noted?|noticed|added|saw)|report\s+(?:also\s+)?(?:said|says|found|concluded))\b")
_PRACTICE = compiled(
    r"\b(?:child(?:ren)?\W?s?|young\s+people|social\s+work\w*|care\s+leavers|famil(?:y|ies)|leaders?|leadership|manage(?:rs|ment)|supervision|assessments?|plan(?:s|ning)|practice|workforce|staff|caseloads?|visits?|services?|permanence|support|partners?|independent\s+reviewing|needs|recording|oversight|foster\w*|recruitment|retention|improvements?|carers|performance|governance|progress|pace)\b"
)
_PROCEDURE = compiled(
    r"\b(?:members|committee|panel|board)\s+(?:asked|noted|commended|thanked|welcomed|considered|heard|received|discussed|agreed|were)|\bmoved\b|\bseconded\b|\bresolved\b|\b(?:be\s+(?:noted|thanked|welcomed|approved|supported|shared))\b|\bthe\s+meeting\b"
    r"|\bareas?\s+covered\b|\bwere\s+a\s+review\b|\breport\s+of\s+the\b|\battached\b|\bpublished\s+(?:today|on)\b[^.]{0,40}$|^the\s+letter\s+(?:detailed|summari)|\bjudged\b|\brated\b|\bratings?\b|\binspectors?\s+(?:looked\s+at|considered|reviewed|focused|visited|made\s+these)"
    r"|\b(?:cabinet\s+members?|portfolio\s+holder|leader|chair\w*|director|councillors?|cllr|panel|executive|officers?)\b[^.]{0,80}\b(?:opened|thanked|advised|pointed|stated|recognised|asked|echoed|praised|praise"
    r"|suggested|explained|commended|highlighted|questioned|gave|introduced|presented|summarised|agreed|responded)\b|\baction\s+plan\s+(?:was|is|has)\b|\breports\s+(?:would|will)\b|\blast\s+inspected\b|\bupgraded\b|\bdowngraded\b|\bthe\s+report\s+to\b|\bgave\s+praise\b"
    r"|\b(?:established|set\s+up)\s+as\b|\bwill\s+(?:be|now|continue|need)\b|\bambition\b|\bto\s+assess\s+the\b|^inspectors\s+highlighted"
)
_REMARKED = compiled(r"it\s+was\s+(?:pointed|explained|noted|highlighted|clarified|suggested|agreed|commented)\b(?!.*\b(?:ofsted|inspectors?)\b)")
_OPINION = compiled(r"\b(?:mixed\s+blessing|disaster|frustrat\w+|must\s+try|undoubtedly|babysitting|no\s+doubt|damning|this\s+is\s+to\s+be\s+welcomed)\b")
_QUOTATION = re.compile(r"[\u201c\"](?P<words>[^\u201c\u201d\"]{20,}?)(?:[,]?[\u201d\"]|$)")
_PERSON_SAID = compiled(r"\b(?:councillor|cllr|cabinet\s+member|director|leader|commissioner|he|she)\b[^\u201c\"]{0,120}\b(?:said|says|added)\b|\b(?:said|says|added)\s+(?:councillor|cllr|the\s+(?:leader|director|cabinet)|he|she)\b")
_HEADED = 4
"""Words that a finding has at the least; a heading has fewer."""


def facts(said: Sequence[Passage]) -> Iterator[Fact]:
    """Findings, quotations of Ofsted and direction, in the order of the page."""
    focus_list = False
    for n, p in enumerate(said):
        focus_list = _in_focus_list(said, n, focus_list)
        if p.spoken or _PERSON_SAID.search(p.plain):
            continue
        yield from _quotations(said, n)
        if not focus_list and _is_finding(p):
            yield from _polarities(p)
            yield from _direction(p)


def _in_focus_list(said: Sequence[Passage], n: int, inside: bool) -> bool:
    """Whether a list item stands under "Areas covered by the visit:": what was looked at, not what was found."""
    if not said[n].item:
        return said[n].plain.endswith(":") and bool(_LOOKED_AT.search(said[n].plain))
    return inside


_LOOKED_AT = compiled(r"\b(?:areas?\s+(?:covered|of\s+(?:concern|focus))|focus(?:ed|sed)?|looked\s+at|considered|reviewed?|areas\s+for\s+improvement|scope|resolved|judge?ments?)\b")


def _is_finding(p: Passage) -> bool:
    words = p.plain
    ends = p.item or bool(re.search(r"[.!?][)\u201d\u2019\"']*$|[,.][\u201d\"]\s+\w+(?:\s+\w+){0,3}$", words))
    return ends and len(words.split()) > _HEADED and bool(_PRACTICE.search(words)) and not _PROCEDURE.search(words) and not _REMARKED.match(words) and not _OPINION.search(words) and not re.match(r"\(?[a-z]{1,3}\)\s", words)


def _polarities(p: Passage) -> Iterator[Fact]:
    """One fact for each side that the sentence takes; the value is the clause that takes it."""
    seen = set()
    for clause in _clauses(p.plain):
        side = _side(clause)
        if side and side not in seen:
            seen.add(side)
            yield Fact(f"finding.{side}", clause.strip(" ,;.\u201c\u201d\"\u00b7\u2022-"), p.text)


def _clauses(words: str) -> list[str]:
    return [clause for clause in _CLAUSES.split(words) if clause and len(clause.split()) > 2]


def _side(clause: str) -> str | None:
    """Negative, positive or neither, by the words that weigh more; good words under a "not" count as bad."""
    clause = _NEUTRAL.sub(" ", clause)
    good = bad = 0
    for match in _GOOD.finditer(clause):
        if _NEGATED_GOOD.search(clause[: match.start()]):
            bad += 1
        else:
            good += 1
    bad += sum(1 for _ in _BAD.finditer(clause))
    if re.match(r"\W*(?:despite|although|while|whilst|though)\b", clause, re.IGNORECASE) and good:
        return None
    return "negative" if bad > good else "positive" if good > bad else None


def _direction(p: Passage) -> Iterator[Fact]:
    for value, words in _DIRECTIONS:
        if words.search(p.plain):
            yield Fact("direction", value, p.text)
            return


_DIRECTIONS = (
    ("slow", compiled(r"\bpace\s+of\s+(?:change|improvement|progress)\b[^.]{0,40}\b(?:slow|accelerate|too)|\bslow\s+pace\b|\bprogress\b[^.]{0,20}\b(?:too\s+slow|limited|slow)\b|\b(?:limited|insufficient|little)\s+progress\b")),
    ("declining", compiled(r"\b(?:deteriorat|declin|worsen)\w*\b[^.]{0,60}\bsince\b|\bsince\b[^.]{0,60}\b(?:deteriorat|declin|worsen)\w*|\bservices\s+(?:have\s+)?(?:deteriorated|declined)")),
    ("improving", compiled(r"\bimprove(?:d|ment|ments)\b[^.]{0,60}\bsince\b|\bsince\b[^.]{0,60}\bimprove\w*|\bcontinues?\s+to\s+improve\b|\bmaking\s+(?:\w+\s+)?progress\b|\bright\s+direction\b|\bprogress\s+(?:has\s+been\s+made|since)\b|\bsigns\s+of\s+improvement|\bpace\s+of\s+change\b[^.]{0,30}\bswift|\bthere\s+are\s+improvements\b")),
)


def _quotations(said: Sequence[Passage], n: int) -> Iterator[Fact]:
    """Words in quotation marks that the sentence, or the one beside it in the paragraph, gives to Ofsted."""
    p = said[n]
    for found in _QUOTATION.finditer(p.plain):
        if len(found["words"].split()) >= 5 and _by_ofsted(said, n):
            yield Fact("quote.ofsted", found["words"].rstrip(" ,"), p.text)


def _by_ofsted(said: Sequence[Passage], n: int) -> bool:
    here = said[n]
    outside = _QUOTATION.sub(" ", here.plain)
    if _OFSTED.search(outside):
        return True
    beside = [p for p in said if p.line == here.line and p is not here]
    return any(_OFSTED.search(_QUOTATION.sub(" ", p.plain)) for p in beside)
