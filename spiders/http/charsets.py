"""Turns bytes into text by the labels that an answer carries. Pure.

Labels mean what browsers take them for (WHATWG Encoding Standard): "iso-8859-1" and "ascii" are windows-1252,
"gb2312" is GBK. Evidence is asked in this order: a byte order mark, the labels as they are given (an answer's header
before the text's own declaration), UTF-8. A label that is none ("utf8mb4", "none") leaves the word to the next one.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import webencodings  # type: ignore[import-untyped]

from spiders.counts import counted

LOST: Final = "\ufffd"
"""Stands for a character that was lost, here or before the text reached us."""
MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
UNMARKED: Final = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"))
"""How an XML declaration begins in UTF-16 without a byte order mark (XML 1.0, appendix F)."""
SINGLE_BYTE: Final = ("cp125", "iso8859", "koi8", "mac-", "cp866", "cp874")
"""Beginnings of Python's names of encodings in which nearly any bytes are text, so that they prove nothing."""
DECLARED: Final = re.compile(rb"\A\s*<\?xml\b[^>]*\bencoding\s*=\s*[\"']\s*([\w.:-]+)")
DECLARATION: Final = re.compile(r"\A\s*<\?xml\b[^>]*\?>")
"""Of XML. What is decoded has no use for it, and a parser is led astray by it."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and in words what was odd about its bytes."""

    text: str
    remark: str | None = None


def decode(body: bytes, labels: Iterable[str | None]) -> Decoded:
    """Decode a body. `labels` are charset names, the strongest evidence first. Bytes that are not of the charset are
    read as windows-1252 where the rest is UTF-8, otherwise as `LOST`; the remark counts them."""
    for mark, name in MARKS:
        if body.startswith(mark):
            return _read(body.removeprefix(mark), [name], [])
    for start, name in UNMARKED:
        if body.startswith(start):
            return _read(body, [name], [])
    given = list(dict.fromkeys(label.strip() for label in labels if label and label.strip()))
    unknown = [label for label in given if codec_of(label) is None]
    names = list(dict.fromkeys([*filter(None, map(codec_of, given)), "utf-8"]))
    if names[0].startswith(SINGLE_BYTE) and _is_utf8(body):
        names = ["utf-8"]
    return _read(body, names, unknown)


def decode_xml(body: bytes, labels: Iterable[str | None]) -> Decoded:
    """Decode XML. The charset that its declaration names is weaker evidence than `labels`."""
    declared = DECLARED.match(body.removeprefix(codecs.BOM_UTF8))
    return decode(body, (*labels, declared[1].decode("ascii") if declared else None))


def codec_of(label: str) -> str | None:
    """Return Python's name of the encoding that browsers take a label for; None if they know no such label."""
    found = webencodings.lookup(label)
    if found is None or found.name == "replacement":
        return None
    return "cp1252" if found.name == "x-user-defined" else str(found.codec_info.name)  # as in a page's own meta


def _read(body: bytes, names: list[str], unknown: list[str]) -> Decoded:
    text, odd = next(_strictly(body, names), None) or _leniently(body, names[0])
    no_charsets = [f'"{label[:40]}" is no charset that browsers know' for label in unknown]
    lost = text.count(LOST)
    gone = [counted(lost, "character is lost (U+FFFD)", "characters are lost (U+FFFD)")] if lost else []
    return Decoded(text, "; ".join([*no_charsets, *odd, *gone]) or None)


def _is_utf8(body: bytes) -> bool:
    """Whether a body is UTF-8 beyond ASCII. Text of another charset is never UTF-8 by chance."""
    try:
        return not body.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _strictly(body: bytes, names: list[str]) -> Iterator[tuple[str, list[str]]]:
    """The text by the first name that all bytes agree with. Where UTF-8 is meant and part of it is, a weaker label
    does not overrule it."""
    for name in names:
        try:
            text = body.decode(name)
        except UnicodeDecodeError:
            if name == "utf-8" and not body.decode(name, "ignore").isascii():
                return
        else:
            yield text, [] if name == names[0] else [f"it is {name} and not {names[0]}, which it declares"]


def _leniently(body: bytes, name: str) -> tuple[str, list[str]]:
    """The text with whatever does not decode. A byte that is not of UTF-8 is a character of windows-1252, which a
    person pasted from a word processor."""
    if name != "utf-8":
        return body.decode(name, "replace"), []
    bad = len(body) - len(body.decode(name, "ignore").encode())
    return body.decode(name, WESTERN), [counted(bad, *AS_WESTERN)]


def _western(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


WESTERN: Final = "bytes of windows-1252"
AS_WESTERN: Final = (
    "of its bytes is not UTF-8 and was read as windows-1252",
    "of its bytes are not UTF-8 and were read as windows-1252",
)
codecs.register_error(WESTERN, _western)
