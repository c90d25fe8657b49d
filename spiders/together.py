"""Reads several targets at once, up to a limit, and keeps each target's items together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from typing import Any

from spiders.job import Items


async def together(looks: Iterable[Callable[[], Coroutine[Any, Any, Items]]], most: int) -> AsyncIterator[Items]:
    """Yield the items of each target when it is done, with at most `most` under way. A slow host delays only itself.

    An exception from one target ends all of them; `JobSpider.guarded` prevents that.
    """
    waiting = iter(looks)
    under_way: set[asyncio.Task[Items]] = set()
    try:
        while True:
            for look in waiting:
                under_way.add(asyncio.create_task(look()))
                if len(under_way) >= most:
                    break
            if not under_way:
                return
            done, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                yield task.result()
    finally:
        for task in under_way:
            task.cancel()
