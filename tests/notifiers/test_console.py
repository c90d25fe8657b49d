"""The console shows the message as it is, in colour only on a terminal."""

from __future__ import annotations

import io

import pytest

from monitor.model import DeliveryError
from monitor.wording import plain
from notifiers.console import ConsoleNotifier
from tests.notifiers.notifier_samples import hostile_events, ilacs, make_event, visit


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_pipe_gets_plain_text(capsys: pytest.CaptureFixture[str]) -> None:
    ConsoleNotifier().send("1", [ilacs(), visit()])
    assert capsys.readouterr().out == plain.message([ilacs(), visit()]) + "\n"


def test_a_terminal_gets_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    out = Terminal()
    ConsoleNotifier(out).send("1", [ilacs()])
    assert "\x1b[31m\x1b[1m[Critical] Devon: Requires improvement overall" in out.getvalue()
    assert "\x1b[31m  Help and protection: Requires improvement, declined from Good ↓\x1b[0m" in out.getvalue()


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_a_terminal_that_wants_no_colour_gets_none(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    out = Terminal()
    ConsoleNotifier(out).send("1", [ilacs()])
    assert out.getvalue() == plain.message([ilacs()]) + "\n"


def test_markup_in_a_title_is_text() -> None:
    out = Terminal()
    ConsoleNotifier(out).send("1", [make_event("news.published", title="[bold]x[/bold] [link=a]")])
    assert "[bold]x[/bold] [link=a]" in out.getvalue()


def test_no_terminal_sequence_comes_from_a_source() -> None:
    for event in hostile_events():
        out = io.StringIO()
        ConsoleNotifier(out).send("1", [event])
        assert not set(out.getvalue()) & {"\x1b", "\x07", "\r", "\x00", "\u202e"}


def test_a_stream_of_few_characters_gets_what_it_can_show() -> None:
    raw = io.BytesIO()
    with io.TextIOWrapper(raw, encoding="ascii", write_through=True) as out:
        ConsoleNotifier(out).send("1", [ilacs()])
        assert b"declined from Good ?" in raw.getvalue()


def test_a_closed_stream_is_a_delivery_error() -> None:
    out = io.StringIO()
    out.close()
    with pytest.raises(DeliveryError, match="cannot print") as caught:
        ConsoleNotifier(out).send("1", [ilacs()])
    assert not caught.value.permanent
