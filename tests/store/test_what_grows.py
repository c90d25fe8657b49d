"""Questions that are asked again and again cost what is new, not what the years have left in the store."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.store import Store, job_runs, outbox

Question = Callable[[Store], object]
QUESTIONS: dict[str, Question] = {
    "how much is owed": outbox.unsent,
    "how much was given up": outbox.failed,
    "how each way stands": outbox.by_route,
    "what was found last": outbox.latest,
    "on which of the last days there was news": lambda store: job_runs.days_of_news(store, "newsroom", 50),
}
AT = "2026-01-01T00:00:00+00:00"
FIRST = date(2020, 1, 1)
TARGET = "INSERT OR IGNORE INTO targets (source, target, polled, outcome) VALUES ('newsroom', '80461', '', 'ok')"
RECORD = """
    INSERT OR IGNORE INTO records (source, target, kind, key, url, title, published, fields, state, first_seen,
      announced, versions) VALUES ('newsroom', '80461', 'article', ?1, '', '', ?2, '{}', 'listed', ?2, 1, 1)"""
DELIVERY = """
    INSERT INTO deliveries (event, channel, recipient, state, due, owed_from, attempts, maybe_sent, error, sent)
    VALUES (:event, :channel, :recipient, :state, :due, :due, :attempts, :maybe_sent, :error, :sent)"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path, durable=False) as made:
        yield made


def fill(store: Store, days: int, articles: int = 3) -> None:
    """So many days of news, each article told and sent."""
    with store.transaction() as connection:
        connection.execute("DELETE FROM deliveries")
        connection.execute("DELETE FROM events")
        connection.execute(TARGET)
        for number in range(days * articles):
            day = (FIRST + timedelta(days=number // articles)).isoformat()
            connection.execute(RECORD, (str(number), day))
            deliver(connection, number, channel="press", state="sent", sent=day)


def deliver(connection: Any, number: int, **said: Any) -> None:
    event = f"e{number}"
    body = {"id": event, "at": AT, "kind": "news.published", "severity": "info", "source": "newsroom", "title": "News"}
    values = (event, AT, json.dumps(body))
    connection.execute("INSERT INTO events (id, at, kind, body) VALUES (?, ?, 'news.published', ?)", values)
    unsaid = {"recipient": "", "due": AT, "attempts": 0, "maybe_sent": 0, "error": None, "sent": None}
    connection.execute(DELIVERY, unsaid | said | {"event": event})


def steps(store: Store, question: Question) -> int:
    """How many hundreds of steps SQLite makes to answer."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    store.connection.set_progress_handler(count, 100)
    question(store)
    store.connection.set_progress_handler(None, 0)
    return counted


@pytest.mark.parametrize("question", QUESTIONS)
def test_ten_times_as_much_that_is_done_costs_no_more(store: Store, question: str) -> None:
    fill(store, 60)
    few = steps(store, QUESTIONS[question])
    fill(store, 600)
    assert steps(store, QUESTIONS[question]) <= few + 2


deliveries = st.fixed_dictionaries(
    {
        "channel": st.sampled_from(["a", "b", "b b", "é"]),
        "recipient": st.sampled_from(["", "x@y.uk", "z@y.uk"]),
        "state": st.sampled_from(["queued", "sending", "sent", "failed"]),
        "due": st.sampled_from(["2026-01-01", "2026-01-02"]),
        "attempts": st.integers(0, 3),
        "maybe_sent": st.integers(0, 1),
        "error": st.sampled_from([None, "refused", "timeout"]),
        "sent": st.sampled_from([None, "2026-01-03", "2026-01-04"]),
    }
)


@settings(max_examples=60, deadline=None)
@given(st.lists(deliveries, max_size=12))
def test_each_way_stands_as_all_its_deliveries_say(tmp_path_factory: pytest.TempPathFactory, said: list[Any]) -> None:
    with Store(tmp_path_factory.mktemp("store"), durable=False) as store:
        with store.transaction() as connection:
            for number, one in enumerate(said):
                deliver(connection, number, **one)
        assert outbox.by_route(store) == [
            way(said, *key) for key in sorted({(d["channel"], d["recipient"]) for d in said})
        ]


def way(said: list[Any], channel: str, recipient: str) -> dict[str, Any]:
    """A way as its deliveries say it, gone through one by one."""
    mine = [d for d in said if (d["channel"], d["recipient"]) == (channel, recipient)]
    owed = [d for d in mine if d["state"] in ("queued", "sending")]
    return {
        "channel": channel,
        "recipient": recipient,
        "owed": len(owed),
        "given_up": sum(d["state"] == "failed" for d in mine),
        "last_sent": max((d["sent"] for d in mine if d["sent"]), default=None),
        "attempts": max((d["attempts"] for d in owed), default=None),
        "due": min((d["due"] for d in owed), default=None),
        "owed_from": min((d["due"] for d in owed), default=None),
        "reason": max((d["error"] for d in mine if d["error"] and d["state"] != "sent"), default=None),
        "unsure": int(any(d["state"] == "sending" or d["maybe_sent"] for d in owed)),
    }


def test_the_last_days_with_news_are_each_counted_once(store: Store) -> None:
    fill(store, 9)
    last = {(FIRST + timedelta(days=number)).isoformat() for number in range(4, 9)}
    assert job_runs.days_of_news(store, "newsroom", 5) == {"80461": last}
    assert len(job_runs.days_of_news(store, "newsroom", 50)["80461"]) == 9
    assert job_runs.days_of_news(store, "press", 5) == {}
