"""HTML that a web service put into its XML without escaping it, made readable for an XML parser.

pyPreservicaGov 1.0.1 wraps each `<div` of GetMeeting in CDATA before it parses the answer, so some ModernGov installs
send agenda and minutes as elements where others send text. Nobody closes such HTML with XML in mind: it holds `<br>`,
`&nbsp;` and bare ampersands. Only markup is mended here; an answer that was cut off stays broken and is refused.
"""

from __future__ import annotations

import re
from html.entities import html5

HOLDER = re.compile(
    rb"(?P<open><(?P<name>(?:\w+:)?(?:agenda|minutes?|decisions?)\w*(?:text|htmlbody))\b[^>]*(?<!/)>)"
    rb"(?P<html>.*?)(?P<close></(?P=name)\s*>)",
    re.I | re.S,
)
"""An element that holds HTML: agendatext, minutesnonemptyhtmlbody, decisionnonemptyhtmlbody and their like."""
AMPERSAND = re.compile(rb"&(?!(?:#\d+|#[xX][\da-fA-F]+|amp|lt|gt|quot|apos);)(?:(?P<entity>[A-Za-z]\w{1,30};))?")
"""An ampersand that XML does not allow: a bare one, or one that begins an entity of HTML."""


def wrapped(body: bytes) -> bytes:
    """The answer with HTML as text wherever it stands as elements. Text that is escaped already stays as it is."""
    return HOLDER.sub(_as_text, body)


def legible(body: bytes) -> bytes:
    """The answer with HTML's named characters as numbers, and bare ampersands escaped."""
    return AMPERSAND.sub(_as_number, body)


def _as_text(found: re.Match[bytes]) -> bytes:
    html = found["html"]
    start = html.lstrip()
    if b"<" not in html or start.startswith(b"<![CDATA["):
        return found.group()
    if start.startswith(b"&lt;"):
        return found["open"] + html.replace(b"<", b"&lt;") + found["close"]
    return found["open"] + b"<![CDATA[" + html.replace(b"]]>", b"]]]]><![CDATA[>") + b"]]>" + found["close"]


def _as_number(found: re.Match[bytes]) -> bytes:
    entity = (found["entity"] or b"").decode("ascii")
    characters = html5.get(entity)
    if characters is None:
        return b"&amp;" + found.group()[1:]
    return "".join(f"&#{ord(character)};" for character in characters).encode()
