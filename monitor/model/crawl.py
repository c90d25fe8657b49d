"""What crosses between the core and a crawl: the job it is told, the records and polls that come back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from monitor.model.kinds import ITS_FIELD, ITS_KEY, KINDS, Kind
from monitor.model.letter import Fact

Outcome = Literal["ok", "unchanged", "blocked", "missing", "error", "invalid"]
SEEN: tuple[Outcome, ...] = ("ok", "unchanged")
"""Outcomes of a target that was seen: the poll's detail is then a remark, not a failure."""
ROBOTS_UNREADABLE = "robots.txt could not be read"
"""What the reason of a poll says where nothing was asked because a host's robots.txt answers with an error."""
NOT_REACHED = "the crawl ended before it was reached"
"""What the reason of a target says that was not looked at."""
ListingVerdict = Literal["hides", "agrees"]
"""Whether a listing hid something that a page had, or agreed with all the pages that were opened."""


@dataclass(frozen=True, slots=True)
class Document:
    """A stored file: `sha256` names it under the data folder; the validators let it be asked for again."""

    sha256: str
    bytes: int
    media_type: str
    etag: str | None = None
    last_modified: str | None = None


def file_of(sha256: str) -> str:
    """Where a document lies below a folder of documents: its name is its hash, never a word of the network."""
    return f"{sha256[:2]}/{sha256}.pdf"


@dataclass(frozen=True, slots=True)
class DocumentError:
    """Why a record has no document: `gone` is the site's own "not found", the rest may heal by itself."""

    outcome: Outcome
    reason: str
    gone: bool = False


RecordName = tuple[str, str, str]
"""What names a record within its source: its target, kind and key."""
Dated = Literal["feed", "page", "inferred"]
"""Who says when something came out: the feed; the page, by its data, its address or in the article's own part; or
nobody, and it was worked out from what stands somewhere on the page. A date that is worked out makes nothing old."""


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that a source lists. `key` is the site's own identity; only `fields` are compared.
    `text` is what a page says, paragraph by line; the core reads `facts` from it. `dated_by` says who states
    `published`, where a source has several ways; it crosses from the crawl and is not kept."""

    source: str
    target: str
    kind: Kind
    key: str
    url: str
    title: str
    published: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    document: Document | None = None
    document_error: DocumentError | None = None
    text: str | None = None
    facts: tuple[Fact, ...] = ()
    dated_by: Dated | None = None
    type: str = "record"

    @property
    def name(self) -> RecordName:
        """What names it within its source."""
        return self.target, self.kind, self.key

    @property
    def sha256(self) -> str | None:
        """The hash of its document, where it has one."""
        return self.document.sha256 if self.document else None

    @property
    def item(self) -> str | None:
        """The key of the agenda item that it belongs to; None where it belongs to none."""
        named_in = KINDS[self.kind].item
        if named_in is None:
            return None
        return self.key if named_in == ITS_KEY else str(self.fields.get(ITS_FIELD) or "") or None


@dataclass(frozen=True, slots=True)
class Poll:
    """One look at one target, closing the records before it. The next job hands `cursor` back to the spider, which
    alone can read it. `listing` is what a look at all targets showed of the source's own listing, on the listing's
    poll. `not_before` is a time that the host asked us to wait for. `second_hand`: the target could not be seen only
    because another one could not. `recognised`: what a sampling look (`check --probe`) made of it, in sentences."""

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
    cursor: str | None = None
    listing: ListingVerdict | None = None
    not_before: str | None = None
    second_hand: bool = False
    recognised: tuple[str, ...] = ()
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
    """One thing to poll: for Ofsted a council's provider page, named by its URN. `cursor` is that of its last poll;
    `documents` by record key, those that it may show again; `baselined`: a healthy look at it is kept, so that what is
    new is news; `options` are what only its kind of site needs."""

    target: str
    name: str
    url: str | None = None
    cursor: str | None = None
    documents: dict[str, Known] = field(default_factory=dict)
    baselined: bool = False
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Http:
    """Manners and limits: `delay` and `timeout` in seconds, `max_bytes` of one body after decompression; `extra_ca`:
    a file of certificates for a host that leaves its intermediate out, by the host's name. `named_may_be_local`: a
    private address that the job itself names may be asked, for our operator wrote it."""

    user_agent: str
    delay: float = 2.0
    timeout: float = 60.0
    max_bytes: int = 50_000_000
    obey_robots: bool = True
    allow_private_addresses: bool = False
    extra_ca: dict[str, str] = field(default_factory=dict)
    named_may_be_local: bool = True


@dataclass(frozen=True, slots=True)
class Job:
    """All that a crawl child is told. `sweep` opens every target, whatever the source's listing says.

    Two `options` are of any source: `kept_elsewhere` (the documents that are known lie with whoever gave the job, not
    in `documents_dir`), and `beside` (into how many jobs the source's targets are divided that may run at once).
    """

    run: str
    source: str
    base_url: str
    documents_dir: str
    http: Http
    targets: tuple[Target, ...] = ()
    sweep: bool = False
    options: dict[str, Any] = field(default_factory=dict)
