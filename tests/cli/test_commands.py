"""The command's manners: one clear line for each fault, the right exit status, nothing lost."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from monitor.config.file import SAMPLE, load
from monitor.demo.councils import write_registry
from monitor.demo.history import demo_world
from monitor.demo.site import DemoSite
from monitor.model.subscription import Subscription
from monitor.store import Store, outbox, subscriptions
from monitor.store.sqlite import sqlite3
from tests.command import Folder
from tests.demo_letters.letters import sample_letter
from tests.making import event

REGISTRY = 'registry = "councils.csv"'
NOWHERE = "http://127.0.0.1:9/reports"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    write_registry(tmp_path / "councils.csv")
    return Folder(tmp_path)


@pytest.fixture(scope="session")
def running() -> Iterator[DemoSite]:
    with DemoSite(demo_world()) as site:
        yield site


@pytest.fixture
def site(running: DemoSite) -> DemoSite:
    running.today = running.world.days[0].date
    return running


@pytest.fixture(scope="session")
def baseline(running: DemoSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose configuration points at the made-up site, after the baseline."""
    folder = Folder(tmp_path_factory.mktemp("baseline"))
    write_registry(folder.path / "councils.csv")
    folder.configure(running.base_url, watch=REGISTRY)
    assert folder("crawl").status == 0
    return folder.path


@pytest.fixture
def watching(baseline: Path, tmp_path: Path) -> Folder:
    """A copy of the baseline of one's own."""
    shutil.copytree(baseline, tmp_path, dirs_exist_ok=True)
    return Folder(tmp_path)


def test_a_first_crawl_is_silent_and_a_new_report_is_told_once(watching: Folder, site: DemoSite) -> None:
    site.today = demo_world().days[1].date
    found = watching("crawl", "--json")
    assert [(e["kind"], e["council"]) for e in found.objects] == [("report.published", "Fenwick Vale")]
    assert found.status == 0
    assert watching("crawl", "--json").objects == []
    assert len(watching("events", "--json").objects) == 1
    assert watching("events", "--council", "Port Carrow", "--json").objects == []
    page = watching("council", "fenwick vale")
    assert "Help and protection: Good, was Requires improvement" in page.out


def test_a_channel_is_previewed_from_what_was_found(watching: Folder, site: DemoSite) -> None:
    text = (watching.path / "config.toml").read_text(encoding="utf-8")
    channel = '[[channels]]\nname = "{}"\nkind = "console"\nonly_changed_judgements = {}\n'
    site.today = demo_world().days[2].date
    watching("crawl")
    watching.write(text + channel.format("moved", "true") + channel.format("all", "false"))
    since = f"{demo_world().days[1].date:%Y-%m-%d}"
    assert "1 of 2 events would have gone to moved, in 1 message" in watching("preview", "moved", "--since", since).out
    assert len(watching("preview", "all", "--since", since, "--json").objects) == 2
    told = watching("rehearse", "all", "--json").objects
    assert len(told) > 2  # also the reports that were there before
    assert len({e["id"] for e in told}) == len(told)
    assert watching("rehearse", "all", "--since", "2030-01-01", "--json").objects == []
    assert watching("preview", "nobody").status == 2


def test_a_preview_counts_what_people_subscribed_to(watching: Folder) -> None:
    text = (watching.path / "config.toml").read_text(encoding="utf-8")
    watching.write(text + '\n[[channels]]\nname = "team"\nkind = "console"\ncouncils = ["Wealdshire"]\n')
    before = {e["council"] for e in watching("preview", "team", "--json").objects}
    known = load(watching.path / "config.toml")
    wanted = Subscription("team", known.registry.get("Fenwick Vale").ofsted_urn, "U0ALICE", "2024-05-15T12:00:00+00:00")
    with Store(watching.path / "data") as store, store.transaction():
        subscriptions.save(store, wanted)
    assert (before, {e["council"] for e in watching("preview", "team", "--json").objects}) == (
        {"Wealdshire"},
        {"Wealdshire", "Fenwick Vale"},
    )


def test_days_begin_in_london(watching: Folder) -> None:
    found = [event(f"e{hour}", at=f"2024-06-30T{hour}:30:00+00:00") for hour in (22, 23)]
    with Store(watching.path / "data") as store, store.transaction():
        for one in found:
            outbox.add(store, one, [])
    assert [e["id"] for e in watching("events", "--since", "2024-07-01", "--json").objects] == ["e23"]


def test_a_dry_run_stores_and_sends_nothing(watching: Folder, site: DemoSite) -> None:
    site.today = demo_world().days[1].date
    before = sorted(p.name for p in (watching.path / "data" / "documents").rglob("*.pdf"))
    assert len(watching("crawl", "--dry-run", "--json").objects) == 1
    assert sorted(p.name for p in (watching.path / "data" / "documents").rglob("*.pdf")) == before
    assert watching("events", "--json").objects == []
    assert len(watching("crawl", "--json").objects) == 1


def test_one_council_is_crawled_alone(watching: Folder, site: DemoSite) -> None:
    site.today = demo_world().days[1].date
    assert watching("crawl", "--council", "Port Carrow", "--json").objects == []
    assert len(watching("crawl", "--council", "Fenwick Vale", "--json").objects) == 1


def test_status_and_export_after_a_baseline(watching: Folder) -> None:
    status = watching("status", "--json")
    (found,) = status.objects
    assert (status.status, found["outbox"], found["healthy"]) == (0, 0, True)
    assert {t["status"] for t in found["sources"][0]["targets"]} == {"ok"}
    rows = [json.loads(line) for line in watching("export", "--format", "json").out.splitlines()]
    assert {r["local_authority"] for r in rows} >= {"Fenwick Vale", "Wealdshire"}


def test_status_says_what_was_never_seen(folder: Folder) -> None:
    folder.configure(NOWHERE, watch=REGISTRY)
    with Store(folder.path / "data"):
        pass
    ran = folder("status")
    assert (ran.status, ran.err) == (1, "")
    assert "never seen" in ran.out


@pytest.mark.parametrize("command", [["status"], ["events"], ["council", "Fenwick Vale"], ["story", "Fenwick Vale"],
                                     ["export"], ["deliver", "--list"]])  # fmt: skip
def test_a_command_that_shows_something_makes_no_data_folder(folder: Folder, command: list[str]) -> None:
    folder.configure(NOWHERE, watch=REGISTRY)
    ran = folder(*command)
    assert (ran.status, len(ran.lines)) == (2, 1)
    assert "there is no database yet" in ran.err
    assert not (folder.path / "data").exists()


def test_backup_is_a_database_and_never_written_over(watching: Folder) -> None:
    assert watching("backup", "copy.db").status == 0
    with sqlite3.connect(watching.path / "copy.db") as copy:
        assert copy.execute("SELECT count(*) FROM records").fetchone()[0] == 13
    copy.close()
    assert watching("backup", "copy.db").status == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[watch]\ncouncils = ["Devom"]', 'no council "Devom": did you mean "Devon"?'),
        ("[watch]\ncouncil = []", "watch.council"),
        ('[sources.ofsted]\nschedule = "0 7 * *"', "sources.ofsted.schedule"),
        ('[sources.ofsted]\nschedule = "0 7 * * 1"', "weekday 1 is a digit"),
        ("[http]\ndelay = 'two'", "http.delay"),
        ("[http\n", "line 1"),
        ('[sources.govuk]\nschedule = "40 1 * * *"', "sources.govuk.schedule"),
    ],
)
def test_a_wrong_configuration_is_a_line_that_names_file_key_and_reason(folder: Folder, text: str, said: str) -> None:
    folder.write(text + "\n")
    ran = folder("crawl")
    assert (ran.status, len(ran.lines)) == (2, 1)
    assert "config.toml" in ran.err
    assert said in ran.err


def test_a_quiet_crawl_prints_what_is_found_and_what_goes_wrong(watching: Folder, site: DemoSite) -> None:
    """Cron mails whatever a command writes to standard error."""
    site.today = demo_world().days[1].date
    assert "1 event found" in watching("crawl", "--dry-run").err
    ran = watching("crawl", "--quiet")
    assert (ran.err, len(ran.out.splitlines())) == ("", 1)
    watching.configure(NOWHERE, watch=REGISTRY)
    ran = watching("crawl", "--quiet")
    assert (ran.status, "ofsted: 5 of 5 pages could not be seen: " in ran.err) == (1, True), ran.err


def test_a_council_that_is_not_watched_is_not_crawled(folder: Folder) -> None:
    """Its pages would be stored, and stand in `status` although nobody looks at them again."""
    folder.configure(NOWHERE, watch=f'{REGISTRY}\ncouncils = ["Port Carrow"]')
    ran = folder("crawl", "--council", "Fenwick Vale")
    assert (ran.status, len(ran.lines)) == (2, 1)
    assert "Fenwick Vale is not among the councils watched" in ran.err


def test_an_unknown_council_or_source_on_the_command_line(folder: Folder) -> None:
    folder.configure(NOWHERE, watch=REGISTRY)
    for line in (["crawl", "--council", "Fenwik Vale"], ["council", "Fenwik Vale"], ["events", "--council", "Fenwik"]):
        ran = folder(*line)
        assert (ran.status, len(ran.lines)) == (2, 1)
        assert "Fenwick Vale" in ran.err
    ran = folder("crawl", "ofted")
    assert (ran.status, len(ran.lines)) == (2, 1)
    assert "ofsted" in ran.err


def test_no_configuration(folder: Folder) -> None:
    ran = folder("crawl")
    assert (ran.status, len(ran.lines)) == (2, 1)
    assert "ofsted-watch init" in ran.err


def test_an_unreachable_host_is_a_line_and_told_once(folder: Folder) -> None:
    folder.configure(NOWHERE, watch=REGISTRY)
    ran = folder("crawl", "--json")
    assert ran.status == 1
    assert [e["kind"] for e in ran.objects] == ["source.failing"]
    assert "refused" in ran.err
    assert folder("crawl", "--json").objects == []


def test_a_database_of_a_newer_version(watching: Folder) -> None:
    with sqlite3.connect(watching.path / "data" / "ofsted-watch.db") as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    ran = watching("crawl")
    assert (ran.status, len(ran.lines)) == (2, 1)
    assert "newer" in ran.err


def test_a_data_folder_that_cannot_be_made(folder: Folder) -> None:
    (folder.path / "data").write_text("a file in the way")
    folder.configure(NOWHERE, watch=REGISTRY)
    ran = folder("crawl")
    assert (ran.status, len(ran.lines)) == (2, 1)
    assert "data" in ran.err


def test_something_that_is_no_database(folder: Folder) -> None:
    (folder.path / "data").mkdir()
    (folder.path / "data" / "ofsted-watch.db").write_bytes(b"not a database at all" * 100)
    folder.configure(NOWHERE, watch=REGISTRY)
    ran = folder("status")
    assert (ran.status, len(ran.lines)) == (2, 1)
    assert "not a database" in ran.err


def test_reading_files_that_are_not_letters(folder: Folder) -> None:
    pdf = sample_letter("ilacs")
    files = {"page.pdf": b"<html>Report not found</html>", "cut.pdf": pdf[: len(pdf) // 2], "good.pdf": pdf}
    for name, data in files.items():
        (folder.path / name).write_bytes(data)
    ran = folder("read", *files, "--json")
    assert ran.status == 1
    found = {Path(o["file"]).name: o for o in ran.objects}
    assert found["good.pdf"]["kind"] == "ilacs"
    for name in ("page.pdf", "cut.pdf"):
        assert (found[name]["kind"], found[name]["judgements"], len(found[name]["problems"])) == ("unknown", {}, 1)
    assert folder("read", "missing.pdf").status == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("no json", "polls.jsonl:1"),
        ('{"type": "visit"}', "'visit'"),
        ('{"type": "poll", "run": "r"}', "polls.jsonl:1"),
        ('{"type": "record", "source": "s", "target": "t", "kind": "report", "key": "k", "url": "u", "title": "t"}',
         "closed by no poll"),
    ],
)  # fmt: skip
def test_replaying_what_is_not_a_crawl(folder: Folder, line: str, said: str) -> None:
    (folder.path / "polls.jsonl").write_text(line + "\n")
    ran = folder("replay", "polls.jsonl")
    assert (ran.status, len(ran.lines)) == (2, 1)
    assert said in ran.err


def test_init_writes_the_sample_and_never_over_a_file(folder: Folder) -> None:
    assert folder("init", "--council", "devon").status == 0
    text = (folder.path / "config.toml").read_text(encoding="utf-8")
    assert 'councils = ["Devon"]' in text
    assert text.replace('councils = ["Devon"]', 'councils = "all"') == SAMPLE.read_text(encoding="utf-8")
    ran = folder("init")
    assert (ran.status, len(ran.lines)) == (2, 1)


def test_the_sample_is_refused_until_somebody_can_be_reached(folder: Folder) -> None:
    folder("init")
    ran = folder("crawl")
    assert (ran.status, len(ran.lines)) == (2, 1)
    assert "http.contact" in ran.err


def test_check_warns_of_neighbours_that_nobody_looks_at(folder: Folder) -> None:
    channel = '[[channels]]\nname = "near"\nkind = "feed"\nneighbours_of = "Devon"\n'
    folder.configure(NOWHERE, watch='councils = ["Devon", "Dorset"]', more=channel)
    assert "of the neighbours of Devon 9 are not watched (East Sussex, Norfolk, " in folder("check").err
    folder.configure(NOWHERE, more=channel)
    assert "are not watched" not in folder("check").err


def test_check_says_what_is_watched_and_who_is_told(folder: Folder) -> None:
    channel = '[[channels]]\nname = "screen"\nkind = "console"\ncouncils = ["Port Carrow"]\n'
    channel += '[[channels]]\nname = "calm"\nkind = "console"\nwhen = "daily 08:00"\nquiet = "21:00-07:00"\n'
    channel += "quiet_weekends = true\nquiet_lets_critical = true"
    folder.configure(NOWHERE, watch=REGISTRY, more=channel)
    ran = folder("check", "--send-test")
    assert ran.status == 0
    assert "councils: 4" in ran.out
    assert "channel screen: standard output: everything about Port Carrow, as it happens" in ran.out
    assert (
        "channel calm: standard output: everything about all 4 councils, each day at 08:00; "
        "quiet 21:00-07:00 and at weekends but for critical; a receipt of a week without news each Monday at 08:00"
    ) in ran.out
    assert "[Important] TEST MESSAGE (no real council): Good overall (was Requires improvement)" in ran.out
    assert "channel calm: test message sent: TEST MESSAGE" in ran.out
    assert "the only channel is the terminal" in ran.err


def test_a_feed_and_a_webhook_are_ways_out_too(watching: Folder, site: DemoSite, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hook/").respond_with_data("", status=204)
    watching.environment["HOOK_SECRET"] = "s3cret"
    hook = f'[[channels]]\nname = "own"\nkind = "webhook"\nurl = "{httpserver.url_for("/hook/")}"\n'
    hook += 'secret_env = "HOOK_SECRET"\n'
    text = (watching.path / "config.toml").read_text(encoding="utf-8")
    watching.write(f'{text}\n{hook}[[channels]]\nname = "feed"\nkind = "feed"\n')
    site.today = demo_world().days[1].date
    assert watching("crawl", "--json").status == 0
    ((request, _),) = httpserver.log
    assert request.get_json()["events"][0]["council"] == "Fenwick Vale"
    assert request.headers["X-Ofsted-Watch-Signature"].startswith("sha256=")
    feeds = sorted(p.name for p in (watching.path / "data" / "feeds" / "feed").iterdir())
    assert feeds[0] == "all.atom"
    assert any(name.startswith("region-") for name in feeds)


def test_a_secret_that_is_missing_keeps_the_message_and_is_named(watching: Folder, site: DemoSite) -> None:
    text = (watching.path / "config.toml").read_text(encoding="utf-8")
    watching.write(
        text + '\n[[channels]]\nname = "team"\nkind = "slack"\nchannel = "C0TEAM1"\ntoken_env = "NO_SUCH_TOKEN"\n'
    )
    site.today = demo_world().days[1].date
    ran = watching("crawl", "--json")
    assert ran.status == 1
    assert "NO_SUCH_TOKEN" in ran.err
    (found,) = watching("status", "--json").objects
    assert found["outbox"] == 1
    (way,) = [w for w in found["channels"] if w["owed"]]
    assert (way["channel"], way["owed"], way["attempts"], way["unsure"]) == ("team", 1, 0, 0)
    assert "NO_SUCH_TOKEN" in way["reason"]
    listed = watching("deliver", "--list")
    assert listed.status == 0
    assert "team: 1 owed; next try " in listed.out
    assert "NO_SUCH_TOKEN" in listed.out
    assert "team: 1 owed" in watching("status").out
    assert watching("deliver", "--list", "--retry").status == 2


def test_what_is_owed_to_a_channel_that_is_gone_is_held_until_it_is_back_or_forgotten(
    watching: Folder, site: DemoSite
) -> None:
    text = (watching.path / "config.toml").read_text(encoding="utf-8")
    old = '\n[[channels]]\nname = "old"\nkind = "console"\n'
    watching.write(text + old)
    site.today = demo_world().days[1].date
    assert watching("crawl", "--no-notify").status == 0
    watching.write(text + old.replace("old", "new"))
    ran = watching("deliver")
    assert (ran.status, "1 delivery still owed; held: 1" in ran.out) == (0, True)
    for command in (("deliver", "--retry"), ("status",), ("deliver", "--list")):
        assert watching(*command).status == 0
    assert "old: 1 owed; held, for no channel of this name is configured" in watching("deliver", "--list").out
    (found,) = watching("status", "--json").objects
    assert (found["outbox"], found["held"], found["given_up"], found["healthy"]) == (1, 1, 0, True)
    watching.write(text + old)
    assert "Fenwick Vale" in watching("deliver").out
    site.today = demo_world().days[2].date
    assert watching("crawl", "--no-notify").status == 0
    watching.write(text)
    ran = watching("deliver", "--forget", "new")
    assert (ran.status, "there is: old" in ran.err) == (2, True)
    assert "1 delivery given up or held: forgotten" in watching("deliver", "--forget", "old").out
    assert watching("status", "--json").objects[0]["outbox"] == 0


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare, to mount a small disk")
def test_a_full_disk_is_one_line_and_loses_nothing(watching: Folder, site: DemoSite) -> None:
    data = watching.path / "data"
    kept = watching.path / "kept"
    shutil.copytree(data, kept)
    site.today = demo_world().days[1].date
    small_disk = f"mount -t tmpfs -o size=900k none {data} && cp -a {kept}/. {data}/"
    script = f'{small_disk} && dd if=/dev/zero of={data}/fill bs=1k 2>/dev/null; exec "$@"'
    ran = watching("crawl", "--json", prefix=("unshare", "-m", "sh", "-c", script, "sh"))
    if "permission" in ran.err.lower():
        pytest.skip("mounting is not allowed here")
    assert (ran.status, len(ran.lines), ran.objects) == (1, 1, [])
    assert "no space left" in ran.err
    assert len(watching("crawl", "--json").objects) == 1


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare, to mount read-only")
def test_a_read_only_data_folder_is_one_line(watching: Folder) -> None:
    data = watching.path / "data"
    script = f'mount --bind {data} {data} && mount -o remount,ro,bind {data} && exec "$@"'
    ran = watching("crawl", prefix=("unshare", "-m", "sh", "-c", script, "sh"))
    if "permission" in ran.err.lower():
        pytest.skip("mounting is not allowed here")
    assert (ran.status, len(ran.lines)) == (2, 1)
    assert str(data.name) in ran.err
