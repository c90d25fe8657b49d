"""Unpacking a body whole or not at all: Scrapy's own middleware takes what it can get of a body that was cut."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable

from scrapy.exceptions import DownloadCancelledError, ResponseDataLossError

GZIP, ZLIB, RAW = 31, 15, -15
"""What zlib is told to expect: a gzip header, a zlib header, or (some Microsoft servers) none."""
MOST_LAYERS = 4
"""How many encodings one body may have; more are an attack."""
MOST_MEMBERS = 100
"""How many packed files one gzip body may hold one after another; more are an attack."""


def encodings(headers: Iterable[str]) -> list[str]:
    """The names in an answer's Content-Encoding headers, in the order in which the server applied them."""
    return [name.strip().lower() for header in headers for name in header.split(",") if name.strip()]


def unpack(body: bytes, names: list[str], most: int) -> bytes:
    """Undo the encodings of a body, the last one first. At a name that is no encoding ("utf-8", "none") we stop and
    take the body as it stands, as browsers do. `most` is the largest size in bytes.

    Raises ResponseDataLossError for a body that is damaged or ends early, DownloadCancelledError for one too large.
    """
    if len(names) > MOST_LAYERS:
        raise DownloadCancelledError(f"the body is packed {len(names)} times")
    for name in reversed(names):
        if name not in KNOWN or not body:
            break
        body = KNOWN[name](body, most)
    return body


def _gunzip(body: bytes, most: int) -> bytes:
    """Every file that a gzip body holds. What follows the last one is padding."""
    parts: list[bytes] = []
    for _ in range(MOST_MEMBERS):
        part, body = _inflate(body, GZIP, most - sum(map(len, parts)))
        parts.append(part)
        if not body.startswith(b"\x1f\x8b"):
            return b"".join(parts)
    raise DownloadCancelledError(f"the packed body holds more than {MOST_MEMBERS} files")


def _undeflate(body: bytes, most: int) -> bytes:
    has_header = body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0  # RFC 1950, 2.2
    return _inflate(body, ZLIB if has_header else RAW, most)[0]


def _inflate(body: bytes, wbits: int, most: int) -> tuple[bytes, bytes]:
    """One packed stream, and what follows it."""
    stream = zlib.decompressobj(wbits)
    try:
        part = stream.decompress(body, most + 1)
    except zlib.error as error:
        raise _damaged(error) from error
    return _whole(part, stream.eof, most), stream.unused_data


def _unbrotli(body: bytes, most: int) -> bytes:
    import brotli  # we do not ask for it, so it is seldom needed

    stream = brotli.Decompressor()
    try:
        part: bytes = stream.process(body, output_buffer_limit=most + 1)
    except brotli.error as error:
        raise _damaged(error) from error
    return _whole(part, stream.is_finished(), most)


def _whole(part: bytes, ended: bool, most: int) -> bytes:
    if len(part) > most:
        raise DownloadCancelledError("the body is too large once unpacked")
    if not ended:
        raise ResponseDataLossError("the packed body ends early")
    return part


def _damaged(error: Exception) -> ResponseDataLossError:
    return ResponseDataLossError(f"the packed body is damaged ({error})")


KNOWN: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _undeflate,
    "br": _unbrotli,
}
