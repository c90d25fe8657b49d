"""GOV.UK: which publications concern us, what of them is kept, and what a look asks for."""

# ruff: noqa: RUF001 - typographic quotes as GOV.UK writes them

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import Response

from monitor.model import Target
from spiders.govuk.pages import Row, concerns, parse_publication, parse_search
from spiders.http.errors import PageError
from tests.spiders.conftest import Replica
from tests.spiders.crawling import Crawled, crawl
from tests.spiders.windows import Room, again, job_of

ILACS = "/government/publications/inspecting-local-authority-childrens-services-from-2018"
URL = "https://www.gov.uk/api/search.json"


def answer(value: Any, status: int = 200) -> Response:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return Response(URL, status=status, body=body, headers={"Content-Type": "application/json"})


@pytest.mark.parametrize(
    ("title", "description", "expected"),
    [
        ("Inspecting local authority children’s services", "Guidance for inspecting (ILACS).", True),
        ("Local authority inspection outcomes as at 31 March 2025", "Outcomes.", True),
        ("Improvement notice: Devon children’s services, May 2024", "", True),
        ("Improvement notice issued to Walsall Council", "", True),
        ("Statutory direction to Bradford Council", "", True),
        ("Direction issued under section 497A of the Education Act 1996: Bradford", "", True),
        ("A new direction for schools", "", False),
        ("Area SEND inspections: framework and handbook", "", True),
        ("Joint targeted area inspections (JTAIs)", "Guidance", True),
        ("Monthly management information: Ofsted’s school inspections outcomes", "School inspections.", False),
        ("Notice to improve: Riverside College", "", False),
        ("Ofsted annual accounts", "How Ofsted spent its money.", False),
        ("Childcare providers and inspections", "Management information.", False),
    ],
)
def test_which_publications_concern_us(title: str, description: str, expected: bool) -> None:
    assert concerns(Row("/x", title, description, "2024-05-15T09:30:00Z")) is expected


@pytest.mark.parametrize(
    ("value", "status", "outcome", "reason"),
    [
        ({"error": "Unexpected parameters: x"}, 422, "invalid", "answered 422"),
        (b"", 200, "invalid", "is empty"),
        (b"\xff\x00", 200, "invalid", "is not JSON"),
        (b"<html><title>Just a moment</title></html>", 200, "blocked", "challenge"),
        ([], 200, "invalid", "no JSON object"),
        ({"results": []}, 200, "invalid", "no total"),
        ({"results": [], "total": 3, "start": 0}, 200, "invalid", "says that it has 3 publications and gave 0"),
        (b"<html>", 503, "error", "answered 503"),
    ],
)
def test_a_search_that_is_not_whole_is_an_error(value: Any, status: int, outcome: str, reason: str) -> None:
    with pytest.raises(PageError, match=reason) as failed:
        parse_search(answer(value, status), 100)
    assert failed.value.outcome == outcome


def test_rows_that_are_no_publication_are_left_out() -> None:
    rows = [{"link": "https://elsewhere.uk", "title": "A"}, {"link": "/a", "title": "B", "public_timestamp": None},
            {"link": "/b", "title": "C", "public_timestamp": "2024-05-15T09:30:00Z"}]  # fmt: skip
    found = parse_search(answer({"results": rows, "total": 3, "start": 0}), 100)
    assert (found.received, [row.path for row in found.rows]) == (3, ["/b"])


def test_a_publications_words_and_last_change_are_kept() -> None:
    found = parse_publication(answer({
        "title": "Framework", "description": "About.", "document_type": "guidance",
        "first_published_at": "2017-11-29T09:30:00+00:00", "public_updated_at": "2024-04-22T09:30:00+01:00",
        "withdrawn_notice": {"explanation": "Replaced."},
        "details": {"body": "<h2>What</h2><p>It&nbsp;says.</p>", "attachments": [{"title": "Handbook"}],
                    "change_history": [{"note": "First published.", "public_timestamp": "2017-11-29T09:30:00Z"},
                                       {"note": "Updated.", "public_timestamp": "2024-04-22T08:30:00Z"}]},
    }))  # fmt: skip
    assert found.lines == ("About.", "What", "It says.", "- Handbook")
    assert (found.note, found.updated, found.withdrawn) == ("Replaced.", "2024-04-22T09:30:00+01:00", True)
    with pytest.raises(PageError, match="has no title"):
        parse_publication(answer({"public_updated_at": "2024-04-22T09:30:00+01:00"}))


@pytest.fixture
def look(replica: Replica, tmp_path: Path) -> Callable[..., Crawled]:
    def _look(mark: str | None, today: str, **changes: Any) -> Crawled:
        replica.control(today=today)
        target = Target("govuk", "GOV.UK", cursor=mark)
        return crawl(job_of("govuk", replica.address + "/govuk", target, today=today, **changes), tmp_path)

    return _look


def asked(replica: Replica) -> list[str]:
    paths = [line["path"].partition("?")[0] for line in replica.log()]
    replica.calm()
    return [path for path in paths if not path.endswith("/robots.txt")]


@pytest.mark.corpus
def test_only_what_has_moved_is_asked_for(replica: Replica, look: Callable[..., Crawled]) -> None:
    first = look(None, "2024-04-21")
    records = {r.key: r for r in first.records("govuk")}
    assert first.poll("govuk").outcome == "ok"
    assert "/government/statistics/local-authority-inspection-outcomes-as-at-31-march-2023" in records
    assert not any("school" in key for key in records)
    assert any(r.title.startswith("Improvement notice: ") and r.fields["document_type"] == "notice"
               for r in records.values())  # fmt: skip
    ilacs = records[ILACS]
    assert (ilacs.published, ilacs.fields["change_note"]) == (
        "2017-11-29T09:30:00+00:00",
        "Care leavers judgement from January 2023.",
    )
    mark = first.poll("govuk").cursor
    asked(replica)
    quiet = look(mark, "2024-04-21")
    assert (quiet.poll("govuk").outcome, asked(replica)) == ("unchanged", ["/govuk/api/search.json"] * 3)
    later = look(mark, "2024-04-22")
    [changed] = later.records("govuk")
    assert (changed.key, changed.fields["updated"]) == (ILACS, "2024-04-22T09:30:00+00:00")
    assert changed.fields["change_note"] == "Updated to reflect the national framework."
    assert asked(replica).count("/govuk/api/content" + ILACS) == 1
    assert look(later.poll("govuk").cursor, "2024-04-22").poll("govuk").outcome == "unchanged"
    assert look(mark, "2024-04-21", sweep=True).records("govuk") == first.records("govuk")


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("kind", "outcome"),
    [("403", "blocked"), ("500", "error"), ("challenge200", "blocked"), ("empty200", "invalid"),
     ("garbage", "invalid"), ("truncate", "error"), ("reset", "error"), ("not_modified_always", "invalid"),
     ("redirect_loop", "error"), ("redirect_private", "invalid"), ("withdraw", "missing")],
)  # fmt: skip
def test_a_fault_of_either_interface(kind: str, outcome: str, replica: Replica, look: Callable[..., Crawled]) -> None:
    replica.fault("/api/search.json", kind)
    failed = look(None, "2024-04-21")
    assert (failed.poll("govuk").outcome, failed.records("govuk")) == (outcome, [])
    replica.control(clear_faults=True)
    replica.fault(f"/api/content{ILACS}", kind)
    failed = look(None, "2024-04-21")
    one = outcome if outcome in ("error", "blocked") else "ok"
    assert failed.poll("govuk").outcome == one, failed.poll("govuk").detail
    assert ILACS not in {r.key for r in failed.records("govuk")}
    assert len(failed.records("govuk")) > 3
    assert f"/api/content{ILACS}" in (failed.poll("govuk").detail or "")


@pytest.mark.corpus
def test_bytes_of_another_charset_cost_nothing_and_are_said(replica: Replica, look: Callable[..., Crawled]) -> None:
    replica.fault(f"/api/content{ILACS}", "bad_charset")
    seen = look(None, "2024-04-21")
    [record] = [r for r in seen.records("govuk") if r.key == ILACS]
    assert "\ufffd" not in (record.text or "")
    assert "was read as windows-1252" in (seen.poll("govuk").detail or "")


@pytest.mark.corpus
def test_a_publication_that_failed_comes_with_the_next_look(replica: Replica, look: Callable[..., Crawled]) -> None:
    replica.fault(f"/api/content{ILACS}", "500")
    failed = look(None, "2024-04-21")
    replica.control(clear_faults=True)
    target = again(Target("govuk", "GOV.UK"), failed)
    assert target.cursor is None
    assert ILACS in {r.key for r in look(target.cursor, "2024-04-21").records("govuk")}


def search_of(*paths: str) -> str:
    rows = [
        {"link": p, "title": "Improvement notice issued to Devon", "public_timestamp": "2024-03-01T09:30:00Z"}
        for p in paths
    ]
    return json.dumps({"total": len(rows), "start": 0, "results": rows})


def test_a_notice_that_the_search_leaves_out_is_asked_for_by_a_full_crawl(room: Room, tmp_path: Path) -> None:
    """The search lists no publication that was withdrawn."""
    path, other = "/government/publications/notice", "/government/publications/other"
    page = {"title": "Notice", "public_updated_at": "2024-03-01T09:30:00Z", "document_type": "notice", "details": {}}
    room.says("/api/search.json", search_of(path, other), "application/json")
    for one in (path, other):
        room.says(f"/api/content{one}", json.dumps(page), "application/json")

    def looked(target: Target, **changes: Any) -> Crawled:
        return crawl(job_of("govuk", room.url, target, options={"paths": []}, **changes), tmp_path)

    seen = looked(Target("govuk", "GOV.UK"))
    target = again(Target("govuk", "GOV.UK"), seen)
    room.says("/api/search.json", search_of(other), "application/json")
    room.says(
        f"/api/content{path}", json.dumps({**page, "withdrawn_notice": {"explanation": "Lifted."}}), "application/json"
    )
    room.paths()
    assert looked(target).poll("govuk").outcome == "unchanged"
    assert room.paths() == ["/api/search.json"] * 3
    swept = looked(target, sweep=True)
    assert {r.key: r.fields.get("withdrawn") for r in swept.records("govuk")} == {path: True, other: None}
    room.says(f"/api/content{path}", json.dumps({"schema_name": "gone"}), "application/json")
    swept = looked(again(target, swept), sweep=True)
    assert "publications that could not be read: 1" in (swept.poll("govuk").detail or "")
    assert looked(again(target, swept), sweep=True).poll("govuk").detail is None
