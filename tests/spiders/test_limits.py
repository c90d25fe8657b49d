"""What a site shows costs bounded time and memory, and no other site's news."""

from __future__ import annotations

import asyncio
import gzip
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from monitor.model import Target
from spiders.http.errors import PageError
from spiders.limits import TooMuchComputing, computing_limited, steps_limited
from tests.spiders.crawling import crawl
from tests.spiders.windows import Room, job_of

QUICK = 0.2


def counting() -> None:
    number = 0
    while True:
        number += 1


def decoding() -> None:
    (b"x" * 1000 + b"-" + b"kva" * 200_000).decode("punycode")


def matching() -> None:
    re.match(r"(a+)+$", "a" * 40 + "b")


@pytest.mark.parametrize("work", [counting, decoding, matching])
def test_computing_ends_in_the_middle(work: Callable[[], None]) -> None:
    with pytest.raises(TooMuchComputing), computing_limited(QUICK):
        work()


def inner_and_outer() -> None:
    with computing_limited(3 * QUICK):
        with suppress(TooMuchComputing), computing_limited(QUICK):
            counting()
        counting()


def test_a_block_within_a_block_has_its_own_limit_and_the_outer_one_goes_on() -> None:
    with pytest.raises(TooMuchComputing):
        inner_and_outer()
    with computing_limited(QUICK):
        pass
    sum(range(10_000_000))


async def steps(work: Callable[[], None], waits: int = 1) -> str:
    for _ in range(waits):
        await asyncio.sleep(0.001)
        work()
    return "done"


async def beside(*works: steps_limited[str]) -> list[str | BaseException]:
    return await asyncio.gather(*works, return_exceptions=True)


def test_work_is_limited_step_by_step_and_only_its_own() -> None:
    slow = steps_limited(steps(counting), QUICK)
    heard, whole = asyncio.run(beside(slow, steps_limited(steps(lambda: None, 50), QUICK)))
    assert (type(heard), whole) == (TooMuchComputing, "done")


def test_many_short_steps_are_limited_together() -> None:
    burn = steps_limited(steps(lambda: sum(range(1_000_000)) and None, 1000), 5.0, QUICK)
    [heard] = asyncio.run(beside(burn))
    assert isinstance(heard, TooMuchComputing)


def test_what_is_waited_for_may_take_its_time_and_raise() -> None:
    async def waits() -> str:
        await asyncio.sleep(2 * QUICK)
        try:
            await asyncio.wait_for(asyncio.sleep(60), 0.01)
        except TimeoutError:
            return "timed out"
        raise AssertionError

    assert asyncio.run(beside(steps_limited(waits(), QUICK))) == ["timed out"]


def test_cancelled_work_is_told_so() -> None:
    async def cancel() -> bool:
        heard = False

        async def work() -> None:
            nonlocal heard
            try:
                await asyncio.sleep(60)
            finally:
                heard = True

        task = asyncio.ensure_future(steps_limited(work()))
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return heard

    assert asyncio.run(cancel())


NEWS = "<main><h1>Plan</h1><p>The council has published its improvement plan.</p></main>"
PAGES = {
    "paragraphs": "<main>" + "<p>a b" * 900_000,
    "nested": "<main>" + "<div>" * 900_000 + "x",
    "too large": "<main><p>" + "x" * 20_000_000,
}


@pytest.mark.parametrize("body", PAGES.values(), ids=PAGES)
def test_a_page_that_costs_too_much_costs_no_other_its_news(httpserver: HTTPServer, tmp_path: Path, body: str) -> None:
    room = Room(httpserver)
    packed = gzip.compress(body.encode(), 1)
    room.answers["/hostile"] = lambda _: Response(packed, mimetype="text/html", headers={"Content-Encoding": "gzip"})
    room.says("/plan", NEWS)
    targets = (Target(name, name, room.url + f"/{name}", options={"selector": "main"}) for name in ("hostile", "plan"))
    seen = crawl(job_of("page", room.url, *targets, today="2024-05-15", http={"max_bytes": 50_000_000}), tmp_path)
    assert seen.poll("plan").outcome == "ok"
    assert len(seen.records("plan")) == 1
    assert seen.poll("hostile").outcome in ("ok", "invalid")


def test_the_process_has_so_much_memory_and_no_more() -> None:
    code = "from spiders.limits import limit_memory; limit_memory(300 << 20); bytearray(400 << 20)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "MemoryError" in ended.stderr


def test_too_much_computing_is_a_failure_of_its_page() -> None:
    failed = TooMuchComputing()
    assert isinstance(failed, PageError)
    assert failed.outcome == "invalid"
