"""Quotations: whole sentences or none. Pure.

A sentence that is cut before its verb can say the opposite of what it says whole. So a quotation that has no room loses
whole sentences at its end, or a long opening clause at its front, which "[…]" stands for; where neither helps, it is
left out.
"""

# ruff: noqa: RUF001 - letters and pages have typographic quotation marks and dashes

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from monitor.model import Quote
from monitor.wording.text import one_line

ELISION = "[…]"
LEAST_KEPT = 40
"""Characters of a sentence that at least remain once its opening clause is left out."""
_END = re.compile(r"(?<=[.!?])[”’\"')\]]*\s+(?=[A-Z“‘\"'(\[])")
_ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Revd?|Cllr|St|No|pp?|para|vs|cf|e\.g|i\.e|etc|[A-Z])\.$")
_OPENING = re.compile(
    r"(?:While|Whilst|Although|Though|Since|Following|Despite|However|Nevertheless|In|At|During|As|When|Where|Because"
    r"|Over|Due to|With|For|After|Before|Until|Given|Under|By|On|Prior to|Alongside|Through|To|Too often|Overall)\b"
)
"""Words that open a clause which the rest of the sentence can stand without."""
_MAIN = re.compile(
    r", (?=(?:the|there|this|these|those|they|it|an?|too|most|many|some|few|all|not|no|children|leaders|managers|social"
    r"|staff|senior|care|services|practice|inspectors|young|we|partners|agencies|decisions|assessments|plans)\b|[A-Z])"
)
"""Where the main clause begins after such an opening."""
_MARKER = "\u2022\u25aa\u25cf\u25e6\u2219\u25a0\u25fc\u00b7\u2013- "
"""What opens an item of a list; it is no word of a quotation."""
_BULLET = re.compile(r"\s*[\u2022\u25aa\u25cf\u25e6\u2219\u25a0\u25fc]\s+")
_GLUE = re.compile(r"[;,]?(?:\s+(?:and|or))?[;,]?$")


def fitting(said: Iterable[Quote], room: int) -> Iterator[Quote]:
    """The first quotations, each whole or shortened as above, as many as have room."""
    for quote in said:
        if words := whole(one_line(quote.text), room):
            yield Quote(words, quote.page)
            room -= len(words)


def whole(text: str, room: int) -> str:
    """`text` in at most `room` characters, in whole sentences: all of it, its first sentences, or its first without
    the opening clause. Empty where that is not possible, and where the text itself is cut."""
    if text.endswith(("…", "...")):
        return ""
    if len(text) <= room:
        return text
    kept = ""
    for sentence in sentences(text):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > room:
            break
        kept = longer
    return kept or _without_opening(next(iter(sentences(text)), ""), room)


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with what closes it."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        if not _ABBREVIATED.search(text[start : end.start()]):
            found.append(text[start : end.end()].strip())
            start = end.end()
    return [*found, text[start:].strip()] if text[start:].strip() else found


def _without_opening(sentence: str, room: int) -> str:
    """A sentence from its main clause on: "[…] there has been a significant deterioration"."""
    if not _OPENING.match(sentence):
        return ""
    rests = (f"{ELISION} {sentence[m.end() :]}" for m in _MAIN.finditer(sentence))
    return next((rest for rest in rests if LEAST_KEPT <= len(rest) <= room), "")


def unglued(text: str) -> str:
    """An item of a list without what joins it to the next: "; and"."""
    return _GLUE.sub("", text)


def unbulleted(text: str) -> str:
    """A quotation without the marks of a list that stands in it on one line: "This includes: timeliness; plans"."""
    opened, *items = _BULLET.split(text.lstrip(_MARKER))
    return " ".join(filter(None, [opened, "; ".join(item.rstrip(" ;,") for item in items)]))


def quoted(text: str) -> str:
    """`text` in quotation marks, unless it begins with its own. Those within are single, and each has its pair."""
    if text.startswith("“"):
        return text + "”" * (text.count("“") - text.count("”"))
    return f"“{_single(text)}”"


def _single(text: str) -> str:
    """Single marks for double ones, in pairs: a sentence of a longer quotation may have only one of its two."""
    said, opened = "", 0
    for part in re.split("([“”])", text):
        if part != "”" or opened:
            said += {"“": "‘", "”": "’"}.get(part, part)
            opened += {"“": 1, "”": -1}.get(part, 0)
    return said + "’" * opened


def with_page(quote: Quote) -> str:
    """A quotation with the page on which it stands, where that is known: "“…” (page 3)"."""
    return quoted(unbulleted(one_line(quote.text))) + (f" (page {quote.page})" if quote.page > 0 else "")


def titled(title: str, room: int) -> str:
    """A title in quotation marks; of one that is too long the first words and "[…]"."""
    text = one_line(title)
    cut_before = text.endswith(("…", "..."))
    text = text.rstrip("….").rstrip() if cut_before else text
    if len(text) + 2 <= room and not cut_before:
        return f"“{_single(text)}”"
    words = text[: max(0, room - len(ELISION) - 3)]
    words = words if len(words) == len(text) else words.rpartition(" ")[0] or words
    return f"“{_single(words.rstrip(' ,;:-–') + f' {ELISION}')}”" if words.strip() else ""
