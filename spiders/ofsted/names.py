"""Decides whose page a page is: by the URN that it shows, else by its name, else by its address alone. Pure functions.

Ofsted and the registry may write a council's name in several ways ("Hull", "Kingston upon Hull City Council"), so
names are compared by their words, without those that any council may have in its name and any heading in its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from spiders.ofsted.markup import has_class, is_furniture, spaced, text_of
from spiders.ofsted.timeline import is_register

URN = re.compile(r"\bURN\b\)?(?:\s*(?:number|no\.?))?\s*[:=\u2013-]?\s*([A-Z]{0,2}\d{3,9})\b", re.I)
ADDRESS = re.compile(r"/provider/\w+/(\w+)/?(?:[?#]|$)")
STATUS = re.compile(r"\s*[-\u2013\u2014(\[|]+\s*(?:open|closed)\s*[)\]]?\s*$", re.I)
"""What the site may add to a name: "Devon - Open"."""
TITLE = re.compile(r"\s+[-\u2013\u2014|]\s+")
_COMMON = """
    " a about all and any area at authorities authority borough by care childcare children childrens city closed
    content council councils county department details directorate district document documents education england
    file files find for full government history home in information inspected inspection inspections is judgement
    judgements latest list local london main metropolitan more new of ofsted on open opened organisation our outcome
    outcomes overview page past previous profile provider providers publication publications published rating
    ratings recent register report reports result results royal s search see service services site social summary
    the this timeline title to type unitary updates urn view visit visits welcome who your
"""
COMMON = frozenset(re.findall(r"\w+", _COMMON))
"""Words that may stand in any council's name, or in any heading."""


def bare(name: str) -> tuple[str, bool]:
    """Return a name without the site's "- Open", and whether it had that."""
    cut = STATUS.sub("", name)
    return cut, cut != name


def words_of(name: str) -> frozenset[str]:
    """Return the words that tell a council's name from others; all of its words where none does ("City of London")."""
    words = frozenset(re.findall(r"[a-z0-9]+", name.casefold().replace("'", "").replace("\u2019", "")))
    return words - COMMON or (words if "london" in words else frozenset())


def urns_on(root: Any, main: Any) -> tuple[str, ...]:
    """Return the URNs that a page shows as its own: in its text, or in its canonical address."""
    texts = " ".join(spaced(node) for node in _stated(main))
    canonical = [link.get("href") or "" for link in root.iter("link") if link.get("rel") == "canonical"]
    addresses = (found[1] for href in canonical if (found := ADDRESS.search(href)))
    return tuple(dict.fromkeys((*(found.upper() for found in URN.findall(texts)), *addresses)))


def _stated(main: Any) -> Iterable[Any]:
    """The innermost elements that hold a whole "URN: n", but for those of predecessors and successors."""
    return (node for node in _innermost(main) if not any(map(is_register, _lines(node))))


def _innermost(node: Any) -> Iterable[Any]:
    """The innermost elements that hold a whole "URN: n", from the outside in: what an element does not hold, no element
    inside it does."""
    if not URN.search(spaced(node)):
        return []
    return [found for child in node for found in _innermost(child)] or [node]


def _lines(node: Any) -> Iterable[Any]:
    """The element and those around it that are one line or one entry."""
    return (up for up in (node, *node.iterancestors()) if up.tag in ("li", "p", "span", "strong", "dd", "dt", "td"))


def headings(root: Any, main: Any) -> tuple[str, ...]:
    """Return where a page names its council: its heading, without "- Open", and its title's first part."""
    marked = [node for node in root.iter() if has_class(node, "title-block__heading")]
    first = next((n for n in main.iter("h1", "h2", "h3") if not is_furniture(n)), None)
    ones = [n for place in (main, root) for n in place.iter("h1") if not is_furniture(n)][:1]
    chosen = marked or ones or ([first] if first is not None else [])
    title = next(map(text_of, root.iter("title")), "")
    return tuple(filter(None, (*(bare(spaced(n))[0] for n in chosen), TITLE.split(title)[0])))


def is_anothers(shown: str, own: Iterable[str], others: Iterable[str], *, certain: bool) -> bool:
    """Return True if a heading names another council. It may say less or more than a name that is known. If the URN
    makes the page's owner `certain`, only the name of a council that is known counts as another's."""
    words, ours = words_of(shown), [words_of(name) for name in own]
    if not words or words in ours:
        return False
    if words in map(words_of, others):
        return True
    return not (certain or any(w and (words <= w or w <= words) for w in ours))
