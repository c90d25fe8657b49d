"""Reads the labels, dates and file addresses of Ofsted's links. Pure functions of text.

Seen on the site's council pages (2024 to 2026): "Children's services inspection, pdf - 12 July 2024", with two spaces
before "pdf" in August 2013, and "Single inspection of LA children's services as pdf - 10 February 2015".
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from spiders.ofsted.days import ANY_DAY, DAY, exact

KINDS = (
    ("monitoring", "monitoring_visit"),
    ("focused visit", "focused_visit"),
    ("joint area child protection", "jtai"),
    ("joint targeted area", "jtai"),
    ("jtai", "jtai"),
    ("joint area review", "joint_area_review"),
    ("area send", "area_send"),
    ("children's services inspection", "inspection"),
    ("inspection of la children's services", "inspection"),
    ("inspection of local authority children's services", "inspection"),
    ("inspection of services for children", "inspection"),
)
"""Words of a link's label, and the kind of report that they mean. The first that occurs decides."""
PDF = re.compile(r"\bpdf\b", re.I)
FORMAT = re.compile(r",?\s*\(?\s*(?:\bas\s+)?\bpdf\b\s*\)?", re.I)
SIZE = re.compile(r",?\s*\(?\s*\b\d+(?:\.\d+)?\s*(?:[kmg]i?b|bytes)\b\s*\)?", re.I)
PUBLISHED = re.compile(
    rf"\bpubli(?:shed|cation(?:\s+date)?)\b[:\s\u2013\u2014-]*(?:on\s+)?(?:[a-z]+day,?\s+)?({DAY})", re.I
)
"""The words that make a day that of publication."""
LABELLED = re.compile(
    rf"\bpdf\b[\s,;:()\u2013\u2014-]*(?:\d+(?:\.\d+)?\s*[km]b\b[\s,;:()\u2013\u2014-]*)?({DAY})", re.I
)
"""The end of a label, which may stand beside its link."""
INSPECTED = re.compile(
    rf"\b(?:inspected|inspection dates?|dates? of (?:the )?inspection|visited)\b[:\s\u2013\u2014-]*(?:on\s+)?({DAY})",
    re.I,
)
"""The words that make a day that of the inspection."""
EDGES = " ,;:()-\u2013\u2014"
GENERIC = re.compile(r"(?:download|view|read|open|see|get|the|this|full|document|file|report|here|link|\W)*", re.I)
"""A link's words that name no report."""
FILE_ID = re.compile(r"/files?/(\d+)(?=[/.]|$)|/provider/files/(\d+)/urn/", re.I)
OTHER_FILE = re.compile(r"/([^/]+/[^/]+\.pdf)$", re.I)


@lru_cache(maxsize=1024)
def report_type(label: str) -> str:
    """Return the kind of report that a label names, "other" for an unknown label."""
    folded = " ".join(label.replace("\u2019", "'").replace("\u2018", "'").casefold().split())
    return next((kind for words, kind in KINDS if words in folded), "other")


@lru_cache(maxsize=1024)
def split_label(label: str) -> tuple[str, str | None]:
    """Split a link's label: ("Children's services inspection", "2024-07-12"). Format and size of the file are left out.
    The date is None if the label has none, or one that is no day."""
    dated = PUBLISHED.search(label)
    found = dated or next(reversed(list(ANY_DAY.finditer(label))), None)
    day = found[dated.lastindex or 0] if dated and found else found[0] if found else ""
    words = f"{label[: found.start()]} {label[found.end() :]}" if found else label
    return stem(words), exact(day) if day else None


def stem(words: str) -> str:
    """Return a label's words without the format and the size of the file."""
    return " ".join(FORMAT.sub(" ", SIZE.sub(" ", words)).split()).strip(EDGES)


def names_a_report(words: str) -> bool:
    """Return True if words say more than "Download" or "View report"."""
    return GENERIC.fullmatch(words) is None


def file_key(href: str) -> str | None:
    """Return the site's own id of a file, from every form of address that the site has used; None for anything else."""
    path = href.partition("#")[0].partition("?")[0].strip()
    if found := FILE_ID.search(path):
        return found[1] or found[2]
    older = OTHER_FILE.search(path)
    return unquote(older[1]) if older else None


def has_file_id(href: str) -> bool:
    """Return True if an address has the number of one of the site's files, not merely the name of a PDF."""
    return FILE_ID.search(href.partition("#")[0].partition("?")[0]) is not None
