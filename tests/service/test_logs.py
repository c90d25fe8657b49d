"""Logs: JSON for machines, lines for people, and never a secret in either."""

from __future__ import annotations

import io
import json
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from monitor.config.channels import AnyChannel
from monitor.config.file import load
from monitor.service import logs

CHANNELS = """
[run]
heartbeat_env = "BEAT"
[[channels]]
name = "a"
kind = "slack"
token_env = "TOKEN"
channel = "#x"
[[channels]]
name = "b"
kind = "webhook"
url = "https://hooks.example.org/x"
secret_env = "HOOK"
"""

CHANNEL_KINDS = get_args(get_args(AnyChannel)[0])
EVERY_SECRET = """
[[channels]]
name = "bot"
kind = "slack"
token_env = "SLACK_TOKEN_ENV"
app_token_env = "SLACK_APP_TOKEN_ENV"
channel = "#a"
[[channels]]
name = "hook"
kind = "slack"
webhook_env = "SLACK_WEBHOOK_ENV"
[[channels]]
name = "mail"
kind = "email"
to = ["a@example.org"]
from = "b@example.org"
host = "127.0.0.1"
user = "u"
password_env = "MAIL_PASSWORD_ENV"
[[channels]]
name = "own"
kind = "webhook"
url = "http://127.0.0.1/"
secret_env = "WEBHOOK_SECRET_ENV"
"""


def line(form: str, hidden: set[str], message: str, *args: object, terminal: bool = False, **extra: object) -> str:
    record = logging.LogRecord("ofsted-watch", logging.INFO, "x.py", 1, message, args, None)
    record.__dict__.update(extra)
    return logs.formatter(form, terminal, hidden).format(record)


def test_json_has_what_a_line_is_about() -> None:
    found = json.loads(line("json", set(), "%s: %d events", "ofsted", 2, run="r1", source="ofsted", seconds=1.5))
    assert {"level": "info", "logger": "ofsted-watch", "message": "ofsted: 2 events"}.items() <= found.items()
    assert {"run": "r1", "source": "ofsted", "seconds": 1.5}.items() <= found.items()
    assert found["at"].endswith("+00:00")


def test_auto_is_plain_on_a_terminal_and_json_elsewhere() -> None:
    assert line("auto", set(), "hello", terminal=True).endswith("INFO hello")
    assert json.loads(line("auto", set(), "hello"))["message"] == "hello"
    assert line("plain", set(), "hello").endswith("INFO hello")


def test_control_codes_and_line_breaks_of_a_site_stay_one_line() -> None:
    assert "\x1b" not in line("plain", set(), "%s", "a\x1b[31mred\nb")
    assert len(line("plain", set(), "%s", "a\nb").splitlines()) == 1
    assert len(line("json", set(), "%s", "a\nb").splitlines()) == 1


@pytest.mark.parametrize("form", ["plain", "json"])
def test_secrets_are_masked_wherever_they_come_from(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config.toml").write_text(CHANNELS)
    (tmp_path / "hook").write_text("deep-secret\n")
    monkeypatch.setenv("TOKEN", "xoxb-123-secret")
    monkeypatch.setenv("HOOK_FILE", str(tmp_path / "hook"))
    monkeypatch.setenv("BEAT", "https://hc.example.org/ping/uuid-of-ours?rid=77778888")
    hidden = logs.secrets(load(tmp_path / "config.toml"))
    said = "xoxb-123-secret deep-secret /ping/uuid-of-ours rid=77778888"
    try:
        raise ValueError(said)
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, "x", 1, said, (), (type(error), error, error.__traceback__))
    text = logs.formatter(form, False, hidden).format(record)
    assert "Traceback" in text
    for secret in ("xoxb-123", "deep-secret", "uuid-of-ours", "77778888"):
        assert secret not in text


def test_every_secret_that_a_channel_can_name_is_masked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever kinds of channels there will be: each field that names a variable names a secret."""
    fields = [(kind, name) for kind in CHANNEL_KINDS for name in kind.model_fields if name.endswith("_env")]
    assert len(fields) >= 5
    (tmp_path / "config.toml").write_text(EVERY_SECRET)
    for kind, name in fields:
        monkeypatch.setenv(f"{kind.__name__}_{name}".upper(), f"secret-of-{kind.__name__}-{name}")
    hidden = logs.secrets(load(tmp_path / "config.toml"))
    assert {f"secret-of-{kind.__name__}-{name}" for kind, name in fields} <= hidden


def test_a_secret_that_is_not_set_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config.toml").write_text(CHANNELS)
    for name in ("TOKEN", "HOOK", "BEAT"):
        monkeypatch.delenv(name, raising=False)
    assert logs.secrets(load(tmp_path / "config.toml")) == set()


def test_set_up_obeys_level_and_form(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[run]\nlog = 'json'\nlog_level = 'warning'")
    root, stream = logging.getLogger(), io.StringIO()
    before, level = root.handlers[:], root.level
    try:
        for handler in before:
            root.removeHandler(handler)
        logs.set_up(load(tmp_path / "config.toml"), stream)
        logging.getLogger("ofsted-watch").info("no")
        logging.getLogger("ofsted-watch").warning("yes", extra={"job": "ofsted"})
        logging.getLogger("apscheduler").warning("no")
    finally:
        root.handlers[:] = before
        root.setLevel(level)
    (found,) = [json.loads(text) for text in stream.getvalue().splitlines()]
    assert (found["message"], found["job"]) == ("yes", "ofsted")


def test_plain_lines_have_london_time() -> None:
    record = logging.LogRecord("ofsted-watch", logging.INFO, __file__, 1, "a look", None, None)
    record.created = datetime(2026, 7, 1, 11, 30, tzinfo=UTC).timestamp()
    assert logs.Plain(()).format(record) == "2026-07-01 12:30:00 INFO a look"
