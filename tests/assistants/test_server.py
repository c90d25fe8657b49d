"""The server as an assistant sees it: the SDK's own client, over a child process."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import anyio
import pytest

from monitor.assistants import answers
from monitor.cli import main
from monitor.cli.mcp import MISSING
from monitor.config.file import load
from monitor.store import NoStoreError, Store
from tests.making import SHA_A
from tests.public.test_public import SAID, filled  # noqa: F401 - a fixture

Calls = list[tuple[str, dict[str, Any]]]
TOOLS = {"search", "council", "moves", "due", "letter_page"}


@pytest.fixture
def config(filled: Store) -> Path:  # noqa: F811
    path = filled.folder.parent / "config.toml"
    path.write_text(
        f'[http]\ncontact = "tests@localhost"\n[data]\ndir = "{filled.folder}"\n'
        '[watch]\ncouncils = ["Devon", "Camden"]\n',
        encoding="utf-8",
    )
    return path


@pytest.fixture
def asked(config: Path) -> Callable[[Calls], tuple[list[Any], list[Any]]]:
    """The tools, and the results of these calls, in one session of one child. The SDK takes two seconds to import, so
    that only the worker that needs it does."""
    mcp = pytest.importorskip("mcp", reason="the extra mcp is not installed")

    async def session(calls: Calls) -> tuple[list[Any], list[Any]]:
        command = mcp.StdioServerParameters(
            command=sys.executable, args=["-m", "monitor", "--config", str(config), "mcp"], cwd=Path.cwd()
        )
        async with mcp.Client(command) as client:
            tools = (await client.list_tools()).tools
            return tools, [await client.call_tool(name, arguments) for name, arguments in calls]

    return lambda calls: anyio.run(session, calls)


def test_what_an_assistant_can_ask(asked: Callable[[Calls], tuple[list[Any], list[Any]]]) -> None:
    calls: Calls = [
        ("search", {"words": '"agency staff"', "council": "Devon"}),
        ("search", {"words": "agency", "asked": True}),
        ("council", {"name": "devon"}),
        ("moves", {"since": "2024-01-01"}),
        ("due", {"councils": ["Devon"], "on": "2025-03-11"}),
        ("letter_page", {"letter": "2", "page": 2}),
    ]
    tools, results = asked(calls)
    assert {tool.name for tool in tools} == TOOLS
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools)
    assert not any(result.is_error for result in results)
    found, requests, council, moved, waits, page = (result.structured_content for result in results)
    assert json.loads(results[0].content[0].text) == found
    assert found["coverage"] == "Searched: 2 letters of 1 council, 2021 to 15 May 2024; 1 letter could not be read"
    assert [(h["text"], h["page"], h["sha256"], h["letter"]) for h in found["hits"]] == [
        (SAID[0].text, 1, SHA_A, "2"),
        (SAID[2].text, 2, SHA_A, "2"),
    ]
    assert [h["heading"] for h in requests["hits"]] == ["What needs to improve"]
    assert [(j["grade"], j["page"], j["quote"]) for j in council["judgements"]] == [
        ("inadequate", 1, "Children in care: inadequate")
    ]
    assert (council["latest_full_inspection"]["sha256"], len(council["neighbours"])) == (SHA_A, 10)
    assert [(m["council"], m["direction"], m["page"], m["quote"], m["sha256"]) for m in moved["moves"]] == [
        ("Devon", "declined", 1, "Children in care: inadequate", SHA_A)
    ]
    (wait,) = waits["waits"]
    assert (wait["days_waited"], wait["evidence"]["sha256"]) == (365, SHA_A)
    assert waits["coverage"].startswith("Counted from: 2 full inspections of 1 council")
    assert [p["text"] for p in page["paragraphs"]] == [SAID[1].text, SAID[2].text]
    assert (page["page"], page["sha256"], page["council"]) == (2, SHA_A, "Devon")


def test_what_cannot_be_answered_is_said(asked: Callable[[Calls], tuple[list[Any], list[Any]]]) -> None:
    calls: Calls = [
        ("search", {"words": "-x"}),
        ("search", {"words": "x", "kind": "letter"}),
        ("search", {"words": "x", "since": "soon"}),
        ("council", {"name": "Devonn"}),
        ("letter_page", {"letter": "9", "page": 1}),
        ("letter_page", {"letter": "2", "page": 99}),
    ]
    _, results = asked(calls)
    assert all(result.is_error for result in results)
    said = [result.content[0].text for result in results]
    parts = ["besides what must", "no letter is of kind", "is no day", "did you mean", "no letter has", "12 pages"]
    assert all(part in line for part, line in zip(parts, said, strict=True)), said


def test_a_database_that_got_lost_is_said(config: Path) -> None:
    (config.parent / f".{config.name}.data").write_text("it had one\n", encoding="utf-8")
    lost = load(config)
    for kept in lost.data_dir.glob("*.db*"):
        kept.unlink()
    for ask in (lambda: answers.search(lost, "agency"), lambda: answers.due(lost, (), "", date(2026, 6, 1))):
        with pytest.raises(NoStoreError, match="there is no database, and there was one"):
            ask()


def test_without_the_extra_one_line_says_so(
    config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("monitor.cli.mcp.find_spec", lambda _: None)
    monkeypatch.setattr(sys, "argv", ["ofsted-watch", "--config", str(config), "mcp"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert (ended.value.code, capsys.readouterr().err) == (2, f"ofsted-watch: {MISSING}\n")
