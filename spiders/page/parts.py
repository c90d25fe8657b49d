"""The part of a page that somebody watches: its paragraphs, or the entries of a list. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cssselect.parser import SelectorError
from parsel import Selector

from spiders.articles.addresses import canonical, in_full, tidy
from spiders.articles.written_dates import iso
from spiders.counts import counted
from spiders.http.addresses import base_of, joined
from spiders.http.errors import PageError, beginning
from spiders.http.paragraphs import normalised, paragraphs, parsed
from spiders.page.noise import is_tally

MAX_ENTRIES = 500
"""Entries of one list; a list that is longer is cut, and that is said."""
MAX_TITLE_CHARACTERS = 300
NEVER_SHOWN = "template"
"""What an element is called whose words are none of the page's."""
ADDRESSES = ("::attr(href)", "::attr(src)")
COUNTER = re.compile(r"\b\d[\d,.]*(?=[kKmM]?\s(?:views?|reads?|downloads?|comments?|replies|shares?|likes?|votes?)\b)")
"""What a list counts about an entry and does not say in it."""
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
ANNOUNCES = (
    "@role='status' or @role='timer' or @role='marquee' or @role='log' or (@aria-live and not(@aria-live='off'))"
)
OWN_WORDS = "self::h1 or self::h2 or self::h3 or self::h4 or self::li or self::table or self::article or self::main"
MAX_CONSENT_WORDS, MAX_ANNOUNCED_WORDS = 600, 30


@dataclass(frozen=True, slots=True)
class Part:
    """An entry of a list: `key` is what the page's owner tells it by, `full` the same with all that may be noise."""

    key: str
    full: str
    url: str
    title: str
    published: str | None
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """Its words, a paragraph a line."""
        return "\n".join(self.lines)


def text_of(html: str, options: Mapping[str, Any]) -> list[str]:
    """The paragraphs of the selected part. Raises PageError if there is no such part, or nothing in it."""
    root = parsed(html)
    lines = [line for part in _selected(root, options) for line in paragraphs(part.root)]
    if not lines:
        raise _refused(f"what the selector {_named(options)} finds holds no text", root)
    return [line for line in lines if not is_tally(line)] or lines


def entries_of(html: str, url: str, options: Mapping[str, Any]) -> tuple[list[Part], str | None]:
    """The list's entries, the first of each key, and a remark. Raises PageError if there is none with a key."""
    items, key = str(options["items"]), str(options.get("key") or "a::attr(href)")
    root = parsed(html)
    found = [item for part in _selected(root, options) for item in _css(part, items)]
    if not found:
        raise _refused(f"no item matches {items!r} in {_named(options)}: the page was rebuilt", root)
    base = base_of(root, url)
    looked = found[: 2 * MAX_ENTRIES]
    parts = [part for item in looked if (part := _entry(item, base, key)) is not None]
    if not parts:
        raise _refused(f"of {counted(len(found), 'item')} none has a key by {key!r}: the page was rebuilt", root)
    unique: dict[str, Part] = {}
    for part in _told_apart(parts):
        unique.setdefault(part.key, part)
    remarks = _remarks(len(looked) - len(parts), max(len(unique), len(found) if len(found) > len(looked) else 0))
    return list(unique.values())[:MAX_ENTRIES], "; ".join(remarks) or None


def _told_apart(parts: list[Part]) -> list[Part]:
    """The entries, those with one key and several titles by their keys in full: there the noise is what names them."""
    titles: dict[str, set[str]] = {}
    for part in parts:
        titles.setdefault(part.key, set()).add(part.title)
    return [replace(part, key=part.full) if len(titles[part.key]) > 1 else part for part in parts]


def _remarks(keyless: int, entries: int) -> Iterator[str]:
    if keyless:
        yield counted(keyless, "item without a key was left out", "items without a key were left out")
    if entries > MAX_ENTRIES:
        yield f"of {entries} entries the first {MAX_ENTRIES} were read"


def _entry(item: Selector, base: str, key: str) -> Part | None:
    given = normalised(_css(item, key).get() or "")
    if not given:
        return None
    links = [tidy(address) for href in _css(item, "a::attr(href)").getall() if (address := joined(base, href))]
    address = joined(base, given) if key.endswith(ADDRESSES) else ""
    name, full = (canonical(address), in_full(address)) if address else (given, given)
    said = (line for line in paragraphs(item.root) if not is_tally(line))
    lines = tuple(COUNTER.sub("…", line).removeprefix("- " * (not n)) for n, line in enumerate(said))
    titles = [" ".join(paragraphs(link.root)) for link in _css(item, "a")]
    title = next(filter(None, titles), "") or next(iter(lines), name)
    times = (iso(time) for time in _css(item, "time::attr(datetime)").getall())
    url = next(iter(links), base)
    return Part(name, full, url, title[:MAX_TITLE_CHARACTERS], next(filter(None, times), None), lines)


def _selected(root: Any, options: Mapping[str, Any]) -> list[Selector]:
    selector = str(options.get("selector") or "body")
    found = list(_css(Selector(root=root), selector)) if root is not None else []
    if not found:
        raise _refused(f"nothing on the page matches the selector {selector!r}: it was rebuilt", root)
    for part in found:
        _without_notes(part.root)
    return found


def _without_notes(part: Any) -> None:
    """Take out what is none of the page's own words and comes and goes by the reader: notes on cookies, and what
    scripts announce. The innermost first, for what is around a note may be named after it."""
    named = f"@id or @class or @role or @aria-label or @aria-modal or self::dialog or {ANNOUNCES}"
    for element in reversed(part.xpath(f".//*[{named}]")):
        if _asks_for_consent(element) or _announces(element):
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
    return spoken and len(words.split()) <= MAX_CONSENT_WORDS and not element.xpath("descendant::main | descendant::h1")


def _announces(element: Any) -> bool:
    """Whether scripts write a short message there: no list, no heading, no link."""
    if not element.xpath(f"boolean(self::*[{ANNOUNCES}])") or element.xpath(
        f"descendant-or-self::*[@href or {OWN_WORDS}]"
    ):
        return False
    return sum(len(line.split()) for line in paragraphs(element)) <= MAX_ANNOUNCED_WORDS


def _css(part: Selector, selector: str) -> Any:
    try:
        return part.css(selector)
    except (ValueError, SelectorError) as error:
        raise PageError("invalid", f"{selector!r} is no CSS selector: {error}") from error


def _named(options: Mapping[str, Any]) -> str:
    return repr(str(options.get("selector") or "body"))


def _refused(reason: str, root: Any) -> PageError:
    return PageError("invalid", f"{reason}; {beginning(chr(10).join(paragraphs(root)))}")
