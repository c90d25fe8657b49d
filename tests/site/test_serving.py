"""Serving: only questions are answered, and browsers are told what they may do with the answer."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path

import pytest

from monitor.service.port import Port
from monitor.site.serving import application
from tests.service.free_port import free_address

Ask = type[HTTPResponse]


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    found = free_address()
    port = Port(found, application(site))
    yield found
    port.stop()


def ask(address: str, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(address, timeout=5)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    found = answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    connection.close()
    return found


def test_a_page_comes_with_its_policies_and_may_be_kept_for_a_minute(address: str) -> None:
    status, headers, body = ask(address, "/councils/devon/")
    assert (status, headers["content-type"]) == (200, 'text/html; charset="utf-8"')
    assert headers["cache-control"] == "max-age=60, public"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert b"<h1>Devon</h1>" in body
    assert ask(address, "/councils/devon/", If_Modified_Since=headers["last-modified"])[0] == 304
    assert ask(address, "/councils/devon/", "HEAD")[1]["content-length"] == headers["content-length"]
    assert ask(address, "/councils/devon")[1]["location"] == "devon/"


def test_only_the_search_may_compile(address: str) -> None:
    assert "'wasm-unsafe-eval'" in ask(address, "/search/")[1]["content-security-policy"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
@pytest.mark.parametrize("path", ["/", "/nothing", "/site.css"])
def test_nothing_but_questions_is_answered(address: str, method: str, path: str) -> None:
    assert ask(address, path, method)[0] == 405


@pytest.mark.parametrize("path", ["/nothing/", "/.made.json", "/../config.toml", "/%2e%2e/config.toml",
                                  "/councils/..%2f..%2f", "/a%00b", "//etc/passwd",
                                  "/councils/devon/../../index.html"])  # fmt: skip
def test_what_is_not_there_is_said_by_the_sites_own_page(address: str, path: str) -> None:
    status, headers, body = ask(address, path)
    assert status == 404
    assert b"There is no such page" in body
    assert "default-src 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/meetings/meetings.ics", "text/calendar"),
        ("/index.json", "application/json"),
        ("/maps/in-care-now.svg", "image/svg+xml"),
    ],
)
def test_files_have_their_types(address: str, path: str, kind: str) -> None:
    assert ask(address, path)[1]["content-type"].startswith(kind)
