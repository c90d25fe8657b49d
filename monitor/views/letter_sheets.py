"""The sheets of what letters say: the latest inspections, all of them, visits, area SEND, what is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from monitor.councils.registry import Council
from monitor.inspections.judgements import AREAS
from monitor.inspections.themes import THEMES
from monitor.inspections.themes import themes as themes_of
from monitor.inspections.waits import BETWEEN
from monitor.model.letter import Inspection
from monitor.views import export
from monitor.views.council import CouncilView
from monitor.views.sector import Sector
from monitor.views.sheet import COUNCIL, DATES, REPORT, Cell, Column, Sheet, Shown
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


def latest(found: Sector, provider_url: Callable[[str], str]) -> Sheet:
    """The sector's table, with a row also for a council without an inspection."""
    known = {row["urn"]: row for row in export.rows(found.views, provider_url)}
    councils = sorted((view.council for view in found.views), key=lambda c: c.name)
    rows = [known.get(council.ofsted_urn) or _bare(council, provider_url) for council in councils]
    columns = [Column(name, LATEST.get(name, Shown.WORD)) for name in export.COLUMNS]
    cells = [[_typed(row.get(c.heading), c.shown) for c in columns] for row in rows]
    about = "Every council's latest full inspection, in the columns of the sector's ILACS outcomes summary"
    return Sheet("latest", about, columns, cells, fixed=5)


def _bare(council: Council, provider_url: Callable[[str], str]) -> dict[str, str]:
    urn = council.ofsted_urn
    named = {"urn": urn, "la_code": council.dfe_la_number, "ltla23cd": council.gss_code}
    region = export.REGION_CODES.get(council.region, council.region)
    page = {"local_link_to_all_inspections": provider_url(urn)}
    return named | {"region_code": region, "local_authority": council.name} | page


def _typed(value: str | None, shown: Shown) -> Cell:
    return int(value) if shown is Shown.NUMBER and value else value or None


def _each(views: Iterable[CouncilView], kinds: Sequence[str]) -> Iterator[tuple[Council, Inspection]]:
    """The letters of these kinds, newest first."""
    found = [(v.council, x) for v in views for x in v.letters if x.letter.kind in kinds]
    return iter(sorted(found, key=lambda f: (f[1].published, f[0].name), reverse=True))


def _opening(council: Council, inspection: Inspection) -> list[Cell]:
    letter = inspection.letter
    return [council.name, council.region, letter.inspection_start, letter.inspection_end, inspection.published or None]


def inspections(views: Sequence[CouncilView]) -> Sheet:
    """Every full inspection."""
    areas = [Column(AREA_NAMES[area], Shown.GRADE) for area in AREAS]
    columns = [*COUNCIL, *DATES, Column("Framework", Shown.WORD), Column("Lead inspector", Shown.TERM), *areas, REPORT]
    rows = [
        [
            *_opening(council, x),
            f"{x.letter.kind.upper()}{f', {x.letter.variant}' if x.letter.variant else ''}",
            x.letter.lead_inspector,
            *(x.letter.judgements.get(a) for a in AREAS),
            x.url,
        ]
        for council, x in _each(views, ("ilacs", "sif"))
    ]
    about = (
        "All full inspections. Under SIF (until 2018) leadership and care are other judgements than under ILACS; "
        "care was judged together until 2022; overall effectiveness is not judged since April 2026"
    )
    return Sheet("all inspections", about, columns, rows)


def visits(views: Sequence[CouncilView]) -> Sheet:
    """Every visit and joint inspection."""
    numbers = [Column(name, Shown.NUMBER) for name in ("Areas for priority action", "To improve")]
    columns = [
        *COUNCIL,
        *DATES,
        Column("Kind", Shown.NAME),
        Column("What it looked at", Shown.PHRASE),
        *numbers,
        REPORT,
    ]
    rows = [
        [
            *_opening(council, x),
            LABELS[x.letter.kind],
            topic(x.letter.themes) or None,
            len(x.letter.priority_actions),
            len(x.letter.improvements),
            x.url,
        ]
        for council, x in _each(views, BETWEEN)
    ]
    return Sheet("visits", "Focused visits, monitoring visits and joint targeted area inspections", columns, rows)


def send(views: Sequence[CouncilView]) -> Sheet:
    """Every area SEND inspection."""
    numbers = [Column(name, Shown.NUMBER) for name in ("Outcome", "Areas for priority action", "To improve")]
    columns = [*COUNCIL, *DATES, *numbers, Column("What the outcome means", Shown.PHRASE), REPORT]
    rows = [
        [
            *_opening(council, x),
            x.letter.outcome,
            len(x.letter.priority_actions),
            len(x.letter.improvements),
            SEND_OUTCOMES.get(x.letter.outcome or 0),
            x.url,
        ]
        for council, x in _each(views, ("area_send",))
    ]
    about = "Area SEND inspections. There are outcomes since January 2023"
    return Sheet("SEND", about, columns, rows)


def themes(views: Sequence[CouncilView], year: int) -> Sheet:
    """How many requests each theme has, by year."""
    years = range(year, year - YEARS, -1)
    counted = Counter(
        (theme, x.published[:4])
        for _, x in _each(views, tuple(LABELS))
        for quote in (*x.letter.priority_actions, *x.letter.improvements)
        for theme in themes_of(quote.text)
    )
    columns = [Column("Theme", Shown.PHRASE), *(Column(str(y), Shown.NUMBER) for y in years)]
    rows: list[list[Cell]] = [[theme, *(counted[theme, str(y)] for y in years)] for theme in THEMES]
    rows.sort(key=lambda row: row[1:], reverse=True)
    about = "How many requests of each year's letters have a theme, by their words; a request may have several"
    return Sheet("themes", about, columns, rows)


def asked(views: Sequence[CouncilView]) -> Sheet:
    """Everything that a letter asks."""
    columns = [
        *COUNCIL,
        Column("Published", Shown.DAY),
        Column("Kind", Shown.NAME),
        Column("Priority action", Shown.NUMBER),
        Column("What is asked", Shown.TEXT),
        Column("Page", Shown.NUMBER),
        REPORT,
    ]
    rows = [
        [
            council.name,
            council.region,
            x.published or None,
            LABELS[x.letter.kind],
            priority,
            quote.text,
            quote.page,
            x.url,
        ]
        for council, x in _each(views, tuple(LABELS))
        for priority, quotes in (("yes", x.letter.priority_actions), (None, x.letter.improvements))
        for quote in quotes
    ]
    return Sheet("what is asked", "What each letter asks to improve, word for word with its page", columns, rows)
