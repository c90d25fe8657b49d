"""The files that deploy it say what the program, the image and the documents say."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import tomllib
from configparser import ConfigParser
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import click
import pytest

from monitor.cli import COMMANDS, cli
from monitor.config.file import SAMPLE
from monitor.model import Document
from monitor.model.state import RecordChange, Stored
from monitor.service.nightly import NIGHT
from monitor.service.service import STOP_SECONDS
from monitor.store import Store, outbox, records, sources
from monitor.times.spec import cron_fields
from monitor.version import VERSION
from soak.containers import SEALED
from soak.drill import drill
from soak.image import CONFIG
from spiders.http.documents import keep
from tests.making import closed, event, record

ROOT = Path(__file__).resolve().parents[1]
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
CRONTAB = (ROOT / "deploy" / "crontab").read_text(encoding="utf-8")
UNIT = ROOT / "deploy" / "ofsted-watch.service"
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
DEPLOYING = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")
CONTEXT = click.Context(cli)
SECRETS = set(re.findall(r'_env = "([A-Z_]+)"', SAMPLE.read_text(encoding="utf-8")))
"""The environment variables that the sample configuration names."""


PACKAGES = ("monitor", "notifiers", "spiders")


def understood(line: str) -> None:
    """A command line of ofsted-watch, without the program's name: its command and options exist, arguments fit."""
    plain = re.sub(r"\$\([^)]*\)", "x", line)  # what the shell puts in
    words = [word for word in shlex.split(plain, comments=True) if "/dev/null" not in word]
    words = words[: words.index("|")] if "|" in words else words
    words = words[: words.index(">")] if ">" in words else words
    if words[0] == "--config":
        words = words[2:]
    assert words[0] in COMMANDS, line
    found = cli.get_command(CONTEXT, words[0])
    assert found is not None
    found.make_context(words[0], words[1:])


def called(text: str) -> list[str]:
    """What is called in a text: the rest of each line after the program's name."""
    lines = text.replace("docker compose run --rm ofsted-watch ", "$ ofsted-watch ")
    return re.findall(r"(?:^|\$ |/bin/|`)ofsted-watch ((?:--config \S+ )?[a-z]+(?: [^`\n]*)?)", lines, re.MULTILINE)


def test_every_command_line_in_the_documents_is_understood() -> None:
    lines = [line.replace("CHANNEL", "c").replace("FILE", "f") for line in called(DEPLOYING)]
    assert len(lines) > 15
    for line in lines:
        understood(line)


def value(text: str, name: str) -> str:
    (found,) = re.findall(rf"^ *{name}: *(.+?) *$", text, re.MULTILINE)
    return str(found)


def test_compose_and_the_image_agree() -> None:
    user = re.findall(r"^USER (.+)$", DOCKERFILE, re.MULTILINE)
    assert json.loads(value(COMPOSE, "user")) == user[0] == "10001:10001"
    assert value(COMPOSE, "read_only") == "true"
    assert value(COMPOSE, "cap_drop") == "[ALL]"
    assert int(value(COMPOSE, "stop_grace_period").rstrip("s")) > STOP_SECONDS + 2
    (config,) = re.findall(r"OFSTED_WATCH_CONFIG=(\S+)", DOCKERFILE)
    assert f"- ./config.toml:{config}:ro" in COMPOSE
    (volume,) = re.findall(r"^VOLUME (\S+)$", DOCKERFILE, re.MULTILINE)
    assert f"- data:{volume}\n" in COMPOSE
    assert f'dir = "{volume}"' in CONFIG
    for line in called(COMPOSE.replace("#   ", "")):
        understood(re.sub(r"  .*", "", line))


def test_compose_has_a_place_for_every_secret_of_the_sample() -> None:
    named = dict(re.findall(r"^ +([A-Z_]+)_FILE: /run/secrets/(\w+)$", COMPOSE, re.MULTILINE))
    assert set(named) == SECRETS
    assert all(name.lower() == file for name, file in named.items())
    assert "- ./secrets:/run/secrets:ro\n" in COMPOSE
    assert set(re.findall(r"\bsecrets/(\w+)", DEPLOYING)) <= set(named.values())


def test_the_container_of_the_proof_is_as_sealed_as_the_documents_say() -> None:
    options = set(
        re.findall(r"--(?:read-only|cap-drop ALL|security-opt \S+|memory \S+|pids-limit \S+|tmpfs \S+)", SEALED)
    )
    assert len(options) == 6
    assert [option for option in options if option not in DEPLOYING] == []


def test_the_image_is_what_the_project_is() -> None:
    tops = {name.rstrip("*") for name in _pyproject()["tool"]["setuptools"]["packages"]["find"]["include"]}
    assert {f"COPY {name} {name}" for name in tops} <= set(DOCKERFILE.splitlines())
    assert f"ARG VERSION={VERSION}\n" in DOCKERFILE
    health = json.loads(re.findall(r"^HEALTHCHECK .* CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)[0])
    start = json.loads(re.findall(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)[0])
    assert health[0] == "ofsted-watch"
    understood(shlex.join(health[1:]))
    understood(shlex.join(start))
    assert "--require-hashes -r requirements-image.lock" in DOCKERFILE
    assert not re.search(r"<<|--link|index-url|https?://", DOCKERFILE)


def _pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def unit() -> ConfigParser:
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(UNIT, encoding="utf-8")
    return parser


def test_the_service_calls_what_there_is_and_leaves_it_time_to_stop() -> None:
    service = unit()["Service"]
    understood(service["ExecStart"].split(maxsplit=1)[1])
    assert float(service["TimeoutStopSec"]) > STOP_SECONDS + 2
    assert "-HUP" in service["ExecReload"]
    head = "".join(re.findall(r"^#.*\n", UNIT.read_text(encoding="utf-8"), re.MULTILINE))
    for path in re.findall(r"/etc/ofsted-watch/[\w.]+", service["ExecStart"] + service["EnvironmentFile"]):
        assert path in head
    assert f"/var/lib/{service['StateDirectory']}" in head
    assert set(re.findall(r"# ([A-Z_]+)=", head)) <= SECRETS


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_understands_the_service(tmp_path: Path) -> None:
    text = UNIT.read_text(encoding="utf-8").replace("/opt/ofsted-watch/bin/ofsted-watch", "/bin/true")
    (tmp_path / UNIT.name).write_text(text.replace("User=ofsted-watch", "User=daemon"), encoding="utf-8")
    line = ["systemd-analyze", "verify", "--man=no", str(tmp_path / UNIT.name)]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert (done.returncode, UNIT.name in done.stderr) == (0, False), done.stderr


def cron_lines() -> list[re.Match[str]]:
    lines = [line for line in CRONTAB.splitlines() if line.lstrip("#")[:1] in "*0123456789" and line.strip("#")]
    found = [re.fullmatch(r"#?((?:\S+ +){5})(\S+) +(.*)", line) for line in lines]
    assert all(found), lines
    return [line for line in found if line]


def test_cron_calls_what_there_is_at_times_that_exist() -> None:
    assert len(cron_lines()) == 6
    for when, user, what in (line.groups() for line in cron_lines()):
        assert user == "ofsted-watch"
        cron_fields(when)
        assert "%" not in what.replace("\\%", "")
        if not what.startswith("find "):
            understood(what.split("/bin/ofsted-watch ")[1])
    names = set(re.findall(r"^([A-Z_]+)_FILE=", CRONTAB, re.MULTILINE))
    assert names
    assert names <= SECRETS
    assert "OFSTED_WATCH_CONFIG=" in CRONTAB


def test_the_documents_say_when_the_night_is() -> None:
    minute, hour, *_ = NIGHT.split()
    assert f"every night at {int(hour):02}:{int(minute):02} London" in DEPLOYING


@pytest.fixture
def watched(tmp_path: Path) -> Path:
    """A folder with a watch that is well, knows a report with its document, and has told of it."""
    (tmp_path / "config.toml").write_text('[watch]\ncouncils = ["Devon"]\n[sources.ofsted]\n', encoding="utf-8")
    body, at = b"%PDF-1.4 a letter", datetime.now(UTC)
    found = record(document=Document(sha256(body).hexdigest(), len(body), "application/pdf"))
    with Store(tmp_path / "data") as store, store.transaction():
        keep(store.documents, body)
        records.save(store, [RecordChange("new", None, Stored(found, "listed", at.isoformat()))], at.isoformat())
        outbox.add(store, event(), [])
        targets = [closed("80461", found, at=at), closed("search", at=at)]
        sources.save_polls(store, targets)
    return tmp_path


def test_the_restore_drill_of_the_documents(watched: Path) -> None:
    done = drill(watched)
    assert (done.returncode, done.stderr) == (0, "")
    assert "restored drill.tar (database version" in done.stdout
    assert "1 document brought" in done.stdout
    assert "ofsted: ok" in done.stdout
    assert not (watched / "drill").exists()


def test_a_wheel_carries_every_file_that_is_not_python() -> None:
    """Setuptools takes Python files by itself, and of others only what `package-data` names."""
    carried = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]
    named = {path for name, globs in carried.items() for g in globs for path in (ROOT / name.replace(".", "/")).glob(g)}
    others = {path for package in PACKAGES for path in (ROOT / package).rglob("*.*") if path.is_file()}
    assert {path for path in others if path.suffix not in (".py", ".pyc")} == named
    assert not [g for globs in carried.values() for g in globs if "/" in g], "setuptools wants each folder by its name"
