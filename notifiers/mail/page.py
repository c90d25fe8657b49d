"""The two bodies of an e-mail: complete plain text, and HTML without scripts or remote content. Pure.

The HTML is what Outlook's Word engine and Gmail both hold: tables and inline styles that make a light page by
themselves. A style sheet, which some leave out, makes a dark page where the reader wants one and stacks what stands
side by side on a narrow one. Pictures are parts of the mail itself. Colour never says anything alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from monitor.model import Event
from monitor.wording import describe, plain
from monitor.wording.card import LOUD
from monitor.wording.text import one_line
from notifiers.chart.picture import picture

COLOURS = {"critical": "#d4351c", "important": "#f47738", "notice": "#1d70b8", "info": "#b1b4b6"}
BADGES = {"critical": ("#b3260f", "#ffffff"), "important": ("#f9c6a5", "#0b0c0c")}
"""The severities that are named, with colours of a contrast of 4.5 at least."""
SUBJECT, PREVIEW = 150, 250
FULL, LISTED, LARGEST = 10, 100, 100_000
"""At most so many events are shown whole, and so many more as a line; the text has all. Gmail cuts a page after 102 kB,
so that of long letters fewer are shown whole."""
PICTURES = 4
"""More in one mail are no longer looked at."""


@dataclass(frozen=True, slots=True)
class Inline:
    """A picture as a part of the mail: `cid` names it, `shown` is its width on the page."""

    cid: str
    alt: str
    shown: int
    png: bytes


def pictures(events: Sequence[Event], domain: str) -> dict[str, Inline]:
    """The pictures of a mail, by event id: of the first events that have one."""
    found: dict[str, Inline] = {}
    for event in events[:FULL]:
        made = picture(event) if event.id not in found and len(found) < PICTURES else None
        if made:
            found[event.id] = Inline(f"chart-{len(found) + 1}@{domain}", made.alt, made.width, made.png)
    return found


def subject(events: Sequence[Event]) -> str:
    """One line, with the severity in words where something is critical or important.

    A title can hold what looks like an encoded word (RFC 2047). Some programs decode a subject twice, and would show
    something else or lose it, so the opening "=?" is set apart.
    """
    word = next((w for w in LOUD if any(event.severity == w for event in events)), "")
    told = f"[{word.capitalize()}] " if word else ""
    return one_line(told + describe.subject(events), SUBJECT).replace("=?", "= ?")


def footer(address: str) -> str:
    """Who sends this and how to have no more of it."""
    return (
        "Sent by ofsted-watch. Grades and quotations are read from Ofsted's documents by a program; "
        f"the document decides. To stop these e-mails, write to {address}."
    )


def text(events: Sequence[Event], address: str) -> str:
    """The plain-text body."""
    return f"{plain.message(events, long=True)}\n-- \n{footer(address)}\n"


def html(events: Sequence[Event], address: str, charts: Mapping[str, Inline] | None = None) -> str:
    """The HTML body, with the pictures that the mail carries; everything that is put into it is escaped."""
    cards = [describe.describe(event) for event in events]
    pages = (_page(events, cards, address, charts or {}, full) for full in range(FULL, 0, -1))
    return next(
        (page for page in pages if len(page.encode()) <= LARGEST), _page(events, cards, address, charts or {}, 1)
    )


def _page(
    events: Sequence[Event], cards: Sequence[describe.Card], address: str, seen: Mapping[str, Inline], full: int
) -> str:
    """The page with the first `full` events whole."""
    return _template().render(
        subject=subject(events),
        preview=_preview(cards[0]),
        full=[(card, seen.get(event.id)) for event, card in zip(events[:full], cards, strict=False)],
        overview=cards[:full],
        aside=_aside,
        rest=cards[full : full + LISTED],
        left_out=len(cards[full + LISTED :]),
        colours=COLOURS,
        badges=BADGES,
        footer=footer(address),
        priority=plain.PRIORITY,
        improve=plain.IMPROVE,
    )


def _preview(card: describe.Card) -> str:
    """What a list of mails shows beside the subject: what matters, and the first quotation if it fits whole."""
    shown = " — ".join(filter(None, [card.gist, *card.quotes[:1]]))
    return shown if len(shown) <= PREVIEW else card.gist


def _aside(card: describe.Card) -> str:
    """When it was, on a line of its own: "Published 13 May 2025"; without its brackets."""
    when = card.when[1:-1] if card.when.startswith("(") else card.when
    host = "." in when.partition(",")[0]
    return when if host else when[:1].upper() + when[1:]


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(files("notifiers.mail").joinpath("mail.html.j2").read_text(encoding="utf-8"))
