"""The words by which GOV.UK says that a notice or direction has ended, or that another stands in its place. Pure."""

from __future__ import annotations

import re

_DONE = (
    r"(?:lifted|revoked|rescinded|discharged|closed|withdrawn|ended|expired|terminated|cancelled|superseded|removed"
    r"|replaced (?:by|with)|no longer (?:in (?:force|place|effect)|appl(?:ies|y)|valid|needed|required))"
)
_ENDING = r"(?:lift(?:s|ing)|revo[ck]\w+|rescind\w*|clos(?:es|ing|ure)|withdr[ae]w\w*|ends|end of|ending|ceas\w+)"
_OF = r"(?:(?:of|the|this|that|its|an?|improvement|statutory|formal)\s+)*(?:notice|direction|intervention)s?\b"
_IN_A_TITLE = re.compile(rf"\b(?:{_DONE}|{_ENDING})(?!\w)", re.IGNORECASE)
_IN_A_NOTE = re.compile(
    rf"\b(?:lifted|lifting|revo[ck]\w+|rescinded|discharged|closure|clos(?:ed|ing) letter)\b"
    rf"|\b(?:notice|direction|intervention)s?\b[^.;]{{0,80}}?\b{_DONE}(?:(?<=replaced by)|(?<=replaced with)"
    rf"|(?!\s+(?:an?|the|some)\b))|\b(?:{_DONE}|{_ENDING})\s+{_OF}|^\W*(?:now\s+)?{_DONE}\W*$",
    re.IGNORECASE,
)
_IN_ITS_WORDS = re.compile(
    rf"\bthis\s+{_OF}[^.;\n]{{0,40}}?\b(?:(?:has|have|had|was|were|is|are)(?:\s+(?:now|since|been|also|formally))*\s+"
    rf"{_DONE}|(?:has\s+)?(?:ended|expired|ceased)|no longer appl(?:ies|y))\b"
    r"(?!\s+(?:if|when|once|only|unless|until)\b)",
    re.IGNORECASE,
)
_ANEW = re.compile(
    r"\breplac(?:es|ing)\b|\b(?:add(?:ed|ing)|attached|issued|published)\b(?:(?!lift|clos|revo|withdr)[^.;]){0,60}?"
    r"\b(?:new|revised|updated|further|second|varied)\b(?:(?!lift|clos|revo|withdr)[^.;]){0,60}?\b(?:notice|direction)",
    re.IGNORECASE,
)
"""A note that another notice stands on the page now, whatever it says of the one before."""
_NOT_YET = re.compile(
    r"\b(?:until|unless|if)\b[^,.;]*$|\b(?:not|never)(?:\s+\w+){0,2}\s*$"
    r"|\b(?:may|might|could|would|should|can|due to|expected to)\s+be\s*$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"[.;]|\b(?:added|moved|published|updated)\s+\W", re.IGNORECASE)
"""Where a note begins to speak of another publication."""
REACH = 80
"""Characters before the word of an end in which a condition stands."""
_SENTENCE = re.compile(r"[^.;\n]+")


def ended(title: str, note: str, text: str) -> bool | None:
    """Whether a publication's title, the note on its last change or its own text says that the notice no longer holds.
    False if the note says that another notice stands there now; None if nothing is said of it."""
    if _ANEW.search(note):
        return False
    said = ((_IN_A_NOTE, note), (_IN_A_TITLE, title), (_IN_ITS_WORDS, text))
    return any(_says(pattern, words) for pattern, words in said) or None


def note_on(title: str, note: str) -> str | None:
    """What a note on another publication says right after a notice's title; None if it does not name it."""
    _, named, after = note.partition(title)
    return f"notice{_ELSEWHERE.split(after)[0]}" if named else None


def _says(pattern: re.Pattern[str], text: str) -> bool:
    """Whether one of its sentences says that it has ended, and not that it may end."""
    found = ((s[0], match) for s in _SENTENCE.finditer(text) for match in pattern.finditer(s[0]))
    return any(not _NOT_YET.search(_before_the_end(sentence, match)) for sentence, match in found)


def _before_the_end(sentence: str, match: re.Match[str]) -> str:
    """The words before the one that says the end."""
    last = [m.start() for m in _IN_A_TITLE.finditer(sentence, 0, match.end())]
    end = last[-1] if last else match.start()
    return sentence[max(0, end - REACH) : end]
