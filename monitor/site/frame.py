"""What all pages share: Jinja with every value escaped, the frame around a page, what is put in anew each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from monitor.model.addresses import council_page, letter_page
from monitor.site import grades, inert
from monitor.site.page import Page
from monitor.version import VERSION
from monitor.wording import dates, text

FOLDER = Path(__file__).parent
STATIC = tuple(sorted(path.name for path in (FOLDER / "static").iterdir()))
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'{wasm}; connect-src 'self';"
    " manifest-src 'self'; form-action 'self'; base-uri 'none'"
)
NAVIGATION = (
    ("", "England"),
    ("councils", "Councils"),
    ("moves", "Moves"),
    ("due", "Waits"),
    ("meetings", "Meetings"),
    ("search", "Search"),
    ("health", "Health"),
    ("data", "Data"),
)


@dataclass(frozen=True, slots=True)
class Strip:
    """When the program last looked, how much it saw, when it looks next; `well`: nothing of it needs attention."""

    looked: str
    saw: str
    next: str
    well: bool


class Frame:
    """Makes pages whole."""

    def __init__(self, title: str, strip: Strip, live: set[str]) -> None:
        """`title` is the site's; `live` names the parts of the navigation that there are."""
        self._strip = _template("strip.html.j2").render(strip=strip, root="ROOT/").encode()
        self._common = {"site_title": title, "navigation": [n for n in NAVIGATION if n[0] in live or not n[0]]}

    def html(self, page: Page, content: Mapping[str, Any]) -> bytes:
        """The page with its frame and its strip."""
        own = {"page": page, "root": page.root, "policy": policy(scripted=page.scripted), "twin": "json" in content}
        html = _template(page.template).render(**self._common, **own, **content).encode()
        return self.with_parts(html, page)

    def with_parts(self, html: bytes, page: Page) -> bytes:
        """A page that is made already, with the strip of now, and with what moves while the rest stays."""
        html = _put_in(html, "strip", self._strip.replace(b"ROOT/", page.root.encode()))
        for name, value in page.moving.items():
            part = _template(f"{name}.html.j2").render({name: value, "root": page.root})
            html = _put_in(html, name, part.encode())
        return html


def _put_in(html: bytes, name: str, part: bytes) -> bytes:
    """The page with another part between the marks of this name; as it is, where it has none."""
    begins, ends = f"<!--{name}-->".encode(), f"<!--/{name}-->".encode()
    before, mark, rest = html.partition(begins)
    return b"".join((before, begins, part, ends, rest.partition(ends)[2])) if mark else html


def policy(*, scripted: bool) -> str:
    """A page's Content-Security-Policy: nothing from elsewhere, nothing inline. `scripted` as in `Page`."""
    return POLICY.format(wasm=" 'wasm-unsafe-eval'" if scripted else "")


def static(name: str) -> bytes:
    """A style sheet or script."""
    return (FOLDER / "static" / name).read_bytes()


@cache
def maker() -> str:
    """Names the version of all that makes pages: with another program or template every page is made again."""
    files = sorted(path for path in FOLDER.rglob("*") if path.suffix in (".py", ".j2"))
    return f"{VERSION} {sha256(b''.join(path.read_bytes() for path in files)).hexdigest()[:16]}"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=inert.shown,
    )
    made.filters |= {
        "day": dates.day,
        "month": dates.month,
        "moment": dates.moment,
        "link": inert.link,
        "cut": text.cut,
        "upper_first": text.upper_first,
    }
    made.globals |= {
        "count": text.count,
        "span": dates.span,
        "letter_page": letter_page,
        "council_page": council_page,
        "grade": grades.shown,
    }
    return made


def _template(name: str) -> Any:
    return _environment().get_template(name)
