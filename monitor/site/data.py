"""The page of data: what there is to download, the feeds, where everything comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from monitor.model.addresses import slug
from monitor.public import writing
from monitor.reference.sources import sources
from monitor.site.page import Extra, Page
from monitor.site.picture import Picture

ALL_COUNCILS = "all"
DATABASE = "data/ofsted-letters.db"


def pages(picture: Picture) -> Iterator[Page]:
    """The one page."""
    made_of = (picture.public, picture.feeds, len(picture.letters))
    yield Page(("data",), "data.html.j2", "Data and feeds", made_of, lambda: _content(picture))


def feeds(picture: Picture) -> Iterator[Extra]:
    """The feeds that channels keep, as files of the site."""
    for path in picture.feeds:
        seen = path.stat()
        yield Extra(f"feeds/{path.parent.name}/{path.name}", (seen.st_mtime_ns, seen.st_size), path.read_bytes)


def database(picture: Picture) -> Iterator[Extra]:
    """The public database, to download: nothing of channels or recipients is in it."""
    if picture.public is not None:
        seen = picture.public.stat()
        yield Extra(DATABASE, (seen.st_mtime_ns, seen.st_size), partial(_copied, picture.public))


def _copied(path: Path) -> bytes:
    with TemporaryDirectory(prefix="ofsted-watch-") as folder:
        copy = Path(folder, "copy.db")
        writing.copy_to(path, copy)
        return copy.read_bytes()


def _content(picture: Picture) -> Mapping[str, Any]:
    shown = sources()
    return {
        "feeds": _feeds(picture),
        "database": DATABASE if picture.public else "",
        "letters": len(picture.read),
        "councils": len({c.council.urn for c, _ in picture.read}),
        "sources": [(t.title, t.source) for t in shown.tables.values() if t.source],
        "licence": shown.licence,
        "licence_url": shown.licence_url,
        "json": {"feeds": [f"feeds/{folder}/{path.name}" for folder, _, path in _feeds(picture)]},
    }


def _feeds(picture: Picture) -> list[tuple[str, str, Path]]:
    """Each feed: its folder, what it is about, its file; that of all councils first, then regions, then councils."""
    names = {f"council-{c.council.urn}": c.council.name for c in picture.by_name}
    regions = {f"region-{slug(c.council.region)}": c.council.region for c in picture.by_name}
    about = names | regions | {ALL_COUNCILS: "All councils"}
    found = [(path.parent.name, about.get(path.stem, path.stem), path) for path in picture.feeds]
    return sorted(found, key=lambda f: (f[0], f[2].stem != ALL_COUNCILS, f[2].stem in names, f[1]))
