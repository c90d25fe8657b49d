"""Events as signed JSON to an address of the operator's; docs/webhook.md is what its receiver may rely on.

A receiver cannot be asked what it has: a message arrives at least once, with the same id at every try.
"""

from __future__ import annotations

import hmac
import html
import json
import re
import ssl
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from http.client import HTTPException, HTTPResponse
from typing import cast
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, parse_qsl, unquote_plus, urljoin, urlsplit
from urllib.request import HTTPDefaultErrorHandler, HTTPErrorProcessor, OpenerDirector, ProxyHandler, Request

from monitor.model import DeliveryError, Event, Thread, to_json
from monitor.wording.text import one_line, safe_url
from notifiers.http import LimitedHttp, LimitedHttps
from notifiers.retry_after import asked_in
from notifiers.time_limit import LIMIT_SECONDS, TimeLimit
from notifiers.wording_faults import worded

ANSWER = 4096
"""Bytes of an answer that are looked at."""
TELLING_VALUE, TELLING_PART = 6, 16
"""Characters from which a value of the query, or a part of the path, may be a secret and not a word."""
PART = 3
"""Characters of a secret that may be told by chance."""


class WebhookNotifier:
    """Posts to `url`, signed with `secret`; `timeout` in seconds, for connecting and for each wait after, `limit`
    for all of it.

    Goes through the proxies of the environment, as the Slack client does. Raises ValueError for an address
    that cannot work, without showing it: it may be a secret itself.
    """

    def __init__(self, *, url: str, secret: str, timeout: float = 30.0, limit: float = LIMIT_SECONDS) -> None:
        if not secret:
            raise ValueError("a webhook needs a secret to sign with")
        parts = _checked(url)
        self._url, self._timeout, self._limit = url, timeout, limit
        self._server = parts.netloc
        self._secret = secret.encode("utf-8", "surrogateescape")
        self._hidden = _spellings(url, parts, secret)
        self._opener = _opener()

    def payload(self, message_id: str, events: Sequence[Event], now: datetime) -> bytes:
        """The body. Pure. A lone surrogate, which UTF-8 does not have, becomes a question mark."""
        message = {"id": message_id, "sent": now.isoformat(), "events": to_json(list(events))}
        return json.dumps(message, ensure_ascii=False).encode("utf-8", "replace")

    def headers(self, message_id: str, body: bytes, now: datetime) -> dict[str, str]:
        """The headers that go with a body. Pure."""
        timestamp = str(int(now.timestamp()))
        return {
            "Content-Type": "application/json",
            "User-Agent": "ofsted-watch",
            "X-Ofsted-Watch-Id": message_id,
            "X-Ofsted-Watch-Timestamp": timestamp,
            "X-Ofsted-Watch-Signature": f"sha256={signature(self._secret, timestamp, body)}",
        }

    def send(
        self, message_id: str, events: Sequence[Event], maybe_sent: bool = False, thread: Thread | None = None
    ) -> None:
        """Post the message once. Raises DeliveryError, never with a cause: a logged traceback would show it,
        and an answer may repeat a secret."""
        now = datetime.now(UTC)
        body = worded(lambda told: self.payload(message_id, told, now), events)
        with TimeLimit(self._limit):
            self._post(message_id, body, now)

    def _post(self, message_id: str, body: bytes, now: datetime) -> None:
        request = Request(self._url, body, self.headers(message_id, body, now), method="POST")  # noqa: S310 - checked
        try:
            self._opener.open(request, timeout=self._timeout).close()
        except HTTPError as error:
            with error:
                raise self._answered(error) from None
        except URLError as error:
            raise self._unreachable(error) from None
        except (OSError, HTTPException, ValueError) as error:
            said = self._told(str(error) or type(error).__name__)
            raise _failure(f"no answer from {self._server}: {said}", maybe_sent=True) from None

    def _answered(self, error: HTTPError) -> DeliveryError:
        """The meaning of an answer other than 2xx. A gateway's 5xx leaves open what became of the message."""
        said = f"{self._server} answered {error.code}: {self._words(error)}"
        wait = asked_in(dict(error.headers), time.time())
        if error.code in (408, 429):
            return _failure(said, retry_after=wait)
        if not 200 <= error.code < 500:
            return _failure(said, retry_after=wait, maybe_sent=True)
        return _failure(said, permanent=True)

    def _words(self, error: HTTPError) -> str:
        if 300 <= error.code < 400:
            return f"it leads to {_target(self._url, error.headers.get('Location'))}, and no redirect is followed"
        plain = re.sub(r"<[^>]*>", " ", self._told(_beginning(error)))
        return one_line(plain, 200) or "nothing"

    def _unreachable(self, error: URLError) -> DeliveryError:
        """The meaning of an error before the request was over there, whole: nobody can have accepted it."""
        reason = error.reason
        if isinstance(reason, ssl.SSLCertVerificationError):
            return _failure(f"the certificate of {self._server} cannot be verified: {reason.verify_message}")
        return _failure(f"cannot reach {self._server}: {self._told(str(reason) or type(reason).__name__)}")

    def _told(self, said: str) -> str:
        """Words without the secrets in them, nor the beginning of one where the words were cut."""
        for hidden in self._hidden:
            said = said.replace(hidden, "[secret]")
        for hidden in self._hidden:
            cut = next((n for n in range(len(hidden), PART, -1) if said.endswith(hidden[:n])), 0)
            said = said[: len(said) - cut]
        return said


def signature(secret: bytes, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 in hex over the time in seconds since 1970, a full stop and the body."""
    return hmac.new(secret, timestamp.encode() + b"." + body, "sha256").hexdigest()


def _opener() -> OpenerDirector:
    """Speaks HTTP, verifies certificates, and does nothing else: the default one would follow redirects."""
    opener = OpenerDirector()
    for handler in (ProxyHandler(), LimitedHttp(), LimitedHttps(), HTTPDefaultErrorHandler(), HTTPErrorProcessor()):
        opener.add_handler(handler)
    return opener


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        usable = safe_url(url) == url and bool((parts.hostname or "").encode("idna")) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ValueError("the address of the webhook is not a web address in ASCII characters")
    if "@" in parts.netloc:
        raise ValueError("the address of the webhook must not hold a user or password")
    return parts


def _spellings(url: str, parts: SplitResult, secret: str) -> list[str]:
    """What must not be told, as an answer may repeat it, the longest first."""
    values = [value for _, value in parse_qsl(parts.query)] + re.split("[&=]", parts.query)
    raw = {secret, url, parts.query, *(v for v in values if len(v) >= TELLING_VALUE)}
    raw |= {p for p in (parts.path, *parts.path.split("/")) if len(p) >= TELLING_PART}
    decoded = raw | {unquote_plus(r) for r in raw}
    return sorted(filter(None, decoded | {html.escape(d) for d in decoded}), key=len, reverse=True)


def _beginning(error: HTTPError) -> str:
    """The first piece of an answer: a server that dribbles is not waited for."""
    answer = cast("HTTPResponse", error.fp)
    try:
        return answer.read1(ANSWER).decode("utf-8", "replace")
    except (OSError, HTTPException, ValueError):
        return ""


def _target(url: str, location: str | None) -> str:
    """Where a redirect leads, without its path: it may repeat a secret."""
    try:
        parts = urlsplit(urljoin(url, location) if location else "")
    except ValueError:
        return "no address"
    return f"{parts.scheme}://{parts.hostname}" if parts.hostname else "no address"


def _failure(
    said: str, *, permanent: bool = False, retry_after: float | None = None, maybe_sent: bool = False
) -> DeliveryError:
    return DeliveryError(one_line(said, 400), permanent=permanent, retry_after=retry_after, maybe_sent=maybe_sent)
