"""Recognises an agenda item about an inspection of the council by its title, where the item has no text.

"Ofsted Inspection - The Improvement Journey" names no school, college or home; whatever else a council's committee has
inspected, it names. So the title may have no other words than those of inspections and of committees.
"""

from __future__ import annotations

import re

from monitor.coverage.words import compiled

_OFSTED = compiled(r"\b(?:Ofsted|ILACS|JTAI)\b")
_WORD = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(
    r"(?:ofsted|ilacs|jtai|s|inspection|inspectors|report|letter|outcomes?|findings?|feedback|results?|rating"
    r"|judge?ments?|recommendations?|monitoring|focused|visit|post|recent|latest|short|full|improvement|journey"
    r"|actions?|plan|board|progress|update|responses?|next|steps|lessons|learne?[dt]|learning|verbal|presentation"
    r"|briefing|summary|review|against|following|implementing|implementation|delivery|council|authority|local"
    r"|programme|key|headlines|overview|draft|final|initial|service|department|directorate"
    r"|childrens?|director|chair|members|questions|discussion|road|path|good|outstanding|inadequate|requires|rated"
    r"|the|a|an|and|of|on|to|from|in|for|with|by|our|its|your|we|are)"
)


def names_an_inspection(title: str) -> bool:
    """Return True if the title names an inspection by Ofsted and nothing else that it may be of."""
    words = _WORD.findall(title.lower())
    return bool(_OFSTED.search(title)) and all(map(_WORDS.fullmatch, words))
