"""The rows of the public database. Each type is a table: its fields are the columns, in this order.

Days are ISO 8601. A field is None where the document does not say it. `letter` is the letter's `id` everywhere.
"""

from __future__ import annotations

from typing import NamedTuple


class CouncilRow(NamedTuple):
    """A council that is watched."""

    urn: str
    name: str
    slug: str
    region: str
    dfe_number: str
    gss_code: str
    code: str


class LetterRow(NamedTuple):
    """A report or letter on Ofsted's page of a council. `unread` says why its words are not here, where they are not;
    `listed`: whether the page still has it."""

    id: str
    urn: str
    kind: str
    variant: str | None
    title: str
    published: str | None
    inspection_start: str | None
    inspection_end: str | None
    letter_date: str | None
    lead_inspector: str | None
    framework: str | None
    outcome: int | None
    theme: str | None
    url: str
    sha256: str | None
    pages: int
    listed: int
    unread: str | None


class JudgementRow(NamedTuple):
    """A grade that a letter gives, with the words and the page that state it."""

    letter: str
    area: str
    grade: str
    page: int | None
    quote: str | None


class ImprovementRow(NamedTuple):
    """Something that a letter asks to improve, in its words; `priority`: an area for priority action."""

    letter: str
    position: int
    priority: int
    page: int
    text: str


class ParagraphRow(NamedTuple):
    """A paragraph of a letter. It stands verbatim on its page."""

    letter: str
    position: int
    page: int
    heading: str
    text: str
    asked: int


class MoveRow(NamedTuple):
    """A judgement that a full inspection moved. `before_letter` is the report before."""

    letter: str
    urn: str
    published: str
    area: str
    before: str | None
    after: str | None
    direction: str
    url: str
    page: int | None
    before_letter: str


class StoryRow(NamedTuple):
    """An inspection or visit, with all that was published about it. `letter` is Ofsted's, where it is known."""

    id: str
    urn: str
    kind: str | None
    opened: str | None
    closed: str | None
    letter: str | None


class StoryItemRow(NamedTuple):
    """A publication in a story, and why it is there."""

    story: str
    name: str
    date: str | None
    what: str
    source: str
    title: str
    url: str
    reason: str


class MeetingRow(NamedTuple):
    """An agenda item of a committee, a paper of it, or its minutes. `resolved` has what was resolved, a line each."""

    id: str
    urn: str
    date: str | None
    committee: str | None
    what: str
    title: str
    status: str | None
    url: str
    published: str | None
    resolved: str | None


class NeighbourRow(NamedTuple):
    """One of the ten councils that are most like a council (DfE's statistical neighbours); rank 1 is the closest."""

    urn: str
    rank: int
    neighbour_urn: str
    closeness: str
