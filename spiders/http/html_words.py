"""What a page shows a reader, by plain searching in its bytes: its headings and its words.

Only for judging what kind of page came, before anything is parsed. A page may be of any size and of any kind, so each
search passes over it once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

HEAD_BYTES = 65_536
"""Headings are looked for in so many bytes."""
MAX_BYTES = 200_000
"""A larger page says more than that it is out of order."""
UNSEEN = ("script", "style", "svg", "template", "head")
FRAME = ("nav", "header", "footer", "aside", "noscript", "form")
"""What surrounds a page's own words."""
TAG = re.compile(r"<[^<>]*>")


@lru_cache(maxsize=4)
def headings(body: bytes) -> list[str]:
    """Title and first headings of a page, tags removed, spaces collapsed. One page is asked for them several times."""
    start = body[:HEAD_BYTES].decode("utf-8", "replace")
    return [words for name in ("title", "h1") for inner in _elements(start, name) if (words := _plain(inner))]


def visible(body: bytes) -> str:
    """All words of a page, with those for readers without scripts."""
    return _words(body[:MAX_BYTES].decode("utf-8", "replace"), UNSEEN)


def own_words(body: bytes) -> str:
    """The words of a page's main part, without menus and footers."""
    return _words(_main(body), (*UNSEEN, *FRAME))


def main_markup(body: bytes) -> str:
    """The markup of a page's main part, with its forms, without menus and footers."""
    text = _main(body)
    for name in ("script", "nav", "header", "footer", "aside"):
        text = _without(text, name)
    return text


def _main(body: bytes) -> str:
    text = body[:MAX_BYTES].decode("utf-8", "replace")
    return next(_elements(text, "main"), text)


def _elements(text: str, name: str) -> Iterator[str]:
    """What stands in each element of a name that has an end."""
    for part in re.split(rf"<{name}\b[^<>]*>", text, flags=re.I)[1:]:
        inner, *end = re.split(rf"</{name}\s*>", part, maxsplit=1, flags=re.I)
        if end:
            yield inner


def _words(text: str, unseen: tuple[str, ...]) -> str:
    for name in unseen:
        text = _without(text, name)
    return _plain(text)


def _without(text: str, name: str) -> str:
    """The text without the elements of a name; one without its end reaches to the end of the page."""
    first, *parts = re.split(rf"<{name}\b", text, flags=re.I)
    ended = (re.split(rf"</{name}\s*>", part, maxsplit=1, flags=re.I)[1:] for part in parts)
    return " ".join((first, *(after for end in ended for after in end)))


def _plain(text: str) -> str:
    return " ".join(TAG.sub(" ", text).split())
