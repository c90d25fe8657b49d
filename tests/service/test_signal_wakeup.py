"""A wait that a signal ends, whenever it comes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from monitor.service.signal_wakeup import SignalWakeup


@pytest.fixture
def wake() -> SignalWakeup:
    return SignalWakeup()


def test_a_wait_ends_at_once_when_it_was_asked_to_before(wake: SignalWakeup) -> None:
    wake.now()
    began = time.monotonic()
    wake.wait(60)
    assert time.monotonic() - began < 30
    wake.close()


def test_asked_often_is_asked_once_and_never_blocks(wake: SignalWakeup) -> None:
    for _ in range(100_000):
        wake.now()
    for _ in range(20):
        wake.wait(0)
    began = time.monotonic()
    wake.wait(0.05)
    assert time.monotonic() - began >= 0.04
    wake.close()


STORM = """
import os, signal, sys, threading, time
from monitor.service.signal_wakeup import SignalWakeup
wake, seen = SignalWakeup(), [0]
def handler(*_):
    seen[0] += 1
    wake.now()
signal.signal(signal.SIGUSR1, handler)
print("ready", flush=True)
end = time.monotonic() + 1.5
while time.monotonic() < end:
    wake.wait(0.001)
print(seen[0])
"""


def test_a_storm_of_signals_never_stops_the_loop() -> None:
    """A threading.Event in its place hangs within a second: the handler waits for the lock of what it interrupts."""
    with subprocess.Popen([sys.executable, "-c", STORM], stdout=subprocess.PIPE, text=True) as loop:
        assert loop.stdout is not None
        assert loop.stdout.readline() == "ready\n"
        end = time.monotonic() + 1
        while time.monotonic() < end:
            os.kill(loop.pid, signal.SIGUSR1)
        out, _ = loop.communicate(timeout=60)
    assert int(out) > 100
