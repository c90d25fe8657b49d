"""What every payload is: a JSON object with named parts (docs/webhook.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """A JSON object with named parts. `extra` holds the parts that this edition has no name for, or that have another
    type than it expects, as they came; `order` the names in the order in which they were read; None
    where the payload was made."""

    ALWAYS: ClassVar[frozenset[str]] = frozenset()
    """Parts that are written even where they are empty, in a payload that was made and not read."""

    extra: Mapping[str, Any] = field(default_factory=dict)
    order: tuple[str, ...] | None = field(default=None, compare=False, repr=False)
