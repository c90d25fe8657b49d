"""docs/questions.md: every command that it gives works, on the made-up councils."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.test_ask import Ask, watching  # noqa: F401 - a fixture
from tests.cli.test_commands import baseline, running  # noqa: F401 - fixtures

PAGE = (Path(__file__).parents[2] / "docs" / "questions.md").read_text(encoding="utf-8")
COMMANDS = dict.fromkeys(re.findall(r"^```sh\nofsted-watch (.+)\n```", PAGE, re.MULTILINE))


def test_there_are_ten_questions() -> None:
    assert len(re.findall(r"^## .*\?$", PAGE, re.MULTILINE)) == 10


@pytest.mark.parametrize("command", [c for c in COMMANDS if c != "mcp"])
def test_each_command_answers(watching: Ask, tmp_path: Path, command: str) -> None:  # noqa: F811
    given = command.replace("Devon", "Wealdshire").replace("--output ", f"--output {tmp_path}/")
    found = watching(*shlex.split(given))
    assert (found.status, found.err) == (0, "")
