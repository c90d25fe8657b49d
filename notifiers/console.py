"""Prints messages to a terminal or a log, as a person reads them; in colour only on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TextIO

import click

from monitor.model import DeliveryError, Event, Thread
from monitor.wording import plain
from monitor.wording.describe import describe
from notifiers.wording_faults import worded

COLOURS = {"critical": "red", "important": "yellow", "notice": "cyan"}
"""A heading's, by its severity; others are only bold."""
ARROWS = {"↑": "green", "↓": "red"}
"""The colour of a line that ends with one, a judgement that changed."""


class ConsoleNotifier:
    """Writes each message to `stream`, by default the standard output at the time of sending."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream

    def send(
        self, message_id: str, events: Sequence[Event], maybe_sent: bool = False, thread: Thread | None = None
    ) -> None:
        """Print the message. Raises DeliveryError if the stream is closed, full or a broken pipe."""
        out = self.stream or sys.stdout
        text = worded(plain.message, events) + "\n"
        try:
            out.write(_encodable(_coloured(text, events) if _has_colours(out) else text, out))
            out.flush()
        except (OSError, ValueError) as error:
            raise DeliveryError(f"cannot print: {error}", permanent=False, maybe_sent=True) from error


def _encodable(text: str, out: TextIO) -> str:
    encoding = out.encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)


def _has_colours(out: TextIO) -> bool:
    """Whether to colour: on a terminal that can, and unless the environment forbids it (no-color.org)."""
    return out.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("NO_COLOR")


def _coloured(text: str, events: Sequence[Event]) -> str:
    headings = {plain.heading(card): COLOURS.get(card.severity) for card in map(describe, events)}
    return "\n".join(_line(line, headings) for line in text.split("\n"))


def _line(line: str, headings: Mapping[str, str | None]) -> str:
    if line in headings:
        return click.style(line, fg=headings[line], bold=True)
    return click.style(line, fg=ARROWS[line[-1]]) if line.startswith("  ") and line[-1] in ARROWS else line
