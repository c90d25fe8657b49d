"""The registry of councils: who they are, and which of them a name or a text means.

The built-in table, `councils.csv` beside this module, holds the 153 English authorities that Ofsted inspects
for children's services. Names and codes are from public lookups by Data to Insight and mySociety; council
reorganisations (dates in `valid_from`, `valid_to`) are those of the Structural Changes Orders.
What only some commands need (the words of names, fuzzy matching) is imported where it is used: a start is cheap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.council_finder import NameFinder

BUILT_IN = Path(__file__).with_name("councils.csv")


class RegistryError(ValueError):
    """A registry that cannot be used: one line with file, row, column and reason."""


class UnknownCouncil(LookupError):  # noqa: N818 - it is what happened, and reads so where it is caught
    """A name that is no council's, or that several share. `nearest`: the names it may have meant."""

    def __init__(self, name: str, *nearest: str) -> None:
        self.name, self.nearest = name, nearest
        super().__init__(name, *nearest)

    def __str__(self) -> str:
        quoted = [f'"{name}"' for name in self.nearest]
        meant = " or ".join(filter(None, [", ".join(quoted[:-1]), *quoted[-1:]]))
        name = "".join(c if c.isprintable() else " " for c in self.name)
        return f'no council "{" ".join(name.split())}"' + (f": did you mean {meant}?" if meant else "")


@dataclass(frozen=True, slots=True)
class Council:
    """One authority, as a row of the registry. Codes are text. `valid_from` and `valid_to` are its first and
    last day. `delivery_body` is the trust that runs its services: Ofsted inspects the council, the press
    may name only the trust. Columns ending in `_source`, `_checked`, `_seen` say where a value is from."""

    name: str
    slug: str
    ofsted_urn: str
    region: str
    gss_code: str = ""
    former_gss_code: tuple[str, ...] = ()
    dfe_la_number: str = ""
    la_type: str = ""
    three_letter_code: str = ""
    aliases: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    website_url: str | None = None
    committee_system: str | None = None
    committee_base_url: str | None = None
    committee_alt_urls: tuple[str, ...] = ()
    committee_source: str | None = None
    committee_checked: str | None = None
    children_scrutiny_rss: str | None = None
    newsroom_url: str | None = None
    newsroom_source: str | None = None
    news_feed_url: str | None = None
    news_feed_source: str | None = None
    news_feed_seen: str | None = None
    access_notes: str | None = None
    delivery_body: str | None = None
    notes: str | None = None

    @property
    def urn(self) -> str:
        """Ofsted's number for the council as a provider."""
        return self.ofsted_urn

    @property
    def names(self) -> tuple[str, ...]:
        """The council's own names, the official one first."""
        return (self.name, *self.aliases)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that means this council and no other, now."""
        return tuple(filter(None, (self.slug, self.urn, self.gss_code, self.dfe_la_number, self.three_letter_code)))

    @property
    def shared_names(self) -> tuple[str, ...]:
        """Names that may mean several councils: predecessors, a trust, codes given up."""
        body = (self.delivery_body,) if self.delivery_body else ()
        return (*self.predecessors, *body, *self.former_gss_code)

    def valid_on(self, day: date) -> bool:
        """Whether the council exists on that day."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


class Registry:
    """The councils, in the order of their table, and every way to find one."""

    def __init__(self, councils: Iterable[Council]) -> None:
        self._councils = tuple(councils)
        self._by_urn = {council.urn: council for council in self._councils}

    @classmethod
    def load(cls, path: Path | None = None) -> Registry:
        """The registry in a file, or the built-in one. Raises RegistryError, one line, for the first fault."""
        from monitor.council_table import check_aliases, read_table

        councils = read_table(path or BUILT_IN)
        if path is not None:  # a test does the same for the built-in one, once and not at every start
            check_aliases(councils, path)
        return cls(councils)

    def __iter__(self) -> Iterator[Council]:
        return iter(self._councils)

    def __len__(self) -> int:
        return len(self._councils)

    def get(self, name: str) -> Council:
        """The council with this name, alias, slug, URN or code, however it is written. Raises UnknownCouncil."""
        from monitor.council_names import name_key, shorter_keys

        keys = shorter_keys(name_key(name))
        for table in (self._own, self._shared):
            for key in keys:
                found = table.get(key, [])
                if len(found) == 1:
                    return found[0]
                if found:
                    raise UnknownCouncil(name, *(council.name for council in found))
        raise UnknownCouncil(name, *self._nearest(keys[0]))

    def by_urn(self, urn: str) -> Council | None:
        """The council whose provider number at Ofsted this is."""
        return self._by_urn.get(urn)

    def current(self, on: date) -> list[Council]:
        """The councils that exist on a day."""
        return [council for council in self._councils if council.valid_on(on)]

    def regions(self) -> list[str]:
        """The regions' names, sorted."""
        return sorted({council.region for council in self._councils})

    def named_in(self, text: str) -> list[Council]:
        """Every council that a text names, in order of first appearance. The longest name at a place wins; only
        words with a capital count. A trust or an abolished county names all the councils behind it."""
        by_slug = {council.slug: council for council in self._councils}
        return [by_slug[slug] for slug in self._finder.slugs_in(text)]

    def replaced(self, changes: Mapping[str, Council]) -> Registry:
        """The registry with other rows for some names."""
        return Registry(changes.get(council.name, council) for council in self._councils)

    @cached_property
    def _own(self) -> dict[str, list[Council]]:
        return _index((word, council) for council in self for word in (*council.names, *council.codes))

    @cached_property
    def _shared(self) -> dict[str, list[Council]]:
        return _index((word, council) for council in self for word in council.shared_names)

    @cached_property
    def _finder(self) -> NameFinder:
        from monitor.council_finder import NameFinder

        own = ((name, council.slug) for council in self for name in council.names)
        former = ((name, council.slug) for council in self for name in council.predecessors)
        bodies = ((council.delivery_body, council.slug) for council in self if council.delivery_body)
        return NameFinder([*own, *former, *bodies])

    def _nearest(self, key: str) -> list[str]:
        from rapidfuzz import fuzz, process

        from monitor.council_names import name_key

        words = {name_key(name): council.name for council in self for name in council.names}
        best = process.extractOne(key, list(words), scorer=fuzz.ratio, score_cutoff=60)
        return [words[best[0]]] if best else []


def _index(pairs: Iterable[tuple[str, Council]]) -> dict[str, list[Council]]:
    from monitor.council_names import name_key

    table: dict[str, list[Council]] = {}
    for word, council in pairs:
        found = table.setdefault(name_key(word), [])
        if council not in found:
            found.append(council)
    return table
