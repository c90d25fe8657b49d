"""Links into the site, in every way out, where the configuration has its address."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from monitor.deliver.linking import LinkingNotifier, linked
from monitor.deliver.ways_out import why
from monitor.model import Event, Quote, Thread, to_json
from monitor.model.event import SitePages
from monitor.wording.describe import describe
from tests.configured import configured
from tests.making import event

SITE = '[site]\naddress = "https://ofsted.example.org"\n'
PAGE = "https://ofsted.example.org/councils/devon/"
LETTER = "https://ofsted.example.org/letters/50276411/#page-3"


def report(**more: object) -> Event:
    return event(**{"after": {"key": "50276411", "kind": "ilacs"}, "summary": (Quote("Leaders act.", 3),), **more})


def test_a_report_leads_to_its_letter_at_the_quoted_page_and_to_its_council(tmp_path: Path) -> None:
    told = linked(configured(tmp_path, SITE))(report())
    assert told.site == SitePages(PAGE, LETTER)
    assert [(link.label, link.url) for link in describe(told).links[-2:]] == [
        ("Read it page by page", LETTER),
        ("All about Devon", PAGE),
    ]


@pytest.mark.parametrize(
    "other",
    [
        report(kind="report.withdrawn"),
        report(after={"key": "50276411", "problems": ["no text"]}),
        event(kind="press.published", source="press", after={"key": "50276411"}),
    ],
)
def test_what_has_no_letter_page_leads_to_the_council_only(tmp_path: Path, other: Event) -> None:
    assert linked(configured(tmp_path, SITE))(other).site == SitePages(PAGE, None)


def test_without_an_address_or_a_council_nothing_is_added(tmp_path: Path) -> None:
    assert linked(configured(tmp_path, ""))(report()).site is None
    assert linked(configured(tmp_path, SITE))(event(kind="source.failing", urn=None)).site is None


def test_every_notifier_gets_linked_events_and_programs_see_the_addresses(tmp_path: Path) -> None:
    class Out:
        def send(
            self, message_id: str, events: Sequence[Event], maybe_sent: bool = False, thread: Thread | None = None
        ) -> str | None:
            taken.extend([*events, *(thread.told if thread else ())])
            return message_id

    taken: list[Event] = []
    sender = LinkingNotifier(Out(), linked(configured(tmp_path, SITE)))
    assert sender.send("m", [report()], False, Thread(told=(report(),))) == "m"
    assert [told.site for told in taken] == [SitePages(PAGE, LETTER)] * 2
    assert to_json(taken[0])["site"] == {"council": PAGE, "letter": LETTER}
    assert "site" not in to_json(report())


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ('councils = ["Devon"]\npreset = "director"',
         "Ofsted's reports and letters, press articles and GOV.UK's publications about Devon, as it happens"),
        ('councils = ["Devon", "Torbay"]\nkinds = ["report.*"]\nwhen = "daily 08:00"',
         "Ofsted's reports and letters about Devon and Torbay, each day at 08:00"),
        ('when = "weekly mon 07:30"\nwords = ["agency", "locum"]',
         "everything that says “agency” or “locum” about all 153 councils, each Monday at 07:30"),
        ('regions = ["South West"]\nmin_severity = "important"',
         "everything (only what is important or critical) about Bath and North East Somerset, "
         "Bournemouth, Christchurch and Poole, Bristol, Cornwall and 11 other councils, as it happens"),
    ],
)  # fmt: skip
def test_a_reader_is_told_why(tmp_path: Path, keys: str, said: str) -> None:
    config = configured(tmp_path, f'[[channels]]\nname = "c"\nkind = "console"\n{keys}\n')
    assert why(config, config.channels[0]) == f"the channel “c” gets {said}"
