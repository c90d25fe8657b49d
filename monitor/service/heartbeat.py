"""A sign of life to somebody else's watch (healthchecks.io and its like): its absence tells that we have died.

The address is a secret: who has it can give false signs of life. It is never logged, and no error shows it.
"""

from __future__ import annotations

import http.client
import logging
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from monitor.config.environment import secret
from monitor.config.errors import ConfigError
from monitor.config.file import Config
from monitor.config.values import safe_url
from monitor.version import VERSION
from notifiers.http import LimitedHttp, LimitedHttps
from notifiers.time_limit import TimeLimit

log = logging.getLogger("ofsted-watch")

SECONDS = 5.0
"""For all of it; less than what `run` takes to end."""
FAIL = "/fail"


class HeartbeatError(Exception):
    """A sign of life that was not taken: why, without the address."""


class _Stay(HTTPRedirectHandler):
    """A secret address is not followed elsewhere."""

    def redirect_request(self, *_: object) -> None:
        return None


def beat(config: Config, well: bool) -> None:
    """Give the sign of life that the configuration asks for, if it does. Never raises: a heartbeat that fails
    is a line in the log, and its absence speaks for itself."""
    if config.run.heartbeat_env is None:
        return
    try:
        ping(secret(config.run.heartbeat_env), well)
    except ConfigError as error:
        log.warning("heartbeat: %s", error.lines[0])
    except HeartbeatError as error:
        log.warning("heartbeat: %s", error)


def ping(address: str, well: bool, seconds: float = SECONDS) -> None:
    """One GET on the address, or on it with /fail, within so many seconds. Raises HeartbeatError."""
    try:
        request = Request(_address(address, well), headers={"User-Agent": f"ofsted-watch/{VERSION}"})  # noqa: S310
        opener = build_opener(_Stay, LimitedHttp(), LimitedHttps())
        with TimeLimit(seconds), opener.open(request, timeout=seconds) as answer:
            answer.read(1000)
    except HTTPError as error:
        error.close()
        raise HeartbeatError(f"was answered with status {error.code}") from None
    except (URLError, OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", error)
        raise HeartbeatError(f"was not taken: {getattr(reason, 'strerror', None) or type(reason).__name__}") from None
    except ValueError:
        raise HeartbeatError("the address is not an https:// address") from None


def _address(address: str, well: bool) -> str:
    """The address to ask. Raises ValueError where it is none, or would travel in the clear."""
    parts = urlsplit(safe_url(address))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError
    path = parts.path.rstrip("/") + ("" if well else FAIL)
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))
