"""The environment of this process, which holds the secrets, and a moment without them.

The standard library's fork server takes the environment that we have when it starts. So we have none but the harmless
part then, and whoever reads a secret waits for that moment to pass.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from monitor.model.environment import is_harmless

_LOCK = threading.RLock()


def variable(name: str) -> str | None:
    """A variable of the environment; None if it is not set."""
    with _LOCK:
        return os.environ.get(name)


@contextmanager
def without_secrets() -> Iterator[None]:
    """While this lasts, a process that is started takes over nothing but what is harmless."""
    with _LOCK:
        taken = {name: value for name, value in os.environ.items() if not is_harmless(name)}
        for name in taken:
            del os.environ[name]
        try:
            yield
        finally:
            os.environ.update(taken)
