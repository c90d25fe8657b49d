"""What payloads are made of: JSON objects with named parts (docs/webhook.md), such as a document or a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from monitor.model.letter import Quote
from monitor.model.payload import Payload


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
    """A paragraph in two versions of a document; None where there is none. `touches`: a "grade" or "date" differs."""

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
    """How long a council has waited since its last full inspection began; `rank` among `of`, where all are watched."""

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
