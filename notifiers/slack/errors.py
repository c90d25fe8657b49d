"""What Slack's refusals and broken connections mean for a delivery.

Only a refusal in Slack's own form, or a connection that was never made, says that a message was not
accepted; after anything else it may have been.
"""

from __future__ import annotations

import re
import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit

from slack_sdk.errors import SlackApiError

from monitor.model import DeliveryError
from monitor.wording.text import one_line
from notifiers.retry_after import asked_in

RATE_LIMITED = {"ratelimited", "rate_limited", "message_limit_exceeded"}
PASSING = {"request_timeout", "team_added_to_org", "org_login_required", "external_channel_migrating"}
"""Refusals that end by themselves: a truncated request, a workspace that is being moved."""
AMBIGUOUS = {"fatal_error", "internal_error", "service_unavailable", "rollup_error"}
"""Slack: "it's possible some aspect of the operation succeeded before the error was raised"."""
WORD = re.compile(r"[a-z][a-z0-9_]*")
SECRET = re.compile(r"x(?:ox[a-z.]*|app)-[\w-]+|/services/[^\s\"'<>]+", re.IGNORECASE)
"""A token's or a webhook's shape: an answer that repeats one may have been cut short."""
MOST_WORDS = 400
"""Characters of a failure's text."""
NEVER_CONNECTED = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)


class Refusals:
    """Turns what went wrong into a DeliveryError whose text holds none of `secrets`."""

    def __init__(self, secrets: Sequence[str | None]) -> None:
        given = [s for s in secrets if s]
        paths = [urlsplit(s).path for s in given if "://" in s]
        self._secrets = sorted({*given, *(p for p in paths if len(p) > 1)}, key=len, reverse=True)

    def of(self, error: BaseException) -> DeliveryError:
        """The meaning of an exception of the client."""
        if isinstance(error, SlackApiError):
            return self._refused(error)
        if isinstance(error, URLError):
            return self._unreachable(error)
        return self._error(f"no answer from Slack: {str(error) or type(error).__name__}", maybe_sent=True)

    def answer(self, status: int, body: object, headers: Mapping[str, Any]) -> DeliveryError:
        """The meaning of an answer that is not the one of success."""
        word = _word(body)
        said = f"Slack answered {status}: {word or _stripped(self._told(body))}"
        if status == 429 or word in RATE_LIMITED:
            return self._error(said, retry_after=asked_in(headers, time.time()))
        if word in PASSING or status == 408:
            return self._error(said)
        if word in AMBIGUOUS or status >= 500 or (status == 200 and not word):
            return self._error(said, maybe_sent=True)
        return self._error(said, permanent=True)

    def unexpected(self, body: object) -> DeliveryError:
        """The meaning of a webhook's 200 that does not say "ok": a proxy's page, mostly."""
        return self._error(f"Slack answered 200: {_stripped(self._told(body))}", maybe_sent=True)

    def _refused(self, error: SlackApiError) -> DeliveryError:
        data = error.response.data
        said: Any = data.get("error") if isinstance(data, dict) else data
        failed = self.answer(error.response.status_code, said, error.response.headers)
        details = " ".join(_details(data))
        return failed.said(one_line(self._told(f"{failed} ({details})"), MOST_WORDS)) if details else failed

    def _unreachable(self, error: URLError) -> DeliveryError:
        never = isinstance(error.reason, NEVER_CONNECTED)
        return self._error(f"cannot reach Slack: {error.reason}", maybe_sent=not never)

    def _error(
        self, said: str, *, permanent: bool = False, retry_after: float | None = None, maybe_sent: bool = False
    ) -> DeliveryError:
        said = self._told(said)
        return DeliveryError(
            one_line(said, MOST_WORDS), permanent=permanent, retry_after=retry_after, maybe_sent=maybe_sent
        )

    def _told(self, body: object) -> str:
        """Words without the secrets in them; to be done before they are cut."""
        said = str(body)
        for secret in self._secrets:
            said = said.replace(secret, "[secret]")
        return SECRET.sub("[secret]", said)


def _word(body: object) -> str:
    text = str(body).strip()
    return text if WORD.fullmatch(text) and len(text) < 80 else ""


def _stripped(body: object) -> str:
    """An answer that is not Slack's, a gateway's page mostly, as plain words."""
    return one_line(re.sub(r"<[^>]*>", " ", str(body)), 200) or "nothing"


def _details(data: object) -> list[str]:
    """Which argument Slack found wrong, or which scope it misses."""
    if not isinstance(data, dict):
        return []
    metadata = data.get("response_metadata")
    messages = metadata.get("messages") if isinstance(metadata, dict) else None
    needed = [f"needed: {data['needed']}"] if data.get("needed") else []
    return [*map(str, messages or []), *needed][:3]
