"""The crawl child as a process, and Scrapy's own command by hand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from scrapy.utils.project import get_project_settings
from werkzeug import Request, Response

from monitor.model import Job, item_from_json, to_json
from spiders.child import PRELOAD, spider_class
from tests.spiders.crawling import council, make_job
from tests.spiders.site import Site

PROJECT = Path(__file__).parents[2]


def write_job(folder: Path, job: Job) -> str:
    path = folder / "job.json"
    path.write_text(json.dumps(to_json(job)))
    return str(path)


def spiders(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "spiders", *arguments]


def test_a_job_in_and_json_lines_out(site: Site, tmp_path: Path) -> None:
    job = write_job(tmp_path, make_job(site.url, sweep=True))
    done = subprocess.run(spiders("ofsted", job), capture_output=True, text=True, cwd=PROJECT, timeout=60)
    items = [item_from_json(json.loads(line)) for line in done.stdout.splitlines()]
    assert [(i.type, i.target) for i in items] == [
        *[(kind, urn) for urn in site.reports for kind in ("record", "poll")],
        ("poll", "search"),
    ]
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout.splitlines()[0]).keys() == {
        "type", "source", "target", "kind", "key", "url", "title", "published", "fields", "document",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "usage: "),
        (("ofsted", "/nowhere.json"), "/nowhere.json: [Errno 2]"),
        (("cmis", "JOB"), "the job is for 'ofsted', not 'cmis'"),
    ],
)
def test_a_wrong_command_line_is_one_line_and_status_2(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    job = write_job(tmp_path, make_job("http://127.0.0.1:1"))
    command = spiders(*(job if argument == "JOB" else argument for argument in arguments))
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, timeout=60)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_child_ends_at_once_when_its_parent_has_gone(site: Site, tmp_path: Path) -> None:
    over = threading.Event()

    def never(_: Request) -> Response:
        over.wait()
        return Response("")

    site.answers["/provider"] = never
    job = make_job(site.url, council("80461"))
    command = spiders("ofsted", write_job(tmp_path, replace(job, http=replace(job.http, timeout=30))))
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=PROJECT) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert '"search"' in child.stdout.readline()
        child.stdin.close()
        try:
            assert child.wait(20) == 1  # long before the site would be given up
        finally:
            over.set()


def test_by_hand_the_feed_has_the_same_lines(site: Site, tmp_path: Path) -> None:
    job = write_job(tmp_path, make_job(site.url, sweep=True))
    outputs = []
    for name, arguments in (("hand", [f"base_url={site.url}"]), ("job", [f"job={job}"])):
        out = tmp_path / f"{name}.jsonl"
        command = [sys.executable, "-m", "scrapy", "crawl", "ofsted", "-a", *arguments, "-O", str(out)]
        done = subprocess.run(
            [*command, "-s", "DOWNLOAD_DELAY=0"], capture_output=True, text=True, cwd=PROJECT, timeout=60
        )
        assert (done.returncode, done.stderr) == (0, "")
        outputs.append([item_from_json(json.loads(line)) for line in out.read_text().splitlines()])
    hand, by_job = ([replace(i, run="", started="", finished="") if i.type == "poll" else i for i in o]
                    for o in outputs)  # type: ignore[arg-type,type-var]  # fmt: skip
    assert hand == by_job
    assert [item.target for item in hand] == [urn for urn in site.reports for _ in range(2)] + ["search"]


def test_only_what_the_settings_list_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)
    settings = get_project_settings()
    assert settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
    assert settings.getbool("ROBOTSTXT_OBEY")
    assert not settings.getbool("TELNETCONSOLE_ENABLED")
    assert not settings.getbool("REMOTE_CONTROL_ENABLED")
    assert settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == 1
    names = " ".join([*settings["EXTENSIONS_BASE"], *settings["DOWNLOADER_MIDDLEWARES_BASE"]])
    for unwanted in ("telnet", "remote_control", "httpcache", "cookies", "MetaRefresh"):
        assert unwanted not in names


def test_a_spider_is_found_by_its_name_alone() -> None:
    assert spider_class("ofsted").__name__ == "OfstedSpider"
    for name in ("nothing", "settings", "../x", "child"):
        with pytest.raises(ValueError, match="no spider is named"):
            spider_class(name)


def test_preloading_starts_nothing_and_leaves_nothing_to_import() -> None:
    """A fork server imports these before it forks: no thread may run and no reactor be installed."""
    code = (
        "import spiders.preload, sys, threading;"
        "assert threading.active_count() == 1;"
        "assert 'twisted.internet.reactor' not in sys.modules;"
        "assert 'scrapy.core.downloader.handlers.http11' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=PROJECT, env=dict(os.environ), timeout=60)
    assert "spiders.ofsted.spider" in PRELOAD
