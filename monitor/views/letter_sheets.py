"""The sheets of what letters say: the latest inspections, all of them, visits, area SEND, what is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from monitor.councils.registry import Council
from monitor.inspections.themes import THEMES
from monitor.inspections.themes import themes as themes_of
from monitor.inspections.waits import BETWEEN
from monitor.model import Letter, Quote
from monitor.model.areas import AREAS
from monitor.model.letter import Inspection
from monitor.views import export
from monitor.views.council import CouncilView
from monitor.views.sector import Sector
from monitor.views.sheet import COUNCIL, Column, Sheet, Shown, sheet
from monitor.wording.grading import AREAS as AREA_NAMES
from monitor.wording.grading import SEND_OUTCOMES
from monitor.wording.letter_kinds import LABELS
from monitor.wording.themes import topic

YEARS = 5
"""Years whose requests are counted by theme, the last one included."""
LATEST = {
    **dict.fromkeys(("urn", "la_code", "region_code", "ltla23cd"), Shown.CODE),
    **{name: Shown.DAY for name in export.COLUMNS if name.endswith("_date")},
    **{name: Shown.GRADE for name in export.COLUMNS if name.endswith("_grade")},
    **{name: Shown.LINK for name in export.COLUMNS if "link" in name},
    "inspectors_inspections_count": Shown.NUMBER,
    "local_authority": Shown.NAME,
    "inspector_name": Shown.NAME,
}
"""How the columns of the sector's table are shown; the rest as words."""


class OfCouncil(NamedTuple):
    """A letter, and the council that it is about."""

    council: Council
    report: Inspection

    @property
    def letter(self) -> Letter:
        """What it says."""
        return self.report.letter


class Request(NamedTuple):
    """Something that a letter asks, with the council; "yes" as `priority` where it is an area for priority action."""

    council: Council
    report: Inspection
    priority: str | None
    quote: Quote


def _judgement(area: str) -> Column:
    return Column(AREA_NAMES[area], Shown.GRADE, lambda one: one.letter.judgements.get(area))


def _framework(letter: Letter) -> str:
    return f"{letter.kind.upper()}{f', {letter.variant}' if letter.variant else ''}"


PUBLISHED = Column("Published", Shown.DAY, lambda one: one.report.published or None)
KIND = Column("Kind", Shown.NAME, lambda one: LABELS[one.report.letter.kind])
REPORT = Column("Report", Shown.LINK, lambda one: one.report.url)
OPENING = (
    *COUNCIL,
    Column("Began", Shown.DAY, lambda one: one.letter.inspection_start),
    Column("Ended", Shown.DAY, lambda one: one.letter.inspection_end),
    PUBLISHED,
)
NUMBERS = (
    Column("Areas for priority action", Shown.NUMBER, lambda one: len(one.letter.priority_actions)),
    Column("To improve", Shown.NUMBER, lambda one: len(one.letter.improvements)),
)
INSPECTIONS = (
    *OPENING,
    Column("Framework", Shown.WORD, lambda one: _framework(one.letter)),
    Column("Lead inspector", Shown.TERM, lambda one: one.letter.lead_inspector),
    *map(_judgement, AREAS),
    REPORT,
)
VISITS = (
    *OPENING,
    KIND,
    Column("What it looked at", Shown.PHRASE, lambda one: topic(one.letter.themes) or None),
    *NUMBERS,
    REPORT,
)
SEND = (
    *OPENING,
    Column("Outcome", Shown.NUMBER, lambda one: one.letter.outcome),
    *NUMBERS,
    Column("What the outcome means", Shown.PHRASE, lambda one: SEND_OUTCOMES.get(one.letter.outcome or 0)),
    REPORT,
)
ASKED = (
    *COUNCIL,
    PUBLISHED,
    KIND,
    Column("Priority action", Shown.NUMBER, lambda one: one.priority),
    Column("What is asked", Shown.TEXT, lambda one: one.quote.text),
    Column("Page", Shown.NUMBER, lambda one: one.quote.page),
    REPORT,
)


def latest(found: Sector, provider_url: Callable[[str], str]) -> Sheet:
    """The sector's table, with a row also for a council without an inspection."""
    known = {row["urn"]: row for row in export.rows(found.views, provider_url)}
    councils = sorted((view.council for view in found.views), key=lambda c: c.name)
    rows = [known.get(council.ofsted_urn) or _bare(council, provider_url) for council in councils]
    about = "Every council's latest full inspection, in the columns of the sector's ILACS outcomes summary"
    return sheet("latest", about, [_exported(name) for name in export.COLUMNS], rows, fixed=5)


def _exported(name: str) -> Column:
    shown = LATEST.get(name, Shown.WORD)
    number = shown is Shown.NUMBER
    return Column(name, shown, lambda row: int(row[name]) if number and row.get(name) else row.get(name) or None)


def _bare(council: Council, provider_url: Callable[[str], str]) -> dict[str, str]:
    urn = council.ofsted_urn
    named = {"urn": urn, "la_code": council.dfe_la_number, "ltla23cd": council.gss_code}
    region = export.REGION_CODES.get(council.region, council.region)
    page = {"local_link_to_all_inspections": provider_url(urn)}
    return named | {"region_code": region, "local_authority": council.name} | page


def _each(views: Iterable[CouncilView], kinds: Sequence[str]) -> list[OfCouncil]:
    """The letters of these kinds, newest first."""
    found = [OfCouncil(v.council, x) for v in views for x in v.letters if x.letter.kind in kinds]
    return sorted(found, key=lambda one: (one.report.published, one.council.name), reverse=True)


def inspections(views: Sequence[CouncilView]) -> Sheet:
    """Every full inspection."""
    about = (
        "All full inspections. Under SIF (until 2018) leadership and care are other judgements than under ILACS; "
        "care was judged together until 2022; overall effectiveness is not judged since April 2026"
    )
    return sheet("all inspections", about, INSPECTIONS, _each(views, ("ilacs", "sif")))


def visits(views: Sequence[CouncilView]) -> Sheet:
    """Every visit and joint inspection."""
    about = "Focused visits, monitoring visits and joint targeted area inspections"
    return sheet("visits", about, VISITS, _each(views, BETWEEN))


def send(views: Sequence[CouncilView]) -> Sheet:
    """Every area SEND inspection."""
    about = "Area SEND inspections. There are outcomes since January 2023"
    return sheet("SEND", about, SEND, _each(views, ("area_send",)))


def themes(views: Sequence[CouncilView], year: int) -> Sheet:
    """How many requests each theme has, by year."""
    years = range(year, year - YEARS, -1)
    counted = Counter(
        (theme, x.published[:4])
        for _, x in _each(views, tuple(LABELS))
        for quote in (*x.letter.priority_actions, *x.letter.improvements)
        for theme in themes_of(quote.text)
    )
    columns = [Column("Theme", Shown.PHRASE, str), *(_of_year(str(y), counted) for y in years)]
    most = sorted(THEMES, key=lambda theme: [counted[theme, str(y)] for y in years], reverse=True)
    about = "How many requests of each year's letters have a theme, by their words; a request may have several"
    return sheet("themes", about, columns, most)


def _of_year(year: str, counted: Counter[tuple[str, str]]) -> Column:
    return Column(year, Shown.NUMBER, lambda theme: counted[theme, year])


def asked(views: Sequence[CouncilView]) -> Sheet:
    """Everything that a letter asks."""
    found = [
        Request(council, x, priority, quote)
        for council, x in _each(views, tuple(LABELS))
        for priority, quotes in (("yes", x.letter.priority_actions), (None, x.letter.improvements))
        for quote in quotes
    ]
    about = "What each letter asks to improve, word for word with its page"
    return sheet("what is asked", about, ASKED, found)
