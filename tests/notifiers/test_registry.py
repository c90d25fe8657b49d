"""Channels are built by kind, and load no more than they need."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

import notifiers


def test_unknown_kind_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="no channel of kind 'pigeon', only console, email, feed, slack, webhook"):
        notifiers.build("pigeon")


@pytest.mark.parametrize(
    ("kind", "settings"),
    [
        ("console", {}),
        ("email", {"to": "a@b.example", "sender": "c@d.example", "host": "localhost", "port": 25}),
        ("webhook", {"url": "https://hooks.example/ofsted", "secret": "s3cret"}),
        ("slack", {"token": "xoxb-1", "channel": "#ofsted"}),
        ("slack", {"webhook_url": "https://hooks.slack.example/services/T/B/X"}),
    ],
)
def test_each_kind_can_be_built(kind: str, settings: dict[str, Any]) -> None:
    assert callable(notifiers.build(kind, **settings).send)


def test_an_unknown_setting_is_an_error() -> None:
    with pytest.raises(TypeError):
        notifiers.build("console", colour="red")


def test_clients_are_imported_only_when_used() -> None:
    code = (
        "import sys, notifiers; notifiers.build('console'); "
        "print([m for m in ('slack_sdk', 'jinja2', 'smtplib', 'rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
