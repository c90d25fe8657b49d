"""Spoiling bytes and texts, as a broken or hostile server would. Repeatable: the chance is given."""

from __future__ import annotations

import gzip
import random

MARKUP = (
    b"<" * 3000, b"<div>" * 4000, b"<a href='" + b"x" * 20_000 + b"'>", b"<![CDATA[", b"<!--", b"&#0;", b"&#1114112;",
    b"]]>", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;",
    b"<!DOCTYPE a [<!ENTITY b 'bbbbbbbbbb'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>&c;",
    b"<script>", b"</html>", b"<base href='http://10.0.0.1/'>", b"<meta http-equiv=refresh content='0;url=file:///'>",
)  # fmt: skip
WORDS = (
    "<!channel>", "\x1b[2J", "\u202e", "\x00", "=HYPERLINK(1)", "Ofsted judged " * 200, "\u201c" * 500, "(a) " * 300,
    "inadequate " * 400, "Councillor " * 300, "a" * 20_000, " " * 20_000, "40 per cent " * 300,
    "\r\nBcc: x@example.org",
    "\ufdfa" * 100, "../../etc/passwd", "{{7*7}}", "%s%n", "in January 2020 " * 200,
)  # fmt: skip


def spoilt(body: bytes, chance: random.Random) -> bytes:
    """Some bytes, otherwise."""
    for _ in range(chance.randint(1, 3)):
        body = chance.choice(_WAYS)(body, chance)
    return body


def _flip(body: bytes, chance: random.Random) -> bytes:
    changed = bytearray(body)
    for _ in range(min(len(changed), chance.randint(1, 60))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(body: bytes, chance: random.Random) -> bytes:
    return body[: chance.randrange(len(body) + 1)]


def _insert(body: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(body) + 1)
    return body[:at] + chance.choice(MARKUP) + body[at:]


def _shuffle(body: bytes, chance: random.Random) -> bytes:
    size = max(1, len(body) // 7)
    parts = [body[i : i + size] for i in range(0, len(body), size)]
    chance.shuffle(parts)
    return b"".join(parts)


def _repeat(body: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(body) + 1)
    return body[:at] + body[at : at + 400] * 200 + body[at:]


def _noise(_: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(chance.randint(0, 4000))


def _wide(body: bytes, _: random.Random) -> bytes:
    return body.decode("latin-1").encode("utf-16")


def _zipped(body: bytes, _: random.Random) -> bytes:
    return gzip.compress(body)


_WAYS = (_flip, _flip, _cut, _insert, _insert, _shuffle, _repeat, _noise, _wide, _zipped)


def spoilt_text(text: str, chance: random.Random) -> str:
    """A text with strange words in it, lines mixed or cut."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(lines))
        lines[at] = lines[at][: chance.randint(0, 200)] + chance.choice(WORDS) + lines[at][chance.randint(0, 200) :]
    if chance.random() < 0.3:
        chance.shuffle(lines)
    return "\n".join(lines)
