"""Who may import whom: the rooms of the design, their order and what each may see, held against every import."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from monitor.model.kinds import Kind
from monitor.model.sources import PAGE, SOURCES

ROOT = Path(__file__).resolve().parents[1]

ROOMS = {
    "cli": "service demo site slash_commands assistants watch deliver views public workers crawl store stories "
    "channels letters wording config reference query councils model",
    "service": "site slash_commands watch deliver views workers crawl schedule store events channels wording config "
    "times model",
    "demo": "site watch deliver store config councils model",
    "site": "views public schedule store stories inspections wording config reference councils model",
    "slash_commands": "deliver views public store channels wording config query councils model",
    "assistants": "views public store wording config query councils model",
    "watch": "deliver public crawl store events stories channels coverage letters health diff config councils model",
    "deliver": "views store events channels health wording config reference query times model",
    "views": "public schedule store stories inspections wording reference config councils times model",
    "public": "store stories inspections wording reference query councils model",
    "workers": "crawl store config model",
    "crawl": "store config councils model",
    "schedule": "store times model",
    "store": "stories channels model",
    "events": "coverage inspections diff reference model",
    "stories": "coverage model",
    "channels": "wording query councils times model",
    "coverage": "letters councils model",
    "letters": "councils model",
    "inspections": "model",
    "health": "times model",
    "diff": "model",
    "wording": "model",
    "config": "reference query councils times model",
    "reference": "councils",
    "query": "",
    "councils": "",
    "times": "model",
    "model": "",
}
"""The rooms of monitor/ from the top floor down, and the rooms that each one imports."""

PURE = (
    "channels",
    "coverage",
    "inspections",
    "health",
    "diff",
    "events",
    "stories",
    "wording",
    "query",
    "times",
    "model",
)
"""Rooms that only compute: old state, new state and the time go in, values come out."""
EDGES = {"sqlite3", "sqlite_utils", "subprocess", "socket", "urllib.request", "os", "pathlib", "time", "random"}
CORE_FORBIDDEN = {"scrapy", "slack_sdk", "spiders", "parsel", "twisted"}
CLIENTS = {"slack_sdk", "smtplib", "requests", "httpx", "urllib3"}
NOTIFIERS_OF_THE_CORE = {"deliver", "service", "slash_commands"}
"""The rooms that make notifiers and listeners, by their registry, or give a sign of life as they do."""


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Every module that a file imports, also inside functions and for types only."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
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


def rooms_of(paths: list[Path]) -> set[str]:
    """The rooms of monitor/ that these files import."""
    names = {name.split(".")[1] for path in paths for name in imports(path) if name.startswith("monitor.")}
    return names & set(ROOMS)


def ours(path: Path, *packages: str) -> set[str]:
    return {name for name in imports(path) if within(name, set(packages))}


def test_the_table_names_every_room() -> None:
    folders = {p.name for p in (ROOT / "monitor").iterdir() if (p / "__init__.py").is_file()}
    assert folders == set(ROOMS)


def test_the_table_leads_only_down() -> None:
    order = list(ROOMS)
    upward = [(room, seen) for room in order for seen in ROOMS[room].split() if order.index(seen) <= order.index(room)]
    assert upward == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_what_the_table_says(room: str) -> None:
    assert rooms_of(files(f"monitor/{room}")) - {room} == set(ROOMS[room].split())


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Not within a room either, and not by an import within a function. A package's own file is left out: who imports
    a module of it names the package too."""
    paths = [path for package in ("monitor", "notifiers", "spiders") for path in files(package)]
    modules = {".".join(p.relative_to(ROOT).with_suffix("").parts): p for p in paths if p.stem != "__init__"}
    TopologicalSorter({name: set(imports(p)) & set(modules) - {name} for name, p in modules.items()}).prepare()


def test_nothing_of_ours_lies_beside_the_rooms() -> None:
    assert {p.name for p in (ROOT / "monitor").glob("*.py")} == {"__init__.py", "__main__.py", "version.py"}


@pytest.mark.parametrize("room", PURE)
def test_the_deciding_rooms_touch_no_edge(room: str) -> None:
    touched = {str(p.relative_to(ROOT)): [n for n in imports(p) if within(n, EDGES)] for p in files(f"monitor/{room}")}
    assert {path: names for path, names in touched.items() if names} == {}


def test_the_core_knows_no_scrapy_no_slack_and_no_spider() -> None:
    assert {(p.name, n) for p in files("monitor") for n in ours(p, *CORE_FORBIDDEN)} == set()


def test_only_who_delivers_and_listens_makes_notifiers() -> None:
    seen = {p.relative_to(ROOT / "monitor").parts[0] for p in files("monitor") if ours(p, "notifiers")}
    assert seen == NOTIFIERS_OF_THE_CORE


def test_spiders_know_the_model_and_nothing_else_of_ours() -> None:
    strange = {(p.name, n) for p in files("spiders") for n in ours(p, "monitor", "notifiers")}
    assert {(p, n) for p, n in strange if n != "monitor" and not within(n, {"monitor.model"})} == set()


def test_notifiers_know_the_model_the_wording_and_one_client_each() -> None:
    for path in files("notifiers"):
        assert ours(path, "spiders", "scrapy") == set(), path
        strange = {n for n in ours(path, "monitor") if n != "monitor"}
        assert {n for n in strange if not within(n, {"monitor.model", "monitor.wording"})} == set(), path
        assert len({n.split(".")[0] for n in imports(path) if within(n, CLIENTS)}) <= 1, path


def test_a_kind_of_site_is_a_folder_that_knows_no_other_kind() -> None:
    kinds = {p.parent.name for p in (ROOT / "spiders").glob("*/spider.py")} - {"articles"}
    for kind in kinds:
        others = {f"spiders.{other}" for other in kinds - {kind}}
        assert {(p.name, n) for p in files(f"spiders/{kind}") for n in ours(p, *others)} == set()


TABLES = {"monitor/model/kinds.py", "monitor/model/sources.py"}
EVERYDAY_WORDS = {
    ("monitor/assistants/answers.py", "page"): "what is counted",
    ("monitor/cli/progress.py", "page"): "what is counted",
    ("monitor/cli/show.py", "page"): "what is counted",
    ("monitor/cli/status_pages.py", "page"): "what is counted",
    ("monitor/views/search.py", "page"): "a key of the outward JSON",
    ("monitor/cli/probing.py", "publication"): "what is counted",
    ("monitor/service/drill.py", "document"): "what is counted",
    ("monitor/service/replication.py", "document"): "what is counted",
    ("monitor/slash_commands/standing.py", "page"): "what is counted",
    ("monitor/model/payload_parts.py", "document"): "a key of the outward JSON",
    ("monitor/model/payloads.py", "govuk"): "the beginning of the names of events",
    ("monitor/model/payload_parts.py", "page"): "a key of the outward JSON",
    ("monitor/wording/describe.py", "report"): "what is counted",
    ("monitor/wording/letter_kinds.py", "report"): "the word that people read",
    ("monitor/wording/source_health.py", "page"): "what is counted",
    ("monitor/cli/backups.py", "document"): "what is counted",
    ("monitor/cli/letter_pages.py", "page"): "what is counted",
    ("monitor/cli/site.py", "page"): "what is counted",
    ("monitor/service/nightly.py", "document"): "what is counted",
    ("spiders/articles/look.py", "article"): "what is counted",
    ("spiders/articles/look.py", "page"): "where the text of an article was read",
    ("spiders/articles/spider.py", "article"): "what is counted",
    ("spiders/govuk/spider.py", "ofsted"): "GOV.UK's name of an organisation",
    ("spiders/ofsted/spider.py", "report"): "what is counted",
    ("spiders/govuk/pages.py", "publication"): "what is counted",
    ("spiders/govuk/spider.py", "publication"): "what is counted",
    ("spiders/moderngov/crawl.py", "entry"): "what is counted",
    ("spiders/moderngov/service.py", "item"): "what is counted",
    ("spiders/ofsted/pages.py", "entry"): "what is counted",
    ("spiders/page/parts.py", "item"): "what is counted",
    ("spiders/page/spider.py", "entry"): "what is counted",
    ("spiders/page/spider.py", "page"): "the key of a page's only record",
}
"""Literals that mean something else than a source or a kind of record, and what."""
GETTERS = {"get", "pop", "iter", "find", "setdefault", "startswith", "endswith", "removeprefix", "partition"}


def named_literals(path: Path) -> Iterator[ast.Constant]:
    """String literals of a file that decide by the name of a source or of a kind of record: the names of sources
    anywhere; those of kinds, which are everyday words too, where they are compared, collected, or passed on."""
    kinds, sources = set(Kind), set(SOURCES) - {PAGE}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and node.value in sources:
            yield node
        yield from (n for n in _deciding(node) if n.value in kinds)


def _deciding(node: ast.AST) -> Iterator[ast.Constant]:
    """The literals of a comparison, of a table's keys or of a collection that is compared with, and of a call."""
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        yield from (n for side in sides for n in _words(side))
    elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") not in GETTERS:
        yield from (n for argument in node.args for n in _words(argument))
    elif isinstance(node, ast.Assign) and all(isinstance(t, ast.Name) and t.id.isupper() for t in node.targets):
        yield from _words(node.value)


def _words(node: ast.AST) -> Iterator[ast.Constant]:
    if isinstance(node, ast.Constant):
        yield node
    elif isinstance(node, ast.Tuple | ast.Set | ast.List):
        yield from (n for element in node.elts for n in _words(element))
    elif isinstance(node, ast.Dict):
        yield from (key for key in node.keys if isinstance(key, ast.Constant))


def _allowed(name: str, word: object) -> bool:
    """A spider gives its own name; the made-up world names what it makes."""
    own = name.startswith(f"spiders/{word}/") or name.startswith("monitor/demo/")
    return own or name in TABLES or (name, word) in EVERYDAY_WORDS


@pytest.mark.parametrize("package", ["monitor", "notifiers", "spiders"])
def test_only_the_tables_spell_out_sources_and_kinds_of_records(package: str) -> None:
    named = ((str(path.relative_to(ROOT)), n) for path in files(package) for n in named_literals(path))
    assert [f"{name}:{n.lineno}: {n.value!r}" for name, n in named if not _allowed(name, n.value)] == []


def test_every_exception_to_it_is_one() -> None:
    found = {(name, n.value) for name, _ in EVERYDAY_WORDS for n in named_literals(ROOT / name)}
    assert set(EVERYDAY_WORDS) <= found


def test_a_source_is_a_folder_of_spiders_by_its_name() -> None:
    folders = {path.parent.name for path in (ROOT / "spiders").glob("*/spider.py")} - {"articles"}
    assert folders == set(SOURCES)
