"""The environment of this process, which holds the secrets, and a moment without them.

The standard library's fork server takes the environment that we have when it starts. So we have none but the harmless
part then, and whoever reads a secret waits for that moment to pass.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.config.errors import ConfigError
from monitor.model.environment import is_harmless

_LOCK = threading.RLock()


def _variable(name: str) -> str | None:
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


def secret(name: str) -> str:
    """Read a secret from the environment: `NAME`, or the first line of the file that `NAME_FILE` names. Raises
    ConfigError with one line that names the variable and never shows its value."""
    value, file = _variable(name), _variable(f"{name}_FILE")
    if value and file:
        raise ConfigError([f"environment: {name} and {name}_FILE are both set: leave one out"])
    if file:
        value, name = _secret_file(file, f"{name}_FILE"), f"{name}_FILE"
    value = (value or "").strip()
    if not value:
        raise ConfigError([f"environment: {name}{': the file is empty' if file else ' is not set'}"])
    if not value.isprintable():
        raise ConfigError([f"environment: {name} holds more than one line of text"])
    return value


def _secret_file(file: str, name: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not text"
        raise ConfigError([f"environment: {name}: the file cannot be read: {reason}"]) from None
