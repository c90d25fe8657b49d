"""The site of many councils that the benchmarks use, in its own process."""

from __future__ import annotations

import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.site import ROOT, Running, running
from monitor.councils.registry import Registry
from tests.demo_letters.crowd import crowd_councils, crowd_world


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bench") / "councils.csv"


@pytest.fixture(scope="module")
def site(registry: Path) -> Iterator[Running]:
    with running(registry, councils=153, entries=2) as started:
        yield started


def get(site: Running, path: str) -> str:
    with urllib.request.urlopen(site.base_url + path, timeout=10) as answer:
        return str(answer.read().decode())


def test_it_publishes_on_demand_and_counts_requests(site: Running) -> None:
    before = get(site, "/provider/44/80901")
    made = site.publish(2)
    site.reset()
    after = get(site, "/provider/44/80901")
    assert [report["urn"] for report in made] == ["80901", "80902"]
    assert made[0]["key"] in after
    assert made[0]["key"] not in before
    assert "Latest report: <strong><time>1 September 2026</time>" in get(site, "/search?sort=date&order=desc")
    counts = site.counts()
    assert (counts["requests"], counts["provider"], counts["search"], counts["200"]) == (2, 1, 1, 2)


def test_the_registry_that_it_writes_can_be_used(site: Running, registry: Path) -> None:
    assert len(Registry.load(registry)) == 153


def test_it_ends_with_its_standard_input() -> None:
    command = [sys.executable, "-m", "benchmarks.site", "--councils", "3"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdin is not None
        assert child.stdout.readline().startswith("http://127.0.0.1:")
        child.stdin.close()
        assert child.wait(60) == 0


def test_its_councils_are_nobodys_and_its_files_all_different() -> None:
    real = {council.name for council in Registry.load()}
    assert not real & {council.name for council in crowd_councils(250)}
    world = crowd_world()
    assert len({publication.file_id for publication in world.publications}) == 1530
    with pytest.raises(ValueError, match="at most 250"):
        crowd_councils(251)
