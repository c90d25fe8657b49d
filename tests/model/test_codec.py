"""Lines of a crawl: the cursor goes round untouched, and those that the first edition recorded are read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from monitor.model import Poll, Target, item_from_json, job_from_json, to_json
from monitor.model.crawl import Http, Job

POLL: dict[str, Any] = {
    "type": "poll", "run": "r", "source": "ofsted", "target": "80461", "started": "s", "finished": "f",
    "outcome": "ok", "complete": True, "requests": 2, "bytes": 3, "detail": None,
}  # fmt: skip


def poll(**more: Any) -> Poll:
    item = item_from_json(POLL | more)
    assert isinstance(item, Poll)
    return item


@pytest.mark.parametrize("cursor", ["2024-05-01", "hides", '{"v": 1, "meetings": {}}', "\u2028 \x00"])
def test_a_cursor_comes_back_as_it_went(cursor: str) -> None:
    assert poll(cursor=cursor).cursor == cursor
    sent = to_json(Job("r", "ofsted", "", "", Http("agent"), (Target("1", "One", cursor=cursor, baselined=True),)))
    (target,) = job_from_json(json.loads(json.dumps(sent))).targets
    assert (target.cursor, target.baselined) == (cursor, True)


def test_a_poll_without_cursor_and_verdict_has_the_published_shape() -> None:
    assert to_json(poll()) == POLL


@pytest.mark.parametrize(
    ("mark", "cursor", "listing"),
    [("2024-05-01", "2024-05-01", None), ("none", "none", None), ("hides", None, "hides"), ("agrees", None, "agrees")],
)
def test_a_mark_of_the_first_edition_is_a_cursor_or_a_verdict(
    mark: str, cursor: str | None, listing: str | None
) -> None:
    read = poll(mark=mark)
    assert (read.cursor, read.listing) == (cursor, listing)
    assert poll(mark=None) == poll()


def test_a_record_of_no_kind_is_refused_by_name() -> None:
    record = {"type": "record", "source": "s", "target": "t", "kind": "novel", "key": "1", "url": "", "title": ""}
    with pytest.raises(ValueError, match="kind is 'novel', not one of report"):
        item_from_json(record)
