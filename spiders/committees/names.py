"""Decides by its name whether a committee could deal with an inspection of children's services.

Every committee could, unless its name is plainly about something else. Inspections come to scrutiny, cabinet, corporate
parenting, health and wellbeing and the full council, but also to audit committees and improvement boards, and names
differ.
"""

from __future__ import annotations

import re

CHILDREN = re.compile(
    r"child|young|youth|parent|famil|educat|school|learn|scrutiny|people|send\b|safeguard|improvement|ofsted", re.I
)
"""A committee with one of these words is opened, even if it also has one of ELSEWHERE."""
ELSEWHERE = re.compile(
    r"\b(planning|licen[cs]ing|pensions?|superannuation|highways?|traffic|transport|parking|rights of way|harbours?|"
    r"port health|crematori\w+|cemeter\w+|burial|taxi|electoral|polling|remuneration|investment|treasury|charit\w+|"
    r"trustees?|museums?|waste|flood\w*|drainage|coast\w*|airport|parish|town council|parks|allotments?|appeals?|"
    r"appointments?|staff\w*|employment|joint consultative|standards|fire|police|sacre|religious education|"
    r"neighbourhood|local access|building control|regeneration|housing|climate|leisure|markets?)\b",
    re.I,
)
"""A committee with one of these words, and none of CHILDREN, is not opened."""


def matters(title: str) -> bool:
    """Return True if the spider should open the meetings of a committee."""
    return bool(CHILDREN.search(title)) or not ELSEWHERE.search(title)
