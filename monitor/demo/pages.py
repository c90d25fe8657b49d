"""The pages of a made-up site in the markup of Ofsted's: search results and a council's list of reports.

The markup follows what public scrapers of reports.ofsted.gov.uk rely on (2019 to 2026): `results-count`,
`search-result`, "Latest report:", `timeline`, `publication-link` with its `nonvisual` label, an archive
that folds older reports away.
"""

from __future__ import annotations

import re
from datetime import date
from html import escape
from urllib.parse import urlencode

from monitor.councils.registry import Council
from monitor.demo.world import Publication, World
from monitor.model.english_dates import printed

ROWS_CAP = 100
ROWS_DEFAULT = 10
ARCHIVED_BEFORE = date(2018, 1, 1)


def search_page(world: World, today: date, start: int, rows: int) -> str:
    """One page of the listing, the newest reports first; no more than 100 rows, whatever was asked for."""
    rows = min(max(rows, 1), ROWS_CAP)
    councils = _newest_first(world, today)
    shown = councils[start : start + rows]
    results = "\n".join(_result(council, world.latest(council.urn, today)) for council in shown)
    body = f"""<div class="search-results__heading"><h2 class="heading--main">
<strong class="results-count">{len(councils)}</strong> results</h2></div>
<ul class="results-list list-unstyled">
{results}
</ul>
{_pagination(start, rows, len(councils))}"""
    return document("Search results", today, body)


def provider_page(world: World, today: date, council: Council, files: str) -> str:
    """A council's page with every report published so far; `files` is the address that file links start with."""
    listed = world.listed(council.urn, today)
    recent = [_entry(p, files) for p in listed if p.published >= ARCHIVED_BEFORE]
    older = [_entry(p, files) for p in listed if p.published < ARCHIVED_BEFORE]
    name = escape(council.name)
    body = f"""<div class="title-block"><h1 class="heading--title title-block__heading">{name}</h1>
<p class="title-block__subheading">URN: {council.urn}</p>
<address class="title-block__address">{name}, {escape(council.region)}</address></div>
<div class="provider provider--la"><h2 class="timeline__title heading--main">All reports</h2>
{_none(listed)}<ol class="timeline">
{"".join(recent)}{_archive(older)}</ol></div>"""
    return document(f"{name}", today, body)


def document(title: str, today: date, body: str) -> str:
    """A whole page; the stamp in its head is the one part that differs from day to day by itself."""
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} - Find an Inspection Report - Ofsted</title>
<meta name="dcterms.date" content="{today.isoformat()}"></head>
<body><header class="header"><p>Demonstration: every council and every report here is made up.</p></header>
<ol class="breadcrumbs"><li class="crumb"><a href="/">Home</a></li>
<li class="crumb"><a href="/search">Search</a></li></ol>
<main id="main">
{body}
</main></body></html>
"""


def message(title: str, today: date, *paragraphs: str) -> str:
    """A page that only says something: that a report is gone, that something went wrong."""
    return document(title, today, f"<h1>{title}</h1>" + "".join(f"<p>{text}</p>" for text in paragraphs))


def _newest_first(world: World, today: date) -> list[Council]:
    by_name = sorted(world.councils, key=lambda council: council.name)
    return sorted(by_name, key=lambda c: world.latest(c.urn, today) or date.min, reverse=True)


def _result(council: Council, latest: date | None) -> str:
    report = f"<li>Latest report: <strong><time>{long_date(latest)}</time></strong></li>" if latest else ""
    return f"""<li class="search-result">
<h3 class="search-result__title"><a href="/provider/44/{council.urn}">{escape(council.name)}</a></h3>
<ul class="search-result__provider-info"><li>Category: <strong>Local Authority Children's Services</strong></li></ul>
<address class="search-result__address">{escape(council.region)}</address>
<ul class="search-result__provider-info">{report}<li>URN: <strong>{council.urn}</strong></li></ul>
</li>"""


def _pagination(start: int, rows: int, total: int) -> str:
    def link(start: int, direction: str) -> str:
        query = {"level_1_types": 3, "level_2_types[]": 12, "start": start, "rows": rows}
        return f'<a class="pagination__{direction.lower()}" href="/search?{escape(urlencode(query))}">{direction}</a>'

    before = link(max(start - rows, 0), "Previous") if start else ""
    after = link(start + rows, "Next") if start + rows < total else ""
    numbers = f"{start // rows + 1} of {max(-(-total // rows), 1)}"
    return f'<div class="pagination">{before} <span class="pagination__numbers">{numbers}</span> {after}</div>'


def _entry(report: Publication, files: str) -> str:
    visible = re.sub(r" as pdf$", "", report.label)
    label = report.label if visible != report.label else f"{report.label}, pdf"
    return f"""<li class="timeline__day"><div class="event">
<p class="timeline__date"><time>{long_date(report.inspected)}</time></p>
<span class="event__title heading--sub">
<a class="publication-link" href="{files}/v1/file/{report.file_id}" target="_blank">{escape(visible)}
<span class="nonvisual">{escape(label)} - {long_date(report.published, padded=True)}</span></a>
<div class="event__metadata"><span class="filetype">PDF</span> &ndash;
Published <time pubdate>{long_date(report.published)}</time></div>
</span></div></li>
"""


def _archive(entries: list[str]) -> str:
    if not entries:
        return ""
    return f"""<li class="timeline__day timeline__day--has-archive">
<a class="expander-see-more" href="#archive">See more reports</a>
<div class="timeline__archive expander__content" id="archive"><ol class="timeline">
{"".join(entries)}</ol></div></li>
"""


def _none(listed: list[Publication]) -> str:
    return "" if listed else '<div class="panel--no-report"><p>There are no reports for this provider.</p></div>\n'


def long_date(day: date, *, padded: bool = False) -> str:
    """ "3 July 2023"; `padded` as the link labels have it: "03 July 2023"."""
    return f"{day:%d} {day:%B %Y}" if padded else printed(day)
