"""One council: its names, codes and addresses, and the first and last day of its existence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


class RegistryError(ValueError):
    """A registry that the program cannot use: one line with file, row, column and reason."""


class UnknownCouncil(LookupError):  # noqa: N818 - it is what happened, and reads so where it is caught
    """A name that belongs to no council, or to several. `nearest` holds similar names."""

    def __init__(self, name: str, *nearest: str) -> None:
        self.name, self.nearest = name, nearest
        super().__init__(name, *nearest)

    def __str__(self) -> str:
        quoted = [f'"{name}"' for name in self.nearest[:MAX_MEANT]]
        meant = " or ".join(filter(None, [", ".join(quoted[:-1]), *quoted[-1:]]))
        name = "".join(c if c.isprintable() else " " for c in self.name)
        more = f" (or one of {len(self.nearest) - MAX_MEANT} more)" if len(self.nearest) > MAX_MEANT else ""
        return f'no council "{" ".join(name.split())}"' + (f": did you mean {meant}{more}?" if meant else "")


MAX_MEANT = 6
"""How many councils an error names that may have been meant."""


@dataclass(frozen=True, slots=True)
class Council:
    """One local authority, as a row of the registry. Codes are text. `valid_from` and `valid_to` are its first and last
    day. `delivery_body` is the trust that runs its services: Ofsted inspects the council, but the press may name only
    the trust. Columns that end in `_source`, `_checked` or `_seen` say where a value comes from."""

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
        """The codes that belong to this council alone, now."""
        return tuple(filter(None, (self.slug, self.urn, self.gss_code, self.dfe_la_number, self.three_letter_code)))

    @property
    def shared_names(self) -> tuple[str, ...]:
        """Names that may mean several councils: predecessors, a trust, former codes."""
        body = (self.delivery_body,) if self.delivery_body else ()
        return (*self.predecessors, *body, *self.former_gss_code)

    def valid_on(self, day: date) -> bool:
        """Return True if the council exists on that day."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)
