"""What the commands import before they do anything: each of them starts a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"apscheduler", "asyncio", "jinja2", "monitor.coverage.reading", "scrapy", "slack_sdk", "sqlite_utils"}
"""Modules that only some work needs; each takes from a tenth of a second up to start."""


@pytest.mark.parametrize("module", ["crawl", "show"])
def test_a_command_loads_nothing_that_it_may_not_need(module: str) -> None:
    code = f"import sys, monitor.cli.{module}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert HEAVY & set(loaded) == set()
