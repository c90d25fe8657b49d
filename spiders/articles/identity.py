"""Which entry of a window is which: what each is told by, and whether the last look saw it. Pure.

An entry has up to two names: its guid, which stays when the address is corrected, and its address. Either is enough to
know it again, because some sites give a new guid with each edit and some a new address with each request. A name that
several entries of one window share tells nothing. Where both are new, an entry with the title and the time of one that
has gone is that one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from spiders.articles.addresses import as_before, canonical, in_full
from spiders.articles.feeds import Entry, described
from spiders.articles.memory import Fate, FeedMemory, Row, short

NEW_AT_ONCE = 0.8
"""From which share of a window's entries on all is new at once, which no day's news is."""
UNDER_KNOWN_TITLES = 0.5
"""From which share of them on, under titles that have gone, it is the old list under new addresses."""
MIN_MOVED = 2
MAX_GUID_CHARACTERS = 500
"""A longer one is no name but a text, and its digest names the entry."""


@dataclass(frozen=True, slots=True)
class Known:
    """An entry with its names, in full, and what is remembered of it; None where it is new."""

    entry: Entry
    names: tuple[str, ...]
    row: Row | None = None

    @property
    def key(self) -> str:
        """What names its record: as it was first told, else its guid before its address."""
        return (self.row.key if self.row else "") or self.names[0]


@dataclass(frozen=True, slots=True)
class Window:
    """The entries of one look, the first of each name. `moved`: so many were known by their titles alone."""

    entries: tuple[Known, ...]
    moved: int = 0


def identified(entries: Iterable[Entry], memory: FeedMemory) -> Window:
    """What each entry is."""
    rows = {name: row for row in memory.entries for name in row.names}
    found = [Known(e, names, _named(e, names, rows, memory)) for e, names in _unique(list(entries)).items()]
    taken = {id(k.row) for k in found if k.row}
    gone = [row for row in memory.entries if id(row) not in taken]
    new = [k for k in found if k.row is None]
    if not (gone and new):
        return Window(tuple(found))
    moved = _by_title(new, gone) if len(new) >= max(MIN_MOVED, NEW_AT_ONCE * len(found)) else {}
    again = moved or _by_twin(new, gone)
    return Window(tuple(Known(k.entry, k.names, again.get(k.names, k.row)) for k in found), len(moved))


def said(entry: Entry) -> str:
    """All that a window says of an entry, in a memory."""
    return short(described(entry))


def titled(entry: Entry) -> str:
    """What an entry is called, in a memory."""
    return short(entry.title.casefold()) if entry.title else ""


def timed(entry: Entry) -> str:
    """When an entry came out, in a memory; "" where the window does not say."""
    when = entry.published or entry.dated
    return short(when) if when else ""


def _unique(entries: Sequence[Entry]) -> dict[Entry, tuple[str, ...]]:
    """Each entry with its names; of two with the same first name the first."""
    guids, addresses = _telling([_guid(entry) for entry in entries], entries), _addresses(entries)
    first: dict[str, Entry] = {}
    named: dict[Entry, tuple[str, ...]] = {}
    for entry, guid, address in zip(entries, guids, addresses, strict=True):
        by_its_words = f"{canonical(entry.url)}#{short(f'{entry.title}{entry.dated}')}"
        names = tuple(dict.fromkeys(filter(None, (guid, address)))) or (by_its_words,)
        if first.setdefault(names[0], entry) is entry:
            named[entry] = names
    return named


def _guid(entry: Entry) -> str:
    """As a name. One that is an address is named like one. Beside the same address it adds nothing: the BBC counts its
    edits in the guid's fragment."""
    if not entry.guid.startswith(("http://", "https://")):
        return entry.guid if len(entry.guid) <= MAX_GUID_CHARACTERS else short(entry.guid)
    same = entry.linked and canonical(entry.guid).partition("#")[0] == canonical(entry.url).partition("#")[0]
    return canonical(entry.url) if same and "#" in entry.guid and "#" not in entry.url else canonical(entry.guid)


def _addresses(entries: Sequence[Entry]) -> list[str]:
    """The address of each, as a name: the plain one, or where that is shared by other titles the one in full."""
    plain = [canonical(e.url) if e.linked and not _is_front(e.url) else "" for e in entries]
    telling = _telling(plain, entries)
    full = [name or (in_full(e.url) if p else "") for name, p, e in zip(telling, plain, entries, strict=True)]
    return _telling(full, entries)


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query and not parts.fragment


def _telling(names: Sequence[str], entries: Sequence[Entry]) -> list[str]:
    """The names that tell an entry from those with other titles."""
    titles = Counter(name for name, _ in {(n, e.title) for n, e in zip(names, entries, strict=True)})
    return [name if titles[name] == 1 else "" for name in names]


def _named(entry: Entry, names: tuple[str, ...], rows: Mapping[str, Row], memory: FeedMemory) -> Row | None:
    """What is remembered of an entry by its names."""
    for name in map(short, names):
        row = rows.get(name)
        if row is not None and (name == short(names[0]) or _is_same(entry, row)):
            return row
    return _of_the_first_edition(entry, names, memory)


def _is_same(entry: Entry, row: Row) -> bool:
    """Whether an entry with a new guid at a known address is the same. A page that always shows the latest news has one
    address for many, but each has its own title and time."""
    same_time = row.time != "" and row.time == timed(entry)
    return len(row.names) == 1 or row.title == titled(entry) or same_time


def _of_the_first_edition(entry: Entry, names: tuple[str, ...], memory: FeedMemory) -> Row | None:
    key, waiting = as_before(entry.url), dict(memory.waiting)
    name = short(key)
    if name not in (*memory.known, *memory.passed, *waiting):
        return None
    fate: Fate = "known" if name in memory.known else "rejected" if name in memory.passed else "passed"
    return Row(tuple(map(short, names)), key, titled(entry), timed(entry), said(entry), fate, waiting.get(name))


def _by_title(new: Sequence[Known], gone: Sequence[Row]) -> dict[tuple[str, ...], Row]:
    """The rows that entries under new addresses are by their titles, if that is so of nearly all of them."""
    found = dict(_paired([(k.names, titled(k.entry)) for k in new], [(row.title, row) for row in gone]))
    return found if len(found) >= max(MIN_MOVED, UNDER_KNOWN_TITLES * len(new)) else {}


def _by_twin(new: Sequence[Known], gone: Sequence[Row]) -> dict[tuple[str, ...], Row]:
    """The rows that single entries are by title and time: an article whose address was corrected."""
    twins = [(k.names, titled(k.entry) + time if (time := timed(k.entry)) else "") for k in new]
    return dict(_paired(twins, [(row.title + row.time if row.time else "", row) for row in gone]))


def _paired(
    new: Sequence[tuple[tuple[str, ...], str]], gone: Sequence[tuple[str, Row]]
) -> Iterator[tuple[tuple[str, ...], Row]]:
    """What only one of the new and only one of the gone is called."""
    new_marks, old_marks = Counter(mark for _, mark in new), Counter(mark for mark, _ in gone)
    rows = {mark: row for mark, row in gone if mark and old_marks[mark] == 1}
    for names, mark in new:
        if new_marks[mark] == 1 and mark in rows:
            yield names, rows[mark]
