"""What a visit or a joint inspection looked at, short enough for a headline. Pure.

A letter says it in a sentence: "Inspectors looked at the local authority's arrangements for care leavers, including …".
What stands after "arrangements for", up to the first qualification, names the theme in Ofsted's own words.
"""

# ruff: noqa: RUF001, RUF002 - letters and pages have typographic quotation marks and dashes

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.model import Quote
from monitor.model.letter import LOOKED_AT
from monitor.wording.text import lower_first, one_line

MAX_THEME = 80
"""Characters of a theme: with a council's name, the kind of letter and its date, a headline has room for no more."""
PANDEMIC = "practice and care during the COVID-19 pandemic"
_LEAD = re.compile(
    rf"^(?:(?:Her|His) Majesty\W?s )?(?:Inspectors (?:\w+ly )?(?:also )?{LOOKED_AT}"
    r"|The (?:focus|scope) of (?:the|this) (?:monitoring |focused )?visit (?:was|included)(?: on)?"
    rf"|(?:The|This) (?:focused |monitoring )?visit (?:was )?{LOOKED_AT})\s+",
    re.IGNORECASE,
)
_ARRANGEMENTS = re.compile(
    r"^(?:(?:the|[A-Z]\w+(?: [A-Z]\w+)*(?:\W?s)?) )?"
    r"(?:(?:local authority|council|city council|borough)\W{0,2}s?\W{0,2} )?"
    r"(?:(?:\w+ )?(?:arrangements(?: and support)?|support) (?:in place )?"
    r"(?:for|to support|to|in relation to|relating to|regarding)\s+"
    r"(?:its |the (?:management|delivery) of )?|services? that (?:considers?|receives?|deals? with) (?:and \w+ )?"
    r"|(?:quality and impact of )?(?=practice\b))"
)
_PANDEMIC = re.compile(r"^how England\W?s social care system .*pandemic\W*$")
_SAYS_NOTHING = re.compile(
    r"^(?:.*\bthe following (?:areas?|aspects?|themes?|services?)\b.*"
    r"|the (?:areas?|aspects?|themes?|services?)\b.*|the following\b.*|children|young people"
    r"|a range of .*|case records .*|the local authority\W?s .*"
    r"|(?:the )?(?:quality|impact|effectiveness)(?: and impact)?"
    r"|.* (?:who|which|that)(?: \w+)?)$",
    re.IGNORECASE,
)
_QUALIFICATION = re.compile(
    r"\s*(?:[.:;(]|,? (?:including|specifically|in particular|particularly|especially|namely|with an?|with specific"
    r"|with particular|focusing|who|which|that|whether|where|when|aged|as well as|the (?:service|gateway|point)"
    r"|its response|and at|across|provided to|in accordance with|together with)\b|, the\b|, and\b)"
)
_SHORTER = re.compile(
    r"^(.{12,})(?:,| and (?=the |those |children |practice |in the )| in the ‘| (?:at|in|through) (?=the|their|its\b))"
)
"""Where a theme of several parts can end."""


def topic(themes: Sequence[Quote], longest: int = MAX_THEME) -> str:
    """The theme in at most so many characters: "care leavers", "the front door"; empty where the letter names none."""
    if not themes:
        return ""
    first, *listed = [one_line(quote.text) for quote in themes]
    if _PANDEMIC.match(first):
        return PANDEMIC if len(PANDEMIC) <= longest else "the COVID-19 pandemic"
    found = _short(_LEAD.sub("", first), longest)
    if _SAYS_NOTHING.match(found) and listed:
        found = _short(listed[0], longest)
    return "" if _SAYS_NOTHING.match(found) or len(found) < 4 else found


def _short(words: str, longest: int) -> str:
    """The theme without what qualifies it, in at most so many characters; empty where even that is longer."""
    named = _bare_marks(_ARRANGEMENTS.sub("", words).strip(" .:;,"))
    if len(named) > longest or ":" in words:
        named = _unqualified(named)
    while len(named) > longest and (shorter := _SHORTER.match(named)):
        named = shorter[1]
    return _lower(named) if len(named) <= longest else ""


def _unqualified(named: str) -> str:
    """The words before the first qualification that leaves something said: not "children", of those "who need help"."""
    ends = [match.start() for match in _QUALIFICATION.finditer(named)]
    cuts = (named[:end].strip(" ,") for end in ends)
    return next((cut for cut in cuts if not _SAYS_NOTHING.match(cut)), named)


def _bare_marks(words: str) -> str:
    """‘front door’ without its quotation marks: a headline has marks of its own."""
    return re.sub(r"[‘'“\"](front door)[’'”\"]", r"\1", words, flags=re.IGNORECASE)


def _lower(words: str) -> str:
    """Lower case at the beginning, but for a name in capitals."""
    return words if re.match(r"[A-Z]{2}|[A-Z]\w+ [A-Z]", words) else lower_first(words)
