"""Which elements of a page nobody is shown, whatever they click: what a page keeps for its scripts, and old versions.

The words of a folded part ("Read more", tabs, accordions) are the page's own: they are hidden until somebody opens it.
So what is hidden counts as shown if something opens it: a link or button that names it, a heading or button right above
it, or the names that such parts have. `aria-hidden` hides nothing from people who see.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_HIDES = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.I)
_FOLDED = re.compile(
    r"accord|collaps|expand|toggle|panel|reveal|faq|disclos|read-?more|(?<![a-z])(?:tabs?|fold(?:s|ed)?)(?![a-z])", re.I
)
"""What parts that open are called, in their own class or in that of the element around them."""
_OPENERS = ("aria-controls", "aria-owns", "data-target", "data-bs-target", "data-toggle", "href")
"""Attributes by which a button or link names what it opens."""
_ABOVE = frozenset(("h2", "h3", "h4", "h5", "h6", "button", "a", "dt", "label", "summary"))
"""What somebody clicks to open the part right below it."""


def hidden(node: Any) -> tuple[set[Any], set[Any]]:
    """The elements inside an element that are never shown, and those that are hidden until somebody opens them."""
    found = [one for one in node.xpath("descendant::*[@hidden or @style or self::dialog]") if _is_hidden(one)]
    named = _named(node.getroottree().getroot()) if found else frozenset[str]()
    folded = {one for one in found if _opens(one, named)}
    return set(found) - folded, folded


def _is_hidden(element: Any) -> bool:
    if element.tag == "dialog":
        return "open" not in element.attrib
    by_attribute = element.get("hidden", "until-found").lower() != "until-found"
    return by_attribute or _HIDES.search(element.get("style") or "") is not None


@lru_cache(maxsize=1)
def _named(root: Any) -> frozenset[str]:
    """The names of all parts of a page that something leads to. A page is asked once for each of its entries."""
    openers = root.xpath("//*[{}]".format(" or ".join(f"@{name}" for name in _OPENERS)))
    given = (element.get(name) or "" for element in openers for name in _OPENERS)
    return frozenset(part.removeprefix("#") for words in given for part in words.split())


def _opens(element: Any, named: frozenset[str]) -> bool:
    """Whether something on the page opens the element."""
    if element.get("id") in named or element.get("role") == "tabpanel" or element.get("aria-labelledby"):
        return True
    around = element.getparent()
    beside = around.get("class") if around is not None and around.tag != "body" else None
    if any(_FOLDED.search(names) for names in (element.get("class"), beside) if names):
        return True
    above = element.getprevious()
    return above is not None and (above.tag in _ABOVE or (len(above) == 1 and above[0].tag in _ABOVE))
