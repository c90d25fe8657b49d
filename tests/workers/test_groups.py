"""Which targets are crawled together: no host is in two groups, whichever sources ask it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.config.file import Config
from monitor.crawl import targets as crawl_targets
from monitor.model import Http, Job, Target
from monitor.workers import groups
from tests.configured import configured

TODAY = date(2026, 11, 2)
EVERYTHING = """
[sources.ofsted]
[sources.moderngov]
[sources.cmis]
[sources.newsroom]
[sources.govuk]
[sources.press]
sites = [{name = "Ofsted's own", url = "https://reports.ofsted.gov.uk/feed"}]
[[sources.page]]
name = "Board"
url = "https://www.derby.gov.uk/board"
selector = "main"
schedule = "0 8 * * mon"
"""


def config(folder: Path, text: str = EVERYTHING) -> Config:
    return configured(folder, text)


def job(source: str, *targets: Target, base_url: str = "") -> Job:
    return Job("r", source, base_url, "", Http("t"), targets)


def of_source(made: Config, source: str) -> Job:
    covered = crawl_targets.of(made, source, TODAY)
    targets = (Target(name, name, spec.url, options=dict(spec.options)) for name, spec in covered.targets.items())
    return job(source, *targets, base_url=covered.base_url)


def hosts_of(target: Target, base_url: str) -> set[str]:
    addresses = (target.url or base_url, *target.options.get("alternatives", ()))
    return {(urlsplit(a).hostname or "").removeprefix("www.") for a in addresses if a}


def test_no_host_is_in_two_locks_whichever_sources_ask_it(tmp_path: Path) -> None:
    made = config(tmp_path)
    known, lock_of = groups.locks(made, TODAY), dict[str, str]()
    for source in made.sources.enabled():
        for part in groups.parts(of_source(made, source), known):
            for target in part.job.targets:
                for host in hosts_of(target, part.job.base_url):
                    assert lock_of.setdefault(host, part.lock) == part.lock, (source, host)
    assert len(lock_of) > 200


@pytest.mark.parametrize(("source", "most"), [("ofsted", 1), ("moderngov", 5), ("cmis", 4), ("newsroom", 8)])
def test_a_job_is_in_few_parts_that_have_all_its_targets_once(tmp_path: Path, source: str, most: int) -> None:
    made = config(tmp_path)
    whole = of_source(made, source)
    parts = groups.parts(whole, groups.locks(made, TODAY))
    assert 1 <= len(parts) <= most
    assert sorted(t.target for p in parts for t in p.job.targets) == sorted(t.target for t in whole.targets)
    assert {p.job.options["beside"] for p in parts} == {len(parts)}
    assert len({p.lock for p in parts}) == len(parts)


def test_ofsted_waits_for_nobody_but_who_asks_its_own_host(tmp_path: Path) -> None:
    made = config(tmp_path)
    known = groups.locks(made, TODAY)
    (ofsted,) = groups.parts(of_source(made, "ofsted"), known)
    others = {s: {p.lock for p in groups.parts(of_source(made, s), known)} for s in made.sources.enabled()}
    assert [s for s, found in others.items() if ofsted.lock in found] == ["ofsted", "press"]


def test_hosts_of_one_target_belong_together_and_so_do_theirs(tmp_path: Path) -> None:
    targets = (
        Target("1", "one", "https://www.a.example/x", options={"alternatives": ["https://b.example"]}),
        Target("2", "two", "https://c.example", options={"alternatives": ["https://B.example/y"]}),
        Target("3", "three", "https://a.example"),
    )
    known = dict.fromkeys(("a.example", "b.example", "c.example"), "together")
    (part,) = groups.parts(job("moderngov", *targets), known)
    assert (part.lock, len(part.job.targets)) == ("together", 3)


def test_a_host_that_the_configuration_does_not_have_is_in_a_group_all_the_same() -> None:
    (part,) = groups.parts(job("press", Target("x", "x", "https://new.example/feed")), {})
    assert part.lock.startswith("press-")
    assert groups.parts(job("press"), {}) == []


@given(st.lists(st.sets(st.sampled_from("abcdefghij"), min_size=1, max_size=3), max_size=12))
def test_what_is_joined_is_joined_for_all(sets: list[set[str]]) -> None:
    first = groups._joined(sets)
    assert all(len({first[host] for host in hosts}) == 1 for hosts in sets)
    assert all(first[name] == name and name <= host for host, name in first.items())
    for name in set(first.values()):
        apart = {host for host, of in first.items() if of != name}
        assert not [hosts for hosts in sets if name in {first[h] for h in hosts} and hosts & apart]
