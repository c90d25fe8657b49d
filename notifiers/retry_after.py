"""How long another server asks us to wait. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from monitor.model.delivery import LONGEST_PAUSE

LONGEST_WAIT = LONGEST_PAUSE.total_seconds()


def retry_after(value: str | None, now: float) -> float | None:
    """Seconds to wait from `now`, in seconds since 1970, for a number or a date (RFC 9110, 10.2.3)."""
    if value is None:
        return None
    if re.fullmatch(r"\s*\d+(\.\d+)?\s*", value):
        return min(float(value), LONGEST_WAIT)
    try:
        return min(max(0.0, parsedate_to_datetime(value).timestamp() - now), LONGEST_WAIT)
    except (ValueError, OverflowError):
        return None


def asked_in(headers: Mapping[str, Any], now: float) -> float | None:
    """The same from an answer's headers, whose names may be written in any way."""
    value = next((v for k, v in headers.items() if k.lower() == "retry-after"), None)
    return retry_after(None if value is None else str(value), now)
