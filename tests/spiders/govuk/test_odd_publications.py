"""One publication that cannot be read costs itself: what it is taken for, and whether it is asked for again."""

from __future__ import annotations

import json
from typing import Any

import pytest
from scrapy.http import Response

from spiders.govuk.pages import parse_publication, parse_search
from spiders.govuk.spider import _lasting, _owed, _remark
from spiders.http.errors import PageError

URL = "https://www.gov.uk/api/content/government/publications/notice"
GOOD = {"title": "Notice", "public_updated_at": "2026-11-26T09:30:00Z", "document_type": "notice", "details": {}}


def answer(body: Any, status: int = 200) -> Response:
    return Response(URL, status=status, body=body if isinstance(body, bytes) else json.dumps(body).encode())


@pytest.mark.parametrize("kind", ["redirect", "gone", "vanish"])
def test_what_stands_where_a_publication_was_is_gone(kind: str) -> None:
    with pytest.raises(PageError) as failed:
        parse_publication(answer({"schema_name": kind, "document_type": kind, "title": None}))
    assert (failed.value.outcome, failed.value.gone) == ("missing", True)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({**GOOD, "title": None}, 'has no title; it begins "{"title": null'),
        ({**GOOD, "public_updated_at": 7}, "has no time of its last change; it begins"),
        (b"[1]", 'holds no JSON object; it begins "[1]"'),
        (b"<p>busy</p>", 'is not JSON; it begins "<p>busy</p>"'),
    ],
)
def test_what_cannot_be_read_says_what_it_lacks_and_how_it_begins(body: Any, reason: str) -> None:
    with pytest.raises(PageError) as failed:
        parse_publication(answer(body))
    assert (failed.value.outcome, reason in failed.value.reason) == ("invalid", True), failed.value.reason


def test_one_bad_byte_costs_neither_a_publication_nor_a_search() -> None:
    body = json.dumps({**GOOD, "title": "Children\u2019s"}, ensure_ascii=False).encode("cp1252")
    found = parse_publication(answer(body))
    assert (found.title, found.remark) == (
        "Children\u2019s", "1 of its bytes is not UTF-8 and was read as windows-1252",
    )  # fmt: skip
    row = b'{"link": "/a", "title": "Caf\xe9", "public_timestamp": "2026-11-26T09:30:00Z"}'
    results = parse_search(answer(b'{"total": 2, "start": 0, "results": [%s, 7]}' % row), 100)
    assert ([r.title for r in results.rows], results.received) == (["Caf\u00e9"], 2)
    assert results.remark is not None


@pytest.mark.parametrize(
    ("withdrawal", "withdrawn", "note"),
    [
        ({"explanation": "<p>This direction was revoked on <b>3&nbsp;March</b>.</p>"}, True,
         "This direction was revoked on 3 March."),
        ({"explanation": ""}, True, "First published."),
        ({"withdrawn_at": "2026-01-01"}, True, "First published."),
        ({}, False, "First published."), (None, False, "First published."), ("yes", True, "First published."),
    ],
)  # fmt: skip
def test_a_withdrawal_says_why(withdrawal: Any, withdrawn: bool, note: str) -> None:
    history = {"change_history": [{"note": "First published.", "public_timestamp": "2024-01-01T09:30:00Z"}]}
    found = parse_publication(answer({**GOOD, "withdrawn_notice": withdrawal, "details": history}))
    assert (found.withdrawn, found.note) == (withdrawn, note)


GONE, ODD = PageError("missing", "/a is gone", gone=True), PageError("invalid", "/b has no title")
DOWN, SHUT = PageError("error", "/c answered 500"), PageError("blocked", "/d is forbidden")


@pytest.mark.parametrize(
    ("failures", "read", "baselined", "fails"),
    [
        ([GONE, ODD], 0, False, False),
        ([GONE, ODD], 0, True, False),
        ([DOWN], 3, False, True),
        ([DOWN, SHUT], 0, True, True),
        ([DOWN, ODD], 3, True, False),
    ],
)
def test_a_look_fails_only_where_the_site_does(
    failures: list[PageError], read: int, baselined: bool, fails: bool
) -> None:
    by_path = {f"/{n}": failed for n, failed in enumerate(failures)}
    assert (_lasting(by_path, read, baselined=baselined) is not None) == fails


def test_what_may_come_yet_is_asked_for_again() -> None:
    failures = {"/a": GONE, "/b": ODD, "/c": DOWN}
    assert _owed(failures, baselined=True) == ["/b", "/c"]
    assert _owed(failures, baselined=False) == []
    assert _remark(failures, ["/e: odd"]) == "publications that could not be read: 3 (first: /a is gone); /e: odd"
