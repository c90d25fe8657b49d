"""Publications by which the Department for Education steps in at a council, known by their titles. Pure.

GOV.UK's titles: "Improvement notice issued to X: March 2024", "Direction issued to X", "Revised direction issued to X".
"""

from __future__ import annotations

import re

_NOTICE = re.compile(
    r"\b(?:improvement notices?|statutory directions?|directions? (?:issued|given|made|to))\b", re.IGNORECASE
)
_ENDED = re.compile(
    r"\b(?:lift(?:ed|ing)|revo[ck]\w+|clos(?:ed|ure)|withdr[ae]w\w*|ended|removed|discharged)\b", re.IGNORECASE
)


def steps_in(title: str) -> bool:
    """Whether a title is that of a notice or direction."""
    return _NOTICE.search(title) is not None


def ended(title: str) -> bool:
    """Whether a title says that a notice no longer holds."""
    return _ENDED.search(title) is not None
