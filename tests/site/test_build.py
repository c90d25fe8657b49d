"""The folder: whole files, nothing written in vain, nothing left behind."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.config.file import Config
from monitor.site import build, search
from monitor.site.output import RECORD, Output
from monitor.store import Store
from tests.making import letter
from tests.site import world


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return world.filled(tmp_path)


def times(folder: Path) -> dict[str, int]:
    return {str(p.relative_to(folder)): p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}


def written(folder: Path, before: dict[str, int]) -> set[str]:
    return {name for name, at in times(folder).items() if before.get(name) != at}


def test_a_second_build_writes_nothing(config: Config, tmp_path: Path) -> None:
    world.built(config, tmp_path / "out")
    before = times(tmp_path / "out")
    again = world.built(config, tmp_path / "out")
    assert (written(tmp_path / "out", before), again.removed) == (set(), 0)


def test_later_only_the_strip_is_put_in_anew(config: Config, tmp_path: Path) -> None:
    out = tmp_path / "out"
    world.built(config, out)
    twin = (out / "councils/devon/index.json").stat().st_mtime_ns
    found = world.built(config, out, world.NOW + timedelta(hours=2), scheduled=False)
    assert found.made == 1  # that of health
    assert "no next look" in (out / "councils/devon/index.html").read_text()
    assert (out / "councils/devon/index.json").stat().st_mtime_ns == twin


def test_one_new_letter_makes_its_page_and_those_that_show_it(config: Config, tmp_path: Path) -> None:
    out = tmp_path / "out"
    world.built(config, out)
    before = times(out)
    with Store(config.data_dir) as store:
        world.add_letter(store, world.CAMDEN, 9, "2026-11-26", letter("focused_visit", inspection_start="2026-11-03"))
    world.built(config, out)
    again = {name for name in written(out, before) if name.endswith("index.json")}
    assert {"letters/50000009/index.json", "councils/camden/index.json", "index.json"} <= again
    assert not {
        name for name in again if "devon" in name or "torbay" in name or ("letters/5000000" in name and "9" not in name)
    }


def test_a_full_inspection_moves_the_rank_of_others_whose_pages_stay(config: Config, tmp_path: Path) -> None:
    out, devon = tmp_path / "out", tmp_path / "out/councils/devon"
    world.built(config, out)
    first, twin = (devon / "index.html").read_text(), (devon / "index.json").stat().st_mtime_ns
    with Store(config.data_dir) as store:
        inspected = world.full("ilacs", "2026-10-05", "2026-10-16", world.LATER)
        world.add_letter(store, world.TORBAY, 9, "2026-11-26", inspected)
    world.built(config, out)
    ranks = [re.findall(r"the (?:\w+ )?longest wait of \d councils?", text) for text in (first, devon_now(out))]
    assert ranks[0] != ranks[1] != []
    assert (devon / "index.json").stat().st_mtime_ns == twin


def devon_now(out: Path) -> str:
    return (out / "councils/devon/index.html").read_text()


def test_what_is_kept_of_a_site_reads_as_if_it_were_made_anew(config: Config, tmp_path: Path) -> None:
    world.built(config, tmp_path / "kept")
    with Store(config.data_dir) as store:
        inspected = world.full("ilacs", "2026-10-05", "2026-10-16", world.LATER)
        world.add_letter(store, world.TORBAY, 9, "2026-11-26", inspected)
    later = world.NOW + timedelta(hours=2)
    kept, anew = (world.built(config, tmp_path / name, later) for name in ("kept", "anew"))
    assert kept.made < anew.made
    assert pages_of(tmp_path / "kept") == pages_of(tmp_path / "anew")


def pages_of(site: Path) -> dict[str, bytes]:
    """What we make: the search's index is Pagefind's."""
    files = (p for p in site.rglob("*") if p.suffix in (".html", ".json", ".svg") and p.name != RECORD)
    return {name: p.read_bytes() for p in files if not (name := str(p.relative_to(site))).startswith("pagefind/")}


def test_a_site_without_a_letter_is_no_error_of_the_search(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(search, "available", lambda: True)
    empty = world.configure(tmp_path)
    with Store(empty.data_dir) as store:
        build.write(store, empty, tmp_path / "out", world.NOW, scheduled=True)
    assert (caplog.messages, (tmp_path / "out" / search.FOLDER).exists()) == ([], False)


def test_what_is_no_page_any_more_goes(config: Config, tmp_path: Path) -> None:
    out = tmp_path / "out"
    world.built(config, out)
    (out / "mine.txt").write_text("somebody else's")
    smaller = world.configure(tmp_path, "").model_copy()
    path = tmp_path / "config.toml"
    path.write_text('[watch]\ncouncils = ["Devon"]\n')
    from monitor.config.file import load

    assert smaller
    assert world.built(load(path), out).removed > 3
    assert not (out / "councils/torbay").exists()
    assert not (out / "letters/50000004").exists()
    assert (out / "mine.txt").exists()


def test_a_build_that_was_cut_off_is_done_again(config: Config, tmp_path: Path) -> None:
    out = tmp_path / "out"
    world.built(config, out)
    (out / RECORD).write_text("{ half")
    (out / "due/index.html").write_text("old")
    world.built(config, out)
    assert (out / "due/index.html").read_text() != "old"
    assert json.loads((out / RECORD).read_text())["files"]
    assert list(out.rglob("*.new")) == []


def test_a_record_leads_out_of_no_folder(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    victim = tmp_path / "victim.txt"
    victim.write_text("kept")
    record = {"maker": "x", "files": {"../victim.txt": "1", str(victim): "1"}}
    (tmp_path / "out" / RECORD).write_text(json.dumps(record))
    assert Output(tmp_path / "out", "x").finish() == []
    assert victim.exists()


def test_another_version_of_the_program_makes_every_page_again(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = world.built(config, tmp_path / "out")
    monkeypatch.setattr("monitor.site.frame.maker", lambda: "another")
    assert world.built(config, tmp_path / "out").made == first.pages
