"""Looking at several targets at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from monitor.model import Poll
from spiders.job import Items
from spiders.together import together


def poll(target: str) -> Poll:
    return Poll("r", "s", target, "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "ok", True)


async def gathered(looks: list[Callable[[], Coroutine[Any, Any, Items]]], most: int) -> list[str]:
    return [item.target async for items in together(looks, most) for item in items]


def test_a_slow_target_holds_up_only_itself() -> None:
    async def slow() -> Items:
        await asyncio.sleep(0.05)
        return [poll("slow")]

    async def quick(name: str) -> Items:
        return [poll(name)]

    looks = [slow, lambda: quick("a"), lambda: quick("b"), lambda: quick("last")]
    assert asyncio.run(gathered(looks, 2)) == ["a", "b", "last", "slow"]


def test_no_more_than_asked_are_under_way() -> None:
    under_way: list[int] = [0]
    most: list[int] = []

    async def look() -> Items:
        under_way[0] += 1
        most.append(under_way[0])
        await asyncio.sleep(0)
        under_way[0] -= 1
        return [poll("x")]

    assert len(asyncio.run(gathered([look] * 20, 4))) == 20
    assert max(most) == 4


def test_what_a_look_raises_ends_the_others() -> None:
    ended: list[str] = []

    async def broken() -> Items:
        raise RuntimeError("a mistake")

    async def waiting() -> Items:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append("waiting")
        return []

    async def crawl() -> None:
        with pytest.raises(RuntimeError, match="a mistake"):
            await gathered([waiting, broken], 4)
        await asyncio.sleep(0)

    asyncio.run(crawl())
    assert ended == ["waiting"]
