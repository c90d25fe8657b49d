"""What the Department for Education calls the publications by which it steps in at a council."""

import re

_NOTICE = re.compile(
    r"\b(?:improvement notices?|statutory directions?|directions? (?:issued|given|made|to))\b", re.IGNORECASE
)


def is_called_a_notice(title: str) -> bool:
    """Whether a title names an improvement notice or a direction to a council. It need not mention children."""
    return _NOTICE.search(title) is not None
