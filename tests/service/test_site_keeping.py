"""The site follows the store while `run` turns, and a fault of it stops nothing."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from monitor.service import site_keeping
from monitor.service.site_keeping import SiteKeeper
from monitor.store import Store
from tests.making import letter
from tests.site import world
from tests.waiting import wait_for


def test_it_writes_after_a_commit_and_not_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_keeping, "LOOK_SECONDS", 0.02)
    monkeypatch.setattr(site_keeping, "SETTLE_SECONDS", 0.05)
    monkeypatch.setattr("monitor.site.search.available", lambda: False)
    config = world.configure(tmp_path, "[site]\nenabled = true\n")
    with Store(config.data_dir) as store:
        world.fill(store)
        keeper = SiteKeeper(config, lambda: world.NOW)
        keeper.start()
        page = config.site_dir / "letters/50000009/index.html"
        assert wait_for(lambda: (config.site_dir / ".made.json").is_file())
        assert not page.exists()
        world.add_letter(store, world.CAMDEN, 9, "2026-11-26", letter("focused_visit"))
        assert wait_for(page.is_file)
    keeper.stop()
    assert keeper.join(60)


def test_it_writes_nothing_where_no_site_is_wanted(tmp_path: Path) -> None:
    config = world.configure(tmp_path)
    with Store(config.data_dir):
        keeper = SiteKeeper(config, lambda: world.NOW)
        keeper.start()
        time.sleep(0.1)
    keeper.stop()
    assert keeper.join(60)
    assert not config.site_dir.exists()


def test_a_folder_that_cannot_be_written_is_said_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(site_keeping, "AFTER_FAULT_SECONDS", 0.02)
    config = world.filled(tmp_path, "[site]\nenabled = true\n")
    config.site_dir.write_text("a file in its place")
    keeper = SiteKeeper(config, lambda: world.NOW)
    keeper.start()
    assert wait_for(lambda: "the site was not written" in caplog.text)
    config.site_dir.unlink()
    assert wait_for((config.site_dir / "index.html").is_file)
    keeper.stop()
    assert keeper.join(60)
