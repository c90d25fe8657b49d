"""What of a disk is left for the database, whatever sites send. Pure."""

from __future__ import annotations

RESERVED_BYTES, RESERVED_SHARE = 256 << 20, 0.1
"""So much is left, and of a small disk a tenth."""


def has_room(free: int, total: int) -> bool:
    """Whether a disk with so many free bytes of so many in all may take another document."""
    return free >= min(RESERVED_BYTES, RESERVED_SHARE * total)
