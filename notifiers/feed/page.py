"""Writes and reads an Atom file (RFC 4287) with events as entries, newest first. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote
from xml.etree import ElementTree

from monitor.model import DeliveryError, Event
from monitor.wording import plain
from monitor.wording.describe import Card, describe
from monitor.wording.text import one_line, safe_url, upper_first
from notifiers.templates import template

Element = ElementTree.Element
ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
BASE_ID = "tag:ofsted-watch,2026:"
"""How every id begins (RFC 4151)."""
MAX_ENTRIES = 200
"""A file keeps so many entries; the oldest leave it."""
ElementTree.register_namespace("", ATOM.strip("{}"))


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its id, its title (None: its council's name), and the address where people reach it, if they do."""

    id: str
    title: str | None = None
    address: str | None = None


def merged(page: bytes | None, feed: Feed, entries: Iterable[Element]) -> bytes:
    """Return a file's next content: its present entries and the new `entries`, which replace those with the same ids.
    Raises ValueError if the file is not this feed."""
    known = _read(page, feed.id) if page is not None else {}
    known.update((_id(made), made) for made in entries)
    newest = sorted(known.values(), key=lambda e: (_updated(e), _id(e)), reverse=True)[:MAX_ENTRIES]
    return _written(feed, feed.title or _council(newest) or feed.id.rpartition(":")[2], newest)


def entry(event: Event) -> Element:
    """Make an entry from an event. Every text is a line of printable characters, so XML can hold it.

    Raises DeliveryError for an event without a time, because an entry must have one.
    """
    card = describe(event)
    made = Element(f"{ATOM}entry")
    _add(made, "id", f"{BASE_ID}event:{quote(event.id, safe='', errors='replace')}")
    _add(made, "title", card.headline)
    _add(made, "updated", _moment(event))
    if url := safe_url(event.url):
        _add(made, "link", rel="alternate", href=url)
    _categorise(made, event)
    if summary := _summary(card):
        _add(made, "summary", summary)
    _add(made, "content", template("notifiers.feed", "feed").render(card=card, found=plain.found).strip(), type="html")
    return made


def _read(page: bytes, feed_id: str) -> dict[str, Element]:
    text = page.decode("utf-8")
    if "<!DOCTYPE" in text or "\0" in text:  # UTF-16 without a mark would pass, and the parser knows it
        raise ValueError("it has a DOCTYPE or a NUL")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - without a DOCTYPE there are no entities
    except ElementTree.ParseError as error:
        raise ValueError(f"it is damaged: {error}") from error
    if root.tag != f"{ATOM}feed" or _id(root) != feed_id:
        raise ValueError(f"it is not the feed {feed_id}")
    return {_id(kept): kept for kept in root.iterfind(f"{ATOM}entry")}


def _written(feed: Feed, title: str, newest: list[Element]) -> bytes:
    root = Element(f"{ATOM}feed", {LANGUAGE: "en-GB"})
    _add(root, "id", feed.id)
    if address := safe_url(feed.address):
        _add(root, "link", rel="self", type="application/atom+xml", href=address)
    _add(root, "title", f"ofsted-watch: {title}")
    _add(root, "updated", _updated(newest[0]).isoformat())
    _add(_add(root, "author"), "name", "ofsted-watch")
    _add(root, "generator", "ofsted-watch")
    root.extend(newest)
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _categorise(made: Element, event: Event) -> None:
    _add(made, "category", scheme=f"{BASE_ID}kind", term=one_line(event.kind))
    _add(made, "category", scheme=f"{BASE_ID}severity", term=one_line(event.severity))
    if urn := one_line(event.urn):
        _add(made, "category", scheme=f"{BASE_ID}council", term=urn, label=one_line(event.council, 80) or urn)


def _council(newest: list[Element]) -> str | None:
    """The council's name in the newest entry; councils change their names now and then."""
    categories = (c for made in newest for c in made.iterfind(f"{ATOM}category"))
    return next((label for c in categories if (label := c.get("label"))), None)


def _summary(card: Card) -> str:
    return " — ".join(filter(None, [upper_first(card.gist), *card.quotes[:1]])) or next(iter(card.notes), "")


def _moment(event: Event) -> str:
    """The time at which the program found the event, in UTC (RFC 3339)."""
    try:
        when = datetime.fromisoformat(event.at)
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    except (ValueError, OverflowError) as error:
        raise DeliveryError(f"event {one_line(event.id, 80)} has no time: {error}", permanent=True) from error


def _updated(made: Element) -> datetime:
    when = datetime.fromisoformat(made.findtext(f"{ATOM}updated", ""))
    if when.tzinfo is None:
        raise ValueError("a time in it has no zone")
    return when


def _id(element: Element) -> str:
    found = element.findtext(f"{ATOM}id")
    if not found:
        raise ValueError("something in it has no id")
    return found


def _add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    child = ElementTree.SubElement(parent, f"{ATOM}{name}", attributes)
    child.text = text
    return child
