"""The kinds of records, one row each. A new kind of record is a member here, with its row, and nothing else.

A row holds what the rooms above ask of a kind. Rules that need more than a value stay in the room that decides them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final, Literal, Self

from monitor.model.days import AHEAD

ITS_KEY: Final = "key"
ITS_FIELD: Final = "item"
SOON = timedelta(days=31)
"""Ofsted may put a report up some days before its date, and never a year."""


class Voice(StrEnum):
    """Whose words a text is. Both the rules that read pages and those that place them in stories depend on it."""

    ITEM = "item"
    MINUTES = "minutes"
    NEWS = "news"
    PRESS = "press"
    GOVUK = "govuk"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Telling:
    """How a publication is told: the kind of its `event`, whose words it is, and what it is called as a `speaker`."""

    event: str
    voice: Voice
    speaker: str = "The page"


@dataclass(frozen=True, slots=True)
class KindRow:
    """One kind of record.

    - `told`: how people are told of it; None where that depends on the source, as for an article.
    - `updated`: the kind of event for a change, where it is not the one for something new.
    - `newsworthy`: the fields whose change is news. A change of any other field is a correction.
    - `newsworthy_once_known`: fields whose change is news only if the earlier version has them too: those that the
      first edition did not keep.
    - `in_story`: what a story's time line calls it.
    - `severity`: how much it matters where no rule of `events.weight` says more.
    - `old_after`: published longer ago than this, it is not told, however it came to light.
    - `ahead`: how far ahead of today its date of publication may lie. A date beyond that is mistyped.
    - `asked_for`: the operator configured the very page, so every change of it is told.
    - `names_nobody`: told also where it names no council.
    - `whole_list`: each look shows every record of this kind, so that one which is not shown has gone.
    - `item`: where the record names the agenda item that it belongs to: its own key, or its field. A record that
      names it in a field is a paper of the item, and is told with it.
    """

    told: Telling | None
    updated: str | None = None
    newsworthy: tuple[str, ...] = ()
    newsworthy_once_known: tuple[str, ...] = ()
    in_story: str = "news"
    severity: Literal["info", "notice"] = "info"
    old_after: timedelta | None = None
    ahead: timedelta = AHEAD
    asked_for: bool = False
    names_nobody: bool = False
    whole_list: bool = False
    item: Literal["key", "item"] | None = None

    @property
    def is_paper(self) -> bool:
        """Whether a record of this kind is a paper of an agenda item."""
        return self.item == ITS_FIELD


PAGE_TOLD = Telling("page.changed", Voice.PAGE)


class Kind(StrEnum):
    """What a record is. Each member has its row: `KINDS[kind]`."""

    row: KindRow

    def __new__(cls, name: str, row: KindRow) -> Self:
        """A member by its name in the JSON of a record, with its row."""
        kind = str.__new__(cls, name)
        kind._value_, kind.row = name, row
        return kind

    @classmethod
    def named(cls, name: object) -> Kind:
        """The kind with this name. Raises ValueError, which names the kinds that there are."""
        try:
            return cls(name)  # type: ignore[call-arg, arg-type]  # looked up by its name, it needs no row
        except ValueError:
            raise ValueError(f"kind is {name!r}, not one of {', '.join(cls)}") from None

    REPORT = "report", KindRow(Telling("report.published", Voice.PAGE), in_story="letter", ahead=SOON)
    ITEM = (
        "item",
        KindRow(
            Telling("meeting.item", Voice.ITEM, "The agenda"),
            newsworthy=("status",),
            in_story="agenda item",
            item=ITS_KEY,
        ),
    )
    DOCUMENT = (
        "document",
        KindRow(Telling("meeting.document", Voice.ITEM, "The paper"), in_story="committee paper", item=ITS_FIELD),
    )
    MINUTES = (
        "minutes",
        KindRow(Telling("meeting.minutes", Voice.MINUTES, "The minutes"), in_story="minutes", item=ITS_KEY),
    )
    ARTICLE = "article", KindRow(None, old_after=timedelta(days=60))
    PUBLICATION = (
        "publication",
        KindRow(
            Telling("govuk.published", Voice.GOVUK, "GOV.UK"),
            updated="govuk.updated",
            newsworthy=("updated", "withdrawn"),
            in_story="publication",
            severity="notice",
            names_nobody=True,
        ),
    )
    PAGE = "page", KindRow(PAGE_TOLD, newsworthy=("text",), severity="notice", asked_for=True)
    ENTRY = (
        "entry",
        KindRow(PAGE_TOLD, newsworthy_once_known=("text",), severity="notice", asked_for=True, whole_list=True),
    )


KINDS: Mapping[Kind, KindRow] = {kind: kind.row for kind in Kind}
