"""What must be true of every page, as a validator would say it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import html5lib

RUNS_CODE = ("javascript:", "data:", "vbscript:")
NAMED_BY_A_LABEL = ("input", "select", "textarea")


def parsed(path: Path) -> Element:
    """A page's tree. Raises html5lib's ParseError at the first mistake that the HTML standard names."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: Element = parser.parse(path.read_text(encoding="utf-8"))
    return root


def faults(site: Path, path: Path) -> list[str]:
    """What is wrong with a page, apart from its syntax."""
    root = parsed(path)
    return [*_frame(root), *_ids(root), *_references(root), *_code(root), *_links(site, path, root)]


def words(root: Element) -> str:
    """All text of a page."""
    return " ".join(" ".join(_texts(root)).split())


def _texts(element: Element) -> Iterator[str]:
    """The texts of an element in their order, comments left out."""
    if isinstance(element.tag, str):
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""


def _frame(root: Element) -> Iterator[str]:
    if not root.get("lang"):
        yield "no language"
    if not root.findtext("head/title", "").strip():
        yield "no title"
    if len(list(root.iter("h1"))) != 1 or len(list(root.iter("main"))) != 1:
        yield "not one h1 and one main"
    if root.find("body/a[@class='skip']") is None:
        yield "no skip link"
    levels = [int(e.tag[1]) for e in root.iter() if e.tag in ("h1", "h2", "h3", "h4")]
    yield from (f"h{b} after h{a}" for a, b in pairwise(levels) if b > a + 1)


def _ids(root: Element) -> Iterator[str]:
    counted = Counter(e.get("id") for e in root.iter() if e.get("id"))
    yield from (f"id {name} {number} times" for name, number in counted.items() if number > 1)


def _references(root: Element) -> Iterator[str]:
    ids = {e.get("id") for e in root.iter()}
    labelled = {e.get("for") for e in root.iter("label")}
    for element in root.iter():
        for name in ("aria-labelledby", "aria-describedby", "for"):
            yield from (f"{name}={x} leads nowhere" for x in (element.get(name) or "").split() if x not in ids)
        if element.tag in NAMED_BY_A_LABEL and element.get("id") not in labelled:
            yield f"{element.tag} {element.get('id')} has no label"
        if element.tag == "img" and element.get("alt") is None:
            yield f"img {element.get('src')} has no alt"


def _code(root: Element) -> Iterator[str]:
    """Nothing inline that runs or styles; the policy of the page says the same to browsers."""
    policy = next((e.get("content", "") for e in root.iter("meta") if e.get("http-equiv")), "")
    if "default-src 'none'" not in policy or "unsafe-inline" in policy:
        yield f"policy {policy!r}"
    for element in root.iter():
        yield from (f"{element.tag} has {name}" for name in element.attrib if name.startswith("on") or name == "style")
        if element.tag in ("script", "style") and (element.text or "").strip():
            yield f"inline {element.tag}"
        for name in ("href", "src", "action"):
            if (element.get(name) or "").strip().lower().startswith(RUNS_CODE):
                yield f"{name}={element.get(name)}"


def _links(site: Path, path: Path, root: Element) -> Iterator[str]:
    """Links of the site's own lead to a file, and to something in it."""
    for element in root.iter():
        for name in ("href", "src"):
            address = element.get(name)
            if address and not urlsplit(address).scheme:
                yield from _leads(site, path, root, address)
            elif address and element.tag in ("script", "link", "img"):
                yield f"{element.tag} from elsewhere: {address}"


def _leads(site: Path, path: Path, root: Element, address: str) -> Iterator[str]:
    parts = urlsplit(address)
    base = site if parts.path.startswith("/") else path.parent
    target = (base / unquote(parts.path).lstrip("/")).resolve() if parts.path else path
    target = target / "index.html" if target.is_dir() else target
    if site.resolve() not in target.parents or not target.is_file():
        yield f"{address} leads nowhere"
    elif parts.fragment and target.suffix == ".html":
        found = root if target == path else parsed(target)
        if all(e.get("id") != parts.fragment for e in found.iter()):
            yield f"{address}: no such place on the page"
