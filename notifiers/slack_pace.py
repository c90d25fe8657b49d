"""Slack takes one message a second in a channel (docs.slack.dev, rate limits), also by webhook: no more are sent.

A refusal for going too fast costs the channel half a minute, so a wait of a second is the faster way. Kept for
the process: each message is sent by a notifier of its own.
"""

from __future__ import annotations

import threading
import time

PACE = 1.1
"""Seconds between two messages in a channel; a little more than Slack asks, for its clock is not ours."""

_free: dict[str, float] = {}
_lock = threading.Lock()


def turn(place: str, pace: float) -> None:
    """Wait until a message may be sent to this place, and take that moment."""
    with _lock:
        now = time.monotonic()
        moment = max(now, _free.get(place, now))
        _free[place] = moment + pace
    time.sleep(moment - now)
