"""The JSON form of the model: lines of a crawl, a job, readings and events in the store."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar, get_args

from monitor.model.crawl import Document, DocumentError, Http, Job, Known, ListingVerdict, Poll, Record, Target
from monitor.model.event import Change, Event
from monitor.model.kinds import Kind
from monitor.model.letter import Fact, Letter, Previous, Quantity, Quote
from monitor.model.payload_codec import parts_of, payload_from_json
from monitor.model.payload_parts import EventDocument, Payload
from monitor.model.payloads import family

T = TypeVar("T")

VERDICTS = get_args(ListingVerdict)

OPTIONAL = {
    *("cursor", "listing", "second_hand", "not_before", "recognised"),
    *("document_error", "etag", "last_modified", "text", "facts", "dated_by", "site", "mentions"),
}
"""Keys that are left out of an item's JSON when they are empty, so that it stays the published shape."""


def to_json(item: Any) -> Any:
    """A dataclass of this module as JSON-ready values, optional keys left out where they are empty.

    By hand, for a sweep writes 1,700 items and `dataclasses.asdict` takes seven times as long.
    """
    if item is None or isinstance(item, str | int | float):
        return item
    if isinstance(item, list | tuple):
        return [to_json(value) for value in item]
    if isinstance(item, Payload):
        return {key: value if key in item.extra else to_json(value) for key, value in parts_of(item)}
    pairs = item.items() if isinstance(item, dict) else [(f, getattr(item, f)) for f in item.__dataclass_fields__]
    return {key: to_json(value) for key, value in pairs if key not in OPTIONAL or value not in (None, (), False)}


def item_from_json(raw: dict[str, Any]) -> Record | Poll:
    """A line of a crawl's output. Raises ValueError that names what is wrong with it."""
    kind = raw.get("type")
    if kind == "record":
        return record_from_json(raw)
    if kind == "poll":
        return _poll(raw)
    raise ValueError(f'"type" is {kind!r}, not "record" or "poll"')


def _poll(raw: dict[str, Any]) -> Poll:
    """A poll. The first edition recorded "mark" for the cursor, which on the listing's poll was the verdict."""
    parts = dict(raw)
    if "mark" in parts:
        mark = parts.pop("mark")
        parts["listing" if mark in VERDICTS else "cursor"] = mark
    parts["recognised"] = tuple(parts.get("recognised", ()))
    return _build(Poll, parts)


def record_from_json(raw: dict[str, Any]) -> Record:
    """A record with its document; unknown keys are refused, so that a typo is not silently lost."""
    parts = dict(raw)
    if "kind" in parts:
        parts["kind"] = Kind.named(parts["kind"])
    if isinstance(parts.get("document"), dict):
        parts["document"] = _build(Document, parts["document"])
    if isinstance(parts.get("document_error"), dict):
        parts["document_error"] = _build(DocumentError, parts["document_error"])
    parts["facts"] = _facts(parts)
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
    for name in ("improvements", "priority_actions", "summary", "findings", "strengths", "themes"):
        parts[name] = [_build(Quote, q) for q in raw.get(name, ())]
    parts["quantities"] = [
        _build(Quantity, q | {"quote": _build(Quote, q["quote"])}) for q in raw.get("quantities", ())
    ]
    for name in ("evidence", "by_judgement"):
        parts[name] = {k: _build(Quote, q) for k, q in raw.get(name, {}).items()}
    return _build(Letter, parts)


def event_from_json(raw: dict[str, Any]) -> Event:
    """An event as `to_json` wrote it. Raises ValueError that names what is wrong with it."""
    parts = dict(raw)
    parts["changes"] = tuple(_build(Change, c) for c in raw.get("changes", ()))
    parts["summary"] = tuple(_build(Quote, q) for q in raw.get("summary", ()))
    parts["facts"] = _facts(raw)
    of = family(str(raw.get("kind")))
    for name, cls in (("before", of), ("after", of), ("document", EventDocument)):
        parts[name] = _payload(cls, raw.get(name))
    return _build(Event, parts)


def _payload(cls: type[Payload], raw: Any) -> Payload | None:
    try:
        return None if raw is None else payload_from_json(cls, raw)
    except TypeError as error:
        raise ValueError(f"event: {error}") from error


def _facts(raw: dict[str, Any]) -> tuple[Fact, ...]:
    return tuple(_build(Fact, f) for f in raw.get("facts", ()))


def _build(cls: type[T], raw: dict[str, Any]) -> T:
    try:
        return cls(**raw)
    except TypeError as error:
        unknown = sorted(set(raw) - {f.name for f in fields(cls)})  # type: ignore[arg-type]
        why = f"unknown key {', '.join(unknown)}" if unknown else str(error)
        raise ValueError(f"{cls.__name__.lower()}: {why}") from error
