"""Who may import whom: the table of the design, held against every import in the tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CORE_FORBIDDEN = {"scrapy", "slack_sdk", "spiders", "parsel", "twisted"}
PURE = (
    "diff", "health", "quarantine", "judgements", "events", "facts", "plan", "channels", "ledger", "versions", "pages",
    "page_events", "subscriptions", "canary", "expectations", "workdays", "schedule/spec", "schedule/times",
    "schedule/jobs", "stories/arranging", "stories/piece", "stories/rules", "stories/units", "stories/hands",
    "stories/words", "stories/days", "stories/view", "deliver/quiet", "deliver/pace", "deliver/turns",
    "deliver/digests", "publication",
)  # fmt: skip
EDGES = {
    "sqlite3",
    "subprocess",
    "socket",
    "urllib",
    "os",
    "pathlib",
    "time",
    "random",
    "monitor.store",
    "monitor.config",
}
NOTIFIER_CLIENTS = {"slack.py": {"slack_sdk"}, "slack_blocks.py": {"slack_sdk"}, "slack_errors.py": {"slack_sdk"}}
CLIENTS = {"slack_sdk", "smtplib", "requests", "httpx", "urllib3"}


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, also inside functions and for types only."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def files(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def within(name: str, packages: set[str]) -> bool:
    return any(name == p or name.startswith(f"{p}.") for p in packages)


@pytest.mark.parametrize("path", files("monitor"), ids=lambda p: str(p.relative_to(ROOT)))
def test_the_core_knows_no_scrapy_no_slack_and_no_spider(path: Path) -> None:
    assert [name for name in imports(path) if within(name, CORE_FORBIDDEN)] == []


@pytest.mark.parametrize("path", files("spiders"), ids=lambda p: str(p.relative_to(ROOT)))
def test_spiders_know_the_model_and_nothing_else_of_ours(path: Path) -> None:
    ours = {name for name in imports(path) if within(name, {"monitor", "notifiers"})}
    assert {n for n in ours if not within(n, {"monitor.model"}) and n != "monitor"} == set()


@pytest.mark.parametrize("path", files("notifiers"), ids=lambda p: str(p.relative_to(ROOT)))
def test_notifiers_know_the_model_and_one_client_each(path: Path) -> None:
    names = set(imports(path))
    assert {n for n in names if within(n, {"monitor"}) and not within(n, {"monitor.model"}) and n != "monitor"} == set()
    assert {n for n in names if within(n, {"spiders", "scrapy"})} == set()
    assert len({n.split(".")[0] for n in names if within(n, CLIENTS)}) <= 1


@pytest.mark.parametrize("module", PURE)
def test_the_deciding_modules_touch_no_edge(module: str) -> None:
    names = imports(ROOT / "monitor" / f"{module}.py")
    assert [n for n in names if within(n, EDGES)] == []


def test_the_model_touches_nothing() -> None:
    for path in files("monitor/model"):
        assert {n.split(".")[0] for n in imports(path)} <= {"__future__", "dataclasses", "typing", "monitor"}


def test_letters_are_read_without_store_or_network() -> None:
    allowed = {"monitor.model", "monitor.council", "monitor.councils", "monitor.letters", "monitor.council_names"}
    for path in files("monitor/letters"):
        ours = {n for n in imports(path) if within(n, {"monitor"}) and n != "monitor"}
        assert {n for n in ours if not within(n, allowed)} == set(), path


def test_pages_are_read_without_store_or_network() -> None:
    allowed = {"monitor.model", "monitor.councils", "monitor.council_names", "monitor.letters", "monitor.coverage"}
    for path in files("monitor/coverage"):
        ours = {n for n in imports(path) if within(n, {"monitor"}) and n != "monitor"}
        assert {n for n in ours if not within(n, allowed)} == set(), path
        assert [n for n in imports(path) if within(n, EDGES)] == [], path
