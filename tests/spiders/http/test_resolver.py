"""The address that was checked is the one connected to, and it is a public one unless the operator allowed others."""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError

from spiders.http.addresses import AddressRefused, is_public
from spiders.http.resolver import PublicResolver
from tests.spiders.http.raw import answer, ask, ask_one, body_of, raw_site

PRIVATE = [
    "127.0.0.1", "10.255.255.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "192.0.0.1",
    "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "feff::1", "ff02::1",
    "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:0:10.0.0.1",
    "64:ff9b::10.0.0.5", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::10.0.0.5", "64:ff9b:1::8.8.8.8",
    "2002:a00:5::1", "2002:7f00:1::", "2002:c0a8:101::1",
    "::127.0.0.1", "::10.0.0.5", "::8.8.8.8", "2001:db8::1", "2001:0:a00:5::1",
]  # fmt: skip
PUBLIC = [
    "8.8.8.8", "2606:4700:4700::1111", "2a00:1450:4009:820::200e", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8",
    "2002:808:808::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_no_public_one(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_that_is_public(address: str) -> None:
    assert is_public(address)


def lead_to(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> None:
    """Make every name lead to these addresses, the next list at each question."""
    given = iter(answers)

    def found(_: str, port: int, **__: Any) -> list[Any]:
        return [
            (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port))
            for one in next(given)
        ]

    monkeypatch.setattr(socket, "getaddrinfo", found)


def resolved(host: str, *, private: bool = False) -> list[str]:
    async def _resolved() -> list[str]:
        with ThreadPoolExecutor(1) as threads:
            return [one["host"] for one in await PublicResolver(threads, lambda _: private).resolve(host, 443)]

    return asyncio.run(_resolved())


@pytest.mark.parametrize("address", [one for one in PRIVATE if "%" not in one])
def test_a_name_that_leads_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    lead_to(monkeypatch, [address])
    with pytest.raises(AddressRefused) as refused:
        resolved("files.ofsted.gov.uk")
    assert str(refused.value) == f"files.ofsted.gov.uk is at the private address {address}"


def test_only_the_public_ones_of_several_addresses_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    lead_to(monkeypatch, ["10.1.2.3", "8.8.8.8", "fec0::1", "2606:4700:4700::1111"])
    assert resolved("reports.ofsted.gov.uk") == ["8.8.8.8", "2606:4700:4700::1111"]


def test_private_addresses_may_be_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    lead_to(monkeypatch, ["10.1.2.3"])
    assert resolved("intranet", private=True) == ["10.1.2.3"]


SAFE = {"ALLOW_PRIVATE_ADDRESSES": False}


def connections(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """A list of whatever the loop is told to connect to from now on; nothing is."""
    met: list[Any] = []

    async def connect(_: Any, __: socket.socket, address: Any) -> None:
        met.append(address)
        raise ConnectionRefusedError(111, "refused")

    monkeypatch.setattr(asyncio.SelectorEventLoop, "sock_connect", connect)
    return met


def test_nothing_is_connected_to_where_a_name_is_private(monkeypatch: pytest.MonkeyPatch) -> None:
    met = connections(monkeypatch)
    lead_to(monkeypatch, ["10.1.2.3", "127.0.0.1"])
    found = ask_one("http://files.ofsted.gov.uk/", **SAFE)
    assert isinstance(found, AddressRefused)
    assert met == []


def test_a_name_that_changes_after_the_check_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked up once; the connection is to the address that was checked."""
    met = connections(monkeypatch)
    lead_to(monkeypatch, ["8.8.8.8"], ["127.0.0.1"])
    found = ask_one("http://reports.ofsted.gov.uk/", **SAFE)
    assert isinstance(found, DownloadConnectionRefusedError)
    assert met == [("8.8.8.8", 80)]


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
     "[::127.0.0.1]", "[fec0::1]", "169.254.169.254", "localhost", "localhost.", "LOCALHOST",
     "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0", "127.0.0.1.", "①27.0.0.1"],
)  # fmt: skip
def test_this_machine_by_any_spelling_is_refused(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    """What the name server makes of a spelling is what is checked; it may also know of none."""
    met = connections(monkeypatch)
    found = ask_one(f"http://{host}:9/", **SAFE)
    assert isinstance(found, AddressRefused | CannotResolveHostError)
    assert met == []
    assert len(str(found)) < 130


def test_the_operators_own_address_is_allowed_and_no_other() -> None:
    with raw_site(lambda _: [answer(b"here")]) as site:
        options: dict[str, Any] = {**SAFE, "TRUSTED_HOSTS": ["127.0.0.1"]}
        own, other, name = ask(site.url, f"http://[::1]:{site.port}/", f"http://localhost:{site.port}/", **options)
    assert body_of(own) == b"here"
    assert isinstance(other, AddressRefused)
    assert isinstance(name, AddressRefused)
    assert site.connections == 1


def test_localhost_is_allowed_where_the_operator_wrote_it() -> None:
    with raw_site(lambda _: [answer(b"here")]) as site:
        options: dict[str, Any] = {**SAFE, "TRUSTED_HOSTS": ["localhost"]}
        assert body_of(ask_one(f"http://localhost:{site.port}/", **options)) == b"here"
