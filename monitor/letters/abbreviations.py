"""Tells a sentence with an abbreviation that only its letter explains ("the ICRT"), so that who reads it alone has to
guess. What every director of children's services knows needs no explanation."""

from __future__ import annotations

import re

_WORD = re.compile(r"(\(?)\b([A-Za-z]*[A-Z][a-z]?[A-Z][A-Za-z]*)\b")
_CAPITALS, _SMALL = 2, 2
"""The capitals that an abbreviation has at least, and the small letters that it has at most ("iCART", "BFfC")."""
_KNOWN = frozenset(
    re.findall(
        "[A-Za-z]+",
        "ADHD AP ASC ASD ASYE CAFCASS CAMHS CCG CIN COVID CQC CSE DBS DCS DfE EDT EET EHC EHCP EHE ESOL FGM FGC GCSE GP"
        " HMCI HMI HMICFRS HMIP ICB IDVA ILACS IRO IT JTAI LADO LGBT LSCB LSCP MACE MAPPA MARAC MASH MP NEET NHS NRM PA"
        " PEP PLO PRU QR RAA RHI SALT SEMH SEN SENCo SENCO SEND SENDIASS SGO SIF UASC UK YJS YOS YOT",
    )
)
"""What at least three councils' letters say, or the law does."""


def unexplained(text: str) -> bool:
    """Whether the text has an abbreviation that is not known and that no brackets mark as explained."""
    found = [(bracket, word.removesuffix("s")) for bracket, word in _WORD.findall(text)]
    short = [(bracket, word) for bracket, word in found if _abbreviates(word)]
    explained = {word for bracket, word in short if bracket}
    return any(word not in _KNOWN and word not in explained for _, word in short)


def _abbreviates(word: str) -> bool:
    capitals = sum(map(str.isupper, word))
    return capitals >= _CAPITALS and len(word) - capitals <= _SMALL
