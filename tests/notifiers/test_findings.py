"""The longer form of what a letter says goes into an e-mail, and nowhere else."""

from __future__ import annotations

from monitor.model import Quote
from monitor.wording import plain
from notifiers.mail import page
from notifiers.slack.blocks import pages
from tests.making import event

SHORT = Quote("Services are inadequate.", 1)
LONG = [{"text": "Services are inadequate.", "page": 1}, {"text": "Leaders know <what> to do.", "page": 2}]
EVENT = event(severity="critical", after={"kind": "ilacs", "findings": LONG}, summary=(SHORT,))


def test_an_email_quotes_at_length_and_a_message_does_not() -> None:
    assert "Leaders know <what> to do.” (page 2)" in page.text([EVENT], "off@example.org")
    assert "Leaders know &lt;what&gt; to do.” (page 2)" in page.html([EVENT], "off@example.org")
    assert "Leaders know" not in plain.message([EVENT])
    assert "Leaders know" not in str([block.to_dict() for block in pages([EVENT])[0]])


def test_a_listing_that_hides_reports_is_not_called_unreadable() -> None:
    after = {"target": "search", "reason": "left out: Devon, 3 May 2024", "since": "2024-05-15T12:00:00+00:00"}
    said = plain.message([event(kind="source.failing", council=None, after={**after, "trouble": "hiding"})])
    assert "the list of reports is not complete" in said
    assert "nothing is missed" in said
    assert "cannot be read" not in said


def test_a_channel_that_fails_is_not_called_unreadable() -> None:
    after = {"reason": "channel_not_found", "since": "2024-05-15T12:00:00+00:00", "target": None, "trouble": "channel"}
    title = "Channel team does not take messages"
    said = plain.message([event(kind="source.failing", council=None, source="channel team", title=title, after=after)])
    assert title in said
    assert "channel_not_found" in said
    assert "--retry" in said
