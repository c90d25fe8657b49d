"""Reads one publication on a council's page from its link and the words around it. Pure functions of lxml nodes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from spiders.http.addresses import joined
from spiders.ofsted.labels import file_key, iso_date, report_type, split_label


@dataclass(frozen=True, slots=True)
class Entry:
    """A publication on a council's page. Dates are ISO; `key` is the file's id."""

    key: str
    url: str
    title: str
    published: str
    report_type: str
    inspection_date: str | None


def read_entries(links: Iterable[Any], url: str) -> tuple[tuple[Entry, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the publications behind the links of a page at `url`, the faults that lose one, and mere oddities."""
    entries: dict[str, Entry] = {}
    problems: list[str] = []
    notes: list[str] = []
    for number, link in enumerate(links, 1):
        entry = _entry(link, url, notes)
        if isinstance(entry, str):
            problems.append(f"entry {number} {entry}")
        elif entries.setdefault(entry.key, entry) != entry:
            problems.append(f"entry {number} repeats the file {entry.key} with other facts")
    return tuple(entries.values()), tuple(problems), tuple(notes)


def _entry(link: Any, url: str, notes: list[str]) -> Entry | str:
    """The entry, or what is wrong with it. Oddities that lose nothing go to `notes`."""
    href = link.get("href") or ""
    visible, label = _words(link)
    key = file_key(href)
    if key is None:
        return f'("{label}") has a link without a file id: {href}' if href else f'("{label}") has no link'
    stem, labelled = split_label(label)
    shown, inspected = _days(link)
    published = labelled or iso_date(shown)
    if published is None:
        return f'("{label}") has no date of publication'
    notes += [f"file {key}: {odd}" for odd in _odd(stem, labelled, iso_date(shown), inspected)]
    address = joined(url, href)
    if not address:
        return f'("{label}") has a link that is no address: {href[:200]}'
    return Entry(key, address, visible or stem, published, report_type(stem), iso_date(inspected))


def _odd(stem: str, labelled: str | None, shown: str | None, inspected: str) -> list[str]:
    """Oddities that a person should look at, although they lose nothing."""
    odd = []
    if labelled and shown and labelled != shown:
        odd.append(f"its label is dated {labelled}, the entry {shown}")
    if report_type(stem) == "other":
        odd.append(f'unknown kind of report "{stem}"')
    if inspected and iso_date(inspected) is None:
        odd.append(f'the day of the inspection is no date: "{inspected}"')
    return odd


def _words(link: Any) -> tuple[str, str]:
    """A link's visible words, and its label: the words for screen readers, or the visible ones if it has none."""
    visible = " ".join(_visible(link).split())
    label = " ".join(text_of(span) for span in link.iter("span") if has_class(span, "nonvisual"))
    return visible, label or visible


def _visible(node: Any) -> str:
    if has_class(node, "nonvisual"):
        return ""
    return (node.text or "") + "".join(_visible(child) + (child.tail or "") for child in node)


def _days(link: Any) -> tuple[str, str]:
    """The words around a link that give the day of publication and the day of the inspection."""
    event = next((up for up in link.iterancestors() if has_class(up, "event") or has_class(up, "timeline__day")), link)
    shown = inspected = ""
    for node in event.iter():
        if has_class(node, "timeline__date"):
            inspected = inspected or text_of(node)
        elif has_class(node, "event__metadata"):
            shown = shown or next(map(text_of, node.iter("time")), "")
    return shown, inspected


def has_class(node: Any, name: str) -> bool:
    """Return True if an element has this class."""
    classes = node.get("class")
    return classes is not None and name in classes.split()


def text_of(node: Any) -> str:
    """Return an element's text with spaces collapsed."""
    return " ".join("".join(node.itertext()).split())
