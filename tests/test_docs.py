"""The documents say what the program does: commands, options, packages, files that they name."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

import click
import pytest

from monitor.cli import COMMANDS, cli
from monitor.demo.history import WEEK
from monitor.version import VERSION
from tests.test_layers import ROOMS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
WAYS = dict(re.findall(r"^## (The way of .+)\n\n((?:\d+\. .+\n)+)", ARCHITECTURE, re.MULTILINE))
STOP = re.compile(r"\d+\. \*\*(?P<room>\w+)\*\*, `(?P<file>[\w/]+\.py)`, `(?P<name>[\w.]+)`: (?P<does>.+)")
CONTEXT = click.Context(cli)
ROWS = dict(re.findall(r"^\| `([a-z]+)([^`]*)` \|", README.replace("\\|", "/"), re.MULTILINE))


def command(name: str) -> click.Command:
    found = cli.get_command(CONTEXT, name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_in_the_readme_and_has_help(name: str) -> None:
    options = {o for p in command(name).params if isinstance(p, click.Option) for o in p.opts if o.startswith("--")}
    assert set(re.findall(r"--[a-z-]+", ROWS[name])) == options
    assert command(name).help


def test_the_list_of_commands_cuts_no_summary() -> None:
    """On a terminal of 80 columns, where click ends what is too long with an ellipsis."""
    listed = cli.get_help(click.Context(cli, info_name="ofsted-watch", terminal_width=80)).partition("Commands:")[2]
    assert [line for line in listed.splitlines() if line.endswith("...")] == []
    assert len(listed.strip().splitlines()) == len(COMMANDS)


def test_the_readme_names_no_command_that_is_not_there() -> None:
    assert set(ROWS) == set(COMMANDS)
    assert set(re.findall(r"^ofsted-watch ([a-z]+)", README, re.MULTILINE)) <= set(COMMANDS)


def test_the_readme_has_exactly_two_set_up_commands_and_the_makefile_has_them() -> None:
    assert re.findall(r"^make ([a-z]+)", README, re.MULTILINE) == ["demo", "test"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert {"demo:", "test:"} <= {line.split()[0] for line in makefile.splitlines() if line[:1].isalpha()}
    assert {"make test", "make proofs"} <= set((ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines())


def test_the_changelog_names_every_command() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"`{name}`" not in changelog] == []


def test_the_changelog_has_each_heading_once_and_says_nothing_twice() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for version in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        headings = re.findall(r"^### .+", version, re.MULTILINE)
        assert len(headings) == len(set(headings))
    said = re.findall(r"^- .+", text, re.MULTILINE)
    assert [line for line in said if said.count(line) > 1] == []


def test_files_that_the_documents_name_exist() -> None:
    for document in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        text = document.read_text(encoding="utf-8")
        named = re.findall(r"`((?:docs|monitor|tests|soak|benchmarks|spiders|notifiers)/[\w./]*)`", text)
        missing = [n for n in named if "NAME" not in n and not (ROOT / n).exists()]
        assert missing == [], document
        modules = re.findall(r"python -m ((?:soak|benchmarks)\.\w+)", text)
        assert [m for m in modules if not (ROOT / f"{m.replace('.', '/')}.py").exists()] == [], document


@cache
def defined_in(path: Path) -> frozenset[str]:
    """The functions, classes and methods of a file; a method as "Class.method"."""
    return frozenset(_defined_in(path))


def _defined_in(path: Path) -> Iterator[str]:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
            yield from (f"{node.name}.{part.name}" for part in ast.iter_child_nodes(node) if hasattr(part, "name"))


def test_the_architecture_has_every_room_from_the_top_floor_down() -> None:
    assert re.findall(r"^\| `(\w+)` \|", ARCHITECTURE, re.MULTILINE) == list(ROOMS)


@pytest.mark.parametrize("way", ["a letter", "minutes", "a delivery", "a question from Slack"])
def test_every_stop_of_a_way_is_there(way: str) -> None:
    stops = [STOP.fullmatch(line) for line in WAYS[f"The way of {way}"].splitlines()]
    assert 3 <= len(stops) <= 8
    for stop in stops:
        assert stop is not None, way
        path = ROOT / stop["file"]
        assert stop["room"] in path.relative_to(ROOT).parts, stop[0]
        assert stop["name"] in defined_in(path), stop[0]
        names = set(re.findall(r"`(\w+)`", stop["does"]))
        known = {name for file in (ROOT / "monitor").rglob("*.py") for name in defined_in(file)}
        assert names <= known | {"latest", "status"}, stop[0]


def test_the_locks_have_hashes_and_every_dependency_and_no_address() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert "://" not in text
        pinned = set(re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE))
        needed = {re.split(r"[<>=]", d)[0] for d in project["dependencies"]}
        assert needed <= pinned
        assert text.count("==") <= text.count("--hash=sha256:")


def test_the_version_is_one() -> None:
    assert VERSION.count(".") == 2
    assert "version" not in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def shown() -> str:
    """What the demo prints."""
    command = [sys.executable, "-m", "monitor", "demo"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@pytest.mark.slow  # by its nature: a whole week is played
def test_the_readme_shows_a_message_of_the_demo(shown: str) -> None:
    message = re.findall(r"^```\n(\[Important\].*?)^```", README, re.MULTILINE | re.DOTALL)[0]
    said = [line.strip() for line in shown.splitlines()]
    assert [line for line in message.splitlines() if line.strip() not in said] == []


@pytest.mark.slow
def test_the_demo_speaks_of_no_day_after_its_own(shown: str) -> None:
    days = re.findall(r"\d{1,2} [A-Z][a-z]+ 20\d\d", shown)
    assert max(datetime.strptime(f"{day} +0000", "%d %B %Y %z").date() for day in days) == WEEK[-1]


@pytest.mark.slow
def test_the_demo_s_pages_say_that_all_was_seen(shown: str) -> None:
    [folder] = re.findall(r"^Pages about these councils are in (\S+)\.", shown, re.MULTILINE)
    assert "all 4 councils seen" in Path(folder, "index.html").read_text(encoding="utf-8")
