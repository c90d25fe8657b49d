"""Describes the faults of a configuration, one line each: file, key, reason. It never shows a value that may be a
secret: a password pasted under a wrong key must not reach a log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from monitor.councils.nearest import did_you_mean
from monitor.model.sources import PAGE

KINDS = ("console", "slack", "email", "webhook", "feed")
TYPES = {
    "string_type": "must be text in quotes",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "finite_number": "must be a finite number",
    "bool_type": "must be true or false",
    "list_type": "must be a list in [brackets]",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
    "missing": "missing",
    "too_short": "must not be empty",
    "union_tag_not_found": "kind is missing: one of " + ", ".join(KINDS),
    "union_tag_invalid": "kind must be one of " + ", ".join(KINDS),
}
BOUNDS = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}


class ConfigError(Exception):
    """A configuration that the program cannot use. `lines` are the faults, each one line and ready to print."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = ["".join(c if c.isprintable() else " " for c in line) for line in lines]
        super().__init__("\n".join(self.lines))


def explain(error: ValidationError, raw: Mapping[str, Any], known: Iterable[str]) -> list[str]:
    """Return each fault as "key: reason". `known` are the keys that exist; the nearest one is suggested."""
    keys = sorted(known)
    return [
        ": ".join(filter(None, (".".join(_path(fault["loc"], raw)), _reason(fault, keys))))
        for fault in error.errors(include_url=False, include_input=False)
    ]


def keys_of(*models: type[BaseModel]) -> set[str]:
    """Return every key that these tables may have, as written in the file."""
    return {field.alias or name for model in models for name, field in model.model_fields.items()}


def _reason(fault: Any, keys: list[str]) -> str:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "extra_forbidden":
        return "unknown key" + _nearest(str(fault["loc"][-1]), keys)
    if kind == "value_error":
        return str(context["error"])
    if kind == "list_type" and fault["loc"][-1] in ("channels", PAGE):
        return "must be a table in double brackets, one for each"
    if kind == "literal_error":
        return f"must be {context['expected']}".replace("'", '"')
    for bound, words in BOUNDS.items():
        if bound in context:
            return f"must be {words} {context[bound]:g}"
    return TYPES.get(kind, str(fault["msg"]))


def _nearest(key: str, keys: list[str]) -> str:
    if key in keys:
        return " here, though it is one elsewhere"
    return did_you_mean(key, keys)


def _path(loc: tuple[int | str, ...], raw: Any) -> Iterator[str]:
    """The parts of a place in the file: "channels.press office.kinds". An entry of a list goes by its name or "#1".
    Steps that pydantic adds (the kind of a channel, "[key]", the place in a list made of one text) are left out."""
    for place, step in enumerate(loc):
        if isinstance(step, int) and isinstance(raw, list) and step < len(raw):
            raw = raw[step]
            yield _entry(raw, step)
        elif isinstance(raw, dict) and step in raw:
            raw = raw[step]
            yield str(step)
        elif isinstance(step, str) and step != "[key]" and not _is_tag(step, raw, place, loc):
            yield str(step)


def _is_tag(step: str, raw: Any, place: int, loc: tuple[int | str, ...]) -> bool:
    """Return True if pydantic added this step for the channel's kind; the file has no such key."""
    return loc[0] == "channels" and place == 2 and isinstance(raw, dict) and raw.get("kind") == step


def _entry(raw: Any, place: int) -> str:
    name = raw.get("name") if isinstance(raw, dict) else None
    return name if isinstance(name, str) and name.isprintable() and name else f"#{place + 1}"
