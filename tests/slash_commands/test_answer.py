"""Questions from a channel, answered from the store, the registry and the configuration."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import pytest

from monitor.channels import rules
from monitor.config import file as config_file
from monitor.config.channels import Slack
from monitor.config.file import Config
from monitor.deliver.audience import channels, widened
from monitor.model import Letter, Quote
from monitor.slash_commands import standing
from monitor.slash_commands.answer import CommandHandler
from monitor.slash_commands.listeners import Listeners
from monitor.store import Store, outbox, records
from monitor.store import subscriptions as stored
from monitor.views.status import STATES, WELL
from monitor.wording.commands import Command
from tests.command import Folder
from tests.configured import configured
from tests.making import NOON, SHA_B, closed, document, event, letter, record
from tests.watch.looking import follow

SETTINGS = """
[watch]
councils = ["Devon", "Brent", "Kent"]
[[channels]]
name = "team"
kind = "slack"
token_env = "BOT"
app_token_env = "APP"
channel = "#ofsted"
councils = ["Devon"]
[[channels]]
name = "weekly"
kind = "slack"
token_env = "BOT"
app_token_env = "APP"
channel = "#ofsted"
when = "weekly mon 08:00"
[[channels]]
name = "hook"
kind = "slack"
webhook_env = "HOOK"
"""


@pytest.fixture
def known(tmp_path: Path) -> Config:
    config = configured(tmp_path, SETTINGS)
    with Store(config.data_dir):
        return config


def ask(known: Config, text: str, kind: str = "command", user: str = "U0ALICE") -> list[str]:
    return list(handler(known).answer(Command(kind, "#ofsted", user, text)).lines)  # type: ignore[arg-type]


def handler(known: Config) -> CommandHandler:
    return CommandHandler(known, [c for c in known.channels if isinstance(c, Slack) and c.app_token_env], lambda: NOON)


def command(text: str) -> Command:
    return Command("command", "#ofsted", "U0ALICE", text)


@contextmanager
def listening(config: Config) -> Iterator[Listeners]:
    listeners = Listeners()
    listeners.take(config)
    try:
        yield listeners
    finally:
        listeners.stop()


def told(known: Config, council: str, **more: object) -> list[str]:
    """The channels that would be told an event about a council."""
    with Store(known.data_dir) as store:
        audience_ = widened(store, channels(known), NOON)
    happened = event(urn=known.registry.get(council).ofsted_urn, **more)  # type: ignore[arg-type]
    return [c.name for c in audience_ if rules.told(happened, c, audience_)]


def test_a_subscription_is_kept_and_widens_what_the_channel_is_told(known: Config) -> None:
    assert told(known, "Brent") == ["weekly", "hook"]
    assert ask(known, "subscribe brent") == [
        "Brent: subscribed. This channel now gets everything about it, as it happens.",
        "Brent: this channel already gets everything about it, each Monday at 08:00.",
    ]
    assert told(known, "Brent") == ["team", "weekly", "hook"]
    assert ask(known, "unsubscribe Brent")[0] == "Brent: no longer subscribed."
    assert told(known, "Brent") == ["weekly", "hook"]


def test_what_the_configuration_names_stays(known: Config) -> None:
    assert "only whoever runs ofsted-watch can change that" in ask(known, "unsubscribe Devon")[0]
    assert told(known, "Devon") == ["team", "weekly", "hook"]


def test_a_mute_silences_the_channels_of_that_place_and_no_others(known: Config) -> None:
    assert "muted in this channel until 14 June 2024" in ask(known, "mute Devon")[0]
    assert told(known, "Devon") == ["hook"]
    assert told(known, "Devon", severity="critical") == ["team", "weekly", "hook"]
    assert ask(known, "unmute Devon") == ["Devon: no longer muted."]
    assert told(known, "Devon") == ["team", "weekly", "hook"]


def test_the_mute_button_names_a_council_by_its_urn(known: Config) -> None:
    assert "muted in this channel" in ask(known, known.registry.get("Devon").ofsted_urn, "mute")[0]
    assert told(known, "Devon") == ["hook"]
    assert ask(known, "0", "mute") == ["This council is not known here any more."]


def test_what_is_not_relevant_is_counted_by_source(known: Config) -> None:
    with Store(known.data_dir) as store, store.transaction():
        outbox.add(store, event("e1", source="press", story="80461-2024"), [])
    for user in ("U0ALICE", "U0BOB", "U0BOB"):
        assert ask(known, "e1", "irrelevant", user)[0].startswith("Noted: not relevant.")
    assert told(known, "Devon") == ["team", "weekly", "hook"]
    with Store(known.data_dir) as store:
        assert stored.noise(store) == [("team", "press", 1), ("weekly", "press", 1)]
        rows = store.rows("SELECT DISTINCT event, story, by FROM irrelevant ORDER BY by")
        assert [tuple(r) for r in rows] == [("e1", "80461-2024", "U0ALICE"), ("e1", "80461-2024", "U0BOB")]


@pytest.mark.parametrize("value", ["", "e2", "80461", "a" * 5000])
def test_a_press_that_is_about_no_event_of_ours_is_counted_against_nobody(known: Config, value: str) -> None:
    said = "What this message told is not known here any more, so nothing was noted."
    assert ask(known, value, "irrelevant") == [said]
    with Store(known.data_dir) as store:
        assert stored.noise(store) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("subscribe Devn", 'No council "Devn": did you mean "Devon"?'),
        ("latest Xyzzyqq", 'No council "Xyzzyqq".'),
        (
            "subscribe Leeds",
            "Leeds is not among the councils that are watched here. Whoever runs ofsted-watch can add it.",
        ),
        ("subscribe", "Which council? For example: /ofsted subscribe Devon"),
        ("stats", 'There is no command "stats": did you mean status?'),
    ],
)
def test_what_cannot_be_done_is_said(known: Config, text: str, said: str) -> None:
    assert ask(known, text)[0] == said


def test_help_and_list(known: Config) -> None:
    assert ask(known, "")[0] == "/ofsted COUNCIL, latest COUNCIL: how its judgements stand, and the latest news of it"
    ask(known, "subscribe Kent")
    assert ask(known, "list") == [
        "This channel gets everything about Devon, as it happens.",
        "Somebody here subscribed it to Kent, too.",
        "This channel gets everything about Brent, Devon and Kent, each Monday at 08:00.",
    ]


def test_words_without_a_command_are_a_council(known: Config) -> None:
    assert ask(known, "Devon") == ["Devon: no graded inspection is known."]
    assert ask(known, "devn") == ['No council "devn": did you mean "Devon"?']
    assert ask(known, "Kingston") == [
        'No council "Kingston": did you mean "Kingston upon Hull" or "Kingston upon Thames"?'
    ]
    assert ask(known, "Bath")[0].startswith("Bath and North East Somerset is not among the councils that are watched")
    assert ask(known, "make tea")[0] == 'There is no command and no council "make tea".'


def test_asked_says_what_inspectors_ask_letter_by_letter(known: Config) -> None:
    assert ask(known, "asked Devon") == ["Devon: no letter that is known here asks for anything."]
    urgent, other = [Quote("The front door;", 1)], [Quote("Audit.", 1)]
    visit = letter("focused_visit", SHA_B, priority_actions=urgent, improvements=other)
    report = letter(judgements={"help_and_protection": "good"}, improvements=[Quote("The quality of supervision.", 2)])
    with Store(known.data_dir) as store, store.transaction():
        records.save_letters(store, [report, visit], 1, "2024")
    with Store(known.data_dir) as store:
        later = record("2", published="2024-05-15", document=document(SHA_B))
        follow(store, [closed("80461", record(published="2023-07-12"), later)], NOON)
    assert ask(known, "asked Devon") == [
        "Devon: what Ofsted's inspection report of 12 July 2023 asks to improve",
        "• “The quality of supervision.” (page 2)",
        "Devon: what Ofsted's focused visit letter of 15 May 2024 asks to improve",
        "• Area for priority action: “The front door” (page 1)",
        "• “Audit.” (page 1)",
    ]
    assert [(link.label, link.url) for link in handler(known).answer(command("asked Devon")).links] == [
        ("Inspection report of 12 July 2023", "https://files.example/1"),
        ("Focused visit letter of 15 May 2024", "https://files.example/2"),
    ]


def test_a_mute_is_announced_to_the_channel_with_an_undo(known: Config) -> None:
    urn = known.registry.get("Devon").ofsted_urn
    reply = handler(known).answer(Command("mute", "#ofsted", "U0ALICE", urn))
    assert reply.announced.startswith("Devon is muted in this channel until 14 June 2024, for everybody in it.")
    assert (reply.by, reply.undo) == ("U0ALICE", urn)
    undone = handler(known).answer(Command("unmute", "#ofsted", "U0BOB", urn))
    assert (undone.announced, undone.undo) == ("Devon is no longer muted in this channel.", "")
    assert told(known, "Devon") == ["team", "weekly", "hook"]
    assert handler(known).answer(Command("unmute", "#ofsted", "U0BOB", urn)).announced == ""


def test_latest_shows_the_judgements_and_the_news(known: Config) -> None:
    assert ask(known, "latest Devon") == ["Devon: no graded inspection is known."]
    with Store(known.data_dir) as store, store.transaction():
        kept = closed("80461", record())
        records.save_letters(store, [_letter()], 1, NOON.isoformat())
        for n in range(3):
            outbox.add(store, event(f"e{n}"), [])
        for kind in ("source.failing", "source.recovered"):
            outbox.add(store, event(kind, kind), [])
        again = {"copy_of": {"what": "letter", "published": "2024-05-15", "kind": "ilacs"}}
        outbox.add(store, event("copy", "meeting.document", after=again), [])
    with Store(known.data_dir) as store:
        follow(store, [kept], NOON)
    answer = handler(known).answer(command("latest Devon"))
    assert answer.lines == (
        "Devon was judged in Ofsted's inspection report of 15 May 2024; the inspection ended on 21 March 2024.",
        "Overall effectiveness: Good",
        "Help and protection: Requires improvement",
    )
    assert [link.url for link in answer.links] == ["https://files.example/1"]
    assert [e.id for e in answer.events] == ["e2", "e1"]


def _letter() -> Letter:
    made = {"help_and_protection": "requires improvement", "overall_effectiveness": "good"}
    return letter(judgements=made, inspection_start="2024-03-10", inspection_end="2024-03-21")


def test_status_says_what_is_seen_and_what_waits(known: Config) -> None:
    assert ask(known, "status") == [
        "Ofsted's reports: has not been read yet.",
        standing.REASONS,
        "No message waits.",
    ]


@pytest.mark.parametrize("state", [*STATES, "degraded"])
def test_status_has_words_for_every_state_and_no_reasons_of_the_program(state: str) -> None:
    bad = {"status": "failing", "reason": "error: x.example/mgRss.aspx answered 500"}
    source = {"source": "moderngov", "status": state, "last_ok": None, "targets": [{"status": "ok"}, bad]} | {
        "reason": "error: HTTP 500"
    }
    first, *rest = standing.lines({"sources": [source], "outbox": 1, "given_up": 2})
    assert first.startswith("Committee papers (ModernGov): ")
    assert not {"500", "error", state} & {*first.replace(".", " ").split()} - {"ok"}
    why = [] if state in WELL else [standing.REASONS]
    assert rest == [*why, "1 message waits to be sent. 2 messages could not be sent."]


def test_what_is_moot_for_one_channel_is_said_only_if_it_is_for_all(known: Config) -> None:
    """ "weekly" hears of every council there, "team" of Devon alone."""
    assert ask(known, "mute Kent")[0].startswith("Kent: muted in this channel until")
    assert len(ask(known, "mute Kent")) == 1
    assert ask(known, "unmute Kent") == ["Kent: no longer muted."]
    assert ask(known, "unmute Kent") == ["Kent: it was not muted here."]
    alone = known.model_copy(update={"channels": known.channels[:1]})
    alone._path, alone._registry = known.path, known.registry
    assert ask(alone, "mute Kent") == ["Kent: this channel gets no news of it, so nothing was muted."]
    assert told(known, "Kent") == ["weekly", "hook"]


def test_check_lists_what_is_stored_and_makes_no_folder(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write(SETTINGS + '\n[http]\ncontact = "tests@localhost"\n')
    done = folder("check")
    assert (done.status, "asked for there" in done.out, (tmp_path / "data").exists()) == (0, False, False)
    assert "channel team: Slack #ofsted, with commands and buttons: everything about Devon, as it happens" in done.out
    ask(config_file.load(tmp_path / "config.toml"), "subscribe Kent")
    assert "channel team: also Kent, asked for there by U0ALICE on 15 May 2024" in folder("check").out


def test_a_missing_secret_leaves_the_commands_out_and_nothing_else(
    known: Config, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv("APP", raising=False)
    with listening(known):
        pass
    assert caplog.messages == ["commands from team, weekly do not work: environment: APP is not set"]


def test_slack_that_cannot_be_reached_does_not_stop_the_rest(known: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APP", "xapp-1")
    monkeypatch.setenv("BOT", "xoxb-1")
    slow = known.channels[0].model_copy(update={"api_url": "http://127.0.0.1:9"})
    alone = known.model_copy(update={"channels": [slow]})
    alone._path, alone._registry = known.path, known.registry
    began = time.monotonic()
    with listening(alone):
        time.sleep(0.2)
    assert time.monotonic() - began < 20


class Heard:
    """A listener without Slack: what it was made with, and whether it still listens."""

    made: ClassVar[list[Heard]] = []

    def __init__(self, **settings: Any) -> None:
        self.settings, self.stopped = settings, False
        Heard.made.append(self)

    def start(self) -> None:
        pass

    def stop(self) -> None:
        self.stopped = True

    def asks(self, text: str) -> list[str]:
        return list(self.settings["answer"](Command("command", "#ofsted", "U0ALICE", text)).lines)


def test_a_configuration_that_is_read_again_is_what_people_are_answered_by(
    known: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APP", "xapp-1")
    monkeypatch.setenv("BOT", "xoxb-1")
    monkeypatch.setattr("notifiers.listen", lambda _, **settings: Heard(**settings))
    Heard.made.clear()
    with listening(known) as listeners:
        (first,) = Heard.made
        assert "Leeds is not among" in first.asks("subscribe Leeds")[0]
        known.path.write_text(SETTINGS.replace('"Kent"]', '"Kent", "Leeds"]'), encoding="utf-8")
        listeners.take(config_file.load(known.path))
        assert (
            first.asks("subscribe Leeds")[0]
            == "Leeds: subscribed. This channel now gets everything about it, as it happens."
        )
        assert (Heard.made, first.stopped) == ([first], False)
        monkeypatch.setenv("BOT", "xoxb-2")
        listeners.take(config_file.load(known.path))
        assert (first.stopped, Heard.made[1].settings["token"]) == (True, "xoxb-2")
        known.path.write_text(SETTINGS.replace('app_token_env = "APP"', ""), encoding="utf-8")
        listeners.take(config_file.load(known.path))
        assert Heard.made[1].stopped
    assert "xoxb" not in repr(list(listeners._open))
