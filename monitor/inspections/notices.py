"""Publications by which the Department for Education steps in at a council, and whether they still hold. Pure.

GOV.UK's titles: "Improvement notice issued to X: March 2024", "Direction issued to X", "Revised direction issued to X".
One that is lifted mostly keeps its title: its note on the change says so, or its own words ("This improvement notice
was closed and replaced with a direction"), or it is marked as withdrawn. A notice that another one replaced does not
hold: the other one does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from monitor.model import Event, Record, Voice
from monitor.model.payloads import PublicationPayload
from monitor.model.sources import telling

_NOTICE = re.compile(
    r"\b(?:improvement notices?|statutory directions?|directions? (?:issued|given|made|to))\b", re.IGNORECASE
)
_DONE = (
    r"(?:lifted|revoked|rescinded|discharged|closed|withdrawn|ended|expired|terminated|cancelled|superseded|removed"
    r"|replaced (?:by|with)|no longer (?:in (?:force|place|effect)|appl(?:ies|y)|valid|needed|required))"
)
_ENDING = r"(?:lift(?:s|ing)|revo[ck]\w+|rescind\w*|clos(?:es|ing|ure)|withdr[ae]w\w*|ends|end of|ending|ceas\w+)"
_OF = r"(?:(?:of|the|this|that|its|an?|improvement|statutory|formal)\s+)*(?:notice|direction|intervention)s?\b"
_IN_A_TITLE = re.compile(rf"\b(?:{_DONE}|{_ENDING})(?!\w)", re.IGNORECASE)
_IN_A_NOTE = re.compile(
    rf"\b(?:lifted|lifting|revo[ck]\w+|rescinded|discharged|closure|clos(?:ed|ing) letter)\b"
    rf"|\b(?:notice|direction|intervention)s?\b[^.;]{{0,80}}?\b{_DONE}(?:(?<=replaced by)|(?<=replaced with)"
    rf"|(?!\s+(?:an?|the|some)\b))|\b(?:{_DONE}|{_ENDING})\s+{_OF}|^\W*(?:now\s+)?{_DONE}\W*$",
    re.IGNORECASE,
)
_IN_ITS_WORDS = re.compile(
    rf"\bthis\s+{_OF}[^.;\n]{{0,40}}?\b(?:(?:has|have|had|was|were|is|are)(?:\s+(?:now|since|been|also|formally))*\s+"
    rf"{_DONE}|(?:has\s+)?(?:ended|expired|ceased)|no longer appl(?:ies|y))\b"
    r"(?!\s+(?:if|when|once|only|unless|until)\b)",
    re.IGNORECASE,
)
_ANEW = re.compile(
    r"\breplac(?:es|ing)\b|\b(?:add(?:ed|ing)|attached|issued|published)\b(?:(?!lift|clos|revo|withdr)[^.;]){0,60}?"
    r"\b(?:new|revised|updated|further|second|varied)\b(?:(?!lift|clos|revo|withdr)[^.;]){0,60}?\b(?:notice|direction)",
    re.IGNORECASE,
)
"""A note that another notice stands on the page now, whatever it says of the one before."""
_NOT_YET = re.compile(
    r"\b(?:until|unless|if)\b[^,.;]*$|\b(?:not|never)(?:\s+\w+){0,2}\s*$"
    r"|\b(?:may|might|could|would|should|can|due to|expected to)\s+be\s*$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"[.;]|\b(?:added|moved|published|updated)\s+\W", re.IGNORECASE)
"""Where a note begins to speak of another publication."""
REACH = 80
"""Characters before the word of an end in which a condition stands."""
_SENTENCE = re.compile(r"[^.;\n]+")


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
        if self.withdrawn:
            return True
        if _ANEW.search(self.note):
            return False
        said = ((_IN_A_NOTE, self.note), (_IN_A_TITLE, self.title), (_IN_ITS_WORDS, self.text))
        return any(_says(pattern, text) for pattern, text in said) or None


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
        _, named, after = other.note.partition(title)
        if named:
            version = Version(other.day, title, f"notice{_ELSEWHERE.split(after)[0]}")
            yield from [version] if version.ended is not None else []


def steps_in(record: Record) -> bool:
    """Whether it is a publication by which the department steps in."""
    from_the_department = telling(record.kind, record.source).voice is Voice.GOVUK
    named = _NOTICE.search(record.title) is not None or record.fields.get("document_type") == "notice"
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


def _says(pattern: re.Pattern[str], text: str) -> bool:
    """Whether one of its sentences says that it has ended, and not that it may end."""
    found = ((s[0], match) for s in _SENTENCE.finditer(text) for match in pattern.finditer(s[0]))
    return any(not _NOT_YET.search(_before_the_end(sentence, match)) for sentence, match in found)


def _before_the_end(sentence: str, match: re.Match[str]) -> str:
    """The words before the one that says the end."""
    last = [m.start() for m in _IN_A_TITLE.finditer(sentence, 0, match.end())]
    end = last[-1] if last else match.start()
    return sentence[max(0, end - REACH) : end]


def _words(raw: object) -> str | None:
    return raw if isinstance(raw, str) else None
