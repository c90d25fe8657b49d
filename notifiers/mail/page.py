"""The two bodies of an e-mail: complete plain text, and HTML without scripts or remote content. Pure.

The HTML is what Outlook's Word engine and Gmail both hold: tables and inline styles that make a light page by
themselves. A style sheet, which some leave out, makes a dark page where the reader wants one, and a narrow one on a
telephone. Its first screen has the grade, what moved and what is asked; quotations follow, by judgement. There is no
picture: on a telephone its words would be too small to read, and the table says the same. Colour never says anything
alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model import Event
from monitor.wording import describe, plain
from monitor.wording.card import LOUD
from monitor.wording.text import one_line, upper_first
from notifiers.templates import template

HERE = "notifiers.mail"
COLOURS = {"critical": "#d4351c", "important": "#f47738", "notice": "#1d70b8", "info": "#b1b4b6"}
BADGES = {"critical": ("#b3260f", "#ffffff"), "important": ("#f9c6a5", "#0b0c0c")}
"""The severities that are named, with colours of a contrast of 4.5 at least."""
SUBJECT, PREVIEW = 150, 250
FULL, LISTED, MAX_BYTES = 10, 100, 100_000
"""How many events are shown whole at most, and how many more as a line; the text part has them all. Gmail cuts a page
after 102 kB, so fewer long letters are shown whole."""


def subject(events: Sequence[Event]) -> str:
    """One line, with the severity in words where something is critical or important.

    A title can hold what looks like an encoded word (RFC 2047). Some programs decode a subject twice, and would show
    something else or lose it, so the opening "=?" is set apart.
    """
    word = next((w for w in LOUD if any(event.severity == w for event in events)), "")
    told = f"[{word.capitalize()}] " if word else ""
    return one_line(told + describe.subject(events), SUBJECT).replace("=?", "= ?")


def footer(address: str, why: str = "") -> list[str]:
    """Why one gets this, from whom, and how to change it or have no more of it."""
    reason = f"You get this because {one_line(why, 600)}. " if why else ""
    return [
        f"{reason}To change that, or to stop these e-mails, write to {address}.",
        "Sent by ofsted-watch. A program read grades and quotations from Ofsted's documents: the document decides.",
    ]


def text(events: Sequence[Event], address: str, why: str = "") -> str:
    """The plain-text body."""
    told = "\n".join(footer(address, why))
    return f"{plain.message(events, long=True)}\n-- \n{told}\n"


def html(events: Sequence[Event], address: str, why: str = "") -> str:
    """The HTML body; everything that is put into it is escaped."""
    return template(HERE, "mail").render(
        subject=subject(events),
        preview=_preview(describe.describe(events[0])),
        body=body(events),
        footer=footer(address, why),
        **_STYLES,
    )


def body(events: Sequence[Event]) -> str:
    """The cards of an e-mail, without its frame: the first events whole, as many as Gmail shows, the rest as links."""
    cards = [describe.describe(event) for event in events]
    pages = (_body(subject(events), cards, full) for full in range(FULL, 1, -1))
    return next((page for page in pages if len(page.encode()) <= MAX_BYTES), None) or _body(subject(events), cards, 1)


def _body(title: str, cards: Sequence[describe.Card], full: int) -> str:
    """The page with the first `full` events whole. At a glance each leads to its place below."""
    whole = [(f"news-{n}", card) for n, card in enumerate(cards[:full], 1)]
    return template(HERE, "body").render(
        subject=title,
        full=whole,
        glance=[(f"#{anchor}", card) for anchor, card in whole],
        aside=_aside,
        rest=[(card.links[0].url if card.links else "", card) for card in cards[full : full + LISTED]],
        left_out=len(cards[full + LISTED :]),
        badges=BADGES,
        colours=COLOURS,
        priority=plain.PRIORITY,
        improve=plain.IMPROVE,
        found=plain.found,
        **_STYLES,
    )


_STYLES = {
    "font": "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;",
    "ink": "color:#0b0c0c;",
    "faint": "color:#505a5f;",
}
"""What stands on every element, because some programs know no style sheet."""


def _preview(card: describe.Card) -> str:
    """What a list of mails shows beside the subject: what matters, and the first quotation if it fits whole."""
    gist = upper_first(card.gist)
    shown = " — ".join(filter(None, [gist, *card.quotes[:1]]))
    return shown if len(shown) <= PREVIEW else gist


def _aside(card: describe.Card) -> str:
    """When it was, on a line of its own: "Published 13 May 2025"; without its brackets."""
    when = card.when[1:-1] if card.when.startswith("(") else card.when
    host = "." in when.partition(",")[0]
    return when if host else when[:1].upper() + when[1:]
