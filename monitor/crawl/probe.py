"""Looks at sites once, as a first contact: what is recognised of each target, and what is not. Nothing is kept in the
store. Each target gives a sample only, and with a folder to capture into every answer is kept as it came."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from monitor.config.file import Config
from monitor.councils.registry import Council
from monitor.crawl import listing_job, window_job
from monitor.crawl import targets as crawl_targets
from monitor.crawl.child import CrawlError
from monitor.crawl.command import crawl
from monitor.crawl.targets import Scope
from monitor.model import Job, to_json
from monitor.model.capture import JOB, JUDGEMENT, folder_name
from monitor.model.crawl import NOT_REACHED
from monitor.model.days import LONDON
from monitor.model.reach import Depth, Reach
from monitor.model.sources import SOURCES, Address, Providers, RegistryColumn
from monitor.model.state import PolledTarget
from monitor.version import VERSION

SAMPLE = 3
"""Meetings, articles or letters that are opened of a target."""
TIME_LIMIT = 3600.0
"""Seconds for all targets of one source."""


@dataclass(frozen=True, slots=True)
class Probed:
    """What one target answered. `target` is its name for the program and `name` for people; `outcome` and `detail` are
    the poll's; `recognised` are sentences; `records` counts what was read; `not_before` is when the host lets us ask
    again."""

    source: str
    target: str
    name: str
    url: str
    council: str | None
    outcome: str
    detail: str | None
    recognised: tuple[str, ...] = ()
    records: int = 0
    requests: int = 0
    not_before: str | None = None


def sources_of(config: Config, council: Council | None) -> list[str]:
    """The sources that have targets to look at, also those that are switched off: a council's, or all."""
    rows = SOURCES.values()
    if council is not None:
        return [row.name for row in rows if row.by_council]
    known = (row for row in rows if isinstance(row.targets, Providers | RegistryColumn | Address))
    return list(dict.fromkeys([*(row.name for row in known), *config.sources.enabled()]))


def probe(
    config: Config, source: str, councils: Iterable[Council], now: datetime, folder: Path | None = None
) -> Iterator[Probed]:
    """Look at the targets of one source ("page.NAME" is one page), or at those of some councils where the source is by
    council. Yields each as it is done, and those that were not reached last. `folder` gets the capture."""
    covered = crawl_targets.of(config, source, now.astimezone(LONDON).date(), councils)
    if not covered.targets:
        return
    with tempfile.TemporaryDirectory(prefix="ofsted-watch-") as documents:
        job = _job(config, covered, now, documents, folder)
        waiting = dict.fromkeys(covered.expected)
        reason = NOT_REACHED
        try:
            for closed in crawl(job, TIME_LIMIT):
                waiting.pop(closed.poll.target, None)
                yield _answered(config, covered, closed)
        except CrawlError as error:
            reason = str(error)
        yield from (_probed(config, covered, t, "error", reason) for t in waiting)


def _job(config: Config, covered: Scope, now: datetime, documents: str, folder: Path | None) -> Job:
    today, http = now.astimezone(LONDON).date(), config.job_http(VERSION)
    base_url = covered.base_url or _own_address(covered)
    order = listing_job.Order("probe", covered.source, base_url, documents, http, today, Depth.EVERYTHING, Reach.SOME)
    if covered.shows.listing is not None:
        names = {target: spec.council.name for target, spec in covered.targets.items() if spec.council}
        job = listing_job.job(order, names, listing_job.Memory(), config.sources.ofsted.page_size, 0)
    else:
        job = window_job.job(order, covered.targets, window_job.Memory())
    job = replace(job, options=job.options | {"sample": SAMPLE, "every_item": True})
    return job if folder is None else _captured(job, folder / covered.source)


def _captured(job: Job, place: Path) -> Job:
    """The job with a folder for its answers; what the job says is kept there as well."""
    place.mkdir(parents=True)
    _write(place / JOB, to_json(_publishable(job)))
    return replace(job, options=job.options | {"capture": str(place.resolve())})


def _publishable(job: Job) -> Job:
    """The job without what belongs to the operator: his contact, his folders, his certificates."""
    http = replace(job.http, user_agent=f"ofsted-watch/{VERSION}", extra_ca={})
    return replace(job, documents_dir="", http=http)


def _own_address(covered: Scope) -> str:
    """The address of a source that has one only, also where it is switched off."""
    way = SOURCES[covered.source].targets
    return way.base_url if isinstance(way, Address) else ""


def _answered(config: Config, covered: Scope, closed: PolledTarget) -> Probed:
    poll, records = closed.poll, len(closed.records)
    found = _probed(config, covered, poll.target, poll.outcome, poll.detail)
    return replace(
        found, recognised=poll.recognised, records=records, requests=poll.requests, not_before=poll.not_before
    )


def _probed(config: Config, covered: Scope, target: str, outcome: str, detail: str | None) -> Probed:
    """What became of a target, with its name, address and council."""
    spec = covered.targets.get(target)
    council = spec.council.name if spec and spec.council else None
    url = (spec.url if spec else covered.base_url) or crawl_targets.page_url(config, target)
    return Probed(covered.source, target, covered.name(target), url, council, outcome, detail)


def keep_judgement(folder: Path, found: Probed, lines: Sequence[str]) -> None:
    """Write what was made of a target beside its answers."""
    place = folder / found.source / folder_name(found.target)
    place.mkdir(parents=True, exist_ok=True)
    _write(place / JUDGEMENT, asdict(found) | {"said": list(lines)})


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
