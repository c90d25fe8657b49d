"""What an article says first outside its text: the standfirst under the heading, the feed's summary. Pure.

Many councils set the one sentence with the judgement above the <article>, where a reader of main text does not look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from spiders.articles.lines import CUT_OFF, tidied
from spiders.http.paragraphs import UNSEEN, paragraphs

BESIDE = UNSEEN | frozenset(("nav", "aside", "footer", "form", "button", "dialog", "menu"))
"""Elements that hold nothing of the article."""
MAX_BETWEEN = 15
"""Paragraphs that may stand between heading and text (a day, an author, buttons); beyond them it is another layout."""
MAX_STANDFIRST = 3
MIN_SENTENCE = 40
"""Characters of a sentence; a label or a button has fewer."""
SENTENCE = re.compile(r"[^.!?]+(?:[.!?](?!\s|$)[^.!?]*)*[.!?]+[\u201d\u2019\"')\]]*(?=\s|$)")
MAX_SUMMARY_CHARACTERS = 4_000
FIRST_LINES = 3
"""Of so many first lines of a text one has to be found again on the page."""


def standfirst(root: Any, title: str, lines: Sequence[str]) -> list[str]:
    """The sentences between the page's heading and its text; none where either is not found there."""
    body = root.find(".//body") if root is not None else None
    shown = [line.removeprefix("- ") for line in paragraphs(body, BESIDE)] if body is not None else []
    firsts = (line.removeprefix("- ") for line in lines[:FIRST_LINES])
    ends = (shown.index(line) for line in firsts if line in shown)
    end = next(ends, None)
    headings = {title.casefold(), *(" ".join(paragraphs(h1)).casefold() for h1 in root.iter("h1"))}
    heads = [n for n, line in enumerate(shown[:end]) if line.casefold() in headings]
    if end is None or not heads or end - heads[-1] > MAX_BETWEEN:
        return []
    between, _ = tidied(shown[heads[-1] + 1 : end], title)
    return [line for line in between if _is_sentence(line)][:MAX_STANDFIRST]


def missing(summary: str, lines: Sequence[str]) -> str:
    """The whole sentences of a feed's summary that the text has not; "" where it has them all."""
    text = " ".join(lines).removeprefix("- ").casefold()
    own = (sentence for sentence in _sentences(summary) if _is_sentence(sentence))
    return " ".join(sentence for sentence in own if sentence.casefold() not in text)


def _sentences(summary: str) -> Iterator[str]:
    summary = summary[:MAX_SUMMARY_CHARACTERS]
    whole = summary if not CUT_OFF.search(summary) else CUT_OFF.sub("", summary).rstrip()
    return (found.group().strip() for found in SENTENCE.finditer(whole))


def _is_sentence(line: str) -> bool:
    return len(line) >= MIN_SENTENCE and bool(SENTENCE.search(line[:MAX_SUMMARY_CHARACTERS]))
