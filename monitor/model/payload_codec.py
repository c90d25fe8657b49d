"""Payloads from and to the outward JSON, to the byte: what is read and written again is the same text.

A part that is unknown, or of another type than this edition expects, is kept as it came and never believed: an event
that another edition wrote still makes a message.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from monitor.model.payload import Payload

P = TypeVar("P", bound=Payload)
OURS = ("extra", "order")
"""Fields of a payload that are no parts of the JSON object."""


def payload_from_json(cls: type[P], raw: Mapping[str, Any]) -> P:
    """A payload from a JSON object. Raises TypeError where it is not one."""
    if not isinstance(raw, Mapping):
        raise TypeError(f"{cls.__name__} is a JSON object, not {type(raw).__name__}")
    known, extra = dict[str, Any](), dict[str, Any]()
    for name, value in raw.items():
        try:
            known[name] = _typed(_parts(cls)[name], value)
        except (KeyError, TypeError):
            extra[name] = value
    return cls(**known, extra=extra, order=tuple(raw))


def parts_of(payload: Payload) -> Iterator[tuple[str, Any]]:
    """The names and values of a payload's JSON object: first as it was read, then what was added, without empty parts.

    In a payload that was made and not read, unknown parts follow the key.
    """
    read, names = payload.order or (), list(_parts(type(payload)))
    unread = [n for n in (*names[:1], *payload.extra, *names[1:]) if n not in read]
    for name in (*read, *dict.fromkeys(unread)):
        if name in payload.extra:
            yield name, payload.extra[name]
            continue
        value = getattr(payload, name)
        needed = name in read or (name in payload.ALWAYS and payload.order is None)
        if needed or value not in (None, (), {}):
            yield name, value


def _parts(cls: Any) -> dict[str, Any]:
    """The parts of a class with their types, in the order in which they are written."""
    return _known_parts(cls)


@cache
def _known_parts(cls: Any) -> dict[str, Any]:
    hints = get_type_hints(cls)
    return {f.name: hints[f.name] for f in fields(cls) if f.name not in OURS}


def _typed(hint: Any, value: Any) -> Any:
    """A JSON value as the type of its part. Raises TypeError where it is of another."""
    origin = get_origin(hint)
    if hint is Any:
        return value
    if origin in (Union, UnionType):
        return _one_of(get_args(hint), value)
    if origin is tuple and isinstance(value, list | tuple):
        return tuple(_typed(get_args(hint)[0], each) for each in value)
    if origin is Mapping and isinstance(value, Mapping):
        return {name: _typed(get_args(hint)[1], each) for name, each in value.items()}
    if isinstance(hint, type) and issubclass(hint, Payload):
        return payload_from_json(hint, value)
    if is_dataclass(hint) and isinstance(value, Mapping):
        return _built(hint, value)
    if type(value) is hint or (hint is NoneType and value is None):
        return value
    raise TypeError(f"{value!r} is not {hint}")


def _built(cls: Any, raw: Mapping[str, Any]) -> Any:
    """A plain dataclass of the model, such as a quotation."""
    hints = get_type_hints(cls)
    if set(raw) != set(hints):
        raise TypeError(f"{cls.__name__} has other parts than {', '.join(map(str, raw))}")
    return cls(**{name: _typed(hints[name], value) for name, value in raw.items()})


def _one_of(hints: tuple[Any, ...], value: Any) -> Any:
    for hint in hints:
        try:
            return _typed(hint, value)
        except TypeError:
            continue
    raise TypeError(f"{value!r} is none of {hints}")
