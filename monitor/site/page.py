"""A page of the site: where it is, what it is made of, and how it is made when it is due. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any


def digest(*values: object) -> str:
    """A short form of values that is another one when they differ."""
    return sha256(repr(values).encode(errors="replace")).hexdigest()[:20]


@dataclass(frozen=True)
class Page:
    """`path` has the parts of the address: ("councils", "devon"); of the front page none. `made_of` is all that it
    shows, in a short form: while that stays the same the page is not made again. `make` gives what its `template`
    shows, with the key "json" for its twin. `scripted`: it runs the search, which compiles code in the browser.
    `base` is the way to the front page, for a page that is shown at any address. `moving` has what moves while all else
    stays, as a council's rank among all: each part is shown by the template of its name, and put between its marks
    (`<!--name-->`) in each build."""

    path: tuple[str, ...]
    template: str
    title: str
    made_of: object
    make: Callable[[], Mapping[str, Any]] = field(repr=False)
    scripted: bool = False
    base: str = ""
    moving: Mapping[str, object] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its file in the site's folder."""
        return "/".join(self.path) if self.is_file else "/".join((*self.path, "index.html"))

    @property
    def is_file(self) -> bool:
        """Return True if its path names a file and not a folder, as that of the 404 page does."""
        return bool(self.path) and self.path[-1].endswith(".html")

    @property
    def root(self) -> str:
        """The way from it to the front page, as a relative address: the site may lie below any path."""
        if self.base:
            return self.base
        return "../" * (len(self.path) - self.is_file) or "./"

    @cached_property
    def fingerprint(self) -> str:
        """A short form of what it is made of."""
        return digest(self.template, self.title, self.base, self.made_of)


@dataclass(frozen=True)
class Extra:
    """A file beside the pages: a picture, a calendar, a feed. `name` is its path in the site's folder."""

    name: str
    made_of: object
    make: Callable[[], bytes] = field(repr=False)

    @cached_property
    def fingerprint(self) -> str:
        """A short form of what it is made of."""
        return digest(self.made_of)
