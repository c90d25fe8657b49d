"""The types of value in the configuration. Each checks its text once, here, and gives a reason in plain words.

A check raises ValueError; pydantic attaches the reason to the key. Checks that need the registry find it in the
validation's context, and accept every value if it could not be loaded.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from fnmatch import fnmatchcase
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

from monitor.config import addresses
from monitor.councils.nearest import did_you_mean
from monitor.councils.registry import Registry, UnknownCouncil
from monitor.model import EVENT_KINDS
from monitor.query import parse as parse_words
from monitor.times.spec import cron_fields, parse_quiet, parse_receipt, parse_when

MAX_NAME = 100
"""Characters of a channel's name, which is also the name of a folder."""
_ENV = re.compile(r"[A-Z_][A-Z0-9_]*\Z")


class Section(BaseModel):
    """A table of the file. It refuses unknown keys and wrong types, and its values do not change afterwards."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True, allow_inf_nan=False)


def _line(text: str) -> str:
    if not text.strip() or re.search(r"[\x00-\x1f\x7f]", text):
        raise ValueError("must be one line of text and not empty")
    return text.strip()


def _name(text: str) -> str:
    if len(line := _line(text)) > MAX_NAME:
        raise ValueError(f"must not be longer than {MAX_NAME} characters")
    return line


def _env_name(text: str) -> str:
    if not _ENV.match(text):
        raise ValueError("must be the NAME of an environment variable, in capitals, never the secret itself")
    return text


def _day(value: Any) -> Any:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError("must be a day without quotes, such as 2029-05-03")
    return value


def _parsed(parse: Callable[[str], object], tidy: Callable[[str], str]) -> AfterValidator:
    """A text that `parse` understands, kept in its plain form."""

    def check(text: str) -> str:
        parse(text)
        return tidy(text)

    return AfterValidator(check)


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


def _kind_pattern(pattern: str) -> str:
    if not any(fnmatchcase(kind, pattern) for kind in EVENT_KINDS):
        meant = did_you_mean(pattern, EVENT_KINDS, quote='"')
        raise ValueError(f'"{pattern}" matches no kind of event{meant}')
    return pattern


def _council(name: str, info: ValidationInfo) -> str:
    registry = _registry(info)
    try:
        return registry.get(name).name if registry else name
    except UnknownCouncil as unknown:
        raise ValueError(str(unknown)) from unknown


def _region(name: str, info: ValidationInfo) -> str:
    registry = _registry(info)
    if registry is None:
        return name
    regions = {region.casefold(): region for region in registry.regions()}
    if name.casefold() not in regions:
        meant = did_you_mean(name, regions.values(), quote='"')
        raise ValueError(f'no region "{name}"{meant}')
    return regions[name.casefold()]


def _registry(info: ValidationInfo) -> Registry | None:
    return info.context if isinstance(info.context, Registry) else None


def _unique_names(items: list[Any]) -> list[Any]:
    names = [item.name for item in items]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f'the name "{name}" stands there twice')
    return items


Line = Annotated[str, AfterValidator(_line)]
Name = Annotated[str, AfterValidator(_name)]
HttpUrl = Annotated[str, AfterValidator(addresses.http_url)]
BaseUrl = Annotated[HttpUrl, AfterValidator(lambda url: url.rstrip("/"))]
SafeUrl = Annotated[str, AfterValidator(addresses.http_url), AfterValidator(addresses.safe_url)]
EnvName = Annotated[str, AfterValidator(_env_name)]
Email = Annotated[str, AfterValidator(addresses.email)]
SlackChannel = Annotated[str, AfterValidator(addresses.slack_channel)]
Listen = Annotated[str, AfterValidator(addresses.listen)]
Day = Annotated[date, BeforeValidator(_day)]
Host = Annotated[str, AfterValidator(addresses.host)]
Schedule = Annotated[str, _parsed(cron_fields, _folded)]
WhenText = Annotated[str, _parsed(parse_when, _folded)]
QuietText = Annotated[str, _parsed(parse_quiet, lambda text: text.replace(" ", ""))]
ReceiptText = Annotated[str, _parsed(parse_receipt, _folded)]
SearchWords = Annotated[str, _parsed(parse_words, str)]
KindPattern = Annotated[str, AfterValidator(_kind_pattern)]
CouncilName = Annotated[str, AfterValidator(_council)]
Region = Annotated[str, AfterValidator(_region)]
Seconds = Annotated[float, Field(gt=0, le=86_400)]
OneOrMore = BeforeValidator(lambda value: [value] if isinstance(value, str) else value)
"""A single text instead of a list is a list of one."""
NoRepeats = AfterValidator(lambda items: list(dict.fromkeys(items)))
EachMailboxOnce = AfterValidator(addresses.each_mailbox_once)
UniqueNames = AfterValidator(_unique_names)
