"""How much of a disk is kept free for the database, whatever sites send. Pure."""

from __future__ import annotations

RESERVED_BYTES, RESERVED_SHARE = 256 << 20, 0.1
"""Bytes that stay free; on a small disk, this share of it."""


def has_room(free: int, total: int) -> bool:
    """Return True if a disk may take another document: `free` bytes of `total`."""
    return free >= min(RESERVED_BYTES, RESERVED_SHARE * total)
