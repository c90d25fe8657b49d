"""The JSON form of the model: lines of a crawl, a job, readings. Events are in `event_codec`."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar, get_args

from monitor.model.crawl import Document, DocumentError, Http, Job, Known, ListingVerdict, Poll, Record, Target
from monitor.model.kinds import Kind
from monitor.model.letter import Fact, Letter, Previous, Quantity, Quote
from monitor.model.payload import Payload
from monitor.model.payload_codec import parts_of

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
    return build(Poll, parts)


def record_from_json(raw: dict[str, Any]) -> Record:
    """A record with its document; unknown keys are refused, so that a typo is not silently lost."""
    parts = dict(raw)
    if "kind" in parts:
        parts["kind"] = Kind.named(parts["kind"])
    if isinstance(parts.get("document"), dict):
        parts["document"] = build(Document, parts["document"])
    if isinstance(parts.get("document_error"), dict):
        parts["document_error"] = build(DocumentError, parts["document_error"])
    parts["facts"] = facts_of(parts)
    return build(Record, parts)


def job_from_json(raw: dict[str, Any]) -> Job:
    """A job as the crawl child reads it."""
    parts = dict(raw, http=build(Http, raw["http"]))
    parts["targets"] = tuple(_target(t) for t in raw.get("targets", ()))
    return build(Job, parts)


def _target(raw: dict[str, Any]) -> Target:
    known = {key: build(Known, value) for key, value in raw.get("documents", {}).items()}
    return build(Target, dict(raw, documents=known))


def letter_from_json(raw: dict[str, Any]) -> Letter:
    """A letter as `to_json` wrote it."""
    parts = dict(raw)
    parts["previous"] = [build(Previous, p) for p in raw.get("previous", ())]
    for name in ("improvements", "priority_actions", "summary", "findings", "strengths", "themes"):
        parts[name] = [build(Quote, q) for q in raw.get(name, ())]
    parts["quantities"] = [build(Quantity, q | {"quote": build(Quote, q["quote"])}) for q in raw.get("quantities", ())]
    for name in ("evidence", "by_judgement"):
        parts[name] = {k: build(Quote, q) for k, q in raw.get(name, {}).items()}
    return build(Letter, parts)


def facts_of(raw: dict[str, Any]) -> tuple[Fact, ...]:
    """The facts of a record or an event."""
    return tuple(build(Fact, f) for f in raw.get("facts", ()))


def build(cls: type[T], raw: dict[str, Any]) -> T:
    """A dataclass from its JSON object. Raises ValueError that names what is wrong with it."""
    try:
        return cls(**raw)
    except TypeError as error:
        unknown = sorted(set(raw) - {f.name for f in fields(cls)})  # type: ignore[arg-type]
        why = f"unknown key {', '.join(unknown)}" if unknown else str(error)
        raise ValueError(f"{cls.__name__.lower()}: {why}") from error
