"""Text and addresses of elsewhere, made harmless for HTML and JSON. Pure.

HTML: Jinja escapes every value, and `shown` stands before that: it takes out control characters and the marks that turn
the direction of text, so that a title can move nothing outside itself. JSON keeps the text as it is, but writes
as escapes whatever is not printable and whatever could end a script that somebody pastes it into.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

from monitor.wording.text import one_line, safe_url

_ESCAPED = re.compile(
    r"[<>&\x7f-\xa0\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ud800-\udfff\ufff0-\uffff]"
)


def shown(value: object) -> object:
    """A value as a template may show it: text on one line without anything unprintable; markup of ours as it is."""
    if type(value) is str and not value.isprintable():
        return one_line(value)
    return "" if value is None else value


@lru_cache(maxsize=10_000)
def link(url: object) -> str:
    """An address of elsewhere for `href`; "#" for what is none of the web."""
    return safe_url(url) or "#"


def to_json(value: Any) -> bytes:
    """A page's JSON twin."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode() + b"\n"
