"""The addresses of the site's pages, for all who link to them: messages, feeds, calendars, the site itself. Pure.

An address is below the site's own (`[site] address`, without a slash at its end); with "" it begins at the root of the
site. The paths are a promise: people keep links for years.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
"""What may be part of a path and of a file's name as it is."""


def page(address: str, *path: str) -> str:
    """The address of a page by the parts of its path: `page("", "moves")` is "/moves/", of no parts the front page."""
    return "/".join((address, *path, ""))


def council_page(address: str, slug: str) -> str:
    """The address of a council's page; `slug` as in the registry."""
    return page(address, "councils", safe_id(slug))


def letter_page(address: str, key: str, number: int | None = None) -> str:
    """The address of a letter by its record's key (Ofsted's number of the file), or of its page `number`, from 1."""
    anchor = f"#page-{number}" if number else ""
    return page(address, "letters", safe_id(key)) + anchor


def slug(name: str) -> str:
    """A name as part of a file's name: "South West" is "south-west"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return hyphenated(plain)[:60]


def hyphenated(name: str) -> str:
    """A name's small letters and digits, with hyphens for all else; "" where it has none."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def safe_id(name: str) -> str:
    """A name from elsewhere as part of a path. Ofsted's numbers and the registry's slugs stay as they are; what could
    lead out of a folder, or is no plain name, becomes a digest of it."""
    return name if SAFE_ID.fullmatch(name) else f"x{sha256(name.encode(errors='replace')).hexdigest()[:20]}"
