"""What is asked for from a channel adds to the configuration and never takes away from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.channels import rules, subscriptions
from monitor.channels.rules import Channel
from monitor.channels.subscriptions import Outcome
from monitor.councils.registry import Registry
from monitor.model.subscription import Asked, Mute, Subscription, TakenBack
from monitor.slash_commands.parse import VERBS, Command, help_for, parse
from tests.making import NOON, event

REGISTRY = Registry.load()
DEVON, BRENT = REGISTRY.get("Devon"), REGISTRY.get("Brent")
BY, AT = "U0ALICE", NOON.isoformat()
NARROW = Channel("south", urns=frozenset({DEVON.ofsted_urn}))
WIDE = Channel("all")


def about(council: str, **more: object) -> object:
    return event(urn=REGISTRY.get(council).ofsted_urn, **more)  # type: ignore[arg-type]


def wants(channel: Channel, council: str, **more: object) -> bool:
    return rules.wants(channel, about(council, **more))  # type: ignore[arg-type]


def kept(outcome: Outcome, asked: Asked = Asked()) -> Asked:  # noqa: B008 - frozen
    """What is asked for once an outcome is kept."""
    change = outcome.change
    if isinstance(change, Subscription):
        return replace(asked, subscriptions=(*asked.subscriptions, change))
    if isinstance(change, Mute):
        return replace(asked, mutes=(*asked.mutes, change))
    if isinstance(change, TakenBack) and change.of is Mute:
        return replace(asked, mutes=())
    return replace(asked, subscriptions=()) if isinstance(change, TakenBack) else asked


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("subscribe Devon", Command("subscribe", "Devon")),
        ("  SUBSCRIBE   “Brighton  and Hove” ", Command("subscribe", "Brighton and Hove")),
        ("list", Command("list")),
        ("latest 'Devon'", Command("latest", "Devon")),
        ("", Command("help")),
        ("unsubscibe Devon", Command("unknown", "unsubscibe", ("unsubscribe", "subscribe"))),
        ("make tea", Command("unknown", "make")),
    ],
)
def test_commands_are_read_as_they_are_meant(text: str, command: Command) -> None:
    assert parse(text) == command


def test_what_is_asked_is_looked_at_in_part_only() -> None:
    assert len(parse("subscribe " + "x" * 5000).about) < 200


def test_help_names_every_command_and_what_an_unknown_one_may_have_meant() -> None:
    said = help_for(parse("hlp"))
    assert said[0] == 'There is no command "hlp": did you mean help?'
    assert all(any(f"/ofsted {verb}" in line or f", {verb}" in line for line in said) for verb in VERBS)


def test_a_subscription_widens_a_channel_and_nothing_else() -> None:
    outcome = subscriptions.subscribe(NARROW, Asked(), BRENT, BY, NOON)
    assert outcome.change == Subscription("south", BRENT.ofsted_urn, BY, AT)
    asked = kept(outcome)
    wider = subscriptions.apply(NARROW, asked, NOON)
    assert [wants(wider, c) for c in ("Devon", "Brent", "Kent")] == [True, True, False]
    assert subscriptions.apply(Channel("other", urns=frozenset()), asked, NOON).urns == frozenset()
    picky = subscriptions.apply(replace(NARROW, min_severity="important"), asked, NOON)
    assert not wants(picky, "Brent", severity="notice")


def test_a_channel_of_every_council_stays_one() -> None:
    outcome = subscriptions.subscribe(WIDE, Asked(), BRENT, BY, NOON)
    assert (outcome.change, outcome.lines) == (
        None,
        ("Brent: this channel already gets everything about it, as it happens.",),
    )
    assert subscriptions.apply(WIDE, kept(subscriptions.subscribe(NARROW, Asked(), BRENT, BY, NOON)), NOON).urns is None


def test_to_subscribe_twice_is_said() -> None:
    asked = kept(subscriptions.subscribe(NARROW, Asked(), BRENT, BY, NOON))
    again = subscriptions.subscribe(NARROW, asked, BRENT, "U0BOB", NOON)
    assert (again.change, again.lines) == (
        None,
        ("Brent: this channel already gets everything about it, as it happens.",),
    )


def test_what_was_subscribed_can_be_taken_back_and_what_is_configured_cannot() -> None:
    asked = kept(subscriptions.subscribe(NARROW, Asked(), BRENT, BY, NOON))
    ended = subscriptions.unsubscribe(NARROW, asked, BRENT)
    assert ended == Outcome(("Brent: no longer subscribed.",), TakenBack(Subscription, "south", BRENT.ofsted_urn))
    assert not wants(subscriptions.apply(NARROW, kept(ended, asked), NOON), "Brent")
    refused = subscriptions.unsubscribe(NARROW, asked, DEVON)
    assert refused.change is None
    fixed = "this channel is set up to get it"
    assert fixed in refused.lines[0]
    assert fixed in subscriptions.unsubscribe(WIDE, Asked(), BRENT).lines[0]
    assert subscriptions.unsubscribe(NARROW, Asked(), BRENT).lines == ("Brent: this channel was not subscribed to it.",)


def test_a_muted_council_is_silent_until_then_except_for_what_is_critical() -> None:
    outcome = subscriptions.mute(NARROW, Asked(), DEVON, BY, NOON)
    assert "muted in this channel until 14 June 2024, for everybody in it." in outcome.lines[0]
    asked = kept(outcome)
    quiet = subscriptions.apply(NARROW, asked, NOON + timedelta(days=29, hours=23))
    assert not wants(quiet, "Devon", severity="important")
    assert wants(quiet, "Devon", severity="critical")
    assert wants(subscriptions.apply(NARROW, asked, NOON + timedelta(days=30)), "Devon")
    assert wants(subscriptions.apply(replace(NARROW, name="other"), asked, NOON), "Devon")


def test_a_mute_does_not_hide_that_a_source_fails() -> None:
    operator = replace(WIDE, operator=True)
    quiet = subscriptions.apply(operator, kept(subscriptions.mute(WIDE, Asked(), DEVON, BY, NOON)), NOON)
    assert rules.told(about("Devon", kind="source.failing"), quiet, [quiet])  # type: ignore[arg-type]


def test_a_mute_can_be_taken_back() -> None:
    asked = kept(subscriptions.mute(NARROW, Asked(), DEVON, BY, NOON))
    outcome = subscriptions.unmute(NARROW, asked, DEVON, NOON)
    assert outcome.change == TakenBack(Mute, "south", DEVON.ofsted_urn)
    assert wants(subscriptions.apply(NARROW, kept(outcome, asked), NOON), "Devon")
    assert subscriptions.unmute(NARROW, Asked(), DEVON, NOON).lines == ("Devon: it was not muted here.",)


def test_a_list_says_what_comes_from_where() -> None:
    asked = kept(subscriptions.subscribe(NARROW, Asked(), BRENT, BY, NOON))
    asked = kept(subscriptions.mute(NARROW, asked, DEVON, BY, NOON), asked)
    assert subscriptions.listing(NARROW, asked, list(REGISTRY), NOON).lines == (
        "This channel gets everything about Devon, as it happens.",
        "Somebody here subscribed it to Brent, too.",
        "Devon is muted here until 14 June 2024, except for what is critical.",
    )
    later = subscriptions.listing(WIDE, asked, list(REGISTRY), NOON + timedelta(days=31)).lines
    assert later == ("This channel gets everything about all 153 councils, as it happens.",)
    many = Channel("many", urns=frozenset(c.ofsted_urn for c in REGISTRY))
    assert " and 133 other councils" in subscriptions.listing(many, Asked(), list(REGISTRY), NOON).lines[0]


def test_what_check_lists_names_who_and_when() -> None:
    asked = kept(subscriptions.subscribe(NARROW, Asked(), BRENT, BY, NOON))
    asked = kept(subscriptions.mute(NARROW, asked, DEVON, BY, NOON), asked)
    names = {c.ofsted_urn: c.name for c in REGISTRY}
    assert subscriptions.lines(asked, [("south", "press", 3)], names, NOON) == [
        "channel south: also Brent, asked for there by U0ALICE on 15 May 2024",
        "channel south: Devon muted until 14 June 2024 by U0ALICE",
        "channel south: 3 called not relevant, from press",
    ]
