"""Newsrooms and press on the replica: the seeds' words, every fault at feed and article, and what is found at all."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from monitor.model import Record, Target
from spiders.articles.addresses import canonical
from tests.spiders.conftest import Replica
from tests.spiders.crawling import Crawled, crawl
from tests.spiders.windows import again, job_of

pytestmark = pytest.mark.corpus

SEEDS = {
    "000": ("newsroom", "/news/devon/feed", "2023-05-26", {}),
    "001": ("press", "/press/willispalmer/", "2018-06-21", {"listing": True}),
    "002": ("press", "/press/leveller/", "2017-06-15", {"listing": True}),
    "003": ("press", "/press/communitycare/feed", "2017-11-11", {}),
}
KEYS = {
    "000": "/news/devon/2023/05/25/ofsted-report-on-our-childrens-services",
    "001": "/press/willispalmer/improvement-programme-embedding-gloucestershire",
    "002": "/press/leveller/2017/06/14/childrens-services-must-try-harder",
    "003": "/press/communitycare/2017/11/10/ofsted-praises-council-improving-social-work-practice-despite-staff-"
    "turnover-concerns",
}
FAST: dict[str, Any] = {"timeout": 1.0}
BROKEN = {
    "bad_charset": "ok",
    "403": "blocked",
    "500": "error",
    "503_retry_after": "error",
    "429_retry_after": "error",
    "timeout": "error",
    "slow": "error",
    "reset": "error",
    "truncate": "error",
    "challenge200": "blocked",
    "empty200": "invalid",
    "garbage": "invalid",
    "not_modified_always": "invalid",
    "redirect_loop": "error",
    "redirect_private": "invalid",
    "huge": "invalid",
    "gzip_bomb": "invalid",
}
AT_FEED = {**BROKEN, "withdraw": "missing", "drop_rows:1": "ok", "layout_change": "ok"}
AT_ARTICLE = {**BROKEN, "withdraw": "gone", "drop_rows:1": "ok", "layout_change": "ok"}


def newsrooms(replica: Replica) -> list[Target]:
    """Every council's newsroom."""
    truth = json.load(urlopen(replica.address + "/_truth?from=2000-01-01&to=2026-12-31&layer=news"))
    slugs = sorted({event["slug"] for event in truth["events"]})
    return [Target(slug, slug, f"{replica.address}/news/{slug}/feed") for slug in slugs]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_seeds_article_holds_every_quote(seed: str, replica: Replica, shared: Path, tmp_path: Path) -> None:
    source, path, today, options = SEEDS[seed]
    replica.control(today=today)
    target = Target("a", "A", replica.address + path, options=options)
    records = crawl(job_of(source, replica.address, target, today=today), tmp_path).records("a")
    [record] = [r for r in records if canonical(r.url).endswith(KEYS[seed])]
    gold = json.loads((shared / "seeds" / "gold.json").read_text(encoding="utf-8"))
    [facts] = [s["facts"] for s in gold["seeds"] if s["seed"].startswith(seed)]
    lines = (record.text or "").split("\n")
    spaced = " ".join((record.text or "").split())
    exact = [f["quote"] for f in facts if f["quote_match"] == "exact"]
    assert [q for q in exact if not any(q in line for line in lines)] == []
    assert [f["quote"] for f in facts if " ".join(f["quote"].split()) not in spaced] == []
    assert "Comments are closed" not in spaced
    assert (record.published or "").startswith({"000": "2023-05-25", "001": "2018-06-20", "002": "2017-06-14",
                                                "003": "2017-11-10"}[seed])  # fmt: skip


@pytest.fixture(scope="module")
def calm(replica_process: Replica, tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """A first look at every newsroom."""
    replica_process.calm()
    job = job_of("newsroom", replica_process.address, *newsrooms(replica_process))
    return crawl(job, tmp_path_factory.mktemp("calm"))


def is_plain(url: str) -> bool:
    """Whether the wrong charset would not show; the first fault needs a page where it does."""
    return urlopen(url).read().isascii()


@pytest.fixture(scope="module")
def faulty(
    replica_process: Replica, calm: Crawled, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, str], dict[str, Record], dict[str, Crawled]]:
    """Each fault at the feed of one council and at an article of another, healthy ones between them."""
    replica = replica_process
    targets = {t.target: t for t in newsrooms(replica)}
    pages = {t: r for t in targets for r in calm.records(t) if r.fields["body"] == "page"}
    pages = dict(sorted(pages.items(), key=lambda page: is_plain(page[1].url)))
    feeds = sorted((t for t in targets if t not in pages), key=lambda t: is_plain(targets[t].url or ""))
    at_feed = dict(zip(AT_FEED, feeds, strict=False))
    at_article = dict(zip(AT_ARTICLE, pages, strict=False))
    assert len(at_feed) == len(AT_FEED)
    assert len(at_article) == len(AT_ARTICLE)
    replica.control(options={"slow_seconds": 2.5})
    replica.make_the_bomb()
    for kind, name in at_feed.items():
        replica.fault(f"/news/{name}/feed", kind)
    for kind, name in at_article.items():
        replica.fault(pages[name].url.removeprefix(replica.address) + "$", kind)
    known = [Target(n, n, targets[n].url, baselined=True) for n in at_article.values()]
    beside = [targets[n] for n in list(pages)[len(at_article) :]][: len(known)]
    mixed = [t for pair in zip(known, beside, strict=False) for t in pair] + known[
        len(beside) :
    ]  # the faults that close a host come one by one
    healthy = [targets[n] for n in feeds[len(at_feed) :]]
    feeding = [t for pair in zip((targets[n] for n in at_feed.values()), healthy, strict=False) for t in pair]
    root = tmp_path_factory.mktemp("faulty")
    jobs = {"feed": feeding, "article": mixed}
    for name in jobs:
        (root / name).mkdir()
    with ThreadPoolExecutor(2) as pool:
        looked = {
            name: pool.submit(crawl, job_of("newsroom", replica.address, *jobs[name], http=FAST), root / name)
            for name in jobs
        }
        crawls = {name: future.result() for name, future in looked.items()}
    replica.calm()
    names = {f"feed {kind}": name for kind, name in at_feed.items()}
    names |= {f"article {kind}": name for kind, name in at_article.items()}
    return names, pages, crawls


Faulty = tuple[dict[str, str], dict[str, Record], dict[str, Crawled]]


@pytest.mark.parametrize("kind", AT_FEED)
def test_a_fault_at_a_feed(kind: str, faulty: Faulty, calm: Crawled) -> None:
    names, _, crawls = faulty
    name = names[f"feed {kind}"]
    poll, records = crawls["feed"].poll(name), crawls["feed"].records(name)
    assert poll.outcome == AT_FEED[kind], poll.detail
    if poll.outcome == "ok":
        assert {r.key: r for r in records}.items() <= {r.key: r for r in calm.records(name)}.items()
    else:
        assert (records, poll.cursor) == ([], None)
        assert f"/news/{name}/feed" in (poll.detail or "")


@pytest.mark.parametrize("kind", AT_ARTICLE)
def test_a_fault_at_an_article(kind: str, faulty: Faulty, calm: Crawled) -> None:
    names, pages, crawls = faulty
    name = names[f"article {kind}"]
    poll = crawls["article"].poll(name)
    found = {r.key: r for r in crawls["article"].records(name)}
    assert poll.outcome == "ok", poll.detail
    assert {k: v for k, v in found.items() if k != pages[name].key} == {
        r.key: r for r in calm.records(name) if r.key != pages[name].key
    }
    if AT_ARTICLE[kind] == "ok":
        assert found[pages[name].key] == pages[name]
    elif AT_ARTICLE[kind] == "gone":
        assert found[pages[name].key].fields["body"] == "excerpt"
    else:
        assert pages[name].key not in found
        assert (poll.detail or "").startswith("an article could not be read: /news/")


def test_what_was_owed_comes_with_the_next_look(
    faulty: Faulty, replica: Replica, tmp_path: Path, calm: Crawled
) -> None:
    names, pages, crawls = faulty
    owed = [names[f"article {kind}"] for kind in BROKEN if BROKEN[kind] != "ok"]
    targets = [again(t, crawls["article"]) for t in newsrooms(replica) if t.target in owed]
    result = crawl(job_of("newsroom", replica.address, *targets), tmp_path)
    assert {name: result.records(name) for name in owed} == {name: [pages[name]] for name in owed}


def test_the_newsrooms_beside_a_fault_are_whole(faulty: Faulty, calm: Crawled) -> None:
    names, _, crawls = faulty
    for result in crawls.values():
        healthy = [name for name in result.outcomes() if name not in names.values()]
        assert healthy
        assert {name: result.records(name) for name in healthy} == {name: calm.records(name) for name in healthy}
        assert result.connected == {"127.0.0.1"}
        assert "Traceback" not in result.log


def test_nothing_new_costs_one_conditional_request_each(calm: Crawled, replica: Replica, tmp_path: Path) -> None:
    targets = [again(t, calm) for t in newsrooms(replica)][:52]
    result = crawl(job_of("newsroom", replica.address, *targets), tmp_path)
    assert set(result.outcomes().values()) == {"unchanged"}
    asked = [line for line in replica.log() if not line["path"].endswith("/robots.txt")]
    assert len(asked) == len(targets)
    assert {line["status"] for line in asked if line["if_none_match"]} == {304}


def test_everything_that_was_published_between_two_looks_is_found_once(replica: Replica, tmp_path: Path) -> None:
    """Ten days, which Community Care's ten items just span. `soak.sources` does three years."""
    found = {}
    targets = [*newsrooms(replica), Target("cc", "Community Care", replica.address + "/press/communitycare/feed")]
    for today in ("2024-03-01", "2024-03-11"):
        replica.control(today=today)
        seen = {}
        for source in ("newsroom", "press"):
            wanted = [t for t in targets if (t.target == "cc") == (source == "press")]
            seen[source] = crawl(job_of(source, replica.address, *wanted, today=today), tmp_path)
        targets = [again(t, seen["press" if t.target == "cc" else "newsroom"]) for t in targets]
        found[today] = [r for one in seen.values() for r in one.items if isinstance(r, Record)]
    old, new = ([canonical(r.url) for r in found[day]] for day in ("2024-03-01", "2024-03-11"))
    assert not set(old) & set(new)
    assert len(new) == len(set(new))
    layers = [f"/_truth?from=2024-03-02&to=2024-03-11&layer={layer}" for layer in ("news", "press")]
    truth = [e for layer in layers for e in json.load(urlopen(replica.address + layer))["events"]]
    assert len(truth) > 2
    assert {canonical(e["url"]) for e in truth} - set(new) == set()
