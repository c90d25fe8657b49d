"""Reads pages that are not Ofsted's own: councils' news, the press, committees, GOV.UK. Pure.

Such a page supports a letter and links to it, but never changes a judgement; only Ofsted's own document does. Begin
with `reading.py`. docs/facts.md lists the facts that a page can give.
"""

from __future__ import annotations

from monitor.coverage.model import Coverage

__all__ = ["Coverage"]
