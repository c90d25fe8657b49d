"""Slack's strict stand-in, where it is at hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def slack(start_double: Callable[..., Any]) -> Any:
    """It takes any number of messages, and hangs only as long as a test's time-outs need."""
    double = start_double("slack.py")
    double.control(settings={"rate_limit": False, "hang_seconds": 3.0, "slow_seconds": 0.1})
    return double
