"""The longer form of what a letter says goes into an e-mail, and nowhere else."""

from __future__ import annotations

from monitor.model import Event, Quote
from monitor.wording import plain
from notifiers.mail import page
from notifiers.slack.blocks import pages

SHORT = Quote("Services are inadequate.", 1)
LONG = [{"text": "Services are inadequate.", "page": 1}, {"text": "Leaders know <what> to do.", "page": 2}]
EVENT = Event(
    "e1", "2024-05-15T12:00:00+00:00", "report.published", "critical", "ofsted", "Inspection", "Devon", "80461",
    "https://files.example/1", "2024-05-15", after={"kind": "ilacs", "findings": LONG}, summary=(SHORT,),
)  # fmt: skip


def test_an_email_quotes_at_length_and_a_message_does_not() -> None:
    assert "Leaders know <what> to do.” p. 2" in page.text([EVENT], "off@example.org")
    assert "Leaders know &lt;what&gt; to do.” p. 2" in page.html([EVENT], "off@example.org")
    assert "Leaders know" not in plain.message([EVENT])
    assert "Leaders know" not in str([block.to_dict() for block in pages([EVENT])[0]])


def test_a_listing_that_hides_reports_is_not_called_unreadable() -> None:
    after = {
        "target": "search",
        "targets": ["search"],
        "trouble": "hiding",
        "reason": "the listing hides: Devon, 3 May 2024",
        "since": "2024-05-15T12:00:00+00:00",
    }
    event = Event("e2", "2024-05-15T12:00:00+00:00", "source.failing", "notice", "ofsted", "t", after=after)
    said = plain.message([event])
    assert "the listing does not show every report" in said
    assert "nothing is missed" in said
    assert "cannot be read" not in said


def test_a_channel_that_fails_is_not_called_unreadable() -> None:
    after = {"reason": "channel_not_found", "since": "2024-05-15T12:00:00+00:00", "target": None, "trouble": "channel"}
    title = "Channel team does not take messages"
    event = Event("e3", "2024-05-15T12:00:00+00:00", "source.failing", "important", "channel team", title, after=after)
    said = plain.message([event])
    assert title in said
    assert "channel_not_found" in said
    assert "--retry" in said
