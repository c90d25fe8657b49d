"""Checks addresses that the file or the command line gives: of pages, hosts, mailboxes and ports.

A check raises ValueError with the reason in plain words; it never shows the address, which may hold a secret.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_EMAIL = re.compile(r"(?:[^<>@\x00-\x1f\x7f]+ <[^\s<>@\",;]+@[^\s<>@\",;]+>|[^\s<>@\",;]+@[^\s<>@\",;]+)\Z")
_LOCAL_NAMES = (".localhost", ".local", ".internal", ".test", ".lan", ".home.arpa")


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
    name = (urlsplit(url).hostname or "").rstrip(".")
    if name == "localhost" or name.endswith(_LOCAL_NAMES):
        return False
    if re.fullmatch(r"[0-9.]+|[0-9a-f:]*:[0-9a-f:.%]*", name):
        from ipaddress import ip_address

        try:
            return ip_address(name.partition("%")[0]).is_global
        except ValueError:
            return True
    return "." in name


def email(text: str) -> str:
    """Check an e-mail address, with or without a name before it."""
    if not _EMAIL.match(text):
        raise ValueError("must be an e-mail address")
    if not mailbox(text).isascii():
        raise ValueError("must be an e-mail address in ASCII characters")
    return text


def mailbox(address: str) -> str:
    """The address of a mailbox, without the name before it."""
    return address.rpartition("<")[2].rstrip(">")


def each_mailbox_once(addresses: list[str]) -> list[str]:
    """Each address once; hosts, and by all usual servers names too, know no capitals."""
    first: dict[str, str] = {}
    for address in addresses:
        first.setdefault(mailbox(address).casefold(), address)
    return list(first.values())


def host(text: str) -> str:
    """Check the name or number of a host."""
    if not re.fullmatch(r"[A-Za-z0-9._-]+", text) and not _is_ipv6(text):
        raise ValueError("must be a host name, without a scheme, port or path")
    return text


def _is_ipv6(text: str) -> bool:
    from ipaddress import IPv6Address

    try:
        IPv6Address(text)
    except ValueError:
        return False
    return True


def listen(text: str) -> str:
    """Check an address and a port to listen on; IPv6 in brackets."""
    name, colon, port = text.rpartition(":")
    if not (colon and port.isascii() and port.isdigit() and 0 < int(port) < 65536 and host(name.strip("[]"))):
        raise ValueError('must be an address and a port, such as "127.0.0.1:9464"')
    return text
