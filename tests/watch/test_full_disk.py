"""A crawl whose finds cannot be kept has ended when its error is told: no command waits for the time limit then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.config.file import Config, load
from monitor.model import Job
from monitor.model.state import PolledTarget
from monitor.store import Store, StoreError
from monitor.watch.source import Round, crawl_source
from tests.making import NOON, closed, record


class Crawl:
    """A crawl of one council, that knows whether it has ended."""

    ended = False

    def __call__(self, _: Job, __: float) -> Iterator[PolledTarget]:
        try:
            yield closed("80461", record(), at=NOON)
            yield closed("search", record(), at=NOON)
        finally:
            self.ended = True


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "config.toml").write_text('[watch]\ncouncils = ["Devon"]\n')
    return load(tmp_path / "config.toml")


def full(*_: object, **__: object) -> None:
    raise StoreError("no space left on the disk")


def test_a_crawl_has_ended_when_the_disk_is_full(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    crawl = Crawl()
    monkeypatch.setattr("monitor.watch.run.commit", full)
    with Store(config.data_dir) as store, pytest.raises(StoreError) as told:
        crawl_source(config, store, "ofsted", Round(), crawl=crawl, clock=lambda: NOON)
    assert (crawl.ended, "no space" in str(told.value)) == (True, True)
