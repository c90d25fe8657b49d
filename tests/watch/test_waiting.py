"""A host that asked us to wait is left alone, unless a person asks for everything now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.config.file import load
from monitor.model import Job
from monitor.model.reach import Depth
from monitor.model.state import PolledTarget
from monitor.model.trouble import SourceState
from monitor.store import Store, sources
from monitor.watch.source import Round, SourceBusyError, crawl_source
from tests.making import NOON


@pytest.mark.parametrize(
    ("what", "wait", "asked"),
    [
        (Round(), timedelta(hours=3), False),
        (Round(Depth.EVERYTHING), timedelta(hours=3), False),
        (Round(Depth.EVERYTHING, waits=False), timedelta(hours=3), True),
        (Round(waits=False), timedelta(days=900), True),
        (Round(), timedelta(hours=-1), True),
        (Round(), timedelta(0), True),
    ],
)
def test_only_a_person_lifts_a_wait(tmp_path: Path, what: Round, wait: timedelta, asked: bool) -> None:
    (tmp_path / "config.toml").write_text('[watch]\ncouncils = ["Devon"]\n')
    jobs = list[Job]()

    def crawl(job: Job, _: float) -> Iterable[PolledTarget]:
        jobs.append(job)
        return ()

    with Store(tmp_path / "data") as store:
        with store.transaction():
            sources.save_state(store, "ofsted", replace(SourceState(), not_before=NOON + wait))
        config = load(tmp_path / "config.toml")
        try:
            crawl_source(config, store, "ofsted", what, crawl=crawl, clock=lambda: NOON)
        except SourceBusyError as busy:
            assert "crawl --full" in str(busy)  # noqa: PT017 - whether it is raised is what is tried
    assert bool(jobs) is asked
