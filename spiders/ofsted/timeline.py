"""Finds the timeline on a council's page: the links to its files, and what belongs to each of them. Pure functions.

A publication is a link to a file of the site. What belongs to it is the largest element around it that holds no other
file, no heading of the page and no mark of the register ("Opened"). So classes, lists and wrappers may change.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from spiders.ofsted.days import ANY_DAY, first_day
from spiders.ofsted.labels import PDF, file_key, has_file_id
from spiders.ofsted.markup import has_class, is_furniture, spaced

LISTS = ("ol", "ul", "dl", "table", "tbody", "main", "body", "html")
REGISTER = re.compile(r"(?:opened|closed|registered|predecessor|successor)\b", re.I)
REGISTER_CLASS = re.compile(r".*--(?:opened|closed|registered|predecessor|successor)$")
SHOWN = 80
"""Characters of an entry in a remark."""


@dataclass(frozen=True, slots=True)
class Found:
    """A link to a file: the element that is its entry, and the file's id."""

    link: Any
    entry: Any
    key: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The publications of a page in its order, and in words the entries that lead to no file of the site."""

    found: tuple[Found, ...]
    lost: tuple[str, ...]


def timeline(main: Any) -> Timeline:
    """Find the publications in a page's main part."""
    links = [a for a in main.iter("a") if not is_furniture(a)]
    files = {a: key for a in links if (key := _key(a))}
    holds = _held(main, files)
    found = tuple(Found(a, _entry(a, holds), key) for a, key in files.items())
    keyless = [a for a in links if a not in files and _poses_as_a_file(a)]
    return Timeline(found, (*map(_without_file, keyless), *_without_link(main, found, keyless)))


def has_timeline(main: Any) -> bool:
    """Return True if some element is called a timeline, although it may be empty."""
    return any("timeline" in (node.get("class") or "") or "timeline" in (node.get("id") or "") for node in main.iter())


def is_register(node: Any) -> bool:
    """Return True for an entry that says "Opened", "Closed" and the like, which have no report."""
    around = (node, *node.iterancestors())
    if any(REGISTER_CLASS.match(name) for up in around for name in (up.get("class") or "").split()):
        return True
    return REGISTER.match(ANY_DAY.sub(" ", spaced(node)).strip(" -\u2013:,")) is not None


def _key(link: Any) -> str | None:
    """The id of the file that a link leads to. A PDF from elsewhere counts only if it is laid out as a report."""
    href = link.get("href") or ""
    return file_key(href) if has_file_id(href) or _poses_as_a_file(link) else None


def _poses_as_a_file(link: Any) -> bool:
    words = spaced(link)
    return has_class(link, "publication-link") or bool(PDF.search(words) and first_day(words))


def _held(main: Any, files: dict[Any, str]) -> defaultdict[Any, set[str]]:
    """The ids of the files in each element; headings and marks of the register count as such."""
    holds: defaultdict[Any, set[str]] = defaultdict(set)
    for link, key in files.items():
        for up in (link, *link.iterancestors()):
            holds[up].add(key)
    for node in main.iter():
        if node not in files and (_is_page_heading(node, files) or REGISTER.match(_own_words(node))):
            for up in (node, *node.iterancestors()):
                holds[up].add("")
    return holds


def _is_page_heading(node: Any, files: dict[Any, str]) -> bool:
    return node.tag in ("h1", "h2") and not any(a in files for a in node.iter("a"))


def _own_words(node: Any) -> str:
    """The words that stand in an element itself, not in one inside it."""
    return "".join((node.text or "", *(child.tail or "" for child in node))).strip()


def _entry(link: Any, holds: dict[Any, set[str]]) -> Any:
    entry = link
    for up in link.iterancestors():
        if up.tag in LISTS or len(holds[up]) > 1:
            break
        entry = up
    return entry


def _without_file(link: Any) -> str:
    href = link.get("href") or ""
    return f'("{spaced(link)[:SHOWN]}") has ' + (f"a link without a file id: {href[:200]}" if href else "no link")


def _without_link(main: Any, found: Iterable[Found], keyless: Iterable[Any]) -> Iterator[str]:
    """The entries that have a date and lead nowhere, and are no mark of the register."""
    holding = {up for link in (*(f.link for f in found), *keyless) for up in (link, *link.iterancestors())}
    for node in _beside(main, found):
        if node not in holding and not is_register(node) and ANY_DAY.search(spaced(node)):
            yield f'has no link: "{spaced(node)[:SHOWN]}"'


def _beside(main: Any, found: Iterable[Found]) -> Iterator[Any]:
    """Elements that are entries by their class, or by their place in a list of entries."""
    entries = {f.entry for f in found}
    parents = dict.fromkeys(entry.getparent() for entry in entries)
    beside = (child for parent in parents if parent is not None for child in parent)
    alike = {(entry.tag, entry.getparent()) for entry in entries}
    named = (node for node in main.iter() if has_class(node, "event"))
    listed = (c for c in beside if (c.tag, c.getparent()) in alike and c.tag not in ("p", "a", "span"))
    yield from dict.fromkeys((*named, *(c for c in listed if not any(has_class(n, "event") for n in c.iter()))))
