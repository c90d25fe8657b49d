"""The rows of the public database from what the store knows. Only values that were published are read here: records,
letters, stories, and reference data; never channels, deliveries, subscriptions or events."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitor.councils.registry import Council
from monitor.inspections.moves import moves
from monitor.model import KINDS, Letter
from monitor.model.letter import Inspection
from monitor.model.sources import OFSTED
from monitor.model.state import Stored
from monitor.public.rows import (
    CouncilRow,
    ImprovementRow,
    JudgementRow,
    LetterRow,
    MeetingRow,
    MoveRow,
    NeighbourRow,
    StoryItemRow,
    StoryRow,
)
from monitor.reference import tables as reference
from monitor.store import Store, records, stories
from monitor.stories.arranging import Member, Story
from monitor.stories.item import name_of
from monitor.stories.view import source_name
from monitor.wording.themes import topic

NOT_READ = "not read yet"
AGENDA = tuple(kind for kind, row in KINDS.items() if row.item is not None)
"""The kinds of records that are part of a committee's agenda."""


@dataclass(frozen=True, slots=True)
class Published:
    """A report on Ofsted's page of a council: its id in the public database, the record, and what it says."""

    id: str
    urn: str
    stored: Stored
    letter: Letter | None

    @property
    def inspection(self) -> Inspection | None:
        """The report as an inspection; None where it was not read."""
        record = self.stored.record
        return Inspection.of(self.id, record.url, record.published, self.letter) if self.letter else None


@dataclass(frozen=True, slots=True)
class PublicRows:
    """All rows but the paragraphs, by table."""

    council: Sequence[CouncilRow]
    letter: Sequence[LetterRow]
    judgement: Sequence[JudgementRow]
    improvement: Sequence[ImprovementRow]
    move: Sequence[MoveRow]
    story: Sequence[StoryRow]
    story_item: Sequence[StoryItemRow]
    meeting: Sequence[MeetingRow]
    neighbour: Sequence[NeighbourRow]


def gather(store: Store, councils: Mapping[str, Council], urns: Collection[str]) -> PublicRows:
    """What is known of some (`urns`) of the councils watched. Councils that belong together are asked for together
    (see `marks`); then the rows are those that they have when all are asked for."""
    wanted = [urn for urn in councils if urn in urns]
    found = published(store, wanted, councils)
    told = [(urn, story) for urn in wanted for story in stories.of_council(store, urn).stories]
    ids = {(p.stored.record.target, p.stored.record.key): p.id for p in found}
    return PublicRows(
        council=[council_row(councils[urn]) for urn in wanted],
        letter=[_letter(p) for p in found],
        judgement=[row for p in found for row in _judgements(p)],
        improvement=[row for p in found for row in _improvements(p)],
        move=[row for urn in wanted for row in _moves(urn, found)],
        story=[_story(urn, story, ids) for urn, story in told],
        story_item=[_item(story, member) for _, story in told for member in story.members],
        meeting=[_meeting(s) for s in records.of_kinds(store, AGENDA, wanted)],
        neighbour=[NeighbourRow(u, n.rank, n.urn, n.closeness) for u in wanted for n in reference.neighbours(u)],
    )


def council_row(council: Council) -> CouncilRow:
    """A council's own row."""
    c = council
    return CouncilRow(c.urn, c.name, c.slug, c.region, c.dfe_la_number, c.gss_code, c.three_letter_code)


def published(store: Store, pages: Iterable[str], councils: Collection[str]) -> list[Published]:
    """The reports on Ofsted's pages of some of the councils watched, oldest first. A document about another council
    watched than the page's is that one's. Where two pages list one file, the second is named with its council's
    number."""
    listed = [s for s in records.records(store, OFSTED, pages) if s.state != "pending"]
    letters = records.letters(store, (sha for s in listed if (sha := s.record.sha256)))
    found, taken = list[Published](), set[str]()
    for stored in sorted(listed, key=lambda s: (s.record.published or "", s.record.key, s.record.target)):
        record = stored.record
        letter = letters.get(record.sha256 or "")
        about = letter.urn if letter and letter.urn in councils else None
        name = record.key if record.key not in taken else f"{record.key}-{record.target}"
        taken.add(name)
        found.append(Published(name, about or record.target, stored, letter))
    return found


def _letter(found: Published) -> LetterRow:
    record, letter = found.stored.record, found.letter or Letter("unknown", "", 0)
    return LetterRow(
        id=found.id,
        urn=found.urn,
        kind=letter.kind,
        variant=letter.variant,
        title=letter.title or record.title,
        published=record.published,
        inspection_start=letter.inspection_start,
        inspection_end=letter.inspection_end,
        letter_date=letter.letter_date,
        lead_inspector=letter.lead_inspector,
        framework=letter.framework,
        outcome=letter.outcome,
        theme=topic(letter.themes) or None,
        url=record.url,
        sha256=record.sha256,
        pages=letter.pages,
        listed=int(found.stored.state == "listed"),
        unread=_unread(found),
    )


def _unread(found: Published) -> str | None:
    """Why a report was not read; None where it was."""
    error = found.stored.record.document_error
    if found.letter is None:
        return error.reason if error else NOT_READ
    if found.letter.pages:
        return None
    return "; ".join(found.letter.problems) or NOT_READ


def _judgements(found: Published) -> Iterator[JudgementRow]:
    letter = found.letter
    for area, grade in letter.judgements.items() if letter else ():
        quote = letter.evidence.get(f"judgements.{area}") if letter else None
        yield JudgementRow(found.id, area, grade, quote.page if quote else None, quote.text if quote else None)


def _improvements(found: Published) -> Iterator[ImprovementRow]:
    if found.letter:
        asked = [(1, q) for q in found.letter.priority_actions] + [(0, q) for q in found.letter.improvements]
        for position, (priority, quote) in enumerate(asked, 1):
            yield ImprovementRow(found.id, position, priority, quote.page, quote.text)


def _moves(urn: str, found: Iterable[Published]) -> Iterator[MoveRow]:
    history = (p.inspection for p in found if p.urn == urn)
    for move in moves(x for x in history if x):
        change, report = move.change, move.report
        yield MoveRow(
            report.key,
            urn,
            report.published,
            change.area,
            change.before,
            change.after,
            change.direction,
            report.url,
            move.page,
            move.before.key,
        )


def _story(urn: str, story: Story, ids: Mapping[tuple[str, str], str]) -> StoryRow:
    letters = [ids[p.target, p.key] for p in story.letters if (p.target, p.key) in ids]
    return StoryRow(story.id, urn, story.kind, story.opened or None, story.closed, letters[-1] if letters else None)


def _item(story: Story, member: Member) -> StoryItemRow:
    piece = member.piece
    return StoryItemRow(
        story.id,
        piece.name,
        piece.day or None,
        KINDS[piece.record].in_story,
        source_name(piece),
        piece.title,
        piece.url,
        member.link.reason,
    )


def _meeting(stored: Stored) -> MeetingRow:
    record, fields = stored.record, stored.record.fields
    resolved = [fact.quote for fact in record.facts if fact.field.startswith("resolution")]
    return MeetingRow(
        id=name_of(record),
        urn=record.target,
        date=_text(fields.get("meeting_date")),
        committee=_text(fields.get("committee")),
        what=KINDS[record.kind].in_story,
        title=record.title,
        status=_text(fields.get("status")),
        url=record.url,
        published=record.published,
        resolved="\n".join(" ".join(quote.split()) for quote in resolved) or None,
    )


def _text(value: object) -> str | None:
    return str(value) if value else None
