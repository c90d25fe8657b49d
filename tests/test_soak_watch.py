"""The long proofs of what is seen, cut short. Their figures are in docs/figures.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soaking import proved

PUBLISH_IN_MAY = ["Brighton and Hove", "Cambridgeshire", "Cheshire East", "Coventry", "Dorset", "Dudley", "Hartlepool"]
PUBLISH_IN_JANUARY = ["Salford", "Bromley", "Staffordshire", "Milton Keynes", "County Durham"]
QUIET = ["Devon", "Torbay", "Kent", "Leeds", "Wirral"]
FAULTS = ["layout_change", "cap_rows:50", "replace_pdf"]
SHORT = {
    "weeks with a fault each, and a listing that hides visits": [
        *("three_years", "--start", "2024-05-07", "--end", "2024-05-28", "--hidden", "--faults", *FAULTS),
        *("--only", *PUBLISH_IN_MAY, *QUIET),
    ],
    "a month of council meetings": [
        *("sources", "--start", "2024-02-20", "--end", "2024-03-19", "--days", "14", "--sources", "moderngov"),
        *("--only", "Salford", "East Sussex", "Staffordshire", "Wiltshire", "Lewisham", "Wirral", "Devon", "Kent"),
    ],
    "kills": ["kills", "--kills", "12", "--only", *PUBLISH_IN_JANUARY, *QUIET],
    "nine days of newsrooms whose articles fail at first": [
        *("sources", "--start", "2024-03-01", "--end", "2024-03-09", "--days", "4", "--sources", "newsroom", "press"),
        "--faults",
    ],
    "three days of letters and the press, joined": [
        *("sources", "--start", "2023-09-11", "--end", "2023-09-14", "--days", "3", "--sources", "press", "ofsted"),
    ],
}


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.parametrize("name", SHORT)
def test_a_short_version_of_each_long_proof(shared: Path, name: str) -> None:
    assert shared.is_dir()
    print(proved(*SHORT[name]))
