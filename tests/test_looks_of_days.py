"""The pages on which real days are looked at: Slack's channel, and e-mails on a telephone."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benchmarks import real_days, slack_look
from monitor.wording.describe import describe
from notifiers.slack import blocks
from notifiers.slack.elements import dicts
from tests.notifiers.notifier_samples import CASES, visit


@pytest.mark.parametrize("name", CASES)
def test_slacks_look_shows_every_block_that_a_message_has(name: str) -> None:
    event = CASES[name]
    pages = blocks.pages([event], interactive=True)
    messages = [slack_look.Shown("12:00", dicts(page)) for page in pages]
    shown = html.unescape(slack_look.page("A day", messages))
    card = describe(event)
    assert card.headline in shown
    assert all(note in shown for note in card.notes)
    assert all(f'href="{link.url}"' in shown for link in card.links)


def test_a_block_that_it_does_not_know_is_refused() -> None:
    with pytest.raises(KeyError):
        slack_look.page("A day", [slack_look.Shown("12:00", [{"type": "video"}])])


def test_a_days_pages_are_written_for_slack_and_telephone(tmp_path: Path) -> None:
    told = [replace(visit(id=f"e{n}"), at=f"2024-07-12T1{n}:00:00+00:00") for n in range(2)]
    made = list(real_days.pages(told, date(2024, 7, 12), tmp_path))
    assert [name for name, *_ in made][:2] == ["2024-07-12-slack-0-light", "2024-07-12-slack-0-dark"]
    assert len(made) == 2 + 2 * 2
    assert all(page.exists() for _, page, _, _ in made)
    assert list(real_days.pages(told, date(2024, 7, 13), tmp_path))[2:] == []
