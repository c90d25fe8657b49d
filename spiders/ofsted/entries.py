"""Reads one publication on a council's page from its link and the words around it. Pure functions of lxml nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from spiders.http.addresses import joined
from spiders.ofsted.days import ANY_DAY, exact, first_day
from spiders.ofsted.labels import INSPECTED, LABELLED, PDF, PUBLISHED, names_a_report, report_type, split_label
from spiders.ofsted.markup import has_class, spaced, text_of
from spiders.ofsted.timeline import Found
from spiders.remarks import Remarks

UNNAMED = "Report"
"""The title of a report whose entry has no words but dates and "Download"."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A publication on a council's page. Dates are ISO; `key` is the file's id. `published` is None where the entry
    states no day of publication."""

    key: str
    url: str
    title: str
    published: str | None
    report_type: str
    inspection_date: str | None


def read_entries(found: Iterable[Found], url: str, remarks: Remarks) -> tuple[Entry, ...]:
    """Return the publications of a page at `url`, each file once."""
    entries: dict[str, Entry] = {}
    for one in found:
        entry = _entry(one, url, remarks)
        if entry is None:
            remarks.add("links that are no address", (one.link.get("href") or "")[:200])
            continue
        entries[entry.key] = _merged(entries.get(entry.key, entry), entry, remarks)
    for entry in entries.values():
        _remark(entry, remarks)
    return tuple(entries.values())


def _remark(entry: Entry, remarks: Remarks) -> None:
    if entry.published is None:
        remarks.add("reports without a date of publication", f"file {entry.key}")
    if entry.report_type == "other":
        remarks.add("unknown kinds of report", f'file {entry.key}: "{entry.title}"')


def _merged(first: Entry, again: Entry, remarks: Remarks) -> Entry:
    """The first entry of a file, with what only a later one says."""
    facts = ("published", "inspection_date")
    if any(getattr(first, f) and getattr(again, f) and getattr(first, f) != getattr(again, f) for f in facts):
        remarks.add("files listed again with other facts", f"file {first.key}")
    better = again if first.title == UNNAMED else first
    return replace(
        better,
        published=first.published or again.published,
        inspection_date=first.inspection_date or again.inspection_date,
    )


def _entry(one: Found, url: str, remarks: Remarks) -> Entry | None:
    address = joined(url, (one.link.get("href") or "").strip())
    if not address:
        return None
    visible, label = _words(one.link)
    names, labelled = _named(one, visible, label)
    before, after = _around(one.link, one.entry)
    shown = _shown(one, before, after)
    _compare(one.key, label, labelled, shown, remarks)
    title = split_label(visible)[0]
    title = title if names_a_report(title) else next(iter(names), UNNAMED)
    kind = next((kind for name in names if (kind := report_type(name)) != "other"), "other")
    published = labelled or shown if PDF.search(label) else shown or labelled
    return Entry(one.key, address, title, published, kind, _inspected(one, before, remarks))


def _compare(key: str, label: str, labelled: str | None, shown: str | None, remarks: Remarks) -> None:
    """Remark on a label that is written otherwise than the site's known ones, or contradicts its entry."""
    if labelled and shown and labelled != shown:
        remarks.add("labels dated otherwise than their entry", f"file {key}: {labelled}, the entry {shown}")
    if labelled is None:
        remarks.add("labels without a date", f'file {key}: "{label[:80]}"')
    if "PDF" in label:
        remarks.add('labels with "PDF" in capitals', f"file {key}")


def _named(one: Found, visible: str, label: str) -> tuple[list[str], str | None]:
    """What the report is called: by its label, its visible words, the heading of its entry; and the label's day."""
    headings = map(spaced, one.entry.iter("h1", "h2", "h3", "h4", "h5", "h6", "strong"))
    splits = [split_label(words) for words in (label, visible, *_spoken(one.link), *headings)]
    names = [stem for stem, _ in splits if names_a_report(stem)]
    return names, next((day for _, day in splits if day), None)


def _spoken(link: Any) -> Iterator[str]:
    """What a link says to screen readers and in its tooltip."""
    yield from (words for name in ("aria-label", "title") if (words := " ".join((link.get(name) or "").split())))


def _words(link: Any) -> tuple[str, str]:
    """A link's visible words, and its label: the words for screen readers, or the visible ones if it has none."""
    label = _label(link)
    visible = " ".join(_text_without(link, label).split())
    words = " ".join(map(spaced, label)) or visible
    return visible, words


def _label(link: Any) -> list[Any]:
    """The elements in a link that hold its label: by their class, or by the words "pdf" or a day in them."""
    parts = list(link.iterdescendants())
    named = [part for part in parts if has_class(part, "nonvisual")]
    return named or [part for part in parts if _is_label(part) and not any(map(_is_label, part.iterdescendants()))]


def _is_label(node: Any) -> bool:
    words = text_of(node)
    return PDF.search(words) is not None or ANY_DAY.search(words) is not None


def _text_without(node: Any, left_out: list[Any]) -> str:
    if node in left_out:
        return ""
    return (node.text or "") + "".join(_text_without(child, left_out) + (child.tail or "") for child in node)


def _around(link: Any, entry: Any) -> tuple[str, str]:
    """The words of an entry before its link, and those after it."""
    before: list[str] = []
    after: list[str] = []
    side, inside = before, False
    for step, node in etree.iterwalk(entry, events=("start", "end")):
        if node is link:
            side, inside = after, step == "start"
        words = node.text if step == "start" else node.tail
        if words and not inside and not (step == "end" and node is entry):
            side.append(words)
    return " ".join(" ".join(before).split()), " ".join(" ".join(after).split())


def _shown(one: Found, before: str, after: str) -> str | None:
    """The day of publication by the words around the link: after "Published", or in a `time` of its own."""
    for words in (after, before):
        for told in (LABELLED, PUBLISHED):
            if (found := told.search(words)) and (day := exact(found[1])):
                return day
    return next(filter(None, map(_day_of, _times(one))), None)


def _times(one: Found) -> Iterator[Any]:
    """The elements that can hold the day of publication: marked as such, or a `time` behind the link."""
    behind = False
    for node in one.entry.iter():
        behind = behind or node is one.link
        marked = node.get("pubdate") is not None or node.get("itemprop") == "datePublished"
        if marked or has_class(node, "event__metadata") or (behind and node.tag == "time"):
            yield node


def _day_of(node: Any) -> str | None:
    stated = (text_of(node), *(node.get(name) or "" for name in ("datetime", "content")))
    return next(filter(None, map(first_day, stated)), None)


def _inspected(one: Found, before: str, remarks: Remarks) -> str | None:
    """The day of the inspection: the one above the link that is not called that of publication."""
    named = next((text_of(node) for node in one.entry.iter() if has_class(node, "timeline__date")), "")
    words = named or PUBLISHED.sub(" ", before)
    day = first_day(words) or next(filter(None, map(_day_of, _dated_above(one))), None) or _told(one.entry)
    if named and day is None:
        remarks.add("days of the inspection that are no date", f'file {one.key}: "{named[:80]}"')
    return day


def _told(entry: Any) -> str | None:
    told = INSPECTED.search(spaced(entry))
    return exact(told[1]) if told else None


def _dated_above(one: Found) -> Iterator[Any]:
    """The `time` elements above the link that give their day in an attribute only."""
    for node in one.entry.iter():
        if node is one.link:
            return
        if node.tag == "time" and node.get("pubdate") is None and not ANY_DAY.search(text_of(node)):
            yield node
