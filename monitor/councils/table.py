"""Reads the registry's CSV: each row becomes a `Council`, and each fault one clear line.

Operators can replace the table (`[watch] registry`), so a fault names file, row, column and reason. Columns other than
name, slug, ofsted_urn and region are optional; unknown ones are a fault.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from monitor.councils.council import Council, RegistryError

COLUMNS = tuple(field.name for field in fields(Council))
REQUIRED = ("name", "slug", "ofsted_urn", "region")
IDENTITY = ("name", "slug", "ofsted_urn")
LISTS = ("former_gss_code", "aliases", "predecessors", "committee_alt_urls")
DATES = ("valid_from", "valid_to")
URLS = ("website_url", "committee_base_url", "children_scrutiny_rss", "newsroom_url", "news_feed_url")
UNIQUE = ("name", "slug", "ofsted_urn", "gss_code", "dfe_la_number", "three_letter_code")
NEVER_NONE = (*REQUIRED, "gss_code", "dfe_la_number", "la_type", "three_letter_code")


def read_table(path: Path) -> list[Council]:
    """Read the councils of a CSV file (UTF-8), in its order. Raises RegistryError for the first fault."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            councils = list(_councils(csv.reader(file, strict=True), str(path)))
    except OSError as error:
        raise RegistryError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise RegistryError(f"{path}: not UTF-8 text: {error.reason} at byte {error.start}") from error
    except csv.Error as error:
        raise RegistryError(f"{path}: not a CSV file: {error}") from error
    if not councils:
        raise RegistryError(f"{path}: no councils in it")
    return councils


def check_aliases(councils: Iterable[Council], path: Path) -> None:
    """Raise RegistryError if a name would mean two councils."""
    from monitor.councils.names import name_key

    owners: dict[str, Council] = {}
    for council in councils:
        for name in council.names:
            owner = owners.setdefault(name_key(name), council)
            if owner is not council:
                raise RegistryError(f'{path}: row of {council.name}, column aliases: "{name}" is {owner.name} already')


def changed(council: Council, cells: Mapping[str, str]) -> Council:
    """Return the council with some cells replaced, written as in the CSV. Name, slug and URN cannot change. Raises
    RegistryError, one line that begins with the column."""
    values: dict[str, Any] = {}
    for column, text in cells.items():
        if column not in COLUMNS:
            raise RegistryError(f"{column}: {_unknown(column)}")
        if column in IDENTITY or (column in REQUIRED and not text.strip()):
            raise RegistryError(f"{column}: cannot be " + ("changed here" if column in IDENTITY else "empty"))
        try:
            values[column] = _value(column, text.strip())
        except ValueError as error:
            raise RegistryError(f"{column}: {error}") from error
    return replace(council, **values)


def _councils(reader: Any, file: str) -> Iterator[Council]:
    header: list[str] = next(reader, [])
    _check_header(header, file)
    parsers = [(column, PARSERS.get(column)) for column in header]
    seen: dict[tuple[str, str], int] = {}
    for cells in reader:
        if cells:
            where = f"{file}: row {reader.line_num}"
            council = _council(parsers, cells, where)
            _check_unique(council, seen, reader.line_num, where)
            yield council


def _check_header(header: list[str], file: str) -> None:
    for column in header:
        if column not in COLUMNS:
            raise RegistryError(f"{file}: row 1, column {column}: {_unknown(column)}")
        if header.count(column) > 1:
            raise RegistryError(f"{file}: row 1, column {column}: stands there twice")
    for column in REQUIRED:
        if column not in header:
            raise RegistryError(f"{file}: row 1, column {column}: missing")


def _council(parsers: Sequence[tuple[str, Parser | None]], cells: list[str], where: str) -> Council:
    if len(cells) != len(parsers):
        column = min(len(cells), len(parsers)) + 1
        raise RegistryError(f"{where}, column {column}: {len(cells)} cells, not {len(parsers)}")
    values: dict[str, Any] = {}
    for (name, parse), text in zip(parsers, map(str.strip, cells), strict=True):
        try:
            if text:
                values[name] = parse(text) if parse else text
        except ValueError as error:
            raise RegistryError(f"{where}, column {name}: {error}") from error
    for name in REQUIRED:
        if name not in values:
            raise RegistryError(f"{where}, column {name}: empty")
    return Council(**values)


def _value(column: str, text: str) -> Any:
    """Convert a cell, perhaps empty, to the type of its column. Raises ValueError with the reason."""
    if text:
        return PARSERS.get(column, str)(text)
    if column in LISTS:
        return ()
    return "" if column in NEVER_NONE else None


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f'"{text}" is not a date like 2023-04-01') from error


def _url(text: str) -> str:
    if not text.startswith(("http://", "https://")) or text.endswith("://") or " " in text:
        raise ValueError(f'"{text}" is not an http or https address')
    return text


def _urn(text: str) -> str:
    if not (text.isascii() and text.isdigit() and 4 <= len(text) <= 8):
        raise ValueError(f'"{text}" is not a number of 4 to 8 digits')
    return text


def _slug(text: str) -> str:
    if text != text.lower() or not text.replace("-", "").isalnum():
        raise ValueError(f'"{text}" is not small letters and hyphens')
    return text


def _gss(text: str) -> str:
    if len(text) != 9 or text[0] != "E" or not (text.isascii() and text[1:].isdigit()):
        raise ValueError(f'"{text}" is not E and eight digits')
    return text


Parser = Callable[[str], Any]
PARSERS: Mapping[str, Parser] = (
    dict.fromkeys(LISTS, _list)
    | dict.fromkeys(DATES, _day)
    | dict.fromkeys(URLS, _url)
    | {"ofsted_urn": _urn, "slug": _slug, "gss_code": _gss}
)


def _check_unique(council: Council, seen: dict[tuple[str, str], int], row: int, where: str) -> None:
    for column in UNIQUE:
        value = getattr(council, column)
        first = seen.setdefault((column, value), row) if value else row
        if first != row:
            raise RegistryError(f'{where}, column {column}: "{value}" stands in row {first} already')


def _unknown(column: str) -> str:
    from monitor.councils.nearest import did_you_mean

    return f"unknown column{did_you_mean(column, COLUMNS)}"
