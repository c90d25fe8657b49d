"""Every fault that the replica knows, on each kind of address: the right outcome, nothing lost, nothing made up."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from monitor.model import Job, Known, Poll, Record, Target
from tests.spiders.conftest import TODAY, Replica
from tests.spiders.crawling import Crawled, council, crawl, make_job

pytestmark = pytest.mark.corpus
Crawl = Callable[..., Crawled]
FAST: dict[str, Any] = {"timeout": 2.0}

BROKEN = {
    "403": "blocked",
    "500": "error",
    "503_retry_after": "error",
    "429_retry_after": "error",
    "timeout": "error",
    "slow": "error",
    "reset": "error",
    "truncate": "error",
    "challenge200": "blocked",
    "empty200": "invalid",
    "garbage": "invalid",
    "not_modified_always": "invalid",
    "redirect_loop": "error",
    "redirect_private": "invalid",
    "huge": "invalid",
    "gzip_bomb": "invalid",
}
HARMLESS = {"bad_charset": "ok"}  # the replica's pages are plain ASCII: the same bytes in either charset
ON_SEARCH = {**BROKEN, **HARMLESS, "cap_rows:50": "invalid", "drop_rows:1": "invalid", "layout_change": "ok",
             "replace_pdf": "ok", "withdraw": "missing"}  # fmt: skip
ON_PAGE = {**BROKEN, **HARMLESS, "cap_rows:50": "ok", "drop_rows:1": "invalid", "layout_change": "ok",
           "replace_pdf": "ok", "withdraw": "missing"}  # fmt: skip
ON_FILE = {**BROKEN, **HARMLESS, "cap_rows:50": "ok", "drop_rows:1": "ok", "layout_change": "ok",
           "replace_pdf": "ok", "withdraw": "ok"}  # fmt: skip


def facts(records: list[Record]) -> list[tuple[Any, ...]]:
    return [(r.target, r.key, r.url, r.title, r.published, r.fields) for r in records]


def newest(healthy: Crawled, urn: str) -> Record:
    return max(healthy.records(urn), key=lambda record: record.published or "")


def all_but_newest(healthy: Crawled, urn: str) -> Target:
    """A council of which every document is known but the newest."""
    wanted = newest(healthy, urn).key
    known = {r.key: Known("0" * 64, 1, "application/pdf") for r in healthy.records(urn) if r.key != wanted}
    return Target(urn, urn, documents=known)


@dataclass
class Faulty:
    """A crawl in which each fault hits a council of its own, and every other one is healthy."""

    urns: dict[str, str]
    healthy: list[str]

    def order(self) -> list[str]:
        return [urn for pair in zip(self.urns.values(), self.healthy, strict=True) for urn in pair]


@dataclass
class Faults:
    """The crawls by name: "page", "file", and one for each fault of the listing."""

    page: Faulty
    file: Faulty
    results: dict[str, Crawled]


def left_alone(healthy: Crawled) -> list[str]:
    """Councils of which no page and no file is made to fail."""
    return [urn for urn in healthy.outcomes() if urn != "search"][-3:]


def a_council_each(healthy: Crawled, kinds: dict[str, str], skip: int) -> tuple[dict[str, str], list[str]]:
    with_pdf = [u for u in healthy.outcomes() if u != "search" and len(healthy.records(u)) > 1]
    chosen = with_pdf[skip : skip + 2 * len(kinds)]
    return dict(zip(kinds, chosen[::2], strict=True)), chosen[1::2]


def fault_the_listing(replica: Replica, healthy: Crawled, folder: Path) -> dict[str, tuple[Job, Path]]:
    """A crawl for each fault, told apart by the size of page that it asks for."""
    crawls = {}
    urns = left_alone(healthy)
    for size, kind in enumerate(ON_SEARCH, 100 - len(ON_SEARCH)):
        replica.fault(f"/search.*rows={size}&", kind)
        options = {"page_size": size}
        job = make_job(replica.base_url, *map(council, urns), http=FAST, options=options)
        crawls[kind] = (job, folder / str(size))
    return crawls


def fault_pages(replica: Replica, healthy: Crawled) -> Faulty:
    urns, beside = a_council_each(healthy, ON_PAGE, 0)
    for kind, urn in urns.items():
        replica.fault(f"/provider/44/{urn}$", kind)
    return Faulty(urns, beside)


def fault_files(replica: Replica, healthy: Crawled) -> Faulty:
    urns, beside = a_council_each(healthy, ON_FILE, 50)
    for kind, urn in urns.items():
        replica.fault(f"/file/{newest(healthy, urn).key}$", kind)
    return Faulty(urns, beside)


@pytest.fixture(scope="module")
def faulty(replica_process: Replica, healthy: Crawled, tmp_path_factory: pytest.TempPathFactory) -> Faults:
    """All of it side by side, because most of it is waiting: the faults of pages, of files, and of the listing."""
    replica, root = replica_process, tmp_path_factory.mktemp("faulty")
    replica.control(options={"slow_seconds": 4.0})
    replica.make_the_bomb()
    page, file = fault_pages(replica, healthy), fault_files(replica, healthy)
    targets = [all_but_newest(healthy, urn) for urn in file.order()]
    documents = str(root / "documents")
    crawls = {
        "page": (make_job(replica.base_url, *map(council, page.order()), http=FAST, sweep=True), root / "page"),
        "file": (make_job(replica.base_url, *targets, http=FAST, sweep=True, documents_dir=documents), root / "file"),
        **fault_the_listing(replica, healthy, root),
    }
    for _, folder in crawls.values():
        folder.mkdir()
    with ThreadPoolExecutor(4) as pool:
        results = dict(zip(crawls, pool.map(lambda one: crawl(*one), crawls.values()), strict=True))
    replica.calm()
    return Faults(page, file, results)


@pytest.mark.parametrize("kind", ON_PAGE)
def test_a_fault_on_a_councils_page(kind: str, faulty: Faults, healthy: Crawled) -> None:
    crawl_, urn = faulty.results["page"], faulty.page.urns[kind]
    poll = crawl_.poll(urn)
    assert poll.outcome == ON_PAGE[kind], poll.detail
    expected = facts(healthy.records(urn))
    if poll.outcome == "ok":
        assert (poll.complete, poll.cursor) == (True, healthy.poll(urn).cursor)
        assert facts(crawl_.records(urn)) == expected
    else:
        assert (poll.complete, poll.cursor) == (False, None)
        assert facts(crawl_.records(urn)) == (expected[1:] if kind == "drop_rows:1" else [])
        assert f"/provider/44/{urn}" in (poll.detail or "")


@pytest.mark.parametrize("kind", ON_FILE)
def test_a_fault_on_a_file(kind: str, faulty: Faults, healthy: Crawled) -> None:
    crawl_, urn = faulty.results["file"], faulty.file.urns[kind]
    poll, key = crawl_.poll(urn), newest(healthy, urn).key
    assert poll.outcome == ON_FILE[kind], poll.detail
    assert facts(crawl_.records(urn)) == facts(healthy.records(urn))
    [record] = [r for r in crawl_.records(urn) if r.key == key]
    if poll.outcome != "ok":
        assert (poll.complete, poll.cursor, record.document) == (False, None, None)
        assert record.document_error is not None
        assert (record.document_error.outcome, record.document_error.gone) == (poll.outcome, False)
        assert (poll.detail or "").startswith(f"file {key}: ")
    elif kind == "withdraw":
        assert record.document is None
        assert record.document_error is not None
        assert record.document_error.gone
    else:
        assert record.document is not None


@pytest.mark.parametrize("where", ["page", "file"])
def test_the_councils_beside_a_fault_are_whole(where: str, faulty: Faults, healthy: Crawled) -> None:
    crawl_, beside = faulty.results[where], {"page": faulty.page, "file": faulty.file}[where].healthy
    assert {crawl_.poll(urn).outcome for urn in beside} == {"ok"}
    for urn in beside:
        assert facts(crawl_.records(urn)) == facts(healthy.records(urn))
    assert crawl_.connected == {"127.0.0.1"}
    assert "Traceback" not in crawl_.log


def test_a_wait_that_was_in_vain_is_told(faulty: Faults) -> None:
    for kind in ("503_retry_after", "429_retry_after"):
        poll = faulty.results["page"].poll(faulty.page.urns[kind])
        assert poll.requests == 3
        assert poll.not_before is not None
        assert "asked to wait until" in (poll.detail or "")


def test_stored_files_are_what_their_names_say(faulty: Faults) -> None:
    documents = [r.document for r in faulty.results["file"].items if isinstance(r, Record) and r.document]
    fresh = {d.sha256 for d in documents if d.sha256 != "0" * 64}
    assert len(fresh) > len(ON_FILE)


@pytest.mark.parametrize("kind", ON_SEARCH)
def test_a_fault_on_the_listing(kind: str, faulty: Faults, healthy: Crawled) -> None:
    result, urns = faulty.results[kind], left_alone(healthy)
    poll = result.poll("search")
    assert (poll.outcome, poll.complete) == (ON_SEARCH[kind], ON_SEARCH[kind] == "ok"), poll.detail
    opened = ON_SEARCH[kind] == "ok" or kind in ("cap_rows:50", "drop_rows:1")
    assert set(result.outcomes()) == {"search", *(urns if opened else [])}
    for urn in urns if opened else []:
        assert facts(result.records(urn)) == facts(healthy.records(urn))
    assert result.connected == {"127.0.0.1"}


def test_a_sweep_finds_exactly_what_was_published(healthy: Crawled, replica: Replica) -> None:
    found = {(r.target, r.key, r.published) for r in healthy.items if isinstance(r, Record)}
    truth = replica.everything()
    assert found == {(t["urn"], t["file_id"], t["published"]) for t in truth}
    assert len(truth) == sum(isinstance(item, Record) for item in healthy.items)
    assert set(healthy.outcomes().values()) == {"ok"}
    assert len(healthy.outcomes()) == 154


def test_nothing_new_costs_three_requests(healthy: Crawled, replica: Replica, crawled: Crawl) -> None:
    targets = [council(urn, healthy.poll(urn).cursor) for urn in healthy.outcomes() if urn != "search"]
    result = crawled(replica.base_url, *targets, options={"all_targets": True, "today": "2024-06-01"})
    assert [line["path"].partition("?")[0] for line in replica.log()] == [
        "/robots.txt",
        "/reports/search",
        "/reports/search",
    ]
    outcomes = result.outcomes()
    assert outcomes.pop("search") == "ok"
    assert set(outcomes.values()) == {"unchanged"}


def test_a_capped_page_is_read_on_and_said_in_full(healthy: Crawled, replica: Replica, crawled: Crawl) -> None:
    replica.fault("/search", "cap_rows:50")
    poll = crawled(replica.base_url, *[council(u) for u in list(healthy.outcomes())[:1]]).poll("search")
    assert poll.detail == "50 rows a page where 100 were asked for; all 153 were read by paging on"


def test_dropped_rows_are_counted_and_absence_means_nothing_then(replica: Replica, crawled: Crawl) -> None:
    replica.fault("/search", "drop_rows:1")
    result = crawled(replica.base_url, council("99999"))
    assert "the listing says that it has 153 councils but shows 152" in (result.poll("search").detail or "")
    assert result.poll("99999").outcome == "invalid"


def test_a_listing_that_does_not_count_visits_is_found_out_by_a_sweep(
    replica: Replica, crawled: Crawl, healthy: Crawled
) -> None:
    replica.control(options={"latest_counts": "inspections"})
    result = crawled(replica.base_url, sweep=True)
    assert (result.poll("search").outcome, result.poll("search").listing) == ("ok", "hides")
    assert "the listing hides: " in (result.poll("search").detail or "")
    everything = [item for item in result.items if isinstance(item, Record)]
    assert len(everything) == sum(isinstance(item, Record) for item in healthy.items)
    assert set(result.outcomes().values()) == {"ok"}


def test_robots_txt_is_obeyed(replica: Replica, crawled: Crawl) -> None:
    replica.control(options={"disallow": ["/reports/search"]})
    poll = crawled(replica.base_url, council("80461")).poll("search")
    assert (poll.outcome, poll.detail) == ("blocked", "/reports/search: robots.txt does not allow it")
    assert crawled(replica.base_url, council("80461"), http={"obey_robots": False}).poll("search").outcome == "ok"


def test_a_crawl_delay_is_kept(replica: Replica, crawled: Crawl) -> None:
    replica.control(options={"crawl_delay": 1.0})
    assert crawled(replica.base_url, council("80461")).poll("80461").outcome == "ok"
    times = [line["time"] for line in replica.log()]
    assert len(times) == 4
    assert all(later - earlier > 0.5 for earlier, later in pairwise(times))  # the replica may note one late


def test_a_replaced_file_is_noticed_by_a_recheck(
    replica: Replica, crawled: Crawl, healthy: Crawled, tmp_path: Path
) -> None:
    urn = next(u for u in healthy.outcomes() if u != "search")
    documents = str(tmp_path / "documents")
    first = crawled(replica.base_url, council(urn), documents_dir=documents)
    had = {r.key: r.document for r in first.records(urn) if r.document}
    known = {k: Known(d.sha256, d.bytes, d.media_type, d.etag, d.last_modified, recheck=True) for k, d in had.items()}
    same = crawled(replica.base_url, council(urn, **known), documents_dir=documents)
    assert {r.key: r.document for r in same.records(urn) if r.document} == had
    key = next(iter(had))
    replica.fault(f"/file/{key}$", "replace_pdf")
    changed = crawled(replica.base_url, council(urn, **known), documents_dir=documents)
    now = {r.key: r.document for r in changed.records(urn) if r.document}
    assert now[key].sha256 != had[key].sha256
    path = Path(documents) / now[key].sha256[:2] / f"{now[key].sha256}.pdf"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == now[key].sha256
    assert {k: v for k, v in now.items() if k != key} == {k: v for k, v in had.items() if k != key}


def test_reports_that_the_site_has_lost_are_gone_and_do_not_spoil_the_page(
    replica: Replica, crawled: Crawl, tmp_path: Path
) -> None:
    dead = [t for t in replica.everything() if not t["is_pdf"]]
    assert dead
    result = crawled(replica.base_url, council(dead[0]["urn"]), documents_dir=str(tmp_path / "documents"))
    [record] = [r for r in result.records(dead[0]["urn"]) if r.key == dead[0]["file_id"]]
    assert record.document_error is not None
    assert (record.document, record.document_error.gone) == (None, True)
    assert result.poll(dead[0]["urn"]).outcome == "ok"
    assert (record.published or "") <= TODAY


FORMS = ("no_la_class", "no_urn_subheading", "label_case", "count_text", "list_open")
"""The forms that Ofsted's pages may have, beside the default one."""
REMARKS = {
    "no_la_class": 'the page has no class "provider--la"',
    "no_urn_subheading": "the page has no URN below its heading",
}
"""The remark on a council's page in a form."""
REMARKS_ON_LISTING = {"count_text": "Showing 1 to 100 of 153 results", "list_open": "names with their status: "}


@pytest.mark.parametrize("form", FORMS)
def test_pages_in_another_form_are_read_as_in_the_default_one(
    form: str, replica: Replica, crawled: Crawl, healthy: Crawled
) -> None:
    urns = [urn for urn in healthy.outcomes() if urn != "search"][::12]
    replica.control(options={"markup": form})
    result = crawled(replica.base_url, *map(council, urns))
    assert result.outcomes() == dict.fromkeys(("search", *urns), "ok")
    for urn in urns:
        poll = result.poll(urn)
        assert facts(result.records(urn)) == facts(healthy.records(urn))
        assert (poll.complete, poll.cursor) == (True, healthy.poll(urn).cursor)
        assert REMARKS.get(form, "") in (poll.detail or "")
    assert REMARKS_ON_LISTING.get(form, "") in (result.poll("search").detail or "")


def test_labels_in_capitals_or_without_a_date_are_counted(replica: Replica, crawled: Crawl, healthy: Crawled) -> None:
    replica.control(options={"markup": "label_case"})
    urn = max((u for u in healthy.outcomes() if u != "search"), key=lambda u: len(healthy.records(u)))
    detail = crawled(replica.base_url, council(urn)).poll(urn).detail or ""
    assert f'labels with "PDF" in capitals: {len(healthy.records(urn))} (' in detail
    assert "labels without a date: " in detail


def test_pages_in_mixed_forms_give_every_report_once(replica: Replica, crawled: Crawl, healthy: Crawled) -> None:
    replica.control(options={"markup": "mixed"})
    result = crawled(replica.base_url, sweep=True, options={"all_targets": True})
    found = [item for item in result.items if isinstance(item, Record)]
    expected = [item for item in healthy.items if isinstance(item, Record)]
    assert sorted(map(str, facts(found))) == sorted(map(str, facts(expected)))
    assert len({record.key for record in found}) == len(found) == len(replica.everything())
    assert len(result.outcomes()) == 154
    assert set(result.outcomes().values()) == {"ok"}
    assert all(item.complete for item in result.items if isinstance(item, Poll))
    assert result.poll("search").listing == "agrees"


@pytest.mark.parametrize("form", ["default", *FORMS, "mixed"])
def test_the_page_of_another_council_is_refused_in_any_form(
    form: str, replica: Replica, crawled: Crawl, healthy: Crawled
) -> None:
    other = next(urn for urn in healthy.outcomes() if urn not in ("search", "80461"))
    replica.control(options={"markup": form})
    replica.fault("/search", "500")
    target = Target("80461", "Devon", url=f"{replica.base_url}/provider/44/{other}")
    result = crawled(replica.base_url, target, sweep=True)
    assert (result.poll("80461").outcome, result.records("80461")) == ("invalid", [])
    assert f"shows {other}; the page begins" in (result.poll("80461").detail or "")
