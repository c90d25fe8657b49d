"""Slack's client as every part here uses it: it never retries, and it logs nowhere.

A retry of its own would post again after a lost answer and sleep through a 429. What it logs holds addresses,
and an incoming webhook's address is a secret. It opens addresses by `urlopen`, which keeps to the time limit of its
thread (notifiers/http.py).
"""

from __future__ import annotations

import logging
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient, WebhookClient
from slack_sdk.errors import SlackApiError, SlackClientError

from notifiers import http

SLACK = "https://slack.com/api/"
BROKEN = (OSError, HTTPException, SlackClientError, ValueError, LookupError, AttributeError)
"""What the client lets through when the connection breaks or the answer is not Slack's. It is never the
cause of a DeliveryError: a logged traceback would show its text, in which an answer may repeat a secret."""


def web_client(token: str, api_url: str, timeout: float) -> WebClient:
    """The Web API with a token; `timeout` in seconds."""
    http.install()
    return WebClient(token=token, base_url=api_url.rstrip("/") + "/", **_options(timeout))


def hook_client(url: str, timeout: float) -> WebhookClient:
    """An incoming webhook, or the address at which a command is answered."""
    http.install()
    return WebhookClient(url, **_options(timeout))


def word(error: BaseException) -> str:
    """The word with which Slack refused a call; empty where it is no refusal of Slack's."""
    data = error.response.data if isinstance(error, SlackApiError) else None
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def _options(timeout: float) -> dict[str, Any]:
    return {"timeout": timeout, "retry_handlers": [], "logger": silent()}


def silent() -> logging.Logger:
    """Where the client may log: nowhere."""
    logger = logging.Logger("slack client", level=logging.CRITICAL + 1)
    logger.addHandler(logging.NullHandler())
    return logger
