"""The documents say what the program does: commands, options, packages, files that they name."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import click
import pytest

from monitor.cli import COMMANDS, cli
from monitor.version import VERSION

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
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


def test_the_readme_names_no_command_that_is_not_there() -> None:
    assert set(ROWS) == set(COMMANDS)
    assert set(re.findall(r"^ofsted-watch ([a-z]+)", README, re.MULTILINE)) <= set(COMMANDS)


def test_the_readme_has_exactly_two_set_up_commands_and_the_makefile_has_them() -> None:
    assert re.findall(r"^make ([a-z]+)", README, re.MULTILINE) == ["demo", "test"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert {"demo:", "test:"} <= {line.split()[0] for line in makefile.splitlines() if line[:1].isalpha()}
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_changelog_names_every_command() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"`{name}`" not in changelog] == []


def test_files_that_the_documents_name_exist() -> None:
    for document in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        text = document.read_text(encoding="utf-8")
        named = re.findall(r"`((?:docs|monitor|tests|soak|benchmarks|spiders|notifiers)/[\w./]*)`", text)
        missing = [n for n in named if "NAME" not in n and not (ROOT / n).exists()]
        assert missing == [], document
        modules = re.findall(r"python -m ((?:soak|benchmarks)\.\w+)", text)
        assert [m for m in modules if not (ROOT / f"{m.replace('.', '/')}.py").exists()] == [], document


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
