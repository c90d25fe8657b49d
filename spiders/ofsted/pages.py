"""Parses a council's page on Ofsted's site: its reports, and whose page it is. Pure functions.

The page is known by its address and by its timeline. All else (classes, subheading, form of labels) may change: that
is a remark, with its count. An entry that cannot be read is told, and the others are read.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from spiders.counts import counted
from spiders.http.addresses import base_of
from spiders.ofsted.entries import Entry, read_entries
from spiders.ofsted.markup import has_class, main_of, parsed, refused, spaced, text_of
from spiders.ofsted.names import URN, headings, is_anothers, urns_on, words_of
from spiders.ofsted.timeline import Timeline, has_timeline, timeline
from spiders.remarks import Remarks

NO_REPORTS = re.compile(r"\bthere are no reports\b", re.I)
NONE_YET = re.compile(
    r"\b(?:no|not|nothing|none|never|any|0)\b[^.]{0,60}\b(?:reports?|inspections?|inspected|publications?|published)\b"
    r"|\breports?\b[^.]{0,30}\b(?:none|not|no)\b",
    re.I,
)
"""Words with which a page may say that it lists nothing."""
OUT_OF_ORDER = re.compile(
    r"maintenance|temporar|unavailable|not available|try again|come back|technical (?:problem|difficult|issue|fault)|"
    r"something (?:went|has gone) wrong|went wrong|be back|out of (?:service|order)|working (?:on|to)|error",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Expected:
    """Whose page it should be: URN, the names by which it is known, and those of all `others` (its own do no harm)."""

    urn: str
    names: Collection[str]
    others: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Provider:
    """A council's page: its name, its publications, the entries that could not be read (`lost`) and oddities
    (`notes`). `begins` are its first words, for whoever must refuse it."""

    name: str
    entries: tuple[Entry, ...]
    lost: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    begins: str = ""


def parse_provider(text: str, url: str, expected: Expected) -> Provider:
    """Parse a council's page. Raises PageError if it is another council's, or has nothing that could be a timeline."""
    root = parsed(text)
    main, remarks = main_of(root), Remarks()
    found = timeline(main)
    known = _refuse_another(root, main, expected, remarks)
    entries = read_entries(found.found, base_of(root, url), remarks)
    if not entries:
        _refuse_no_timeline(root, main, found, remarks, known=known)
    _remark_layout(root, found, remarks)
    notes = (*_lost(found), *remarks.sentences())
    name = next(iter(headings(root, main)), next(iter(expected.names), expected.urn))
    return Provider(name, entries, found.lost, notes, spaced(main)[:200])


def _refuse_another(root: Any, main: Any, expected: Expected, remarks: Remarks) -> bool:
    """Refuse the page of another council. Return True if the page itself shows the council's URN or name."""
    urns, shown = urns_on(root, main), headings(root, main)
    if urns and expected.urn not in urns:
        raise refused(f"the page should show URN {expected.urn} and shows {' and '.join(urns)}", root)
    certain = expected.urn in urns
    for name in shown:
        if is_anothers(name, expected.names, expected.others, certain=certain):
            ours = " or ".join(expected.names)
            raise refused(f'the page should be that of {ours} ({expected.urn}) and is headed "{name[:80]}"', root)
    if not urns:
        remarks.say("the page shows no URN")
    return certain or any(words_of(name) == words_of(ours) for name in shown for ours in expected.names)


def _refuse_no_timeline(root: Any, main: Any, found: Timeline, remarks: Remarks, *, known: bool) -> None:
    """Refuse a page without reports, unless it is `known` as the council's and says so, or shows an empty timeline."""
    words = spaced(main)
    if found.lost:
        many = f"{counted(len(found.lost), 'entry', 'entries')} cannot be read: entry {found.lost[0]}"
        raise refused(f"no report could be read on the page ({many})", root)
    says_none = NONE_YET.search(words) is not None
    if not known or OUT_OF_ORDER.search(words) or not (says_none or has_timeline(main)):
        raise refused("no timeline was found on the page, and it does not say that there are no reports", root)
    if not NO_REPORTS.search(words):
        remarks.say("the page lists no report and says so in other words than the known ones")


def _lost(found: Timeline) -> tuple[str, ...]:
    return (f"entries that cannot be read: {len(found.lost)} (entry {found.lost[0]})",) if found.lost else ()


def _remark_layout(root: Any, found: Timeline, remarks: Remarks) -> None:
    """Remark on a layout that is not the known one."""
    nodes = list(root.iter())
    if not any(has_class(node, "provider--la") for node in nodes):
        remarks.say('the page has no class "provider--la"')
    if not any(has_class(n, "title-block__subheading") and URN.search(text_of(n)) for n in nodes):
        remarks.say("the page has no URN below its heading")
    plain = [one for one in found.found if not has_class(one.link, "publication-link")]
    for one in plain:
        remarks.add('links to files without the class "publication-link"', f"file {one.key}")
