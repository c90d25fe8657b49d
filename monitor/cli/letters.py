"""The commands that need no configuration: read, replay."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from math import inf
from pathlib import Path

import click

from monitor.cli.app import as_json, brief, emit
from monitor.cli.faults import FAILED, Misuse
from monitor.cli.letter_pages import letter_page
from monitor.councils.registry import Registry
from monitor.crawl.child import closed_targets
from monitor.model import to_json
from monitor.model.event import Subject
from monitor.model.state import PolledTarget
from monitor.store import Store
from monitor.wording.text import printable


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@as_json
def read(files: tuple[Path, ...], json_: bool) -> int:
    """Read letters (PDF) without any store. The exit status is 1 if one cannot be read."""
    from monitor.letters.reader import Reader

    unread = 0
    with Reader(slow_seconds=inf) as reader:
        for file in files:
            if not file.is_file():
                raise Misuse(f"{file}: is a folder, not a letter" if file.is_dir() else f"{file}: no such file")
            letter = reader.read(file)
            letter.file = str(file)
            unread += letter.kind == "unknown"
            emit(to_json(letter)) if json_ else click.echo(printable(letter_page(letter)))
    return FAILED if unread else 0


@click.command()
@click.argument("polls", type=click.Path(path_type=Path, readable=False, dir_okay=False))
@as_json
def replay(polls: Path, json_: bool) -> None:
    """Replay recorded crawls (JSON Lines). They run on a store that is deleted afterwards."""
    from monitor.watch.replay import replay as run

    if not polls.is_file():
        raise Misuse(f"{polls}: no such file")
    registry = Registry.load()

    def subject(target: str) -> Subject:
        council = registry.by_urn(target)
        return Subject(council.name, council.ofsted_urn) if council else Subject(None, target)

    scratch = tempfile.TemporaryDirectory(prefix="ofsted-watch-")
    with scratch as folder, Store(Path(folder), durable=False) as store, polls.open(encoding="utf-8") as lines:
        for event in run(store, _closed(lines, polls.name), subject):
            emit(to_json(event)) if json_ else click.echo(brief(event))


def _closed(lines: Iterable[str], name: str) -> Iterator[PolledTarget]:
    try:
        yield from closed_targets(lines, name)
    except UnicodeDecodeError as error:
        raise Misuse(f"{name}: not UTF-8 text, so no recorded crawl") from error
    except ValueError as error:
        raise Misuse(str(error)) from error
