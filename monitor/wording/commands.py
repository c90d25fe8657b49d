"""What a person asks for from a channel, and what is answered, privately. Pure; each way in lays it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from monitor.model import Event
from monitor.wording.describe import Link

Kind = Literal["command", "mute", "unmute", "irrelevant"]


@dataclass(frozen=True, slots=True)
class Command:
    """A command (`text` is what follows its name) or a press of a button (`text` is the button's value), in
    `channel` as it is configured, by `user`, the other side's name for a person who may ask there."""

    kind: Kind
    channel: str
    user: str
    text: str


class Heading(str):
    """A line of an answer that names what the lines below it are."""


@dataclass(frozen=True, slots=True)
class Reply:
    """Plain lines, where to read on, and events to show as they are shown in the channel. `announced` is a line that
    the whole channel sees, with the name of whoever asked (`by`); `undo` is the value of its button, if it has one."""

    lines: tuple[str, ...]
    links: tuple[Link, ...] = ()
    events: tuple[Event, ...] = ()
    announced: str = ""
    by: str = ""
    undo: str = ""


Handler = Callable[[Command], Reply]
