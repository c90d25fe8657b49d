"""Tells a page about an inspection that is still to come from one about an inspection that was.

Many a page about a result also names the next inspection. Such a page is not about what is to come: it reports what
inspectors did or said.
"""

from __future__ import annotations

from collections.abc import Sequence

from monitor.coverage.words import compiled

_TO_COME = compiled(
    r"\b(?:prepar\w+|readiness|ready)\b[^.]{0,60}\b(?:inspection|ofsted)|\b(?:next|forthcoming"
    r"|upcoming|future|expected|anticipated)"
    r"\s+(?:\w+\s+){0,3}(?:inspection|visit)\b|\binspection\s+readiness"
    r"|\b(?:due|set|expected|likely)\s+to\s+(?:return|come\s+back|visit|inspect|arrive|be\s+inspected)\b"
    r"|\b(?:inspection|visit)\s+(?:(?:which|that)\s+)?(?:is|was)\s+(?:now\s+)?(?:due|expected|imminent|anticipated|overdue)\b"
)
_OF_THE_PAST = compiled(
    r"\b(?:found|findings?|judged|rated|letter|outcomes?|published|dated|visited|inspected|took\s+place|carried\s+out"
    r"|report\s+(?:on|into|from|says|said)"
    r"|(?:began|started|arrived|is\s+under\s*way)|improvement\s+notice|commissioner|damning|scathing|glowing|critical"
    r"|(?:after|following)\s+(?:an?|the|its|their|our|last)\s+(?:\S+\s+){0,4}(?:inspection|visit))\b"
)
_INSPECTORS = r"(?:Ofsted(?:\W?s)?(?:\s+(?:inspectors?|inspection))?|inspectors?|inspectorate|watchdog)"
_SAY = (
    r"(?:says?|tells?|finds?|sees?|concludes?|notes?|praises?|highlights?|wants?|recogni[sz]es?|acknowledges?|commends?"
    r"|welcomes?|describes?|confirms?|calls?|warns?|observes?|reports?|points?|identif(?:y|ies)|critici[sz]es?|urges?"
    r"|judges?|rates?|applauds?|raises?|thinks?|believes?|considers?|stresses|adds?|reckons?|underlines?)"
)
_DID = (
    r"(?:(?:has|have|had)\s+(?!to\b)\w+|(?:was|were)\s+(?!expected|due)\w+|(?!awaited|expected|planned|needed|required)\w{3,}ed|saw|found|said|told|came|wrote|gave"
    r"|spelt|spoke|left|made|shows?)"
)
_REPORTED = compiled(
    rf"(?<!\bby )(?<!\bfor )\b{_INSPECTORS}\s+(?:\w+ly\s+|also\s+|now\s+)?(?:{_SAY}|{_DID})\b"
    rf"|\bOfsted\W?s\s+(?:\w+\s+){{0,2}}(?:letter|report|verdict)\s+(?:{_SAY}|{_DID})\b"
    rf"|\bOfsted\W?s?\s+inspection\s+of\b[^.,;]{{0,60}}\b(?:showed|found|saw|praised)\b"
    rf"|\b(?:(?:is|was|were|are|been)\s+\w+(?:ed|en)|seen)\b[^.,;]{{0,50}}\bby\s+(?:the\s+)?{_INSPECTORS}\b"
    rf"|\b(?:report|letter|verdict|feedback|praise|criticism|outcome|findings)\s+(?:\w+\s+)?(?:by|from|of)\s+(?:the\s+)?{_INSPECTORS}\b"
    rf"|\baccording\s+to\s+(?:the\s+)?{_INSPECTORS}\b"
)
"""What inspectors did or said. Only the past tense, or a verb of saying."""
_RECALLED = compiled(
    r"\b(?:last|previous(?:ly)?|former(?:ly)?|earlier)\b[^.;]{0,80}"
    r"|\b(?:rated|judged|graded|inspected|visited)\b[^.;,]{0,40}\bin\s+20\d\d\b"
)
"""An earlier inspection, which a page about the next one recalls."""


def only_to_come(tied: Sequence[str], words: Sequence[str]) -> bool:
    """Return True if the page speaks of an inspection to come and of none that has been. `words` are all its sentences,
    the title first; `tied` are those about inspections of services."""
    coming = any(_TO_COME.search(w) for w in words)
    return coming and not any(_reports(w) for w in dict.fromkeys((words[0], *tied)))


def inspectors_acted(words: str) -> bool:
    """Return True if a sentence tells what inspectors did or said."""
    return bool(_REPORTED.search(words))


def _reports(words: str) -> bool:
    told = _RECALLED.sub(" ", words)
    return bool(_REPORTED.search(told)) or (not _TO_COME.search(words) and bool(_OF_THE_PAST.search(told)))
