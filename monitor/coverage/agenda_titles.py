"""Recognises an agenda item about an inspection of the council by its title, where the item has no text.

"Ofsted Inspection – The Improvement Journey" names no school, college or home; whatever else a council's committee has
inspected, it names. So the title may have no other words than those of inspections and of committees.
"""

from __future__ import annotations

import re

from monitor.coverage.words import compiled

_OFSTED = compiled(r"\b(?:Ofsted|ILACS|JTAI)\b")
_WORD = re.compile(r"[^\W\d_]+")
_WORDS = frozenset(
    "ofsted ilacs jtai s inspection inspectors report letter outcome outcomes finding findings feedback result results"
    " rating judgement judgements judgment recommendation recommendations monitoring focused visit post recent latest"
    " short full improvement journey action actions plan board progress update response responses next steps lessons"
    " learned learnt learning verbal presentation briefing summary review against following implementing"
    " implementation delivery council authority local the a an and of on to from in for with by our its your we are".split()
)


def names_an_inspection(title: str) -> bool:
    """Return True if the title names an inspection by Ofsted and nothing else that it may be of."""
    words = _WORD.findall(title.lower())
    return bool(_OFSTED.search(title)) and all(word in _WORDS for word in words)
