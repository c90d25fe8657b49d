"""Publications by which the Department for Education steps in at a council, and whether they still hold. Pure.

GOV.UK's titles: "Improvement notice issued to X: March 2024", "Direction issued to X", "Revised direction issued to X".
One that is lifted mostly keeps its title: its note on the change says so, or its own words ("This improvement notice
was closed and replaced with a direction"), or it is marked as withdrawn. A notice that another one replaced does not
hold: the other one does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from monitor.inspections import notice_words
from monitor.model import Event, Record, Voice
from monitor.model.notices import is_called_a_notice
from monitor.model.payloads import PublicationPayload
from monitor.model.sources import telling


@dataclass(frozen=True, slots=True)
class Version:
    """A publication as it stood from a `day` on (ISO 8601): its `note` on what changed, empty in its first version; the
    `text` of the page, where it is known."""

    day: str
    title: str
    note: str = ""
    withdrawn: bool = False
    text: str = ""

    @classmethod
    def of(cls, record: Record) -> Self:
        """A version as GOV.UK's publication has it."""
        fields = record.fields
        return cls._made(record.title, record.published, PublicationPayload(
            updated=_words(fields.get("updated")), change_note=_words(fields.get("change_note")),
            withdrawn=bool(fields.get("withdrawn"))), record.text or "")  # fmt: skip

    @classmethod
    def told(cls, event: Event) -> Self:
        """A version as people were told of it."""
        return cls._made(event.title, event.published, event.after_as(PublicationPayload), "")

    @classmethod
    def _made(cls, title: str, published: str | None, says: PublicationPayload, text: str) -> Self:
        first = (published or "")[:10]
        day = (says.updated or first)[:10]
        return cls(day, title, (says.change_note or "") if day > first else "", bool(says.withdrawn), text)

    @property
    def ended(self) -> bool | None:
        """Whether it says that the notice no longer holds; None if it says nothing of it."""
        return True if self.withdrawn else notice_words.ended(self.title, self.note, self.text)


Said = tuple[str, Version]
"""A version with the key of its publication."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice or direction to a council, with all that GOV.UK has been seen to say of it."""

    title: str
    url: str
    published: str
    versions: tuple[Version, ...]

    def holds(self, on: str) -> bool:
        """Whether it holds on a day (ISO 8601)."""
        return not ended(v for v in self.versions if v.day <= on)


def said(known: Iterable[Record], told: Iterable[Event]) -> list[Said]:
    """All that GOV.UK was seen to say: its publications as they are now, and as people were told of them."""
    before = [(e.after_as(PublicationPayload).key or "", Version.told(e)) for e in told]
    return [*before, *((r.key, Version.of(r)) for r in known)]


def notices(own: Iterable[Record], everything: Sequence[Said]) -> tuple[Notice, ...]:
    """The notices and directions among a council's `own` publications, oldest first. The department's list of them may
    say in its note that one was closed."""
    mine = sorted((r for r in own if steps_in(r)), key=lambda r: (r.published or "", r.key))
    return tuple(_notice(record, everything) for record in mine)


def _notice(record: Record, everything: Sequence[Said]) -> Notice:
    versions = [version for key, version in everything if key == record.key]
    published = (record.published or min(v.day for v in versions))[:10]
    return Notice(record.title, record.url, published, (*versions, *_named(record.title, everything)))


def _named(title: str, everything: Iterable[Said]) -> Iterator[Version]:
    """What notes on other publications say right after its title: "Moved 'Improvement notice issued to X' to 'Closed
    notices'"."""
    for _, other in everything:
        if (note := notice_words.note_on(title, other.note)) is not None:
            version = Version(other.day, title, note)
            yield from [version] if version.ended is not None else []


def steps_in(record: Record) -> bool:
    """Whether it is a publication by which the department steps in."""
    from_the_department = telling(record.kind, record.source).voice is Voice.GOVUK
    named = is_called_a_notice(record.title) or record.fields.get("document_type") == "notice"
    return from_the_department and named


def ended(versions: Iterable[Version]) -> bool:
    """Whether a publication no longer holds: the last of its versions that says so or not decides. One that was
    withdrawn and is back holds."""
    last, withdrawn = False, False
    for version in sorted(versions, key=lambda v: v.day):
        said = version.ended
        last = (last and not withdrawn) if said is None else said
        withdrawn = version.withdrawn
    return last


def _words(raw: object) -> str | None:
    return raw if isinstance(raw, str) else None
