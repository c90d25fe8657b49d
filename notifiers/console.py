"""Prints messages to a terminal or a log, as a person reads them; in colour only on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from monitor.model import DeliveryError, Event, Thread
from monitor.wording import plain
from monitor.wording.describe import describe

if TYPE_CHECKING:
    from rich.text import Text

STYLES = {"critical": "bold red", "important": "bold yellow", "notice": "bold cyan", "info": "bold"}
WAYS = {"↑": "green", "↓": "red"}


class ConsoleNotifier:
    """Writes each message to `stream`, by default the standard output at the time of sending."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream

    def send(
        self,
        message_id: str,  # noqa: ARG002
        events: Sequence[Event],
        maybe_sent: bool = False,  # noqa: ARG002
        thread: Thread | None = None,  # noqa: ARG002
    ) -> None:
        """Print the message. Raises DeliveryError if the stream is closed, full or a broken pipe."""
        out = self.stream or sys.stdout
        text = plain.message(events) + "\n"
        try:
            _show(out, text, events) if out.isatty() else out.write(_encodable(text, out))
            out.flush()
        except (OSError, ValueError) as error:
            raise DeliveryError(f"cannot print: {error}", permanent=False, maybe_sent=True) from error


def _encodable(text: str, out: TextIO) -> str:
    encoding = out.encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)


def _show(out: TextIO, text: str, events: Sequence[Event]) -> None:
    from rich.console import Console

    Console(file=out, highlight=False).print(_coloured(_encodable(text, out), events), soft_wrap=True)


def _coloured(text: str, events: Sequence[Event]) -> Text:
    from rich.text import Text

    shown = Text(text)  # never markup: brackets in a title are text
    for card in map(describe, events):
        shown.highlight_words([plain.heading(card)], STYLES.get(card.severity, "bold"))
    for arrow, style in WAYS.items():
        shown.highlight_regex(rf"(?m)^  .*{arrow}$", style)
    return shown
