"""What goes out as one message: reports one by one, other news by meeting and story, outages apart."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.channels.bundles import bundles, share
from monitor.model.delivery import Share
from tests.making import event

CRITICAL, NOTICE = 3, 1


def report(severity: int = NOTICE) -> Share:
    return Share(alone=True, severity=severity, urn="80461")


def page(story: str | None = None, meeting: str | None = None) -> Share:
    return Share(story=story, meeting=meeting, urn="80461")


def test_ten_reports_are_ten_messages_the_critical_first() -> None:
    morning = [report(CRITICAL if n in (4, 7) else NOTICE) for n in range(10)]
    assert bundles(morning, 3) == [[4], [7], [0], [1], [2], [3], [5], [6], [8], [9]]


def test_reports_go_before_other_news_and_only_that_is_put_together() -> None:
    due = [page("a"), report(), page("b"), page("a"), page(), report(CRITICAL), page(), page("b")]
    assert bundles(due, 3) == [[5], [1], [0, 3], [2, 7], [4], [6]]


def test_item_and_papers_of_one_meeting_are_one_message_however_few() -> None:
    assert bundles([page(None, "7"), page(None, "7"), page()], 3) == [[0, 1], [2]]
    assert bundles([page(None, "7"), Share(meeting="7", urn="80462")], 3) == [[0], [1]]


def test_pages_of_one_story_are_one_message_and_few_others_go_one_by_one() -> None:
    assert bundles([page("a", "7"), page("a", "8"), page("b"), page("a")], 3) == [[0, 1, 3], [2]]
    assert bundles([page(), page("a"), page()], 3) == [[0], [1], [2]]
    assert bundles([page(), page(), page("a"), page(), page()], 3) == [[0, 1, 3, 4], [2]]


@settings(deadline=None)
@given(st.lists(st.builds(Share, st.booleans(), story=st.sampled_from([None, "a", "b"])), max_size=12))
def test_what_is_left_after_a_message_is_put_together_as_before(due: list[Share]) -> None:
    sent, left = [], list(range(len(due)))
    while left:
        first = [left[n] for n in bundles([due[n] for n in left], 3)[0]]
        sent.append(first)
        left = [n for n in left if n not in first]
    assert sent == bundles(due, 3)


def test_a_digest_is_one_message_and_outages_another() -> None:
    due = [report(), Share(outage=True), page("a"), Share(outage=True)]
    assert bundles(due, 0) == [[0, 2], [1, 3]]
    assert bundles(due, 3) == [[0], [2], [1], [3]]


def test_an_event_is_bundled_by_what_it_says() -> None:
    item = event(kind="meeting.item", story="s", severity="info", after={"meeting": "12"})
    assert share(item) == Share(False, 0, "s", "12", "80461", False)
    assert share(event(severity="critical", story="s")) == Share(True, 3, None, None, "80461", False)
    assert share(event(kind="source.failing", urn=None)).outage


def test_an_improvement_notice_is_not_hidden_among_other_news_of_its_story() -> None:
    notice = share(event(kind="govuk.published", severity="critical", story="s"))
    assert bundles([page("s"), notice, page("s")], 3) == [[1], [0, 2]]
    assert not share(event(kind="source.failing", severity="important", urn=None)).alone


SHARES = st.builds(
    Share,
    st.booleans(),
    st.integers(0, 3),
    st.sampled_from([None, "a", "b"]),
    st.sampled_from([None, "7", "8"]),
    st.sampled_from([None, "80461"]),
    st.booleans(),
)


@settings(deadline=None)
@given(st.lists(SHARES, max_size=12), st.sampled_from([0, 1, 3]))
def test_everything_is_told_once(due: list[Share], singles: int) -> None:
    assert sorted(n for bundle in bundles(due, singles) for n in bundle) == list(range(len(due)))
    assert all(len({due[n].outage for n in bundle}) == 1 for bundle in bundles(due, singles))
