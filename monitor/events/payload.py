"""The facts that an event carries as JSON objects: `before`, `after`, `document`. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from monitor.diff.documents import Difference
from monitor.inspections import judgements, recommendations
from monitor.model import Letter, Record, to_json
from monitor.model.letter import Inspection
from monitor.model.state import RecordChange

RESERVED = frozenset(
    {
        *("key", "sha256", "kind", "urns", "provider_url", "documents", "fields", "conflicts", "problems"),
        *("variant", "framework", "inspection_start", "inspection_end", "lead_inspector", "judgements", "outcome"),
        *("improvements", "priority_actions", "themes", "findings", "asked_again", "history"),
        *("differing", "differences", "target", "targets", "state", "since", "reason"),
    }
)
"""Names in `before` and `after` that mean something to channels and messages. Who is told depends on some of them."""
DIFFERENCES = 10
"""How many differing paragraphs an event carries."""
ASKED = 3
"""How many of the requests that are made again an event carries."""
AROUND = ("findings", "asked_again", "history")
"""What goes with a letter that is news."""
INSPECTIONS = 5
"""How many graded inspections an event's history has: what a small picture can show."""


def before(word: str, step: RecordChange, old: Letter | None, earlier: Inspection | None) -> dict[str, Any] | None:
    """What stood before: the earlier version of a replaced document, or the previous inspection."""
    if word == "replaced" and step.before:
        return after(step.before.record, old)
    if word == "published" and earlier:
        return {"key": earlier.key, "url": earlier.url, "published": earlier.published, **_says(earlier.letter)}
    return None


def own(record: Record) -> dict[str, Any]:
    """What the site says of a record: its key and its fields. A field that bears a name which the program gives a
    meaning of its own goes under "fields", where nobody takes it for ours."""
    free = {name: value for name, value in record.fields.items() if name not in RESERVED}
    taken = {name: value for name, value in record.fields.items() if name in RESERVED}
    return {"key": record.key, **free} | ({"fields": taken} if taken else {})


def after(record: Record, letter: Letter | None) -> dict[str, Any]:
    """What the publication is, and what its document says."""
    facts = own(record)
    if record.document:
        facts["sha256"] = record.document.sha256
    if record.document_error and not record.document:
        facts["problems"] = [f"its document could not be had: {record.document_error.reason}"]
    return facts | (_says(letter) if letter else {})


def around(page: str | None, record: Record, letter: Letter | None, history: Sequence[Inspection]) -> dict[str, Any]:
    """What goes with the letter: the council's page, more sentences of it, and what is asked again."""
    facts: dict[str, Any] = {"provider_url": page} if page else {}
    if letter and letter.findings:
        facts["findings"] = [to_json(quote) for quote in letter.findings]
    asked = recommendations.again(history, record.key, letter.kind) if letter else []
    told = {
        "asked_again": [recommendations.as_json(e) for e in asked[:ASKED]],
        "history": _history(record, letter, history),
    }
    return facts | {name: found for name, found in told.items() if found}


def _history(record: Record, letter: Letter | None, history: Sequence[Inspection]) -> list[dict[str, Any]]:
    """The last graded inspections up to this publication, oldest first: a graded one ends in itself; a visit, which
    judges nothing, in the inspection whose judgements stand."""
    if letter is None:
        return []
    own = Inspection.of(record.key, record.url, record.published, letter)
    last = own if own.graded else judgements.standing(own.published, history)
    chain: list[Inspection] = []
    while last is not None and len(chain) < INSPECTIONS:
        chain.append(last)
        last = judgements.previous(last, history)
    return [
        {"published": i.published, "kind": i.letter.kind, "judgements": dict(i.letter.judgements)}
        for i in reversed(chain)
    ]


def replaced(word: str, differences: Sequence[Difference] | None) -> dict[str, Any]:
    """How many paragraphs two versions say differently, and the first of them, those with grades before others.
    Nothing where the two could not be compared."""
    if word != "replaced" or differences is None:
        return {}
    weighed = sorted(differences, key=lambda d: ("grade" not in d.touches, "date" not in d.touches))
    return {"differing": len(differences), "differences": [to_json(d) for d in weighed[:DIFFERENCES]]}


def _says(letter: Letter) -> dict[str, Any]:
    """What a letter says, as far as a message or a reader of the event wants it."""
    facts: dict[str, Any] = {
        "kind": letter.kind,
        "variant": letter.variant,
        "framework": letter.framework,
        "inspection_start": letter.inspection_start,
        "inspection_end": letter.inspection_end,
        "lead_inspector": letter.lead_inspector,
        "judgements": dict(letter.judgements),
        "outcome": letter.outcome,
        "priority_actions": len(letter.priority_actions) or None,
        "problems": list(letter.problems),
    }
    return {k: v for k, v in facts.items() if v not in (None, {}, [])}


def document(record: Record, letter: Letter | None) -> dict[str, Any] | None:
    """The file itself, named by its hash."""
    if record.document is None:
        return None
    facts: dict[str, Any] = {
        "sha256": record.document.sha256,
        "bytes": record.document.bytes,
        "media_type": record.document.media_type,
    }
    return facts | ({"kind": letter.kind, "pages": letter.pages} if letter else {})
