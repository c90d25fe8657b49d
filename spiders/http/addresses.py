"""Which network addresses may be connected to: public ones, unless the operator wrote or allowed otherwise."""

from __future__ import annotations

import ipaddress
import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy.exceptions import IgnoreRequest

HOST_WITHOUT_SCHEME = re.compile(
    r"\A(?=(?:www\.[\w-]+(?:\.[\w-]+)+|[\w-]+(?:\.[\w-]+)*\.(?:gov|org|co|ac)\.uk)(?:[:/#]|\Z))", re.I
)
"""The beginning of "www.devon.gov.uk/news", which means the host, and which a browser would look for below the page."""


def joined(base: str, href: str) -> str:
    """Where a link leads; "" for what is no address, such as "http://[" or one with port 99999. A backslash is a slash,
    as for browsers, and a host may lack its scheme."""
    path, mark, query = href.strip().partition("?")
    plain = HOST_WITHOUT_SCHEME.sub("//", path.replace("\\", "/")) + mark + query
    try:
        address = urljoin(base, plain)
        _ = urlsplit(address).port
    except ValueError:
        return ""
    return address


def base_of(root: Any, url: str) -> str:
    """The address that a page's links count from: its first <base> with an href, itself relative to the page's address
    (HTML, "document base URL"); the page's address where that is no web address."""
    bases = root.iter("base") if root is not None else ()
    href = next((base.get("href") for base in bases if base.get("href") is not None), "")
    base = joined(url, href.strip())
    return base if base.startswith(("http://", "https://")) else url


def host_of(url: str) -> str:
    """The host without "www.": a site's two names for itself count as one."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All of IPv6 that is given out (IANA's registry). What lies outside leads to this machine, this network or nowhere:
"::a.b.c.d", "fec0::/10", a network's own NAT64 "64:ff9b:1::/48"."""
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""RFC 6052: the last 32 bits are an IPv4 address."""


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


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet. An IPv6 address that stands for an IPv4 one counts as that:
    a gateway (NAT64, 6to4) would hand the connection on to it."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = _ipv4_inside(ip)
        if inner is not None:
            return is_public(str(inner))
        if ip not in GLOBAL_UNICAST:
            return False
    return ip.is_global and not ip.is_multicast


def _ipv4_inside(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip in NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour
