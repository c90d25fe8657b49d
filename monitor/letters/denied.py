"""Takes out of a sentence what has a word of criticism and criticises nothing.

A fault may be denied, avoided or rare ("not inadequate", "no concerns", "without delay"); it may be what families go
through and not what services do ("poor health"); and "needs", "limited", "concerns" and "not" have other senses ("it
concerns care leavers", "their needs to be met"). For letters and for other pages.
"""

from __future__ import annotations

import re

_APART = str.maketrans(dict.fromkeys(".,;:!?()\u2018\u201c\u201d\u2013/", " ") | {"\u2019": "'"})
_FAULT = (
    r"(?:delays?|drift|gaps?|weakness(?:es)?|shortfalls?|failures?|failings?|inconsistenc(?:y|ies)|backlogs?|shortages?"
    r"|deficits?|(?:cause for |areas? of )?concerns?|missed opportunities|difficult(?:y|ies)|exclusions?|disruptions?"
    r"|breakdowns?|(?:poor|weak|inadequate|inappropriate) \S+)"
)
_SUCH = (
    r"(?:(?:any|such|other|further|unnecessary|undue|unreasonable|avoidable|significant|serious|widespread|systemic|major"
    r"|real|obvious|evident|identified|immediate|particular|current|longer|permanent|unplanned|safeguarding|placement"
    r"|adoption|tenancy) )*"
)
_FAULTS = rf"{_SUCH}{_FAULT}(?: (?:and|or|nor) {_SUCH}{_FAULT})*"
_FAULTY = (
    r"(?:inadequate|delayed|poor(?:ly)?|weak|limited|unsafe|missed|overlooked|forgotten|disadvantaged|compromised"
    r"|complacent|unnecessar(?:y|ily)|undu(?:e|ly)|inappropriate(?:ly)?|negative(?:ly)?|failing|drift|delays?|failure"
    r"|weakness(?:es)?|(?:of )?concern)"
)
_FAULTY = rf"{_FAULTY}(?: (?:or|nor) {_FAULTY})*"
_TURNED = (
    r"(?:(?:an?|any|in|to|be|been|being|are|is|was|were|have|has|had|do|does|did|now|found|judged|rated|graded"
    r"|considered|become|get|feel|felt|experienc\w+|suffer\w*|impact\w*|moved|looked|after|either) )*"
)
"""What may stand between a "not" and what it denies."""
_NONE_OF = r"(?:no|neither|none of(?: the| these| its)?) (?:(?!and\b|but\b|or\b)\S+ ){1,2}?"
_DENIED = (
    rf"(?:without|no|few|fewer|nor|free (?:of|from)|avoid(?:s|ed|ing)?|not tolerate) {_FAULTS}",
    rf"(?:no|little|not \w+(?: any)?) (?:evidence|signs?|examples?|instances?) of {_FAULTS}",
    rf"inspectors (?:did not|have not|do not) (?:find|found|see|seen|identify|identified) {_FAULTS}",
    rf"not (?:find|found) (?:(?!and\b|but\b|that\b)\S+ ){{1,4}}?(?:to be )?{_FAULTY}",
    rf"(?:not|never|no longer|nothing|far from|\w+n't|{_NONE_OF}(?:is|are|was|were)) {_TURNED}{_FAULTY}",
    r"(?:not|never|rarely|(?:no|few) \w+(?: \w+)?) (?:have to |had to |kept )?wait\w* too long",
    r"(?:minimis(?:e|es|ed|ing)|reduc(?:e|es|ed|ing)|prevent(?:s|ed|ing)?)"
    r" (?:any |unnecessary |undue |further )*(?:delays?|drift)(?: (?:and|or) (?:delays?|drift))?",
    rf"{_FAULT} (?:is|are|has been|have been) (?:reduced|avoided|minimised|not tolerated)",
    rf"{_FAULT} (?:has|have) been (?:\w+ly )?(?:addressed|resolved|remedied|eradicated)",
    r"(?:turnover|vacanc(?:y|ies)|disruptions?|breakdowns?|absences?|exclusions?|caseloads?|sickness)"
    r"(?: rates?| levels?)? (?:is|are|remains?|was|were)(?: very| relatively| now)? low",
    r"(?:ensur(?:e|es|ed|ing)(?: that)?|so that) (?:\S+ ){1,6}?(?:is|are|do|does) not\b.*",
    r"(?:saw|found|find) no (?:(?:evidence|cases|examples) of )?(?:children|young people|care leavers)\b.*",
    r"not find any children\b.*",
    r"there is no (?:doubt|question|complacency|sense of complacency)",
    r"(?:not|no child is) left\b.*",
    r"not used? (?:bed and breakfast|unregistered|unregulated)",
)
_OF_FAMILIES = (
    r"(?:deteriorating|poor) (?:mental |emotional |physical )*health",
    r"poor (?:home|living|housing) conditions|poor parenting",
    r"difficult to place|(?<!more )difficult to (?:reach|engage)",
    r"declined (?:to|the|an|support|offers?)",
    r"(?:nature|levels?|expressions?|vehicles|individuals|referrals) of concern",
    r"(?:where|when|whenever|if|once) (?:(?:there (?:is|are|was|were)|\w+ ha(?:s|ve)) )?"
    r"(?:an? |any |significant |serious )+concerns?(?: that)?",
)
_ABOUT = (
    r"(?:it|this|which|letter|report|visit|inspection|review|item|paper|recommendations?|findings?|matter|question)"
    r"(?: also| only| mainly| mostly| chiefly)? concern(?:s|ed)"
    r"(?! (?:about|over|that|regarding|from|for|were|are|was|is|had|have|has|remain\w*|raised|identified))"
)
_ANOTHER_SENSE = (
    r"not (?:only|just|least|for profit|limited to|hesitate)|whether or not|without the need|fail[ -]safes?",
    r"limited (?:by guarantee|compan(?:y|ies))|in (?:very )?limited circumstances|time limited",
    _ABOUT,
    r"concerning (?:the|its|their|his|her|how|whether|children\S*|young people)|concerned with",
    r"far as (?:\S+ ){1,6}?(?:is|are) concerned|(?:all|those|everyone|people|parties|agencies|councils) concerned",
    r"(?:their|his|her|its|\w+'s|\w+s') (?:(?:additional|individual|specific|complex|changing|identified|basic"
    r"|emotional|physical|special|educational|cultural|diverse|unmet|holistic|wider|health|learning) )*"
    r"needs to (?:be|ensure|improve)",
    r"(?:assess|identify|understand|meet|match|consider|address)\w* needs to (?:be|ensure|improve)",
    r"who needs? to be(?! (?:more|better|stronger|clearer)\b)",
    r"(?:support|skills|help|information|confidence) (?:that )?they need to be",
    r"what (?:it |they )?(?:still )?needs? to (?:be|improve|ensure)",
)
_NO_FAULT = re.compile(rf"\b(?:{'|'.join((*_DENIED, *_OF_FAMILIES, *_ANOTHER_SENSE))})(?!\S)")


def plain(text: str) -> str:
    """A text in small letters without punctuation, a space between any two words, as the patterns here want it."""
    return " ".join(text.lower().translate(_APART).split())


def without_denied(words: str) -> str:
    """What is left of a plain text: the words of criticism in it are meant."""
    return _NO_FAULT.sub("", words)
