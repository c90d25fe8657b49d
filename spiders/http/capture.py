"""Keeps every answer of a crawl as it came, for whoever maintains the program: `check --capture`.

One exchange (a question with its repeats and redirects) is a JSON file, and each body of it a file beside it. The JSON
has status and headers as they came, and what the program made of the answer. Left out are our own headers, and the
values of cookies: nothing in a capture belongs to the operator or opens a session.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from monitor.model.capture import folder_name

HIDDEN = "hidden"
"""Stands in place of a cookie's value."""


@dataclass
class Exchange:
    """One question and its answers, written anew with each thing that becomes known of it."""

    folder: Path
    name: str
    url: str
    answers: list[dict[str, Any]] = field(default_factory=list)
    judgement: dict[str, str | None] = field(default_factory=dict)

    def answered(self, url: str, status: int, headers: Iterable[tuple[bytes, bytes]], body: bytes) -> None:
        """Keep an answer: its headers and its body as they came, still packed."""
        file = f"{self.name}.{len(self.answers)}.body"
        (self.folder / file).write_bytes(body)
        shown = [_header(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers]
        self.answers.append({"url": without_login(url), "at": _now(), "status": status, "headers": shown, "body": file})
        self._write()

    def failed(self, url: str, error: Exception) -> None:
        """Note that a request brought no whole answer, with the failure's class and words."""
        failure = {"error": type(error).__name__, "words": str(error)[:300]}
        self.answers.append({"url": without_login(url), "at": _now(), **failure})
        self._write()

    def judged(self, outcome: str, reason: str | None = None) -> None:
        """Note what the program made of the answer."""
        self.judgement = {"outcome": outcome, "reason": reason}
        self._write()

    def _write(self) -> None:
        told = {"asked": without_login(self.url), "judgement": self.judgement, "answers": self.answers}
        text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
        (self.folder / f"{self.name}.json").write_text(text, encoding="utf-8")


class Capture:
    """A folder for the answers of one crawl, with a folder for each target."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def begin(self, target: str, url: str) -> Exchange:
        """Begin an exchange that a target asks for. Exchanges are numbered in their order."""
        self._count += 1
        place = self._folder / folder_name(target)
        place.mkdir(parents=True, exist_ok=True)
        return Exchange(place, f"{self._count:04}", url)


def without_login(url: str) -> str:
    """The address without a user and a password."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], *parts[2:]))


def _header(name: str, value: str) -> tuple[str, str]:
    """A header to keep. Of a cookie the name is kept, so that the exchange can be played again."""
    if name.lower() != "set-cookie":
        return name, value
    pair, semicolon, rest = value.partition(";")
    return name, f"{pair.partition('=')[0]}={HIDDEN}{semicolon}{rest}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
