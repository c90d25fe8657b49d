"""A job and what it found, as they cross: nothing that is ours goes out, nothing is believed that comes back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from monitor.config.file import load
from monitor.model import Document, Http, Job, Known, Target, to_json
from monitor.model.crawl import file_of
from monitor.model.state import PolledTarget
from monitor.workers import travel
from tests.making import poll, record

SHA = "ab" * 32


def job(**changes: Any) -> Job:
    return replace(Job("run-1", "ofsted", "https://x.example", "", Http("t"), (Target("80461", "Devon"),)), **changes)


def test_a_job_takes_certificates_as_text_and_no_path_of_ours(tmp_path: Path) -> None:
    pem = tmp_path / "extra.pem"
    pem.write_text("-----BEGIN CERTIFICATE-----\n", encoding="utf-8")
    text = travel.outbound(
        job(documents_dir=str(tmp_path / "documents"), http=Http("t", extra_ca={"a.example": str(pem)}))
    )
    assert str(tmp_path) not in text
    (tmp_path / "there").mkdir()
    there = travel.inbound(text, tmp_path / "there", private=True)
    assert Path(there.http.extra_ca["a.example"]).read_text(encoding="utf-8") == pem.read_text(encoding="utf-8")
    assert there.documents_dir == str(tmp_path / "there" / "documents")


def test_a_job_made_of_a_configuration_with_secrets_holds_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUEUE_PASSWORD", "hunter2hunter2")
    monkeypatch.setenv("TOKEN", "xoxb-not-this")
    path = tmp_path / "config.toml"
    path.write_text(
        '[run]\nqueue = "postgresql://u@h/d"\nqueue_password_env = "QUEUE_PASSWORD"\n'
        '[[channels]]\nname = "s"\nkind = "slack"\ntoken_env = "TOKEN"\nchannel = "#x"\n',
        encoding="utf-8",
    )
    text = travel.outbound(job(http=load(path).job_http("1")))
    assert not [word for word in ("hunter2", "xoxb", "postgresql", "TOKEN", "PASSWORD") if word in text]


def test_a_document_that_we_have_lost_is_fetched_anew(tmp_path: Path) -> None:
    kept, lost = Known(SHA, 3, etag="e", recheck=True), Known("cd" * 32, 3, etag="e", last_modified="m", recheck=True)
    path = tmp_path / file_of(SHA)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x")
    targets = (Target("1", "one", documents={"kept": kept, "lost": lost, "gone": Known(None, gone=True)}),)
    (sent,) = json.loads(travel.outbound(job(documents_dir=str(tmp_path), targets=targets)))["targets"]
    assert sent["documents"]["kept"]["etag"] == "e"
    assert {"etag", "last_modified"}.isdisjoint(sent["documents"]["lost"])
    assert sent["documents"]["gone"]["gone"]


@pytest.mark.parametrize(("ours", "jobs", "allowed"), [(True, True, True), (True, False, False), (False, True, False)])
def test_what_a_worker_may_ask_of_its_network_is_for_its_own_configuration_to_say(
    ours: bool, jobs: bool, allowed: bool, tmp_path: Path
) -> None:
    text = travel.outbound(job(http=Http("t", allow_private_addresses=jobs)))
    there = travel.inbound(text, tmp_path, private=ours).http
    assert (there.allow_private_addresses, there.named_may_be_local) == (allowed, ours)


def test_a_job_names_no_place_of_a_worker(tmp_path: Path) -> None:
    text = travel.outbound(job(documents_dir="/etc", options={"capture": "/etc/cron.d", "sample": 3}))
    there = travel.inbound(text, tmp_path, private=False)
    assert there.options == {"sample": 3, "kept_elsewhere": True}
    assert "/etc" not in json.dumps(to_json(there))


@pytest.mark.parametrize("text", ["[]", "{}", '{"http": 1}', '{"http": {"user_agent": "x", "new": 1}}', "null", "x"])
def test_what_is_no_job_is_refused_in_one_line(text: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^[^\n]+$"):
        travel.inbound(text, tmp_path, private=True)


def test_a_target_comes_back_as_it_was(tmp_path: Path) -> None:
    line_breaks = record("1", "80461", title="a\u2028b\x85c", document=Document(SHA, 1, "application/pdf"))
    closed = PolledTarget(replace(poll("80461"), run="run-1"), (line_breaks, record("2", "80461")))
    read_there = travel.opened(travel.lines(closed), "80461", job())
    assert travel.opened(travel.lines(read_there), "80461", job()) == read_there
    assert (read_there.poll, read_there.records[0].document) == (closed.poll, line_breaks.document)
    assert [record.key for record in read_there.records] == ["1", "2"]


@pytest.mark.parametrize(
    ("changes", "target", "reason"),
    [
        ({"run": "another"}, "80461", "in the run another"),
        ({"source": "press"}, "80461", "of press"),
        ({}, "80462", "of ofsted 80461"),
    ],
)
def test_what_is_of_another_crawl_is_not_believed(changes: dict[str, Any], target: str, reason: str) -> None:
    closed = PolledTarget(replace(poll("80461"), **changes))
    with pytest.raises(ValueError, match=reason):
        travel.opened(travel.lines(closed), target, job())


@pytest.mark.parametrize("text", ["", "{", "[]\n", travel.lines(PolledTarget(poll("80461"))) * 2])
def test_what_is_no_target_is_not_believed(text: str) -> None:
    with pytest.raises(ValueError, match=r"line:1|targets came for one"):
        travel.opened(text, "80461", job())
