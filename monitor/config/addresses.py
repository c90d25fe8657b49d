"""Checks addresses that the file or the command line gives: of pages, hosts, mailboxes and ports.

A check raises ValueError with the reason in plain words; it never shows the address, which may hold a secret.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

_EMAIL = re.compile(r"(?:[^<>@\x00-\x1f\x7f]+ <[^\s<>@\",;]+@[^\s<>@\",;]+>|[^\s<>@\",;]+@[^\s<>@\",;]+)\Z")
_HOST = re.compile(r"[A-Za-z0-9._-]+")
_SLACK_ID = re.compile(r"[CGDUW][A-Z0-9]{5,}")
_SLACK_NAME = re.compile(r"#?[^\s#@,.:;/<>&\"'!?*]{1,80}")
REPLICAS = ("file", "s3", "sftp")
MAX_HOST, MAX_LABEL = 254, 63
_LOCAL_NAMES = (".localhost", ".local", ".internal", ".test", ".lan", ".home.arpa")


def http_url(text: str) -> str:
    """Check an http or https address without credentials."""
    try:
        parts = urlsplit(text)
        usable = _has_labels(parts.hostname or "") and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.scheme not in ("http", "https") or re.search(r"[\s\x00-\x1f<>\"]", text):
        raise ValueError("must be an http:// or https:// address")
    if parts.username is not None or parts.password is not None:
        raise ValueError("must not hold a user or password")
    return text


def _has_labels(name: str) -> bool:
    """Whether a name is made of labels of 1 to 63 characters (RFC 1035, 2.3.4)."""
    return len(name) <= MAX_HOST and all(0 < len(label) <= MAX_LABEL for label in name.removesuffix(".").split("."))


def safe_url(text: str) -> str:
    """Check an address that gets a secret: https, or http to this machine or a private network; in ASCII, as it goes
    over the wire."""
    if text.startswith("http:") and is_public(text):
        raise ValueError("must be https: a secret is sent there")
    if not text.isascii():
        raise ValueError("must be in ASCII characters (write a name like münchen.de as xn--mnchen-3ya.de)")
    return text


def without_query(text: str) -> str:
    """Check that an address ends with its path, for more is added to it."""
    if "?" in text or "#" in text:
        raise ValueError("must end with its path: no ? and no #")
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
    if not (_EMAIL.match(text) and text.isprintable()):
        raise ValueError("must be an e-mail address")
    if not mailbox(text).isascii():
        raise ValueError("must be an e-mail address in ASCII characters")
    if not _is_addr_spec(mailbox(text)):
        raise ValueError("must be an e-mail address")
    return text


def _is_addr_spec(text: str) -> bool:
    """Whether the mails' own writer takes it for one whole address (RFC 5322, 3.4.1)."""
    from email.errors import MessageError
    from email.headerregistry import Address

    try:
        return Address(addr_spec=text).addr_spec == text
    except (ValueError, IndexError, MessageError):  # which of them depends on the Python
        return False


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
    if not _HOST.fullmatch(text) and not _is_ipv6(text):
        raise ValueError("must be a host name, without a scheme, port or path")
    return text


def _is_ipv6(text: str) -> bool:
    from ipaddress import IPv6Address

    try:
        IPv6Address(text)
    except ValueError:
        return False
    return True


def host_and_port(text: str) -> tuple[str, int]:
    """The two parts of an address to listen on; IPv6 stands in brackets there. Raises ValueError where it is none."""
    name, colon, port = text.rpartition(":")
    inner = name[1:-1] if name.startswith("[") and name.endswith("]") else None
    known = bool(_HOST.fullmatch(name)) if inner is None else _is_ipv6(inner)
    if not (known and colon and port.isascii() and port.isdigit() and int(port) < 65536):
        raise ValueError('must be an address and a port, such as "127.0.0.1:9464"')
    return name if inner is None else inner, int(port)


def listen(text: str) -> str:
    """Check an address to listen on."""
    if not host_and_port(text)[1]:
        raise ValueError("must name a port: 0 would be another one at each start")
    return text


def slack_channel(text: str) -> str:
    """Check the name of a channel in Slack, or its id. Names have no capitals (Slack help, "Channel naming")."""
    if not (_SLACK_ID.fullmatch(text) or (_SLACK_NAME.fullmatch(text) and text == text.lower())):
        raise ValueError('must be a channel\'s name, such as "#ofsted", or its id, such as "C0123456789"')
    return text


def replica(text: str) -> str:
    """Check where a replica is, and cut the slashes at its end."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise ValueError("must be a file:///, s3:// or sftp:// address") from None
    if parts.scheme not in REPLICAS or port == 0:
        raise ValueError("must be a file:///, s3:// or sftp:// address")
    if parts.scheme == "file" and (parts.netloc or not parts.path.strip("/")):
        raise ValueError("must be file:/// and the absolute path of a folder")
    if parts.password is not None:
        raise ValueError("must not hold a password: secrets come from the environment (docs/deploying.md)")
    if parts.scheme != "file" and not parts.hostname:
        raise ValueError(f"must name a {'bucket' if parts.scheme == 's3' else 'server'} after {parts.scheme}://")
    return without_query(text).rstrip("/")


def queue(text: str) -> str:
    """Check the address of a queue in PostgreSQL, which never holds its password."""
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("postgresql", "postgres") and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ValueError("must be a postgresql:// address")
    named = {key.lower() for key, _ in parse_qsl(parts.query, keep_blank_values=True)}
    if parts.password is not None or "password" in named:
        raise ValueError("must not hold a password: name its variable in queue_password_env")
    return text
