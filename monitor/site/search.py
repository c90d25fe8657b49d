"""The search page, and the index that Pagefind makes of the letters' pages.

Pagefind is an optional extra (`site`). Without it the page has no search box and says how to search. The index is made
beside the site, and its files are moved over one by one. The file that names the others comes last, so a search always
finds a whole index, the old or the new one.
"""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from monitor.site.output import replace_file
from monitor.site.page import Page
from monitor.site.picture import Picture
from monitor.wording.coverage import looked_at
from monitor.wording.text import count

log = logging.getLogger("ofsted-watch")

FOLDER = "pagefind"
ENTRY = "pagefind-entry.json"
"""The file that names all others of an index."""
LETTERS = "letters/*/index.html"
"""The pages to index. A site before the first look has none, and Pagefind fails there."""
INDEX_SECONDS = 300.0
OURS = ("pagefind.js", "pagefind-worker.js", ENTRY)
"""What of Pagefind's own files the page needs; its boxes and style sheets are not ours."""


@cache
def available() -> bool:
    """Whether Pagefind is installed."""
    return find_spec("pagefind") is not None and find_spec("pagefind_bin") is not None


def pages(picture: Picture) -> Iterator[Page]:
    """The one page."""
    searched = coverage(picture)
    words = looked_at("Searched", count(searched["letters"], "letter"), *list(searched.values())[1:])
    content = {"searched": words, "box": available(), "json": {"coverage": searched}}
    yield Page(("search",), "search.html.j2", "Search the letters", content, lambda: content, scripted=available())


def coverage(picture: Picture) -> dict[str, Any]:
    """What a search looks at: how many letters of how many councils, from when to when, and how many are unread."""
    read = picture.read
    days = sorted(x.published for _, x in read if x.published)
    return {
        "letters": len(read),
        "councils": len({c.council.urn for c, _ in read}),
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
        "unread": len(picture.unread),
    }


def index(site: Path) -> bool:
    """Have Pagefind index the site; False where it failed, which is logged, and the old index stays."""
    with tempfile.TemporaryDirectory(prefix=".index-", dir=site) as made:
        command = [sys.executable, "-m", "pagefind", "--site", str(site), "--output-path", made, "--quiet",
                   "--glob", LETTERS]  # fmt: skip
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=INDEX_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            log.error("the search of the site was not indexed anew: it took more than %d seconds", INDEX_SECONDS)
            return False
        if done.returncode or not Path(made, ENTRY).is_file():
            log.error("the search of the site was not indexed anew: %s", done.stderr.strip()[-300:])
            return False
        _take_over(Path(made), site / FOLDER)
    return True


def remove(site: Path) -> None:
    """Take an index away that nobody keeps any more."""
    shutil.rmtree(site / FOLDER, ignore_errors=True)


def _take_over(made: Path, place: Path) -> None:
    files = {path.relative_to(made): path for path in made.rglob("*") if path.is_file() and _is_needed(path, made)}
    for name, path in sorted(files.items(), key=lambda item: item[0].name == ENTRY):
        replace_file(place / name, path.read_bytes())
    for path in [path for path in place.rglob("*") if path.is_file() and path.relative_to(place) not in files]:
        path.unlink()


def _is_needed(path: Path, made: Path) -> bool:
    own = path.parent != made or path.suffix in (".pagefind", ".pf_meta")
    return own or path.name in OURS
