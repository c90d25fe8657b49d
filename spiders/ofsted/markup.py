"""The parts of a page that other modules look into: its main part, its text, what is furniture. Pure functions.

Class names serve where they are as known. Nothing depends on them alone, because nobody has captured these pages.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from spiders.http.errors import PageError

UNSEEN = ("script", "style", "template", "noscript", "svg")
"""Elements without words of the page."""
FURNITURE_TAGS = ("footer", "nav", "aside")
FURNITURE = re.compile(
    r"(?:site-|page-|govuk-)?(?:footer|nav|navigation|cookies?|breadcrumbs?|crumbs?|banners?|related|skip)\b", re.I
)
CHALLENGE = re.compile(
    r"pardon our interruption|captcha|just a moment|checking (?:if )?(?:your|the site)|"
    r"verify(?:ing)? (?:that )?you are|"
    r"(?:not|are you) a (?:robot|bot|human)|are you human|unusual (?:traffic|activity)|access (?:is |was )?denied|"
    r"request (?:was |has been )?blocked|you have been blocked|"
    r"security (?:check|service)|automated (?:access|requests)|"
    r"enable javascript and cookies|human verification|\bray id\b|support id|incident id",
    re.I,
)
SHOWN = 200
"""Characters of what came, in a refusal."""


def parsed(text: str) -> Any:
    """Return the root of a page, without what people do not see. Raises PageError if it holds no HTML."""
    root = etree.fromstring(text.encode(), etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True))
    if root is None:
        raise PageError("invalid", "the page holds no HTML")
    etree.strip_elements(root, *UNSEEN, with_tail=False)
    return root


def main_of(root: Any) -> Any:
    """Return the page's main part, or its body, or all of it."""
    for path in (".//main", ".//*[@role='main']", ".//*[@id='main']", ".//body"):
        found = root.find(path)
        if found is not None:
            return found
    return root


def has_class(node: Any, name: str) -> bool:
    """Return True if an element has this class."""
    classes = node.get("class")
    return classes is not None and name in classes.split()


def text_of(node: Any) -> str:
    """Return an element's text with spaces collapsed."""
    return " ".join("".join(node.itertext()).split())


def spaced(node: Any) -> str:
    """Return an element's text, with a space between its parts."""
    return " ".join(" ".join(node.itertext()).split())


def is_furniture(node: Any) -> bool:
    """Return True if an element, or one around it, is the page's frame: footer, menus, banners, related links."""
    return any(
        up.tag in FURNITURE_TAGS or any(map(FURNITURE.match, (up.get("class") or "").split()))
        for up in (node, *node.iterancestors())
        if up.tag not in ("html", "body", "main")
    )


def refused(expectation: str, root: Any) -> PageError:
    """Return the refusal of a page: what was expected of it, and how it begins. A challenge counts as a block."""
    words = spaced(main_of(root)) or spaced(root)
    outcome = "blocked" if (asked := CHALLENGE.search(spaced(root))) else "invalid"
    challenge = f' (it is a challenge page: "{asked[0]}")' if asked else ""
    return PageError(outcome, f'{expectation}{challenge}; the page begins "{words[:SHOWN]}"')  # type: ignore[arg-type]
