"""What a person names and cannot be had (a file, a folder, an address, a source) is one line, before work."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from monitor.cli import COMMANDS, cli
from tests.command import Folder
from tests.site import world


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    world.filled(tmp_path)
    return Folder(tmp_path)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("export", "--output", "nowhere/a.csv"), "nowhere/a.csv: there is no folder nowhere"),
        (("backup", "nowhere/a.db"), "nowhere/a.db: there is no folder nowhere"),
        (("backup", "--documents", "nowhere/a.tar"), "nowhere/a.tar: there is no folder nowhere"),
        (("export", "--output", "/proc/a.csv"), "/proc/a.csv: No such file or directory"),
        (("site", "--output", "/proc/a"), "/proc/a: No such file or directory"),
        (("demo", "--keep", "/proc/a"), "/proc/a: No such file or directory"),
        (("--config", "nowhere/a.toml", "init"), "nowhere/a.toml: No such file or directory"),
        (("site", "--serve", "8000"), '--serve 8000: must be an address and a port, such as "127.0.0.1:9464"'),
        (("statsu",), 'no command "statsu": did you mean status? See `ofsted-watch --help`'),
        (("status", "--jsn"), "no such option '--jsn'. Did you mean '--json'? See `ofsted-watch status --help`"),
        (("council",), "missing argument 'NAME'; see `ofsted-watch council --help`"),
        (("export", "--format", "pdf"), "invalid value for '--format': 'pdf' is not one of 'csv', 'json', "),
        (("read", "."), ".: is a folder, not a letter"),
        (("read", "nowhere.pdf"), "nowhere.pdf: no such file"),
        (("replay", "nowhere.jsonl"), "nowhere.jsonl: no such file"),
        (("release", "ofsted's"), 'no source "ofsted\'s" (there is: ofsted, moderngov, cmis, '),
        (("release", "ofsted"), "ofsted is not in quarantine"),
        (("init",), "config.toml: is there already and was left as it is: edit it, or call init in another folder"),
    ],
)
def test_it_is_one_line_that_names_it(folder: Folder, line: tuple[str, ...], said: str) -> None:
    ran = folder(*line)
    assert (ran.status, len(ran.lines)) == (2, 1)
    assert ran.err.startswith(f"ofsted-watch: {said}")


def test_a_file_that_may_not_be_read_is_told_in_one_line_by_its_command() -> None:
    """Click would tell it in four, and `read` would then read none of the other files."""
    commands = [cli, *(cli.get_command(click.Context(cli), name) for name in COMMANDS)]
    files = [p for c in commands if c for p in c.params if isinstance(p, click.Argument) or p.name == "config"]
    paths = [p.type for p in files if isinstance(p.type, click.Path)]
    assert (len(paths), [path for path in paths if path.readable]) == (5, [])


@pytest.mark.parametrize("kind", ["xlsx", "sqlite"])
def test_bytes_are_not_written_to_a_terminal(folder: Folder, kind: str) -> None:
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "monitor", "export", "--format", kind]
    ran = subprocess.run(command, cwd=folder.path, stdout=theirs, stderr=subprocess.PIPE, text=True, check=False)
    os.close(theirs)
    os.close(ours)
    assert (ran.returncode, len(ran.stderr.splitlines())) == (2, 1)
    assert "--output" in ran.stderr
    assert folder("export", "--format", kind, "--output", f"a.{kind}").status == 0


def test_no_events_are_said_to_a_person_and_not_to_a_program(folder: Folder) -> None:
    assert folder("events", "--since", "today", "--kind", "page.changed").out.startswith("Nothing found.")
    assert folder("events", "--since", "today", "--kind", "page.changed", "--json").out == ""
