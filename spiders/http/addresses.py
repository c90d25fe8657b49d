"""Which network addresses may be connected to: public ones, unless the operator wrote or allowed otherwise."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy.exceptions import IgnoreRequest


def joined(base: str, href: str) -> str:
    """Where a link leads; "" for what is no address, such as "http://[" or one with port 99999."""
    try:
        address = urljoin(base, href)
        _ = urlsplit(address).port
    except ValueError:
        return ""
    return address


class AddressRefused(IgnoreRequest):
    """A name or literal leads to a private, local or reserved address."""


def is_local_literal(host: str) -> bool:
    """True for "localhost" and for an IP address written as such: the operator meant that machine."""
    if host == "localhost":
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def open_socket(host: str, port: int, timeout: float, allow_private: bool) -> socket.socket:
    """A TCP connection to the first answering address among those that may be used; the check and the connection
    see the same address. Raises AddressRefused if none may be used, OSError if none answers."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    usable = [info for info in found if allow_private or is_public(str(info[4][0]))]
    if not usable:
        raise AddressRefused(f"{host} is at the private address {found[0][4][0]}")
    for info in usable[:-1]:
        try:
            return _connect(info, timeout)
        except OSError:
            continue
    return _connect(usable[-1], timeout)


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet; IPv4 inside IPv6 counts as what it holds."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None)
    ip = inner or ip
    return ip.is_global and not ip.is_multicast


def _connect(info: tuple[int, int, int, str, Any], timeout: float) -> socket.socket:
    family, kind, protocol, _, address = info
    sock = socket.socket(family, kind, protocol)
    try:
        sock.settimeout(timeout)
        sock.connect(address)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError:
        sock.close()
        raise
    return sock
