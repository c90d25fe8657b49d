"""What the letters of the corpus give, through every way out that writes: a few councils here, all in soak.mailing."""

from __future__ import annotations

from pathlib import Path

import pytest

from soak import mailing


@pytest.mark.corpus
def test_what_real_letters_give_is_mailed_without_a_finding(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = mailing.main(["--councils", "3"])
    said = capsys.readouterr().out
    assert status == 0, said
    assert "findings: 0" in said
    assert "pictures: 0" not in said
