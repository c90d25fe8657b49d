"""From the configuration to the ways out: folders that no two channels share."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from monitor.deliver.ways_out import feed_folder
from tests.configured import configured

NAMES = ("Feed A", "feed-a", "FEED/A", "日本", "中国", "feed", "Überblick")


def folders(path: Path, *names: str) -> dict[str, str]:
    text = "".join(f'[[channels]]\nname = "{name}"\nkind = "feed"\n' for name in names)
    config = configured(path, text)
    return {name: feed_folder(config, name).name for name in names}


def test_no_two_feeds_share_a_folder_in_whatever_order_they_are_configured(tmp_path: Path) -> None:
    made = folders(tmp_path, *NAMES)
    assert len(set(made.values())) == len(NAMES)
    assert all(name.isascii() and "/" not in name for name in made.values())
    assert (made["feed-a"], made["feed"]) == ("feed-a", "feed")
    for names in list(permutations(NAMES))[::1000]:
        assert folders(tmp_path, *names) == made


@pytest.mark.parametrize(("name", "folder"), [("Feed A", "feed-a"), ("日本", "feed"), ("All of it!", "all-of-it")])
def test_a_feed_whose_name_is_like_no_other_has_the_folder_that_it_always_had(
    tmp_path: Path, name: str, folder: str
) -> None:
    assert folders(tmp_path, name, "something-else")[name] == folder
