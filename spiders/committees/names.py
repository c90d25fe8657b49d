"""Which committees could have an inspection of children's services before them, by their names.

Any may that is not plainly about something else: an inspection comes to scrutiny, cabinet, corporate parenting, health
and wellbeing and the full council, but audit committees and improvement boards take them too, and names differ.
"""

from __future__ import annotations

import re

CHILDREN = re.compile(
    r"child|young|youth|parent|famil|educat|school|learn|scrutiny|people|send\b|safeguard|improvement|ofsted", re.I
)
"""Wins over ELSEWHERE."""
ELSEWHERE = re.compile(
    r"\b(planning|licen[cs]ing|pensions?|superannuation|highways?|traffic|transport|parking|rights of way|harbours?|"
    r"port health|crematori\w+|cemeter\w+|burial|taxi|electoral|polling|remuneration|investment|treasury|charit\w+|"
    r"trustees?|museums?|waste|flood\w*|drainage|coast\w*|airport|parish|town council|parks|allotments?|appeals?|"
    r"appointments?|staff\w*|employment|joint consultative|standards|fire|police|sacre|religious education|"
    r"neighbourhood|local access|building control|regeneration|housing|climate|leisure|markets?)\b",
    re.I,
)
"""What has nothing to do with it: a committee with one of these words and none of the others is not opened."""


def matters(title: str) -> bool:
    """Whether meetings of a committee are to be opened."""
    return bool(CHILDREN.search(title)) or not ELSEWHERE.search(title)
