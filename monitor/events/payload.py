"""What an event of a report carries beside its changes: `before`, `after` and `document`. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from monitor.diff.documents import Difference
from monitor.inspections import judgements, recommendations
from monitor.model import Change, Letter, Quote, Record, payload_from_json
from monitor.model.letter import Inspection
from monitor.model.payload_parts import Asked, AskedAgain, EventDocument, JudgedBefore, ParagraphChange
from monitor.model.payloads import ReportPayload
from monitor.model.state import RecordChange

RESERVED = frozenset(
    {
        *("key", "sha256", "kind", "urns", "provider_url", "documents", "fields", "conflicts", "problems"),
        *("publication", "url", "published"),
        *("variant", "framework", "inspection_start", "inspection_end", "lead_inspector", "judgements", "outcome"),
        *("improvements", "priority_actions", "themes", "findings", "asked_again", "history"),
        *("differing", "differences", "target", "targets", "state", "since", "reason", "by_judgement"),
        *("copy_of", "came_before", "context"),
    }
)
"""Names in `before` and `after` that mean something to channels and messages. Who is told depends on some of them."""
DIFFERENCES = 10
"""How many differing paragraphs an event carries."""
ASKED = 3
"""How many of the requests that are made again an event carries."""
FIRST_QUOTED = 2
"""So many sentences of the whole letter come first, then those of the judgements that moved."""
INSPECTIONS = 5
"""How many graded inspections an event's history has: what a small picture can show."""


def before(word: str, change: RecordChange, old: Letter | None, earlier: Inspection | None) -> ReportPayload | None:
    """What stood before: the earlier version of a replaced document, or the previous inspection."""
    if word == "replaced" and change.before:
        return after(change.before.record, old)
    if word == "published" and earlier:
        known = ReportPayload(key=earlier.key, url=earlier.url, published=earlier.published)
        return replace(_graded(known, earlier.letter), priority_actions=len(earlier.letter.priority_actions) or ())
    return None


def own(record: Record) -> dict[str, Any]:
    """What the site says of a record: its key and its fields. A field that bears a name which the program gives a
    meaning of its own goes under "fields", where nobody takes it for ours."""
    free = {name: value for name, value in record.fields.items() if name not in RESERVED}
    taken = {name: value for name, value in record.fields.items() if name in RESERVED}
    return {"key": record.key, **free} | ({"fields": taken} if taken else {})


def after(record: Record, letter: Letter | None) -> ReportPayload:
    """What the publication is, and what its document says."""
    known = replace(payload_from_json(ReportPayload, own(record)), sha256=record.sha256)
    if record.document_error and not record.document:
        known = replace(known, problems=(f"its document could not be had: {record.document_error.reason}",))
    return _says(known, letter) if letter else known


def around(
    known: ReportPayload, page: str | None, record: Record, letter: Letter | None, history: Sequence[Inspection]
) -> ReportPayload:
    """What goes with the letter: the council's page, more sentences of it, and what is asked again."""
    asked = recommendations.again(history, record.key, letter.kind) if letter else []
    return replace(
        known,
        provider_url=page,
        findings=tuple(letter.findings) if letter else (),
        by_judgement=dict(letter.by_judgement) if letter else {},
        asked_again=tuple(map(_asked_again, asked[:ASKED])),
        history=tuple(_history(record, letter, history)),
    )


def with_moved(quoted: Sequence[Quote], letter: Letter, changes: Iterable[Change]) -> tuple[Quote, ...]:
    """The quotations, and after the first two of them one for each judgement that moved, from its own section."""
    own = [letter.by_judgement[c.area] for c in changes if c.moved and c.area in letter.by_judgement]
    return tuple(dict.fromkeys([*quoted[:FIRST_QUOTED], *own, *quoted[FIRST_QUOTED:]])) if quoted else ()


def _asked_again(entry: recommendations.Entry) -> AskedAgain:
    ask = entry.ask
    return AskedAgain(
        state=entry.state,
        times=entry.times,
        since=entry.since,
        published=ask.published,
        key=ask.key,
        text=ask.quote.text,
        page=ask.quote.page,
        earlier=tuple(
            Asked(published=e.published, key=e.key, text=e.quote.text, page=e.quote.page) for e in entry.earlier
        ),
    )


def _history(record: Record, letter: Letter | None, history: Sequence[Inspection]) -> Iterator[JudgedBefore]:
    """The last graded inspections up to this publication, oldest first: a graded one ends in itself; a visit, which
    judges nothing, in the inspection whose judgements stand."""
    if letter is None:
        return
    own = Inspection.of(record.key, record.url, record.published, letter)
    last = own if own.graded else judgements.standing(own.published, history)
    chain: list[Inspection] = []
    while last is not None and len(chain) < INSPECTIONS:
        chain.append(last)
        last = judgements.previous(last, history)
    for i in reversed(chain):
        yield JudgedBefore(published=i.published, kind=i.letter.kind, judgements=dict(i.letter.judgements))


def replaced(known: ReportPayload, differences: Sequence[Difference]) -> ReportPayload:
    """How many paragraphs two versions say differently, and the first of them, those with grades before others."""
    weighed = sorted(differences, key=lambda d: ("grade" not in d.touches, "date" not in d.touches))
    shown = tuple(ParagraphChange(before=d.before, after=d.after, touches=tuple(d.touches)) for d in weighed)
    return replace(known, differing=len(differences), differences=shown[:DIFFERENCES])


def _graded(known: ReportPayload, letter: Letter) -> ReportPayload:
    """With what kind of inspection it was and what it judged."""
    return replace(
        known,
        kind=letter.kind,
        variant=letter.variant,
        framework=letter.framework,
        inspection_start=letter.inspection_start,
        inspection_end=letter.inspection_end,
        lead_inspector=letter.lead_inspector,
        judgements=dict(letter.judgements),
        outcome=letter.outcome,
        problems=tuple(letter.problems),
    )


def _says(known: ReportPayload, letter: Letter) -> ReportPayload:
    """With all that a letter says, as far as a message or a reader of the event wants it."""
    return replace(
        _graded(known, letter),
        themes=tuple(letter.themes),
        improvements=tuple(letter.improvements),
        priority_actions=tuple(letter.priority_actions),
    )


def document(record: Record, letter: Letter | None) -> EventDocument | None:
    """The file itself, named by its hash."""
    found = record.document
    if found is None:
        return None
    known = EventDocument(sha256=found.sha256, bytes=found.bytes, media_type=found.media_type)
    return replace(known, kind=letter.kind, pages=letter.pages) if letter else known
