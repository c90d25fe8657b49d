"""Slow sites delay nobody else's news, however many they are."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from monitor.crawl.command import crawl
from monitor.model import Target
from spiders import together
from spiders.http import vendors
from spiders.http.vendors import IN_FLIGHT, SLOW_IN_FLIGHT, VendorLimiter
from spiders.job import Items
from tests.spiders.http.raw import RawSite, Step, answer, head
from tests.spiders.test_together import poll
from tests.spiders.windows import job_of

FEED = b"""<rss version="2.0"><channel><title>News</title><item><guid>1</guid><title>Ofsted inspects</title>
<link>%s/news/ofsted-inspects-us</link><description>Ofsted has inspected our children's services.</description>
</item></channel></rss>"""


def dribble(_: str) -> list[Step]:
    """A head, and then a byte every now and then."""
    every: list[Step] = [b"x", 0.2]
    return [head("Content-Length: 100000"), *(every * 10_000)]


@contextmanager
def sites(slow: int) -> Iterator[list[RawSite]]:
    """So many slow newsrooms, and a quick one behind them, each an address of its own."""
    with ExitStack() as open_:
        made = [RawSite(dribble, f"127.0.0.{n}") for n in range(10, 10 + slow)]
        quick = RawSite(lambda path: [], "127.0.0.9")
        quick._script = lambda path: [answer(b"" if "robots" in path else FEED % quick.url.encode())]
        for site in (*made, quick):
            threading.Thread(target=site.serve, daemon=True).start()
            open_.callback(site.stop)
        yield [*made, quick]


@pytest.mark.slow
def test_one_quick_site_behind_many_slow_ones_is_told_when_their_share_of_time_is_used_up() -> None:
    """The look at each slow one takes minutes. There are more of them than are looked at beside each other."""
    with sites(slow=24) as made:
        targets = [Target(f"site {n}", f"site {n}", url=f"{site.url}/feed") for n, site in enumerate(made)]
        job = job_of("newsroom", made[0].url, *targets, http={"timeout": 60.0})
        began = time.monotonic()
        first = next(iter(crawl(job, 240)))
    assert (first.poll.target, first.poll.outcome) == (targets[-1].target, "ok")
    assert [r.key for r in first.records] == ["1"]
    assert time.monotonic() - began < 120


async def _first_of(slow: int, most: int) -> tuple[float, int]:
    """Seconds until the quick look behind slow ones is done, and how many were under way at most."""
    under_way, highest = 0, 0

    async def look(name: str, seconds: float) -> Items:
        nonlocal under_way, highest
        under_way += 1
        highest = max(highest, under_way)
        await asyncio.sleep(seconds)
        under_way -= 1
        return [poll(name)]

    looks: list[Any] = [lambda: look("slow", 1.0)] * slow + [lambda: look("quick", 0)]
    began = time.monotonic()
    async for items in together.together(looks, most):
        if items[0].target == "quick":
            return time.monotonic() - began, highest
    raise AssertionError("the quick one was not looked at")


def test_a_look_that_has_used_up_its_share_gives_its_place_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "SHARE_SECONDS", 0.05)
    seconds, _ = asyncio.run(_first_of(slow=10, most=4))
    assert seconds < 0.9


def test_no_more_are_waited_for_than_memory_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "SHARE_SECONDS", 0.01)
    monkeypatch.setattr(together, "MAX_WAITED_FOR", 6)
    seconds, highest = asyncio.run(_first_of(slow=12, most=4))
    assert (highest, seconds > 1.9) == (6, True)


async def _vendors(slow: int) -> tuple[float, int]:
    """Seconds until the quick host of a vendor has been asked three times beside slow ones, and how many requests were
    in flight at most."""
    limiter, in_flight, highest = VendorLimiter(), 0, 0

    async def ask(host: str, seconds: float) -> None:
        nonlocal in_flight, highest
        async with limiter.of(host):
            in_flight += 1
            highest = max(highest, in_flight)
            await asyncio.sleep(seconds)
            in_flight -= 1

    async def slow_site(n: int) -> None:
        for _ in range(20):
            await ask(f"slow{n}.moderngov.co.uk", 0.3)

    began = time.monotonic()
    sites = [asyncio.create_task(slow_site(n)) for n in range(slow)]
    await asyncio.sleep(0)
    for _ in range(3):
        await ask("quick.moderngov.co.uk", 0)
    for site in sites:
        site.cancel()
    await asyncio.gather(*sites, return_exceptions=True)
    return time.monotonic() - began, highest


def test_slow_hosts_of_a_vendor_hold_up_none_of_its_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each slow one asks for six seconds in all."""
    monkeypatch.setattr(vendors, "SLOW_SECONDS", 0.05)
    seconds, highest = asyncio.run(_vendors(slow=10))
    assert seconds < 1.5
    assert highest <= IN_FLIGHT + SLOW_IN_FLIGHT


def test_a_place_that_was_given_away_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """A vendor that is slow as a whole and then quick again has as many places as before."""
    monkeypatch.setattr(vendors, "SLOW_SECONDS", 0.02)

    async def crawl() -> int:
        limiter, in_flight, highest = VendorLimiter(), 0, 0

        async def ask(n: int, seconds: float) -> None:
            nonlocal in_flight, highest
            async with limiter.of(f"c{n}.cmis.uk.com"):
                in_flight += 1
                highest = max(highest, in_flight)
                await asyncio.sleep(seconds)
                in_flight -= 1

        for seconds in (0.05, 0.0):  # slow, then one quick round to be known as quick
            await asyncio.gather(*(ask(n, seconds) for n in range(20)))
        highest = 0
        await asyncio.gather(*(ask(n, 0.001) for n in range(20)))
        return highest

    assert asyncio.run(crawl()) == IN_FLIGHT
