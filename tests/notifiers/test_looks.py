"""The command that shows how messages look, on a machine without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import looks


def test_without_a_browser_the_pages_are_written_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert looks.main([str(tmp_path / "out")]) == 0
    assert "no chromium in the PATH" in capsys.readouterr().out
    page = (tmp_path / "out" / "critical.html").read_text(encoding="utf-8")
    assert "<img" not in page
    assert (tmp_path / "out" / "chart-1.png").is_file()
    assert len(list((tmp_path / "out").glob("chart-*.png"))) == 3


def test_a_call_without_a_folder_says_how_to_call_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert looks.main([]) == 2
    assert "OUT_DIR" in capsys.readouterr().out
