"""The registry of councils. It knows which council a name or a text means.

The built-in table, `councils.csv` beside this module, holds the 153 English authorities that Ofsted inspects for
children's services. Names and codes come from public lookups by Data to Insight and mySociety. Council reorganisations
(dates in `valid_from`, `valid_to`) follow the Structural Changes Orders. Modules that only some commands need (names in
texts, fuzzy matching) are imported on use, so that a command starts quickly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.councils.council import Council, RegistryError, UnknownCouncil

if TYPE_CHECKING:
    from monitor.councils.finder import NameFinder

BUILT_IN = Path(__file__).with_name("councils.csv")

__all__ = ["BUILT_IN", "Council", "Registry", "RegistryError", "UnknownCouncil"]


class Registry:
    """The councils, in the order of their table, and every way to find one."""

    def __init__(self, councils: Iterable[Council]) -> None:
        self._councils = tuple(councils)
        self._by_urn = {council.urn: council for council in self._councils}

    @classmethod
    def load(cls, path: Path | None = None) -> Registry:
        """Load the registry from a file, or the built-in one. Raises RegistryError, in a line, for its first fault."""
        from monitor.councils.table import check_aliases, read_table

        councils = read_table(path or BUILT_IN)
        if path is not None:  # a test does the same for the built-in one, once and not at every start
            check_aliases(councils, path)
        return cls(councils)

    def __iter__(self) -> Iterator[Council]:
        return iter(self._councils)

    def __len__(self) -> int:
        return len(self._councils)

    def get(self, name: str) -> Council:
        """Return the council with this name, alias, slug, URN or code, in any spelling. Raises UnknownCouncil."""
        from monitor.councils.names import name_key, shorter_keys

        keys = shorter_keys(name_key(name))
        for table in (self._own, self._shared):
            for key in keys:
                found = table.get(key, [])
                if len(found) == 1:
                    return found[0]
                if found:
                    raise UnknownCouncil(name, *(council.name for council in found))
        raise UnknownCouncil(name, *(self._by_parts(name) or self._nearest(keys[0])))

    def find(self, name: str) -> Council:
        """Return the council that a person means who asks: one by `get`, or the only one that the words begin or are a
        part of ("Bath", "Windsor"). Raises UnknownCouncil, with those that may be meant."""
        try:
            return self.get(name)
        except UnknownCouncil:
            meant = self._by_parts(name)
            if len(meant) != 1:
                raise
            return self.get(meant[0])

    def by_urn(self, urn: str) -> Council | None:
        """Return the council with this number at Ofsted."""
        return self._by_urn.get(urn)

    def name_of(self, target: str) -> str:
        """A target for people: the name of the council with this number, or its own."""
        council = self._by_urn.get(target)
        return council.name if council else target

    def regions(self) -> list[str]:
        """Return the names of the regions, sorted."""
        return sorted({council.region for council in self._councils})

    def named_in(self, text: str) -> list[Council]:
        """Return every council that a text names, in order of first mention. The longest name at a place wins; only
        words with a capital count. A trust or an abolished county names all its councils."""
        return [self._by_slug[slug] for slug in self._finder.slugs_in(text)]

    def mentions_in(self, text: str) -> Iterator[tuple[int, int, tuple[Council, ...]]]:
        """Each name of a council in a text after `names.plain`: start, end, and whom it means (several for a trust)."""
        for start, end, slugs in self._finder.mentions(text):
            yield start, end, tuple(self._by_slug[slug] for slug in slugs)

    def replaced(self, changes: Mapping[str, Council]) -> Registry:
        """Return a registry with other rows for some names."""
        return Registry(changes.get(council.name, council) for council in self._councils)

    @cached_property
    def _by_slug(self) -> dict[str, Council]:
        return {council.slug: council for council in self._councils}

    @cached_property
    def _own(self) -> dict[str, list[Council]]:
        return _index((word, council) for council in self for word in (*council.names, *council.codes))

    @cached_property
    def _shared(self) -> dict[str, list[Council]]:
        return _index((word, council) for council in self for word in council.shared_names)

    @cached_property
    def _finder(self) -> NameFinder:
        from monitor.councils.finder import NameFinder

        own = ((name, council.slug) for council in self for name in council.names)
        former = ((name, council.slug) for council in self for name in council.predecessors)
        bodies = ((council.delivery_body, council.slug) for council in self if council.delivery_body)
        return NameFinder([*own, *former, *bodies])

    def _by_parts(self, name: str) -> list[str]:
        """Return the councils whose names begin with the words or contain them; if there are none, those whose
        predecessors' names do."""
        from monitor.councils.meant import by_parts

        own = by_parts(name, {council.name: council.names for council in self})
        return own or by_parts(name, {council.name: council.predecessors for council in self})

    def _nearest(self, key: str) -> list[str]:
        from monitor.councils.names import name_key
        from monitor.councils.nearest import nearest  # only here: its library takes milliseconds to import

        words = {name_key(name): council.name for council in self for name in council.names}
        best = nearest(key, words)
        return [words[best]] if best else []


def _index(pairs: Iterable[tuple[str, Council]]) -> dict[str, list[Council]]:
    from monitor.councils.names import name_key

    table: dict[str, list[Council]] = {}
    for word, council in pairs:
        found = table.setdefault(name_key(word), [])
        if council not in found:
            found.append(council)
    return table
