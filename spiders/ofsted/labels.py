"""Reads the labels, dates and file addresses of Ofsted's links. Pure functions of text.

Seen on the site's council pages (2024 to 2026): "Children's services inspection, pdf - 12 July 2024", with two spaces
before "pdf" in August 2013, and "Single inspection of LA children's services as pdf - 10 February 2015".
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from monitor.model.english_dates import iso

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
DATE = r"\d{1,2} [A-Za-z]+ \d{4}"
LABEL = re.compile(rf"^(.*?),?\s*(?:\bas\s+)?\bpdf\b\s*[-\u2013\u2014]\s*({DATE})$", re.I)
FILE_ID = re.compile(r"/file/(\d+)|/provider/files/(\d+)/urn/")
OTHER_FILE = re.compile(r"/([^/]+/[^/]+\.pdf)$", re.I)


def report_type(label: str) -> str:
    """Return the kind of report that a label names, "other" for an unknown label."""
    folded = " ".join(label.replace("\u2019", "'").replace("\u2018", "'").casefold().split())
    return next((kind for words, kind in KINDS if words in folded), "other")


def split_label(label: str) -> tuple[str, str | None]:
    """Split a link's label: ("Children's services inspection", "2024-07-12"). The date is None if the label does not
    end with one."""
    found = LABEL.match(label)
    return (found[1].strip(), iso_date(found[2])) if found else (label, None)


def file_key(href: str) -> str | None:
    """Return the site's own id of a file, from every form of address that the site has used; None for anything else."""
    path = href.partition("#")[0].partition("?")[0]
    if found := FILE_ID.search(path):
        return found[1] or found[2]
    older = OTHER_FILE.search(path)
    return unquote(older[1]) if older else None


def iso_date(text: str) -> str | None:
    """Return "5 March 2024" as "2024-03-05", None for other text. (strptime would take half of the parsing time.)"""
    day, _, rest = text.partition(" ")
    month, _, year = rest.partition(" ")
    return iso(day, month, year)
