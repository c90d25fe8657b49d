"""A source that is looked at in tests, with a reader that knows each document by its hash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from monitor.channels.rules import Channel
from monitor.coverage.pages import Reader as PageReader
from monitor.crawl.child import CrawlError
from monitor.deliver.audience import Audience
from monitor.model import Event, Letter, Paragraph
from monitor.model.event import Subject
from monitor.model.letter import NotReadError
from monitor.model.reach import Depth, Reach, Shows
from monitor.model.state import PolledTarget
from monitor.store import Store
from monitor.watch.announce import Names
from monitor.watch.known import Run
from monitor.watch.reading import Budget, Reader, Shelf
from monitor.watch.run import RunResult, Watch
from monitor.watch.understand import Readers
from tests.making import NOON, outward

DAY = timedelta(days=1)


class Library:
    """A reader that knows each document by its hash. `failing` ones it cannot read now."""

    version = 1

    def __init__(self, letters: dict[str, Letter]) -> None:
        self.letters, self.read_paths, self.failing = letters, list[Path](), set[str]()

    def read(self, path: Path) -> Letter:
        self.read_paths.append(path)
        if path.stem in self.failing:
            raise NotReadError("the reader died (signal 9)")
        return self.letters[path.stem]

    def paragraphs(self, path: Path) -> list[Paragraph]:
        return [Paragraph(1, "", f"Judged {grade}.") for grade in self.letters[path.stem].judgements.values()]


def everybody(_: Store, __: datetime) -> list[Channel]:
    return [Channel("all")]


def follow(
    store: Store,
    crawl: Iterable[PolledTarget],
    now: datetime,
    *,
    source: str = "ofsted",
    depth: Depth = Depth.NEW,
    reach: Reach = Reach.CONFIGURED,
    expected: Iterable[str] = (),
    reader: Reader | None = None,
    pages: PageReader | None = None,
    names: Names | None = None,
    audience: Audience = everybody,
    budget: Budget | None = None,
) -> RunResult:
    """Follow a crawl of a source: Ofsted's lists everything, any other shows only what is new."""
    shows = Shows.EVERYTHING if source == "ofsted" else Shows.RECENT
    run = Run(f"run-{now:%m%dT%H%M}-{source}", source, shows, depth, reach, tuple(expected))
    shelf = Shelf(store, reader, lambda: now, budget or Budget()) if reader else None
    names = names or Names(source.title(), lambda t: f"page {t}", lambda t: Subject(f"Council {t}", t))
    return Watch(store, run, Readers(shelf, pages), names, audience, lambda: now).follow(crawl)


class Watched:
    """A store that is crawled once a day."""

    def __init__(self, store: Store, **letters: Letter) -> None:
        self.store, self.now = store, NOON
        self.shelf = Library({x.sha256: x for x in letters.values()})
        for sha in self.shelf.letters:
            path = store.document_path(sha)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"%PDF-")

    def crawl(self, *found: PolledTarget, ended: str | None = None, **more: object) -> RunResult:
        self.now += DAY
        given = {"reader": self.shelf, **more}
        return follow(self.store, ending(found, ended), self.now, **given)  # type: ignore[arg-type]

    def told(self, *found: PolledTarget, **more: object) -> list[tuple[str, str | None]]:
        return [(e.kind, key_in(e)) for e in self.crawl(*found, **more).events]  # type: ignore[arg-type]


def key_in(event: Event) -> str | None:
    return outward(event.after).get("key")


def ending(found: Iterable[PolledTarget], ended: str | None) -> Iterator[PolledTarget]:
    """A crawl that ends otherwise than by finishing, where `ended` says why."""
    yield from found
    if ended:
        raise CrawlError(ended)
