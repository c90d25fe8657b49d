"""The types of value in the configuration. Each checks its text once, here, and gives a reason in plain words.

A check raises ValueError; pydantic attaches the reason to the key. Checks that need the registry find it in the
validation's context, and accept every value if it could not be loaded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from fnmatch import fnmatchcase
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

from monitor.councils.nearest import nearest
from monitor.councils.registry import Registry, UnknownCouncil
from monitor.model import EVENT_KINDS
from monitor.query import parse as parse_words
from monitor.times.spec import cron_fields, parse_quiet, parse_receipt, parse_when

_ENV = re.compile(r"[A-Z_][A-Z0-9_]*\Z")
_EMAIL = re.compile(r"(?:[^<>@\x00-\x1f\x7f]+ <[^\s<>@\",;]+@[^\s<>@\",;]+>|[^\s<>@\",;]+@[^\s<>@\",;]+)\Z")
_LOCAL_NAMES = (".localhost", ".local", ".internal", ".test", ".lan", ".home.arpa")


class Section(BaseModel):
    """A table of the file. It refuses unknown keys and wrong types, and its values do not change afterwards."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True, allow_inf_nan=False)


def http_url(text: str) -> str:
    """Check an http or https address without credentials."""
    try:
        parts = urlsplit(text)
        usable = bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.scheme not in ("http", "https") or re.search(r"[\s\x00-\x1f]", text):
        raise ValueError("must be an http:// or https:// address")
    if parts.username is not None or parts.password is not None:
        raise ValueError("must not hold a user or password")
    return text


def safe_url(text: str) -> str:
    """Check an address that gets a secret: https, or http to this machine or a private network."""
    if text.startswith("http:") and is_public(text):
        raise ValueError("must be https: a secret is sent there")
    return text


def is_public(url: str) -> bool:
    """Return True if an address looks like one on the public internet. No name is looked up."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    if host == "localhost" or host.endswith(_LOCAL_NAMES):
        return False
    if re.fullmatch(r"[0-9.]+|[0-9a-f:]*:[0-9a-f:.%]*", host):
        from ipaddress import ip_address

        try:
            return ip_address(host.partition("%")[0]).is_global
        except ValueError:
            return True
    return "." in host


def _line(text: str) -> str:
    if not text.strip() or re.search(r"[\x00-\x1f\x7f]", text):
        raise ValueError("must be one line of text and not empty")
    return text.strip()


def _env_name(text: str) -> str:
    if not _ENV.match(text):
        raise ValueError("must be the NAME of an environment variable, in capitals, never the secret itself")
    return text


def _email(text: str) -> str:
    if not _EMAIL.match(text):
        raise ValueError("must be an e-mail address")
    return text


def _host(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.:_-]+", text):
        raise ValueError("must be a host name, without a scheme, port or path")
    return text


def host_and_port(address: str) -> tuple[str, int]:
    """The two parts of an address to listen on; IPv6 stands in brackets there. Raises ValueError where it is none."""
    host, colon, port = address.rpartition(":")
    host = host.strip("[]")
    if not (colon and port.isascii() and port.isdigit() and int(port) < 65536 and _host(host)):
        raise ValueError('must be an address and a port, such as "127.0.0.1:9464"')
    return host, int(port)


def _listen(text: str) -> str:
    if not host_and_port(text)[1]:
        raise ValueError("must name a port: 0 would be another one at each start")
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
        raise ValueError(f'"{pattern}" matches no kind of event{_did_you_mean(pattern, EVENT_KINDS)}')
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
        raise ValueError(f'no region "{name}"{_did_you_mean(name, regions.values())}')
    return regions[name.casefold()]


def _registry(info: ValidationInfo) -> Registry | None:
    return info.context if isinstance(info.context, Registry) else None


def _did_you_mean(word: str, choices: Iterable[str]) -> str:
    best = nearest(word, choices)
    return f': did you mean "{best}"?' if best else ""


def _once(key: Callable[[Any], str]) -> AfterValidator:
    def check(items: list[Any]) -> list[Any]:
        names = [key(item) for item in items]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f'the name "{name}" stands there twice')
        return items

    return AfterValidator(check)


Line = Annotated[str, AfterValidator(_line)]
HttpUrl = Annotated[str, AfterValidator(http_url)]
BaseUrl = Annotated[HttpUrl, AfterValidator(lambda url: url.rstrip("/"))]
SafeUrl = Annotated[str, AfterValidator(http_url), AfterValidator(safe_url)]
EnvName = Annotated[str, AfterValidator(_env_name)]
Email = Annotated[str, AfterValidator(_email)]
Listen = Annotated[str, AfterValidator(_listen)]
Day = Annotated[date, BeforeValidator(_day)]
Host = Annotated[str, AfterValidator(_host)]
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
UniqueNames = _once(lambda item: item.name)
