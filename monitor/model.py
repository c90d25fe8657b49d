"""The words that every part shares: record, poll, job, letter, event, delivery.

Plain frozen dataclasses with a JSON form and no behaviour beyond it. Spiders and notifiers import
this module and nothing else of the core, so whatever crosses a process or a package is written here.
Dates are ISO 8601 strings as the source gave them; times carry a zone. Grades are lower case.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, Literal, TypeVar

T = TypeVar("T")

Outcome = Literal["ok", "unchanged", "blocked", "missing", "error", "invalid"]
Severity = Literal["info", "notice", "important", "critical"]
Direction = Literal["improved", "declined", "same", "new", "no_longer_judged"]

OUTCOMES: tuple[Outcome, ...] = ("ok", "unchanged", "blocked", "missing", "error", "invalid")
SEVERITIES: tuple[Severity, ...] = ("info", "notice", "important", "critical")
EVENT_KINDS = (
    "report.published",
    "report.replaced",
    "report.withdrawn",
    "meeting.item",
    "meeting.document",
    "meeting.minutes",
    "news.published",
    "press.published",
    "govuk.published",
    "govuk.updated",
    "page.changed",
    "source.failing",
    "source.recovered",
    "source.quarantined",
)
LETTER_KINDS = (
    "ilacs",
    "sif",
    "focused_visit",
    "monitoring_visit",
    "jtai",
    "area_send",
    "looked_after",
    "other",
    "unknown",
)


@dataclass(frozen=True, slots=True)
class Document:
    """A stored file: `sha256` names it under the data folder; the validators let it be asked for again."""

    sha256: str
    bytes: int
    media_type: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentError:
    """Why a record has no document: `gone` is the site's own "not found", the rest may heal by itself."""

    outcome: Outcome
    reason: str
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that a source lists. `key` is the site's own identity; only `fields` are compared."""

    source: str
    target: str
    kind: str
    key: str
    url: str
    title: str
    published: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    document: Document | None = None
    document_error: DocumentError | None = None
    type: str = "record"


@dataclass(frozen=True, slots=True)
class Poll:
    """One look at one target, closing the records before it. `mark` is what the source said of its own
    state (Ofsted's "Latest report" date); it is given back in the next job. `not_before` is a time that
    the host asked us to wait for."""

    run: str
    source: str
    target: str
    started: str
    finished: str
    outcome: Outcome
    complete: bool
    requests: int = 0
    bytes: int = 0
    detail: str | None = None
    mark: str | None = None
    not_before: str | None = None
    type: str = "poll"


@dataclass(frozen=True, slots=True)
class Known:
    """A document that the store has already: asked for again, conditionally, only where `recheck` is set."""

    sha256: str | None
    bytes: int = 0
    media_type: str = ""
    etag: str | None = None
    last_modified: str | None = None
    recheck: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to poll: for Ofsted a council's provider page, named by its URN. `documents` by record key."""

    target: str
    name: str
    url: str | None = None
    mark: str | None = None
    documents: dict[str, Known] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Http:
    """Manners and limits: `delay` and `timeout` in seconds, `max_bytes` of one body after decompression."""

    user_agent: str
    delay: float = 2.0
    timeout: float = 60.0
    max_bytes: int = 50_000_000
    obey_robots: bool = True
    allow_private_addresses: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """All that a crawl child is told. `sweep` opens every target, whatever the source's listing says."""

    run: str
    source: str
    base_url: str
    documents_dir: str
    http: Http
    targets: tuple[Target, ...] = ()
    sweep: bool = False
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document, verbatim, with the page (from 1) on which they stand."""

    text: str
    page: int


@dataclass(frozen=True, slots=True)
class Previous:
    """An earlier inspection that a letter recalls."""

    date: str | None
    grade: str | None


@dataclass(slots=True)
class Letter:
    """What one document says. A judgement that it does not make is absent from `judgements`; `evidence`
    maps a field ("judgements.in_care", "inspection_start") to the words that it was read from."""

    kind: str
    sha256: str
    pages: int
    file: str | None = None
    variant: str | None = None
    council: str | None = None
    urn: str | None = None
    title: str | None = None
    framework: str | None = None
    inspection_start: str | None = None
    inspection_end: str | None = None
    letter_date: str | None = None
    lead_inspector: str | None = None
    judgements: dict[str, str] = field(default_factory=dict)
    outcome: int | None = None
    previous: list[Previous] = field(default_factory=list)
    improvements: list[Quote] = field(default_factory=list)
    priority_actions: list[Quote] = field(default_factory=list)
    summary: list[Quote] = field(default_factory=list)
    evidence: dict[str, Quote] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Change:
    """One judgement beside the previous inspection's: `area` is the judgement's field name."""

    area: str
    before: str | None
    after: str | None
    direction: Direction


@dataclass(frozen=True, slots=True)
class Event:
    """Something that people are told, once. `id` is made from what happened, so the same happening
    found twice has the same id. `before` and `after` hold the compared facts as JSON objects."""

    id: str
    at: str
    kind: str
    severity: Severity
    source: str
    title: str
    council: str | None = None
    urn: str | None = None
    url: str | None = None
    published: str | None = None
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    changes: tuple[Change, ...] = ()
    document: dict[str, Any] | None = None
    summary: tuple[Quote, ...] = ()
    story: str | None = None


class DeliveryError(Exception):
    """A channel did not take a message. `permanent`: trying again as it is will not help;
    `retry_after`: seconds that the other side asked for; `maybe_sent`: it may have been accepted."""

    def __init__(
        self,
        message: str,
        *,
        permanent: bool,
        retry_after: float | None = None,
        maybe_sent: bool = False,
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.retry_after = retry_after
        self.maybe_sent = maybe_sent


OPTIONAL = {"mark", "not_before", "document_error", "etag", "last_modified"}
"""Keys that are left out of an item's JSON when they are empty, so that it stays the published shape."""


def to_json(item: Any) -> Any:
    """A dataclass of this module as JSON-ready values, optional keys left out where they are empty.

    By hand, for a sweep writes 1,700 items and `dataclasses.asdict` takes seven times as long.
    """
    if item is None or isinstance(item, str | int | float):
        return item
    if isinstance(item, list | tuple):
        return [to_json(value) for value in item]
    pairs = item.items() if isinstance(item, dict) else [(f, getattr(item, f)) for f in item.__dataclass_fields__]
    return {key: to_json(value) for key, value in pairs if value is not None or key not in OPTIONAL}


def item_from_json(raw: dict[str, Any]) -> Record | Poll:
    """A line of a crawl's output. Raises ValueError that names what is wrong with it."""
    kind = raw.get("type")
    if kind == "record":
        return record_from_json(raw)
    if kind == "poll":
        return _build(Poll, raw)
    raise ValueError(f'"type" is {kind!r}, not "record" or "poll"')


def record_from_json(raw: dict[str, Any]) -> Record:
    """A record with its document; unknown keys are refused, so that a typo is not silently lost."""
    parts = dict(raw)
    if isinstance(parts.get("document"), dict):
        parts["document"] = _build(Document, parts["document"])
    if isinstance(parts.get("document_error"), dict):
        parts["document_error"] = _build(DocumentError, parts["document_error"])
    return _build(Record, parts)


def job_from_json(raw: dict[str, Any]) -> Job:
    """A job as the crawl child reads it."""
    parts = dict(raw, http=_build(Http, raw["http"]))
    parts["targets"] = tuple(_target(t) for t in raw.get("targets", ()))
    return _build(Job, parts)


def _target(raw: dict[str, Any]) -> Target:
    known = {key: _build(Known, value) for key, value in raw.get("documents", {}).items()}
    return _build(Target, dict(raw, documents=known))


def letter_from_json(raw: dict[str, Any]) -> Letter:
    """A letter as `to_json` wrote it."""
    parts = dict(raw)
    parts["previous"] = [_build(Previous, p) for p in raw.get("previous", ())]
    for name in ("improvements", "priority_actions", "summary"):
        parts[name] = [_build(Quote, q) for q in raw.get(name, ())]
    parts["evidence"] = {k: _build(Quote, q) for k, q in raw.get("evidence", {}).items()}
    return _build(Letter, parts)


def event_from_json(raw: dict[str, Any]) -> Event:
    """An event as `to_json` wrote it."""
    parts = dict(raw)
    parts["changes"] = tuple(_build(Change, c) for c in raw.get("changes", ()))
    parts["summary"] = tuple(_build(Quote, q) for q in raw.get("summary", ()))
    return _build(Event, parts)


def _build(cls: type[T], raw: dict[str, Any]) -> T:
    known = {f.name for f in fields(cls)}  # type: ignore[arg-type]
    unknown = sorted(set(raw) - known)
    if unknown:
        raise ValueError(f"{cls.__name__.lower()}: unknown key {', '.join(unknown)}")
    try:
        return cls(**raw)
    except TypeError as error:
        raise ValueError(f"{cls.__name__.lower()}: {error}") from error
