"""Tells whether services were judged, or something else of a council: its response, its budget, access to services.

What counts is the noun that was judged, not a noun that belongs to it: "funding for services" is no service.
"""

from __future__ import annotations

from monitor.coverage.words import SERVICES, compiled

_VERBS = compiled(
    r"(?:[\s,]+(?:has|have|had|was|were|been|be|being|is|are|to|as|now|just|all|both|each|too|again|also|overall|recently"
    r"|previously|formerly|once|twice|never|not|today|yesterday|(?:this|last)\s+(?:week|month|year|spring|summer|autumn)"
    r"|which|that|who|came|went|on|\w+ly))+[\s,]*$"
)
_SERVICE = (
    rf"(?:{SERVICES}|services?|council|authority|borough|department|directorate|trust|leaders(?:hip)?|effectiveness|it|they"
    r"|them|children\s+in\s+care|care\s+leavers|(?:help|support)\s+and\s+protection|social\s+work\s+practice(?:\s+with\s+"
    r"children\s+and\s+families)?|(?:all|every|most|(?:all\s+)?four)\s+areas?|judge?ments?)"
)
_WHERE = (
    r"(?:,?\s+(?:in|at|of|for|across|within|since|by|following|after|run)\s+"
    r"(?:(?!\b(?:was|were|has|had)\b)[\w\u2019'-]+\s*){1,8})*"
)
_JUDGED = compiled(rf"(?P<before>.*?)\b{_SERVICE}(?P<where>{_WHERE})\W*$")
_BELONGS = compiled(
    r"(?<!\bCity )(?<!\bBorough )(?<!\bIsle )(?<!\bIsles )(?<!\bRiding )\b"
    r"(?:of|to|with|within|across|throughout|between|for|on|from|at|about|towards|by|in)\s+(?:(?:the|its|our|their|all|his|her)\s+)?"
    r"(?:[\w\u2019'-]+\s+){0,4}$"
)
_WHOLE = compiled(
    r"\b(?:effectiveness|quality|work|areas?|parts?|experiences?(?:\s+and\s+progress)?|impact|news|view|verdict|services?"
    r"|(?:inspection|report|review|visit)|terms|council)\s+(?:of|on|for|with)\s+(?:(?!in\b)[\w\u2019'-]+\s+){0,6}$"
    r"|\bsupport\s+for\s+(?:(?:its|their|our|all)\s+)?$"
)
_TIME = compiled(
    r"\b(?:(?:in|at|following|after|by|during|since|from|on|with|as\s+a\s+result\s+of|when|now)\s+[^,;]{0,60}?"
    r"(?:inspections?|reports?|visits?|20\d\d|May|June|week|time|which|that|noted|told|heard)\b|\bthat\b)"
)
_RELATIVE = compiled(r"\b(?:that|which)\b")
_SHARED = compiled(rf"^\W*(?:.*\bthat\s+)?(?:[\w\u2019'-]+\s+){{0,4}}?{_SERVICE}\s+(?:was|were|has|have|had)\b.*\band$")
_AT_WHICH = compiled(r",?\s+(?:at|in|during|after|following)\s+which\s+")
_SERVICES = compiled(rf"{SERVICES}(?:\s+services?\b)?")
_OF_WHAT = compiled(rf"(?P<before>[\w\u2019'-]+)\s+services?{_WHERE}\W*$")
_NO_PART = compiled(
    r".+[\u2019'].?|.*(?:ed|ly)|the|its|their|our|all|both|these|those|this|that|such|whole|entire|overall|local|own|new|same"
    r"|council|authority|county|city|borough|trust|failing|struggling|under-fire|social|children|young|families"
    r"|of|and|but|yet|so|as|when|while|because|although|though|where|if|for|in|to|with|on|by|from|after|before|until|since"
    r"|an?|seen|means?|inspection|said|sa[yi]s?|found|finds|judges|rates|rating|saw|sees|know|knows|upgrades|downgrades|spring|summer|autumn|winter|year|month|week|which|how|now|then|today"
)
"""The words before "services" that leave them whole. Any other may name a part: early help, fostering, a duty team."""
_WITH_NEEDS = compiled(
    r"\b(?:services?|provision|support)\s+for\s+[^,;]{0,50}\bwith\s+(?:SEND|special|disabilit|complex|additional)[^,;]*$"
)
_FOR_SOME = compiled(
    r"\bservices?\s+(?:for|to)\s+(?!(?:its|their|our|the|all|vulnerable|children|young|families|looked|care)\b)\w"
)


def is_of_services(words: str) -> bool:
    """Return True if these words end with services that are judged: the subject of "was judged good", or what stands
    between "judged" and "good"."""
    verbs = _VERBS.search(f" {words}")
    thing = _AT_WHICH.split(f" {words}"[: verbs.start()] if verbs else words)[-1]
    if is_of_part(words):
        return False
    found = _JUDGED.match(thing)
    if found is None:
        return bool(_SHARED.match(thing.strip()))
    if verbs and _RELATIVE.search(verbs[0]):
        return True
    before = _TIME.split(found["before"])[-1]
    return not _BELONGS.search(before) or bool(_WHOLE.search(before))


def is_of_part(words: str) -> bool:
    """Return True if these words, verbs aside, end with a part of the services that has no judgement of its own."""
    thing = _VERBS.sub("", f" {words}")
    if _WITH_NEEDS.search(thing):
        return True
    found = _OF_WHAT.search(_SERVICES.sub("its services", thing))
    if found is None:
        return False
    return not _NO_PART.fullmatch(found["before"]) or bool(_FOR_SOME.search(found[0]))
