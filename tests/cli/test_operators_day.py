"""An operator's day: what `check`, `status`, `deliver --list` and `read` say to a person, in words and London time."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from monitor.cli import cli
from monitor.cli.app import Day
from monitor.model.delivery import Recipient
from monitor.service import sign_of_life
from monitor.store import Store, outbox, owed
from tests.demo_letters.letters import sample_letter
from tests.making import event

HTTP = '[http]\ncontact = "me@council.gov.uk"\n'
TERMINAL = '[[channels]]\nname = "screen"\nkind = "console"\n'
SLACK = '[[channels]]\nname = "team"\nkind = "slack"\ntoken_env = "NO_SUCH_TOKEN"\nchannel = "#x"\n'
DAILY = '[[channels]]\nname = "daily"\nkind = "console"\nwhen = "daily 08:00"\n'
HAPPENED = datetime(2026, 7, 6, 7, 30, tzinfo=UTC)


def run(folder: Path, text: str, *arguments: str) -> Result:
    (folder / "config.toml").write_text(text, encoding="utf-8")
    command = ["--config", str(folder / "config.toml"), *arguments]
    return CliRunner().invoke(cli, command, standalone_mode=False)


def owe(folder: Path, channel: str, due: datetime, id_: str = "e1") -> None:
    with Store(folder / "data") as store, store.transaction():
        made = event(id_, at=HAPPENED.isoformat(), title="Inspection of Devon")
        outbox.add(store, made, [Recipient(made.id, channel, "", due.isoformat())])


def send(folder: Path, channel: str) -> None:
    """Mark as sent what a channel is owed, as the sender does."""
    with Store(folder / "data") as store:
        [route] = [r for r in owed.routes(store) if r.channel == channel]
        with store.transaction() as connection:
            connection.execute(
                "UPDATE deliveries SET state = 'sent', message = 'm1', sent = ? WHERE channel = ?",
                (HAPPENED.isoformat(), route.channel),
            )


def test_check_blames_the_user_agent_that_leaves_the_contact_out(tmp_path: Path) -> None:
    ran = run(tmp_path, f'{HTTP}user_agent = "Mozilla/5.0"\n', "check")
    assert isinstance(ran.exception, Exception)
    assert "http.user_agent: write {contact} into it" in str(ran.exception)
    assert "http.contact: write an address" not in str(ran.exception)


@pytest.mark.parametrize(
    ("channels", "warning"),
    [
        ("", "no [[channels]]: what is found is stored, and nobody is told"),
        (TERMINAL, "the only channel is the terminal"),
        (SLACK, "channels.team.token_env: NO_SUCH_TOKEN is not set"),
        ('[site]\nlisten = "127.0.0.1:8999"\n', "site.listen: nothing is served there while site.enabled is not true"),
        ('[run]\nheartbeat_env = "NO_SUCH_URL"\n', "NO_SUCH_URL is not set: no sign of life is given"),
        (
            '[run]\nqueue = "postgresql://a@127.0.0.1:1/a"\n'
            'queue_password_env = "NO_SUCH_WORD"\n',  # pragma: allowlist secret
            "run.queue_password_env: NO_SUCH_WORD is not set: it does not work until then",
        ),
    ],
)
def test_check_warns_of_what_will_not_work(channels: str, warning: str, tmp_path: Path) -> None:
    ran = run(tmp_path, HTTP + channels, "check")
    assert (ran.return_value, warning in ran.stderr) == (0, True), ran.stderr


def test_check_does_not_warn_where_all_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_SUCH_TOKEN", "xoxb-1")
    assert run(tmp_path, f"{HTTP}{SLACK}operator = true\n", "check").stderr == ""


def test_a_test_message_that_fails_in_an_unforeseen_way_is_one_line_without_the_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        def send(self, *_: object) -> None:
            raise OSError("no room beside xoxb-secret")

    monkeypatch.setenv("NO_SUCH_TOKEN", "xoxb-secret")
    monkeypatch.setattr("monitor.deliver.ways_out.build", lambda _: lambda *_: Broken())
    ran = run(tmp_path, HTTP + SLACK, "check", "--send-test")
    assert ran.return_value == 1
    assert "channel team: OSError: no room beside ***" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_the_test_message_is_what_the_channel_really_gets(tmp_path: Path) -> None:
    ran = run(tmp_path, HTTP + TERMINAL + 'kinds = ["news.*"]\n', "check", "--send-test")
    assert "TEST MESSAGE (no real council): the council writes “This is how an article is told" in ran.stdout
    assert "inspection report" not in ran.stdout


def test_status_says_first_whether_it_is_alive_then_last_next_and_found(tmp_path: Path) -> None:
    owe(tmp_path, "daily", datetime(2099, 1, 1, 8, tzinfo=UTC))
    lines = run(tmp_path, HTTP + DAILY, "status").stdout.splitlines()
    assert lines[0] == "not running: `ofsted-watch run` has never run on this data folder"
    assert lines[1] == "last look: never"
    assert lines[2].startswith("next look: ")
    assert lines[2].endswith("Ofsted's reports, if `ofsted-watch run` is started")
    assert lines[3].startswith("found last: 6 July 2026, 08:30  Devon: ")
    assert "outbox: 1 unsent: 1 waiting for their time" in lines
    assert "  daily: 1 owed; waiting until 1 January 2099, 08:00; last sent never" in lines


def test_status_of_a_process_that_turns(tmp_path: Path) -> None:
    with Store(tmp_path / "data"):
        sign_of_life.give(tmp_path / "data")
    ran = run(tmp_path, HTTP + TERMINAL, "status")
    assert ran.stdout.startswith("alive: `ofsted-watch run` gave a sign of life on ")
    found = json.loads(run(tmp_path, HTTP + TERMINAL, "status", "--json").stdout)
    assert (found["alive"], found["last_look"], found["found_last"]) == (True, None, None)
    assert datetime.fromisoformat(found["next_look"]["at"]).tzinfo is not None


def test_what_should_have_gone_out_is_overdue_and_not_waiting(tmp_path: Path) -> None:
    owe(tmp_path, "screen", datetime(2026, 7, 6, 8, tzinfo=UTC))
    ran = run(tmp_path, HTTP + TERMINAL, "status")
    assert "1 overdue, 1 of them stuck" in ran.stdout
    assert "waiting for their time" not in ran.stdout


def test_deliver_list_shows_what_was_sent_last(tmp_path: Path) -> None:
    owe(tmp_path, "screen", HAPPENED)
    send(tmp_path, "screen")
    lines = run(tmp_path, HTTP + TERMINAL, "deliver", "--list").stdout.splitlines()
    assert lines[-2] == "sent last:"
    assert lines[-1].startswith("  6 July 2026, 08:30  screen: Devon: ")


def test_read_is_a_page_that_a_person_can_read(tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(sample_letter())
    ran = CliRunner().invoke(cli, ["read", str(file)])
    assert ran.exit_code == 0
    assert "Inspected: " in ran.stdout
    assert "What needs to improve" in ran.stdout
    assert "Summary" in ran.stdout
    assert "help_and_protection" not in ran.stdout


def test_a_day_is_a_date_or_so_many_days_ago() -> None:
    days = [date.fromisoformat(Day().convert(text, None, None)) for text in ("today", "yesterday", "7d", "2026-07-06")]
    today, *before, stated = days
    assert [today - day for day in before] == [timedelta(days=1), timedelta(days=7)]
    assert stated == date(2026, 7, 6)


def test_what_is_no_day_is_refused_with_what_is(tmp_path: Path) -> None:
    ran = run(tmp_path, HTTP, "events", "--since", "last week")
    assert "write 2025-05-13, today, yesterday, or 7d" in str(ran.exception)
