"""What a page that is not Ofsted's own says of a letter: councils' news, the press, committees, GOV.UK. Pure.

Its words corroborate and link; they never change a judgement (only Ofsted's own document does). `reading.py` is
the file to read first; docs/facts.md has the names of the facts.
"""

from __future__ import annotations

from monitor.coverage.model import Coverage
from monitor.coverage.reading import read

__all__ = ["Coverage", "read"]
