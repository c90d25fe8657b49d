"""A new kind of source is a folder and a row, a new kind of record a row: both are added to a copy of the program,
which then watches the source, tells of the record and words it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
KIND_ROW = """    CONSULTATION = (
        "consultation",
        KindRow(
            Telling("consultation.opened", Voice.PAGE, "The consultation"),
            updated="consultation.changed",
            newsworthy=("closes",),
            in_story="consultation",
        ),
    )
"""
SOURCE_ROW = """    SourceRow(
        "consultations",
        title="Public consultations",
        speaker=None,
        targets=Sites(),
        schedule="10 7 * * mon-fri",
    ),
"""
SPIDER = '''"""Consultations: one a line, its key, title, closing day and text between bars."""

from monitor.model import Kind, Record
from spiders.job import JobSpider


class ConsultationsSpider(JobSpider):
    name = "consultations"

    async def look(self):
        for target in self.job.targets:
            progress = self.begin(target.target)
            lines = (await self.fetcher.get(target.url, {}, lambda answer: answer.text)).splitlines()
            yield [*(self._record(target, line) for line in lines), progress.poll("ok", cursor=f"{len(lines)} lines")]

    def _record(self, target, line):
        key, title, closes, text = line.split("|")
        fields = {"closes": closes, "cursor_was": target.cursor}
        return Record(self.job.source, target.target, Kind.CONSULTATION, key, target.url + key, title, "2026-05-04",
                      fields=fields, text=text)
'''
ABOUT = (
    "Devon County Council asks what you think. Ofsted inspected children's services in Devon and judged them "
    "inadequate. Ofsted's inspection of Devon's children's services found that social workers have too many cases."
)
OLD, NEW = "1|Bins|1 May|Devon empties bins.", f"2|Improving children's services in Devon|1 June|{ABOUT}"


@dataclass
class Program:
    """A copy of the program in a folder, and the page that it watches."""

    folder: Path
    lines: list[str] = field(default_factory=list)

    def __call__(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "monitor", "--config", str(self.folder / "config.toml"), *arguments]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self("events", "--kind", "consultation.*", "--json").splitlines()]


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    for package in ("monitor", "spiders", "notifiers"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    _insert(tmp_path / "monitor/model/kinds.py", "\n\nKINDS: Mapping", KIND_ROW)
    _insert(tmp_path / "monitor/model/sources.py", ")\nSOURCES: Mapping", SOURCE_ROW)
    (tmp_path / "spiders/consultations").mkdir()
    (tmp_path / "spiders/consultations/__init__.py").touch()
    (tmp_path / "spiders/consultations/spider.py").write_text(SPIDER, encoding="utf-8")
    copied = Program(tmp_path)

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path.startswith("/consultations")
            self.send_response(200 if found else 404)
            self.end_headers()
            self.wfile.write("\n".join(copied.lines).encode() if found else b"")

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/consultations/"
    (tmp_path / "config.toml").write_text(
        f'[http]\ncontact = "tests@localhost"\ndelay = 0\n[sources.ofsted]\nenabled = false\n'
        f'[sources.consultations]\nsites = [{{name = "Have your say", url = "{url}"}}]\n'
        '[[channels]]\nname = "here"\nkind = "console"\nkinds = ["consultation.*"]\n',
        encoding="utf-8",
    )
    yield copied
    server.shutdown()
    server.server_close()


def _insert(path: Path, before: str, text: str) -> None:
    whole = path.read_text(encoding="utf-8")
    assert whole.count(before) == 1
    path.write_text(whole.replace(before, text.rstrip("\n") + before if before[0] == "\n" else text + before))


def test_a_source_and_a_kind_of_record_cost_a_folder_and_two_rows(program: Program) -> None:
    assert "source consultations: http" in program("check")
    program.lines = [OLD]
    assert program("crawl", "consultations", "--json") == ""
    program.lines = [OLD, NEW]
    assert "Devon: the council writes “Improving children's services in Devon” (4 May 2026)" in program("crawl")
    program.lines = [OLD, NEW.replace("1 June", "1 July")]
    program("crawl")
    opened, changed = program.events()
    assert (opened["kind"], changed["kind"]) == ("consultation.opened", "consultation.changed")
    assert (opened["source"], opened["council"]) == ("consultations", "Devon")
    assert (changed["before"]["closes"], changed["after"]["closes"]) == ("1 June", "1 July")
    assert changed["after"]["cursor_was"] == "2 lines"
    assert '"what": "consultation"' in program("story", "Devon", "--json")
    assert "consultations: ok" in program("status")
