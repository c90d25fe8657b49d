"""What stands on a page for one reader and not for the next: notes on cookies. Pure.

What scripts announce (`aria-live`, `role="status"`) is not among it: a council may write its news there, and what
differs between two answers is noise anyway.
"""

from __future__ import annotations

import re
from typing import Any

from spiders.http.paragraphs import paragraphs

NEVER_SHOWN = "template"
"""What an element is called whose words are none of the page's."""
COOKIES = re.compile(r"\bcookies?\b", re.I)
CONSENT = re.compile(
    r"\bcookies?\b|\bwe value your privacy\b|\bprivacy (?:settings|preferences?)\b|\bmanage consent\b", re.I
)
NAMES_COOKIES = re.compile(
    r"(?:cookies?|consent|gdpr)[-_ ]*(?:and[-_ ]*privacy[-_ ]*)?(?:banner|notice|bar|message|pop-?up|dialog|modal"
    r"|overlay|prompt|alert|warning|law|consent|control|disclaimer|preferences|settings)"
    r"|(?:banner|notice|bar|message|pop-?up|modal|overlay|alert)[-_ ]*cookies?\b|\bcookies on\b"
    r"|cybotcookiebot|onetrust|\bcc-(?:window|banner)\b|\bcky-|\bcmplz-|\bccc(?:-|\b)",
    re.I,
)
"""How what asks for consent names itself: in general, and by its makers (Cookiebot, OneTrust, Civic and others)."""
BOXES = frozenset(("div", "section", "aside", "form", "dialog", "header", "footer", "p"))
"""Elements that such a note is made of: a heading "Cookie settings" is part of a policy."""
MAX_WORDS = 600


def hide_cookie_notes(part: Any) -> None:
    """Take what asks for consent to cookies out of what is read of an element. The innermost first, for what is around
    a note may be named after it."""
    for element in reversed(part.xpath(".//*[@id or @class or @role or @aria-label or @aria-modal or self::dialog]")):
        if _asks_for_consent(element):
            element.tag = NEVER_SHOWN


def _asks_for_consent(element: Any) -> bool:
    """Whether it names itself a note on cookies and speaks of them, or is a dialog about consent; never what holds the
    page."""
    names = " ".join(element.get(name) or "" for name in ("id", "class", "aria-label"))
    dialog = (
        element.tag == "dialog" or element.get("role") in ("dialog", "alertdialog") or "aria-modal" in element.attrib
    )
    if element.tag not in BOXES or not (dialog or NAMES_COOKIES.search(names)):
        return False
    words = " ".join(paragraphs(element))
    spoken = (CONSENT if dialog else COOKIES).search(words) is not None
    return spoken and len(words.split()) <= MAX_WORDS and not element.xpath("descendant::main | descendant::h1")
