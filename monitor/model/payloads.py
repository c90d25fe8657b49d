"""What an event says of the thing it is about, typed by family: its `before` and `after`.

Every class is a JSON object of the outside (docs/webhook.md); `payload_codec` reads and writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from monitor.model.letter import Quote
from monitor.model.payload import Payload
from monitor.model.payload_parts import (
    About,
    Archived,
    AskedAgain,
    Conflict,
    Context,
    Earlier,
    JudgedBefore,
    Paper,
    ParagraphChange,
    Remarked,
    Unseen,
    Waited,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPayload(Payload):
    """A report or letter of Ofsted's and what it says (docs/webhook.md). As `before` of a new report it is the
    previous graded inspection, with `url` and `published`; of a replaced one, the earlier document.

    `priority_actions` is a number in events of the first edition, and in the previous inspection's.
    """

    key: str | None = None
    url: str | None = None
    published: str | None = None
    sha256: str | None = None
    kind: str | None = None
    variant: str | None = None
    framework: str | None = None
    inspection_start: str | None = None
    inspection_end: str | None = None
    lead_inspector: str | None = None
    judgements: Mapping[str, str] = field(default_factory=dict)
    outcome: int | None = None
    themes: tuple[Quote, ...] = ()
    improvements: tuple[Quote, ...] = ()
    priority_actions: tuple[Quote, ...] | int = ()
    problems: tuple[str, ...] = ()
    provider_url: str | None = None
    findings: tuple[Quote, ...] = ()
    by_judgement: Mapping[str, Quote] = field(default_factory=dict)
    asked_again: tuple[AskedAgain, ...] = ()
    history: tuple[JudgedBefore, ...] = ()
    differing: int | None = None
    differences: tuple[ParagraphChange, ...] = ()
    archive: Archived | None = None
    context: Context | None = None
    conflicts: tuple[Conflict, ...] = ()
    corrects: str | None = None

    @property
    def unread(self) -> bool:
        """Whether its document could not be had or read: then `problems` says why."""
        return self.kind in (None, "unknown") and bool(self.problems)

    @property
    def priority_action_count(self) -> int:
        """How many areas for priority action it names."""
        found = self.priority_actions
        return found if isinstance(found, int) else len(found)

    @property
    def priority_action_quotes(self) -> tuple[Quote, ...]:
        """The areas for priority action in its words, where the event has them."""
        return () if isinstance(self.priority_actions, int) else self.priority_actions


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePayload(Payload):
    """A page that is no letter of Ofsted's: an article, a watched page. `urns` are the councils that it is about
    where they are several; `publication` is the press site as the configuration calls it; `text` is compared;
    `copy_of` is the publication that had the identical document before."""

    key: str | None = None
    text: str | None = None
    publication: str | None = None
    sha256: str | None = None
    kind: str | None = None
    urns: tuple[str, ...] = ()
    provider_url: str | None = None
    documents: tuple[Paper, ...] = ()
    problems: tuple[str, ...] = ()
    differences: tuple[ParagraphChange, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    corrects: str | None = None
    copy_of: Earlier | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPayload(PagePayload):
    """An agenda item, a paper or the minutes of a committee's meeting."""

    committee: str | None = None
    meeting: str | None = None
    meeting_date: str | None = None
    item: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationPayload(PagePayload):
    """A publication on GOV.UK; `change_note` is its own note on what changed, or on why it is `withdrawn`. Of a notice
    or direction `came_before` has what led to it, the latest first."""

    document_type: str | None = None
    updated: str | None = None
    change_note: str | None = None
    withdrawn: bool | None = None
    came_before: tuple[Earlier, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePayload(Payload):
    """A source, some of its pages or one of our own channels that is in trouble, or no longer: `trouble` is a value of
    `monitor.model.trouble.Trouble`. Events of the first edition have `target` (several with commas), `state` where it
    is only quiet, and `targets` as a number."""

    ALWAYS: ClassVar[frozenset[str]] = frozenset(("reason", "since", "target", "targets", "trouble", "episodes"))

    reason: str | None = None
    since: str | None = None
    target: str | None = None
    targets: tuple[str, ...] | int = ()
    trouble: str | None = None
    episodes: tuple[str, ...] = ()
    state: str | None = None

    @property
    def target_count(self) -> int:
        """How many pages it is about; 0 where it is the source as a whole."""
        if isinstance(self.targets, int):
            return self.targets
        return len(self.targets) or (self.target.count(",") + 1 if self.target else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPayload(Payload):
    """A week in which a channel was told nothing: its end, whom the channel is told of (`councils` of `watched`), how
    many of them were seen at Ofsted and when all had been, what its filters held back, and what stands. Or `remarks` on
    the sources that are new to operators."""

    until: str | None = None
    councils: tuple[str, ...] = ()
    watched: int = 0
    seen: int | None = None
    seen_at: str | None = None
    letters_outside: int = 0
    others_outside: int = 0
    unseen: tuple[Unseen, ...] = ()
    last: tuple[About, ...] = ()
    waits: tuple[Waited, ...] = ()
    meetings: tuple[About, ...] = ()
    remarks: tuple[Remarked, ...] = ()


FAMILIES: dict[str, type[Payload]] = {
    "receipt": ReceiptPayload,
    "report": ReportPayload,
    "meeting": MeetingPayload,
    "govuk": PublicationPayload,
    "source": SourcePayload,
}
"""The payload of each family of events, the first word of their kind; every other family's is a `PagePayload`."""


def family(kind: str) -> type[Payload]:
    """The class of `before` and `after` in events of a kind ("report.published")."""
    return FAMILIES.get(kind.partition(".")[0], PagePayload)
