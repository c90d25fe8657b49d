"""Whatever a server does, the client says it by its result alone and never in the log."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

LOGGERS = ("aiohttp", "asyncio", "scrapy", "spiders")


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    records = [one for one in caplog.get_records("call") if one.name.partition(".")[0] in LOGGERS]
    assert [one.getMessage() for one in records if one.levelno >= logging.WARNING] == []
