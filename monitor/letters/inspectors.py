"""Finds the lead inspector's name, without the title beside or under it."""

from __future__ import annotations

import re

from monitor.letters.document import Document
from monitor.model import Letter, Quote
from monitor.model.letter import NO_INSPECTOR

_TITLE = re.compile(
    r",?\s*\(?\b(?:(?:Senior\s+)?(?:His|Her)\s+Majesty.?s\s+Inspectors?|HMI|SHMI|Ofsted|OBE|QPM|CQC)\b\)?.*?(?=\s+and\s|$)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:^\W*(?:Lead|Reporting)\s+inspectors?\s*:?|\bLead\s+inspectors?\s*:)\s+(?P<name>[^:]+)$", re.IGNORECASE
)
_BEFORE_LABEL = re.compile(r"^(?P<name>[^,]+?),?\s+(?:HMI,?\s+)?Ofsted(?:\s+HMI)?,?\s+lead\s+inspector", re.IGNORECASE)
_COURTESY = re.compile(r"^(?:Mrs?|Ms|Miss|Dr|Prof(?:essor)?)\.?\s+")
_NAME = re.compile(
    r"[A-Z][\w\u2019'.-]*(?:\s+(?:[A-Za-z\u2019'][\w\u2019'.-]*)){1,4}(?:\s+and\s+[A-Z][\w\u2019'. -]+)?"
)


def lead_inspector(document: Document) -> tuple[str, Quote] | None:
    """Return the name after "Lead inspector:", on page 1 or in the list of the inspection team at the end, or the name
    before "Ofsted Lead inspector" in area SEND reports."""
    for line in document.lines():
        if "nspector" not in line.text:
            continue
        match = _LABEL.search(line.text) or _BEFORE_LABEL.search(line.text)
        name = _name(match["name"]) if match else None
        if name:
            return name, Quote(line.text, line.page)
    return None


def put_lead_inspector(letter: Letter, document: Document, *, expected: bool) -> None:
    """Fill in the lead inspector. Some reports leave the name out; if one is `expected`, `problems` says so."""
    found = lead_inspector(document)
    if found:
        letter.lead_inspector, letter.evidence["lead_inspector"] = found
    elif expected:
        letter.problems.append(NO_INSPECTOR)


def _name(printed: str) -> str | None:
    """A person's name, or None for other words after the label."""
    bare = _COURTESY.sub("", _TITLE.sub("", printed).strip(" ,"))
    bare = re.sub(r",?\s+and\s+", " and ", bare).strip(" ,")
    return bare if _NAME.fullmatch(bare) else None
