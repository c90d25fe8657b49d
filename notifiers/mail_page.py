"""The two bodies of an e-mail: complete plain text, and HTML without scripts or remote content. Pure.

The HTML is what Outlook's Word engine and Gmail both hold: tables, inline styles, no fixed text or
background colours, so that a reader's dark mode can choose its own. Colour never says anything alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from monitor.model import Event
from notifiers import plain, wording
from notifiers.text import cut

COLOURS = {"critical": "#d4351c", "important": "#f47738", "notice": "#1d70b8", "info": "#b1b4b6"}
SUBJECT = 150


def subject(events: Sequence[Event]) -> str:
    """One line, with the severity in words where something is critical.

    The standard library decodes what looks like an encoded word (RFC 2047) in a header that it is given,
    line ends included: a title that holds one would write headers of its own.
    """
    critical = "[Critical] " if any(event.severity == "critical" for event in events) else ""
    return cut(critical + wording.subject(events), SUBJECT).replace("=?", "= ?")


def footer(address: str) -> str:
    """Who sends this and how to have no more of it."""
    return (
        "Sent by ofsted-watch. Grades and quotations are read from Ofsted's documents by a program; "
        f"the document decides. To stop these e-mails, write to {address}."
    )


def text(events: Sequence[Event], address: str) -> str:
    """The plain-text body."""
    return f"{plain.message(events, long=True)}\n-- \n{footer(address)}\n"


def html(events: Sequence[Event], address: str) -> str:
    """The HTML body; everything that is put into it is escaped."""
    cards = [wording.describe(event) for event in events]
    return _template().render(subject=subject(events), cards=cards, colours=COLOURS, footer=footer(address))


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(files("notifiers").joinpath("mail.html.j2").read_text(encoding="utf-8"))
