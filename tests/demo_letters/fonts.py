"""Adds what PDFium leaves out of the standard fonts: descriptors, by which a reader knows bold type from plain."""

from __future__ import annotations

import re

_FONT = re.compile(rb"(\d+) 0 obj\s+<<(/BaseFont/(Helvetica(?:-Bold)?)/[^<>]*)>>")
_DESCRIPTOR = (
    b"<</Type/FontDescriptor/FontName/%s/Flags 32/FontBBox[-170 -228 1003 962]/ItalicAngle 0"
    b"/Ascent 718/Descent -207/CapHeight 718/StemV %d>>"
)
_STEM = {b"Helvetica": 80, b"Helvetica-Bold": 140}


def describe_fonts(data: bytes) -> bytes:
    """The file with an update at its end that gives every Helvetica its descriptor.

    The update is of the kind that the format provides for: the changed objects once more, their places,
    and a trailer that points to the one before.
    """
    free = int(_last(rb"/Size (\d+)", data))
    numbers = {name: free + n for n, name in enumerate(_STEM)}
    objects = {numbers[name]: _DESCRIPTOR % (name, stem) for name, stem in _STEM.items()}
    for found, body, name in _FONT.findall(data):
        objects[int(found)] = b"<<%s/FontDescriptor %d 0 R>>" % (body, numbers[name])
    return _updated(data, objects)


def _updated(data: bytes, objects: dict[int, bytes]) -> bytes:
    parts, places, end = [data], [], len(data)
    for number in sorted(objects):
        part = b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
        places.append(b"%d 1\n%010d 00000 n\r\n" % (number, end))
        parts.append(part)
        end += len(part)
    previous = int(_last(rb"startxref\s+(\d+)", data))
    kept = b"".join(
        _last(entry, data) for entry in (rb"(/Root \d+ 0 R)", rb"(/Info \d+ 0 R)", rb"(/ID\[[<>0-9A-F]+\])")
    )
    trailer = b"trailer\n<<%s/Size %d/Prev %d>>\n" % (kept, max(objects) + 1, previous)
    return b"".join([*parts, b"xref\n", *places, trailer, b"startxref\n%d\n%%%%EOF\n" % end])


def _last(pattern: bytes, data: bytes) -> bytes:
    found: list[bytes] = re.findall(pattern, data)
    return found[-1]
