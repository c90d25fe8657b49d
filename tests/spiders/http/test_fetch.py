"""One slow site has no crawl for itself, and no page is larger than pages are."""

from __future__ import annotations

import asyncio
import time
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.signalmanager import SignalManager

from spiders.http.errors import PageError
from spiders.http.fetch import MAX_PAGE_BYTES, MAX_TARGET_SECONDS, Fetcher
from tests.spiders.http.raw import answer, ask_one, raw_site

URL = "https://democracy.example/mgRss.aspx"


class Engine:
    """Answers everything; `asked` are the requests."""

    def __init__(self) -> None:
        self.asked: list[Request] = []

    async def download_async(self, request: Request) -> Response:
        self.asked.append(request)
        return Response(request.url, body=b"<html>Meetings</html>")


def fetcher() -> tuple[Fetcher, Engine]:
    engine = Engine()
    crawler: Any = SimpleNamespace(engine=engine, signals=SignalManager(), spider=None)
    return Fetcher(crawler), engine


def test_a_target_among_others_is_asked_for_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    shared, engine = fetcher()
    slow, quick = shared.for_target(), shared.for_target()
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    asyncio.run(slow.page(URL))
    now += MAX_TARGET_SECONDS + 1
    with pytest.raises(PageError, match="this site has taken 20 minutes of this crawl") as refused:
        asyncio.run(slow.page(URL))
    assert (refused.value.outcome, len(engine.asked)) == ("error", 1)
    asyncio.run(quick.page(URL))
    asyncio.run(shared.page(URL))


def test_a_source_of_one_site_may_take_the_whole_crawl(monkeypatch: pytest.MonkeyPatch) -> None:
    shared, engine = fetcher()
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    for _ in range(3):
        asyncio.run(shared.page(URL))
        now += MAX_TARGET_SECONDS + 1
    assert len(engine.asked) == 3


def test_a_page_has_a_limit_of_its_own_and_a_file_has_none() -> None:
    shared, engine = fetcher()
    asyncio.run(shared.page(URL))
    asyncio.run(shared.get(URL, {}, lambda r: r, {"max_bytes": 1 << 40}))
    assert [r.meta["max_bytes"] for r in engine.asked] == [MAX_PAGE_BYTES, 1 << 40]


@pytest.mark.parametrize(("size", "most", "fits"), [(1000, 1000, True), (1001, 1000, False), (900, 1 << 40, True)])
def test_the_smaller_of_two_limits_holds(size: int, most: int, fits: bool) -> None:
    with raw_site(lambda _: [answer(b"x" * size)]) as site:
        found = ask_one(site.url, meta={"max_bytes": most}, DOWNLOAD_MAXSIZE=1000)
    assert isinstance(found, Exception) is not fits


def test_nothing_lifts_the_limit_that_is_configured() -> None:
    with raw_site(lambda _: [answer(b"x" * 1001)]) as site:
        found = ask_one(site.url, meta={"max_bytes": 1 << 40}, DOWNLOAD_MAXSIZE=1000)
    assert str(found) == "the body is larger than 1000 bytes"


def test_an_answer_without_room_is_a_failure_of_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(_: Engine, __: Request) -> Response:
        raise MemoryError

    monkeypatch.setattr(Engine, "download_async", full)
    with pytest.raises(PageError, match="more memory than a crawl has") as refused:
        asyncio.run(fetcher()[0].page(URL))
    assert refused.value.outcome == "error"
