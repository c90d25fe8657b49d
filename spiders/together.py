"""Looking at several targets at once, a bounded number of them, each target's items kept together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from typing import Any

from spiders.job import Items


async def together(looks: Iterable[Callable[[], Coroutine[Any, Any, Items]]], most: int) -> AsyncIterator[Items]:
    """The items of each look as it is done, with at most `most` under way. A slow host holds up only itself.

    What a look raises ends all of them: see `JobSpider.guarded` for what one target may cost.
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
