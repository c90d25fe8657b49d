"""What of our environment a child process may have. Pure.

A child that reads what strangers wrote (a crawl, the reader of PDFs) gets no secret: an environment can be read as long
as the process lives. Names are allowed, not forbidden, for the operator chooses what the secrets are called.
"""

from __future__ import annotations

from collections.abc import Mapping

ALLOWED = frozenset(
    (
        *("PATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "HOME", "USER", "LOGNAME", "SHELL", "TERM"),
        *("LANG", "LANGUAGE", "TZ", "TMPDIR", "TMP", "TEMP", "SSL_CERT_DIR", "SSL_CERT_FILE"),
    )
)
ALLOWED_BEGINNINGS = ("LC_", "PYTHON", "COVERAGE_")
"""Python's own settings (where its bytecode is, how it measures) carry no secret."""


def is_harmless(name: str) -> bool:
    """Whether a variable with this name goes to any child."""
    return name in ALLOWED or name.startswith(ALLOWED_BEGINNINGS)


def harmless(environment: Mapping[str, str]) -> dict[str, str]:
    """The part of an environment that goes to any child."""
    return {name: value for name, value in environment.items() if is_harmless(name)}
