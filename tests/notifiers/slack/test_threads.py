"""Threads, corrections, pictures and long digests against Slack's stand-in, with each of its faults in turn."""

from __future__ import annotations

import logging
from typing import Any
from urllib.request import urlopen

import pytest

from monitor.model import DeliveryError, Thread
from notifiers.slack.notifier import SlackNotifier
from notifiers.slack.scopes import Scopes
from tests.notifiers.notifier_samples import CASES, ilacs, make_event
from tests.notifiers.slack_room import ID, PNG, Dot, bot, deliver, files, hook, patience, posts, words

pytestmark = pytest.mark.corpus
ROOT, LATER = "11" * 16, "22" * 16
PRESS = CASES["press.published"]
REPLACED = CASES["report.replaced"]
FAULTS = [
    *("429", "500", "502_html", "503_html", "timeout", "timeout_after_accept", "reset_before", "reset_after_accept"),
    *("slow", "fatal_error", "internal_error", "fatal_error, taken", "500, taken"),
]
"""Each of the stand-in's; "taken": it has stored the message before it says so."""
ENDS = ["token_revoked", "is_archived", "account_inactive", "missing_scope"]
"""Refusals for good."""


def opened(slack: Any, **settings: Any) -> str:
    """A story that has been opened in the channel: the `ts` of its first message."""
    return str(bot(slack, **settings).send(ROOT, [ilacs()]))


def break_(slack: Any, fault: str, method: str, **more: Any) -> None:
    """The next call of a method goes wrong."""
    kind, _, taken = fault.partition(", ")
    slack.fault(kind, method=method, accept=bool(taken), **more)


def hasty(slack: Any, fault: str, **settings: Any) -> SlackNotifier:
    """A notifier that does not wait long where it is made to wait."""
    return bot(slack, timeout=patience(fault), **settings)


def calls(slack: Any, method: str) -> int:
    return sum(call["call"] == method for call in slack.get("/_log"))


# threads


@pytest.mark.parametrize("loud", [False, True])
def test_what_follows_replies_to_the_story_and_only_what_is_loud_is_shown_to_all(slack: Any, loud: bool) -> None:
    root = opened(slack)
    assert bot(slack).send(ID, [PRESS], thread=Thread(root=root, loud=loud)) == posts(slack)[1]["ts"]
    reply = posts(slack)[1]
    assert (reply["thread_ts"], reply["reply_broadcast"]) == (root, loud)


@pytest.mark.parametrize("gone", ["1700000000.000001", "reply", "message_not_found"])
def test_where_the_story_is_gone_the_message_comes_into_the_channel(slack: Any, gone: str) -> None:
    root = opened(slack)
    if gone == "reply":
        root = str(bot(slack).send(LATER, [PRESS], thread=Thread(root=root)))
    elif gone == "message_not_found":
        slack.fault(gone, method="chat.postMessage")
    else:
        root = gone
    bot(slack).send(ID, [PRESS], thread=Thread(root=root, loud=True))
    assert (posts(slack)[-1]["thread_ts"], posts(slack)[-1]["reply_broadcast"]) == (None, False)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_reply_arrives_exactly_once(slack: Any, fault: str) -> None:
    root = opened(slack)
    break_(slack, fault, "chat.postMessage")
    ts, failures = deliver(hasty(slack, fault), [PRESS], Thread(root=root))
    assert len(failures) == (fault != "slow")
    assert [m["ts"] for m in posts(slack) if m["thread_ts"] == root] == [ts]


@pytest.mark.parametrize("method", ["conversations.replies", "conversations.history"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_lookup_that_fails_is_repeated_and_never_guessed(slack: Any, method: str, fault: str) -> None:
    root = opened(slack)
    slack.fault("reset_after_accept", method="chat.postMessage")
    break_(slack, fault, method)
    ts, failures = deliver(hasty(slack, fault), [PRESS], Thread(root=root))
    assert [m["ts"] for m in posts(slack) if m["thread_ts"] == root] == [ts]
    assert all(f.maybe_sent for f in failures)


def test_an_app_that_may_not_read_sends_again_rather_than_never(slack: Any) -> None:
    root = opened(slack)
    slack.control(scopes=["chat:write"])
    slack.fault("reset_after_accept", method="chat.postMessage")
    deliver(bot(slack), [PRESS], Thread(root=root))
    assert len([m for m in posts(slack) if m["thread_ts"] == root]) == 2


@pytest.mark.parametrize("word", ENDS)
def test_a_refusal_for_good_is_one(slack: Any, word: str) -> None:
    root = opened(slack)
    slack.fault(word, method="chat.postMessage")
    ts, failures = deliver(bot(slack), [PRESS], Thread(root=root))
    assert (ts, len(failures), len(posts(slack))) == (None, 1, 1)
    assert word in str(failures[0])


# corrections


def correction(root: str, told: Any = None) -> Thread:
    return Thread(root=root, corrected=root, told=(told or ilacs(),))


def test_a_correction_replies_and_marks_the_earlier_message_which_keeps_what_it_said(slack: Any) -> None:
    root = opened(slack, interactive=True)
    before = words(posts(slack)[0])
    bot(slack, interactive=True).send(ID, [REPLACED], thread=correction(root))
    first, reply = posts(slack)
    assert reply["thread_ts"] == root
    assert words(first) == f"⚠️ *Replaced on 3 June 2025: see the thread*\n{before}"
    assert first["text"].startswith(
        "⚠️ Replaced on 3 June 2025: see the thread. 🔴 Critical: Devon: Requires improvement overall"
    )
    assert first["metadata"]["event_payload"] == {"message_id": ROOT}
    assert first["blocks"][-1]["type"] == "actions"


@pytest.mark.parametrize(
    ("kind", "said"),
    [("report.withdrawn", "Withdrawn"), ("report.returned", "Listed again"), ("report.published", "Corrected")],
)
def test_a_mark_says_what_happened(slack: Any, kind: str, said: str) -> None:
    root = opened(slack)
    bot(slack).send(ID, [make_event(kind, at="2025-06-03T06:10:00+00:00")], thread=correction(root))
    assert words(posts(slack)[0]).startswith(f"⚠️ *{said} on 3 June 2025: see the thread*")


def test_one_of_a_digest_is_marked_as_one_of_them(slack: Any) -> None:
    told = tuple(ilacs(council=f"Council {i}") for i in range(60))
    root = str(bot(slack).send(ROOT, told))
    bot(slack).send(ID, [REPLACED], thread=Thread(corrected=root, told=told))
    first = posts(slack)[0]
    assert words(first).startswith("⚠️ *One of these was replaced on 3 June 2025: see the thread*")
    assert len(first["blocks"]) <= 50
    assert posts(slack)[-1]["thread_ts"] == root


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update"])
def test_a_correction_is_posted_once_and_the_mark_is_made_in_the_end(slack: Any, method: str, fault: str) -> None:
    root = opened(slack)
    break_(slack, fault, method)
    ts, _ = deliver(hasty(slack, fault), [REPLACED], correction(root))
    assert [m["ts"] for m in posts(slack)] == [root, ts]
    assert words(posts(slack)[0]).count("Replaced on") == 1


@pytest.mark.parametrize("word", [*ENDS, "message_not_found", "cant_update_message", "edit_window_closed"])
def test_a_mark_that_is_refused_for_good_is_logged_and_the_message_stands(
    slack: Any, caplog: pytest.LogCaptureFixture, word: str
) -> None:
    root = opened(slack)
    slack.fault(word, method="chat.update")
    ts, failures = deliver(bot(slack), [REPLACED], correction(root))
    assert (failures, [m["ts"] for m in posts(slack)]) == ([], [root, ts])
    assert [r.getMessage() for r in caplog.records if r.name == "ofsted-watch.slack"] == [
        f"an earlier message could not be marked as corrected: Slack answered 200: {word}"
    ]


def test_a_mark_that_fails_where_nothing_can_be_looked_up_does_not_repeat_the_message(slack: Any) -> None:
    root = opened(slack)
    slack.control(scopes=["chat:write"])
    slack.fault("500", method="chat.update", times=9)
    ts, failures = deliver(bot(slack), [REPLACED], correction(root))
    assert (failures, [m["ts"] for m in posts(slack)]) == ([], [root, ts])


# pictures


def test_a_picture_comes_into_the_thread_with_its_words(slack: Any) -> None:
    root = opened(slack, draw=lambda event: Dot())
    shared = files(slack)[0]
    assert shared["thread_ts"] == root
    assert shared["files"][0]["title"] == "Devon: judgements over the years"
    assert shared["files"][0]["alt_txt"] == Dot().alt
    with urlopen(f"http://127.0.0.1:{slack.port}/_files/{shared['files'][0]['id']}") as file:
        assert file.read() == PNG


def test_a_reply_has_its_picture_in_the_same_thread_and_a_digest_has_none(slack: Any) -> None:
    root = opened(slack)
    out = bot(slack, draw=lambda event: Dot())
    out.send(ID, [PRESS], thread=Thread(root=root))
    out.send(LATER, [PRESS, ilacs()])
    assert [m["thread_ts"] for m in files(slack)] == [root]


@pytest.mark.parametrize("fault", [*FAULTS, *ENDS])
@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"])
def test_a_picture_that_fails_neither_loses_nor_repeats_the_message(slack: Any, method: str, fault: str) -> None:
    break_(slack, fault, method)
    ts, failures = deliver(hasty(slack, fault, draw=lambda event: Dot()), [ilacs()])
    assert (failures, [m["ts"] for m in posts(slack)]) == ([], [ts])
    assert len(files(slack)) <= 1


@pytest.mark.parametrize("fault", ["reset_before", "reset_after_accept", "500"])
def test_a_message_that_is_tried_again_has_its_picture_once(slack: Any, fault: str) -> None:
    root = opened(slack)
    slack.fault(fault, method="chat.postMessage")
    slack.fault("500", method="chat.update")
    out = bot(slack, draw=lambda event: Dot())
    deliver(out, [REPLACED], correction(root))
    out.send(ID, [REPLACED], maybe_sent=True, thread=correction(root))
    assert (len(posts(slack)), len(files(slack))) == (2, 1)


def test_a_picture_whose_upload_was_taken_in_silence_is_not_uploaded_again(slack: Any) -> None:
    slack.fault("reset_after_accept", method="files.completeUploadExternal")
    out = bot(slack, draw=lambda event: Dot())
    out.send(ID, [ilacs()])
    out.send(ID, [ilacs()], maybe_sent=True)
    assert (len(posts(slack)), len(files(slack))) == (1, 1)


def test_a_missing_scope_is_said_once_and_not_tried_again(slack: Any, caplog: pytest.LogCaptureFixture) -> None:
    slack.control(scopes=["chat:write", "channels:history", "channels:read"])
    scopes = Scopes()
    for i in range(3):
        bot(slack, draw=lambda event: Dot(), scopes=scopes).send(f"{i:032x}", [ilacs()])
    assert (len(posts(slack)), calls(slack, "files.getUploadURLExternal")) == (3, 1)
    assert caplog.messages == ["the Slack app lacks the scope files:write: messages come without their chart"]


def test_a_chart_that_cannot_be_drawn_is_logged(slack: Any, caplog: pytest.LogCaptureFixture) -> None:
    def broken(event: Any) -> Any:
        raise ZeroDivisionError

    bot(slack, draw=broken).send(ID, [ilacs()])
    assert len(posts(slack)) == 1
    assert caplog.records[0].levelno == logging.ERROR
    assert "could not be drawn" in caplog.messages[0]


# long digests

MANY = [ilacs(council=f"Council {i}", id=f"{i:032x}") for i in range(120)]
PARTS = 4
"""Messages that this many reports take."""


def test_a_long_digest_goes_on_in_its_thread(slack: Any) -> None:
    first = bot(slack).send(ID, MANY)
    found = posts(slack)
    assert [m["thread_ts"] for m in found] == [None, *[first] * (PARTS - 1)]
    told = "\n".join(map(words, found))
    assert all(f"Council {i}: " in told for i in range(120))


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("skip", [0, 1])
def test_each_part_of_a_long_digest_arrives_exactly_once(slack: Any, fault: str, skip: int) -> None:
    break_(slack, fault, "chat.postMessage", skip=skip)
    ts, _ = deliver(hasty(slack, fault), MANY)
    found = posts(slack)
    assert sorted(m["metadata"]["event_payload"].get("part", 0) for m in found) == list(range(PARTS))
    assert {m["thread_ts"] for m in found} == {None, ts}


def test_the_parts_keep_within_slacks_pace(slack: Any) -> None:
    slack.control(settings={"rate_limit": True, "post_rate": 5.0, "post_burst": 1})
    bot(slack, pace=0.25).send(ID, MANY)
    assert [c["status"] for c in slack.get("/_log") if c["call"] == "chat.postMessage"] == [200] * PARTS


def test_a_long_digest_within_a_story_stays_in_its_thread(slack: Any) -> None:
    root = opened(slack)
    slack.fault("reset_after_accept", method="chat.postMessage", skip=1)
    deliver(bot(slack), MANY, Thread(root=root))
    assert [m["thread_ts"] for m in posts(slack)] == [None, *[root] * PARTS]


# webhooks


@pytest.mark.parametrize("fault", FAULTS)
def test_a_webhook_repeats_only_what_may_be_lost(slack: Any, fault: str) -> None:
    break_(slack, fault, "webhook")
    _, failures = deliver(hook(slack, patience(fault)), [ilacs()])
    copies = len(slack.get("/_messages"))
    assert 1 <= copies <= 1 + sum(f.maybe_sent for f in failures)


# what the app may do


def test_check_names_each_scope_that_is_missing(slack: Any) -> None:
    out = bot(slack, channel="#ofsted-watch", interactive=True)
    assert out.advice() == []
    slack.control(scopes=["chat:write"])
    assert out.advice() == [
        "the app lacks the scope channels:history (of a private channel groups:history): "
        "a message whose fate is unknown may come twice",
        "the app lacks the scope channels:read (of a private channel groups:read): "
        "it cannot look up whether somebody is a member of the channel",
        "the app lacks the scope files:write: messages come without their chart",
        "the app lacks the scope commands: nobody can use /ofsted",
    ]
    slack.control(scopes=["chat:write", "groups:history", "files:write"])
    assert bot(slack).advice() == []
    assert hook(slack).advice() == []


def test_check_says_when_slack_cannot_be_asked(slack: Any) -> None:
    slack.fault("token_revoked", method="auth.test")
    with pytest.raises(DeliveryError, match="token_revoked"):
        bot(slack).advice()
