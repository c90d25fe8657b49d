"""How long another server asks us to wait, by its Retry-After header (RFC 9110, 10.2.3). Pure."""

from __future__ import annotations

import re
from datetime import UTC
from email.utils import parsedate_to_datetime

_SECONDS = re.compile(r"\s*[0-9]{1,15}(\.[0-9]+)?\s*")


def retry_after(value: str | None, now: float) -> float | None:
    """Seconds to wait from `now`, in seconds since 1970, for a number or a date; None where there is neither."""
    if value is None:
        return None
    if _SECONDS.fullmatch(value):
        return float(value)
    try:
        until = parsedate_to_datetime(value)
        return max(0.0, (until if until.tzinfo else until.replace(tzinfo=UTC)).timestamp() - now)
    except (ValueError, OverflowError):
        return None
