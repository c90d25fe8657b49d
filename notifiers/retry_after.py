"""How long a receiver asks us to wait, as far as we do. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from monitor.model.delivery import LONGEST_PAUSE
from monitor.model.retry_after import retry_after

LONGEST_WAIT = LONGEST_PAUSE.total_seconds()


def asked_in(headers: Mapping[str, Any], now: float) -> float | None:
    """Seconds to wait from `now`, in seconds since 1970, by an answer's headers, whatever their names' capitals."""
    value = next((v for k, v in headers.items() if k.lower() == "retry-after"), None)
    wait = retry_after(None if value is None else str(value), now)
    return None if wait is None else min(wait, LONGEST_WAIT)
