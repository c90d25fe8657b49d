"""Keeps Atom feeds as files: one of everything, one for each council, one for each region.

The files are the only state. A message is merged into the entries that they hold, so sending it again changes nothing.
A reader sees a whole file, the old or the new.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from xml.etree.ElementTree import Element

from monitor.model import DeliveryError, Event, Thread
from monitor.model.addresses import slug
from monitor.wording.text import one_line
from notifiers.feed import page as feed_page
from notifiers.wording_faults import worded


class FeedNotifier:
    """Keeps `all.atom`, `council-URN.atom` and `region-NAME.atom` in `folder`; `region_of` gives the region of a
    council by URN. News of sources goes only into `all.atom`. `address` is where people reach the folder, if
    they do: each feed then says where it is."""

    def __init__(
        self, *, folder: Path | str, region_of: Mapping[str, str] | None = None, address: str | None = None
    ) -> None:
        self.folder, self.address = Path(folder), address
        self.region_of = region_of or {}

    def send(
        self, message_id: str, events: Sequence[Event], maybe_sent: bool = False, thread: Thread | None = None
    ) -> None:
        """Merge the events into their files. Raises DeliveryError; if one cannot be read back all stay as they are."""
        entries = worded(self._entries, events)
        due = [self._due(stem, title, made) for (stem, title), made in entries.items()]
        for path, before, after in due:
            if before != after:
                _replace(path, after)

    def _entries(self, events: Sequence[Event]) -> dict[tuple[str, str | None], list[Element]]:
        """What is to be in each file; each has elements of its own."""
        found: dict[tuple[str, str | None], list[Element]] = {}
        for event in events:
            for feed in self._feeds(event):
                found.setdefault(feed, []).append(feed_page.entry(event))
        return found

    def _feeds(self, event: Event) -> Iterator[tuple[str, str | None]]:
        """The files that an event belongs to, each with its title: for a council's file the council's name."""
        yield "all", "all councils"
        urn, region = slug(event.urn or ""), self.region_of.get(event.urn or "")
        if event.kind.startswith("source."):
            return
        if urn:
            yield f"council-{urn}", None
        if region:
            yield f"region-{slug(region)}", one_line(region)

    def _due(self, stem: str, title: str | None, made: Sequence[Element]) -> tuple[Path, bytes | None, bytes]:
        """A file's present content, and its new content."""
        path = self.folder / f"{stem}.atom"
        before, address = _read(path), f"{self.address}/{path.name}" if self.address else None
        try:
            feed = feed_page.Feed(f"{feed_page.BASE_ID}feed:{stem}", title, address)
            return path, before, feed_page.merged(before, feed, made)
        except ValueError as error:
            said = f"cannot read {path} back, mend it or move it away: {error}"
            raise DeliveryError(one_line(said, 400), permanent=False) from error


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DeliveryError(f"cannot read {path}: {error.strerror}", permanent=False) from error


def _replace(path: Path, page: bytes) -> None:
    """Write a new file beside the old one and move it over. One sender runs at a time, so nobody else writes there."""
    beside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as handle:
            handle.write(page)
            handle.flush()
            os.fsync(handle.fileno())
        beside.replace(path)
        _keep_name(path.parent)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise DeliveryError(f"cannot write {path}: {error.strerror}", permanent=False) from error


def _keep_name(folder: Path) -> None:
    """Force the folder to the disk. From now on the message counts as sent, even after a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
