"""What an event says of the thing it is about, typed by family: its `before`, `after` and `document`.

Every class is a JSON object of the outside with named parts (docs/webhook.md); `payload_codec` reads and writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from monitor.model.letter import Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """A JSON object with named parts. `extra` holds the parts that this edition has no name for, or that have another
    type than it expects, as they came; `order` the names in the order in which they were read; None
    where the payload was made."""

    ALWAYS: ClassVar[frozenset[str]] = frozenset()
    """Parts that are written even where they are empty, in a payload that was made and not read."""

    extra: Mapping[str, Any] = field(default_factory=dict)
    order: tuple[str, ...] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDocument(Payload):
    """The file itself, named by its hash; `kind` and `pages` as it was read."""

    sha256: str | None = None
    bytes: int | None = None
    media_type: str | None = None
    kind: str | None = None
    pages: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphChange(Payload):
    """A paragraph in two versions of a document; None where it came or went. `touches`: "grade" or "date" where such
    words differ."""

    ALWAYS: ClassVar[frozenset[str]] = frozenset(("before", "after", "touches"))

    before: Quote | None = None
    after: Quote | None = None
    touches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedBefore(Payload):
    """A graded inspection of a council's history: when its report came out, its framework, what it judged."""

    ALWAYS: ClassVar[frozenset[str]] = frozenset(("published", "kind", "judgements"))

    published: str | None = None
    kind: str | None = None
    judgements: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Payload):
    """A request of one letter: the letter's day and key, the words and their page."""

    ALWAYS: ClassVar[frozenset[str]] = frozenset(("published", "key", "text", "page"))

    published: str | None = None
    key: str | None = None
    text: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAgain(Payload):
    """A request that earlier letters made too (`earlier`, oldest first), in the words of this letter."""

    ALWAYS: ClassVar[frozenset[str]] = frozenset(
        ("state", "times", "since", "published", "key", "text", "page", "earlier")
    )

    state: str | None = None
    times: int = 0
    since: str | None = None
    published: str | None = None
    key: str | None = None
    text: str = ""
    page: int = 0
    earlier: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictingValue(Payload):
    """What one source says of something that another says otherwise."""

    ALWAYS: ClassVar[frozenset[str]] = frozenset(("value", "source", "url", "quote"))

    value: Any = None
    source: str | None = None
    url: str | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict(Payload):
    """A fact of a story that its sources give differently."""

    ALWAYS: ClassVar[frozenset[str]] = frozenset(("field", "values"))

    field: str = ""
    values: tuple[ConflictingValue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier(Payload):
    """An earlier publication about the same council: `what` a time line calls it ("letter", "committee paper"), its
    day; `kind` and `inadequate` where it is one of Ofsted's letters."""

    ALWAYS: ClassVar[frozenset[str]] = frozenset(("what", "title", "url", "published"))

    what: str = ""
    title: str = ""
    url: str | None = None
    published: str | None = None
    kind: str | None = None
    inadequate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper(Payload):
    """A document that came with its agenda item; `kind` where it is one of Ofsted's letters, `copy_of` where the same
    document was published before."""

    ALWAYS: ClassVar[frozenset[str]] = frozenset(("title", "url", "document"))

    title: str = ""
    url: str | None = None
    document: EventDocument | None = None
    kind: str | None = None
    copy_of: Earlier | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived(Payload):
    """Why a report that is new on the page is no news: `known_as` is the key of the report that it is; without one it
    is only old."""

    why: str | None = None
    known_as: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited(Payload):
    """How long a council has waited since its last full inspection began; `rank` among `of` councils, where all are
    watched."""

    council: str = ""
    days: int = 0
    rank: int | None = None
    of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context(Payload):
    """A graded inspection among others: how long the council had `waited` for it since `since`, and how many of its
    statistical `neighbours` with a letter that is known were last judged good or better overall (`good`), of those with
    such a judgement (`judged`). `source`, `year` and `rows` (of neighbours.csv) say where the neighbours come from."""

    waited: Waited | None = None
    since: str | None = None
    neighbours: int = 0
    judged: int = 0
    good: int = 0
    source: str | None = None
    year: str | None = None
    rows: tuple[int, ...] = ()


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
    """A publication on GOV.UK; `change_note` is its own note on what changed. Of a notice or direction `came_before`
    has what led to it, the latest first."""

    document_type: str | None = None
    updated: str | None = None
    change_note: str | None = None
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
class Unseen(Payload):
    """A source that cannot be read, and since when."""

    source: str = ""
    since: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class About(Payload):
    """A publication with the council that it is about; of a committee's meeting `title` names the committee."""

    council: str = ""
    publication: Earlier | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarked(Payload):
    """A kind of remark on what a source shows: on how many pages, and the words and the page of one of them."""

    source: str = ""
    kind: str = ""
    pages: int = 0
    words: str = ""
    page: str = ""


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
