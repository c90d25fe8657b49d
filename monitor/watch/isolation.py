"""What fails on one record costs that record only: the failure is a value that is said, and nothing is swallowed."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from monitor.model import Record
from monitor.model.crawl import RecordName

Item = TypeVar("Item")
Made = TypeVar("Made")
SHOWN = 120
"""Characters of a title, a key or an error in a remark."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record (by target, kind and key) on which the program failed, and how. `trace` is for the log."""

    name: RecordName
    title: str
    reason: str
    trace: str = field(default="", compare=False)

    @classmethod
    def of(cls, record: Record, error: Exception) -> Unreadable:
        """The record on which something was raised."""
        return cls.at(record.name, str(record.title), error)

    @classmethod
    def at(cls, name: RecordName, title: str, error: Exception) -> Unreadable:
        """What was raised on something that goes by this name."""
        words = f"{type(error).__name__}: {error}"[:SHOWN]
        return cls(name, title[:SHOWN], words, "".join(traceback.format_exception(error)))

    @property
    def target(self) -> str:
        """The target that lists it."""
        return self.name[0]

    def __str__(self) -> str:
        return f"{self.title} ({self.name[2][:SHOWN]}): {self.reason}"


def sound(
    items: Iterable[Item], work: Callable[[Item], Made], record: Callable[[Item], Record]
) -> tuple[list[Made], list[Unreadable]]:
    """What the work makes of each item, and the records of those on which it failed."""
    made, lost = list[Made](), list[Unreadable]()
    for item in items:
        try:
            made.append(work(item))
        except Exception as error:  # noqa: BLE001 - whatever a strange page provokes
            lost.append(Unreadable.of(record(item), error))
    return made, lost
