"""What SECURITY.md promises of the whole program: see there for the rest, by the file that proves it."""

from __future__ import annotations

import ast
import json
import re
import time
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest

from monitor.cli.app import emit
from monitor.cli.faults import say
from monitor.councils.registry import Registry
from monitor.coverage import reading as coverage
from monitor.coverage.reading import MAX_CHARACTERS
from monitor.model import to_json
from monitor.model.addresses import hyphenated
from monitor.store import Store, outbox
from monitor.views import export
from monitor.views.sheet import Column, Sheet, Shown
from monitor.views.workbook import workbook
from tests.command import Folder
from tests.notifiers.notifier_samples import make_event

ROOT = Path(__file__).parents[1]
CODES = "\x1b]0;title\x07\x1b[2J\r\x9b31m\u202e\x00"

# --- SQL ----------------------------------------------------------------------------------------------------------

SQL = re.compile(r"\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|VALUES|PRAGMA|CREATE|ALTER|DROP)\b")
WRITTEN_HERE = {
    "marks": "only question marks",
    "columns": "our own column names, joined from a constant",
    "change": "chosen among texts that are written in the same function",
    "day": "an expression of our own column names, written above it",
    "last": "a statement with parameters, written above it",
    "OWED": "a constant",
    "column": "our own column names, from a table in the same file",
    "mine": "a condition that is written above it, of our own words",
    "name": "an expression of SQL that is written above it",
    "narrowed": "conditions of our own column names and question marks, joined above it",
    "table": "our own tables' names, listed beside it",
    "VERSION": "a constant number",
    "LETTERS": "a constant condition with parameters",
    "THEIRS": "a constant condition with parameters",
    "', '.join(row._fields)": "the columns that a row's type names",
    "_AHEAD": "a constant statement with parameters",
    "TOKENIZER": "a constant",
    "where": "a condition with parameters, written in each call of the same file",
    "order": "our own column names, written in each call of the same file",
    "'FULL' if durable else 'OFF'": "one of two words",
}
"""All that stands in braces within SQL, and why it is none of a source's or a person's words."""


def put_into_sql(path: Path) -> list[str]:
    """What a file's SQL has in braces, adds or formats."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr) and SQL.search(ast.unparse(node)):
            found += [ast.unparse(part.value) for part in node.values if isinstance(part, ast.FormattedValue)]
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
            sides = (node.left, node.right)
            constants = [s.value for s in sides if isinstance(s, ast.Constant) and isinstance(s.value, str)]
            found += [ast.unparse(node) for words in constants if SQL.search(words)]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
            found += [ast.unparse(node)] if SQL.search(ast.unparse(node.func.value)) else []
    return found


def test_values_reach_sql_by_parameters_only() -> None:
    files = [p for folder in ("monitor", "notifiers", "spiders") for p in (ROOT / folder).rglob("*.py")]
    found = {(p.name, what) for p in files if "demo" not in p.parts for what in put_into_sql(p)}
    assert {what for _, what in found} == set(WRITTEN_HERE), found


def test_the_search_for_sql_finds_what_it_should(tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text(
        'a = f"SELECT * FROM x WHERE y = {name}"\nb = "DELETE FROM x WHERE y = " + name\n'
        'c = "UPDATE x SET y = %s" % name\nd = "INSERT INTO x VALUES ({})".format(name)\n'
    )
    assert len(put_into_sql(tmp_path / "bad.py")) == 4


# --- names of files -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["page.../../x", "page./etc/passwd", "page.a\x00b", "page.C:\\x", "page." + "ü" * 3])
def test_a_page_s_name_is_no_path(name: str) -> None:
    assert re.fullmatch(r"page(-[a-z0-9]+)*", hyphenated(name))


@pytest.mark.parametrize("slug", ["../../x", "a/b", "a\\b", "", ".hidden"])
def test_a_council_s_slug_is_no_path(tmp_path: Path, slug: str) -> None:
    table = (ROOT / "monitor" / "councils" / "councils.csv").read_text(encoding="utf-8")
    (tmp_path / "councils.csv").write_text(table.replace(",barnet,", f",{slug},", 1), encoding="utf-8")
    folder = Folder(tmp_path)
    folder.configure("http://127.0.0.1:9", watch='registry = "councils.csv"')
    ran = folder("check")
    assert ran.status == 2
    assert "slug" in ran.err
    assert len(ran.lines) == 1


# --- words on a terminal and in tables ----------------------------------------------------------------------------


def test_no_terminal_code_leaves_by_json_or_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    emit({"title": CODES})
    say(f"a site said {CODES}")
    shown = capsys.readouterr()
    assert json.loads(shown.out) == {"title": CODES}
    assert shown.out.rstrip("\n").isprintable()
    assert shown.err.rstrip("\n").isprintable()


def test_no_terminal_code_leaves_by_a_command(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.configure("http://127.0.0.1:9/reports", watch='councils = ["Devon"]')
    event = make_event("news.published", title=f"Ofsted {CODES}", council="Devon")
    with Store(tmp_path / "data") as store, store.transaction():
        outbox.add(store, event, [])
    for command in (("events",), ("events", "--json"), ("status",), ("status", "--json"), ("council", "Devon")):
        ran = folder(*command)
        assert "Traceback" not in ran.err
        assert all(line.isprintable() for line in (ran.out + ran.err).split("\n")), command


def test_a_table_holds_no_control_characters() -> None:
    row = dict.fromkeys(export.COLUMNS, f"=1{CODES}")
    assert set(export.as_csv([row]).decode()) & set(CODES) <= set("\r]0;title[2J31m")
    assert "\x1b" not in export.as_csv([row]).decode()
    cells = Sheet("hostile", CODES, [Column(CODES, Shown.TEXT, str)], [[CODES]])
    assert b"\x1b" not in zipfile.ZipFile(BytesIO(workbook([cells], [CODES]))).read("xl/sharedStrings.xml")


# --- secrets ------------------------------------------------------------------------------------------------------


def test_a_secret_is_in_no_output_and_in_no_file(tmp_path: Path) -> None:
    secret = "hunter2-the-secret"  # pragma: allowlist secret
    folder = Folder(tmp_path, {"HOOK": secret})
    hook = '[[channels]]\nname = "hook"\nkind = "webhook"\nurl = "http://127.0.0.1:9/x"\nsecret_env = "HOOK"\n'
    folder.configure("http://127.0.0.1:9/reports", watch='councils = ["Devon"]', more=hook)
    event = make_event("report.published", council="Devon", urn="80461")
    with Store(tmp_path / "data") as store, store.transaction():
        outbox.add(store, event, [])
    for command in ("check", "crawl", "deliver", "status", "events"):
        ran = folder(command)
        assert secret not in ran.out + ran.err, command
    files = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert any(p.suffix == ".db" for p in files)
    assert not [p for p in files if secret.encode() in p.read_bytes()]


def test_a_job_holds_no_secret_and_travels_by_standard_input() -> None:
    text = (ROOT / "monitor" / "crawl" / "command.py").read_text(encoding="utf-8")
    assert '"-m", "spiders", job.source, "-"]' in text
    from monitor.model import Http, Job

    names = set(to_json(Job("r", "s", "u", "d", Http("a")))) | set(to_json(Http("a")))
    assert not [n for n in names if re.search(r"token|secret|password|key", n)]


# --- texts that take long ------------------------------------------------------------------------------------------

CRAFTED = (
    "1,", "1 May ", "10 to 20 ", "Devon ", "\u201c", "Ofsted judged ", "Councillor A", "40 per cent ", " ", "a",
    "in January 2020 ", "Aa Bb ", "A. ", "- ", "website design by ", "more from ",
)  # fmt: skip
SAID = "Ofsted inspected Devon County Council children's services and judged them inadequate.\n"


@cache
def registry_() -> Registry:
    return Registry.load()


def seconds(text: str) -> float:
    registry = registry_()
    own, began = registry.get("Devon"), time.process_time()
    coverage.read(text, title="Ofsted", published="2024-05-16", own=own, registry=registry, where="minutes")
    return time.process_time() - began


@pytest.mark.parametrize("words", CRAFTED)
def test_a_crafted_line_is_read_in_time(words: str) -> None:
    """The longest passage that is looked at."""
    assert seconds(SAID + "Ofsted found " + (words * 3000)[:2900]) < 1.0


@pytest.mark.parametrize("words", ["1,", "a ", "\u201c", "A. "])
def test_the_longest_line_is_read_in_time(words: str) -> None:
    assert seconds(SAID + words * (MAX_CHARACTERS // len(words))) < 5.0


def test_a_text_that_is_too_long_is_cut_and_says_so() -> None:
    registry = Registry.load()
    text = SAID + "A line on something else.\n" * (MAX_CHARACTERS // 20)
    says = coverage.read(text, title="Ofsted", published=None, own=None, registry=registry, where="news")
    assert says.relevant
    assert says.why.endswith(f"only the first {MAX_CHARACTERS:,} of {len(text):,} characters were read")
