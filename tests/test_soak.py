"""The long proofs, cut short. Their figures are in docs/figures.md."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

FAULTS = ["layout_change", "cap_rows:50", "replace_pdf"]
SHORT = {
    "weeks with a fault each, and a listing that hides visits": [
        *("three_years", "--start", "2024-05-07", "--end", "2024-06-04", "--hidden", "--faults", *FAULTS),
    ],
    "a month of council meetings": [
        *("committees", "--start", "2024-02-20", "--end", "2024-03-19", "--days", "14", "--councils", "12"),
    ],
    "messages to Slack": ["slack_messages", "--letters", "12"],
    "kills of deliveries to Slack": ["slack_kills", "--kills", "8"],
    "hostile answers, documents and texts": ["hostile", "--inputs", "200"],
    "kills": ["kills", "--kills", "5"],
    "a week unattended": ["year", "--days", "6", "--councils", "3", "--seldom", "--seed", "3"],
    "kills of a delivery": ["deliveries", "--kills", "8"],
}


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.parametrize("name", SHORT)
def test_a_short_version_of_each_long_proof(shared: Path, name: str) -> None:
    module, *options = SHORT[name]
    done = subprocess.run(
        [sys.executable, "-m", f"soak.{module}", *options], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    print(done.stdout)
