"""Which lines of an extracted article are not the article: banners, buttons, teasers, walls. Pure.

The list is of what was seen on councils' and papers' pages; it is held against whole lines, so that a sentence of
an article that merely begins alike is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

NOISE = re.compile(
    r"""
    we\ use\ cookies\b.* | accept(\ all)?(\ cookies)? | skip\ to\ (main\ )?content | comments\ are\ closed\.?
    | share(\ (this|on|via)\b.{0,60})? | (tweet|print|email|facebook|twitter|x|linkedin|whatsapp)(\ this(\ page)?)?
    | (posted|published|last\ updated|updated|date)(\ on)?\s?:\s.{0,40}
    | (posted|published|last\ updated|issued)\ \D{0,25}\d{1,2}\D{0,15}\d{4}\D{0,3}
    | \d[\d,]*\ (views?|comments?|shares?)
    | (photo|image|picture|credit)s?(\ credit)?\s?:.{0,90} | leave\ a\ (reply|comment).{0,40}
    | read\ more\b.{0,60} | continue\ reading\b.{0,90} | the\ post\ .{0,250}\ (first\ )?appeared\ (first\ )?on\ .*
    | sign\ up\ (for|to)\ (our|the)\b.{0,60} | information\ in\ press\ releases\ is\ correct\b.*
    | you\ are\ viewing\ content\ from\b.* | due\ to\ essential\ maintenance\b.* | have\ your\ say\ on\ .{0,40}
    | become\ a\ foster\ carer\.? | \#\w+.{0,60} | from\ less\ than\ £\d+.{0,40}
    """,
    re.I | re.X,
)
TEASERS = re.compile(
    r"(more (from|like this|on this|news|stories)|related (news|articles?|stories|content|topics)|"
    r"(most|recommended) (read|for you)|you may also (like|be interested in)|latest (news|jobs))\b.{0,60}",
    re.I,
)
"""Where the article is over and links to others begin, if it stands in the second half."""
WALL = re.compile(
    r"(register|log ?in|sign ?in|subscribe)( now| here| today)? to (continue|read|keep reading|access)|"
    r"continue reading this article|subscriber[- ]only article|(already|not) (a |yet )?(subscriber|registered)\?|"
    r"this (article|content) is for (subscribers|members)",
    re.I,
)
CUT_OFF = re.compile(
    r"(\[(…|\.\.\.)\]|…|\.\.\.|\[?(read|find out) more\]?(\s?(»|→|>))?|continue reading.{0,90})$", re.I
)
"""How a feed's excerpt ends."""


def tidied(lines: Sequence[str], title: str) -> tuple[list[str], bool]:
    """The article's own lines, and whether a registration wall cut it short. The title is not said again."""
    lines, walled = _before_wall([line for line in lines if line.strip()])
    kept = [line for line in _before_teasers(lines) if not NOISE.fullmatch(line.removeprefix("- "))]
    return (kept[1:] if kept and kept[0].casefold() == title.casefold() else kept), walled


def _before_wall(lines: list[str]) -> tuple[list[str], bool]:
    wall = next((n for n, line in enumerate(lines) if len(line) < 250 and WALL.search(line)), None)
    return (lines, False) if wall is None else (lines[:wall], True)


def _before_teasers(lines: list[str]) -> list[str]:
    size, read = sum(map(len, lines)), 0
    for number, line in enumerate(lines):
        if read > size / 2 and TEASERS.fullmatch(line):
            return lines[:number]
        read += len(line)
    return [line for line in lines if not TEASERS.fullmatch(line)]


def is_whole(lines: Sequence[str], summary: str) -> bool:
    """Whether a feed's content is the article and not the beginning of it."""
    if not lines or CUT_OFF.search(lines[-1]):
        return False
    size = sum(map(len, lines))
    return (len(lines) > 1 or size > 400) and size >= len(CUT_OFF.sub("", summary).strip())
