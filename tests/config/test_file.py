"""The configuration: the sample, what is refused and with which line, and what must never be shown."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.config.addresses import is_public
from monitor.config.channels import Mail, Slack
from monitor.config.environment import secret
from monitor.config.errors import ConfigError, keys_of
from monitor.config.file import SAMPLE, TABLES, Config, load
from monitor.councils.registry import BUILT_IN
from monitor.times.spec import AMBIGUOUS, WEEKDAYS, When, cron_fields, parse_when
from notifiers.mail.notifier import MailNotifier
from tests.configured import configured

ROOT = Path(__file__).parents[2]
MAIL = '[[channels]]\nname = "m"\nkind = "email"\nto = "a@b.test"\nfrom = "w@b.test"\nhost = "mail.b.test"\n'
ELSEWHERE = "unknown key here, though it is one elsewhere"


def refused(folder: Path, text: str) -> list[str]:
    """The lines of the refusal, each without the file's name, which must lead it."""
    with pytest.raises(ConfigError) as caught:
        configured(folder, text)
    start = f"{folder / 'config.toml'}: "
    assert all(line.startswith(start) and len(line.splitlines()) == 1 for line in caught.value.lines)
    return [line.removeprefix(start) for line in caught.value.lines]


# --- the sample ---------------------------------------------------------------------------------------------


def test_the_sample_is_valid_as_written_and_the_same_in_both_places() -> None:
    assert SAMPLE.read_text(encoding="utf-8") == (ROOT / "config.toml").read_text(encoding="utf-8")
    config = load(SAMPLE)
    assert len(config.watched()) == 153
    assert [channel.kind for channel in config.channels] == ["console"]
    assert list(config.sources.enabled()) == ["ofsted"]
    assert config.contact_problem() == (
        f"{SAMPLE}: http.contact: write an address where the owner of a watched site can reach you"
    )


def test_the_sample_shows_the_defaults(tmp_path: Path) -> None:
    config, bare = load(SAMPLE), configured(tmp_path, "")
    assert config.model_dump(exclude={"channels", "http"}) == bare.model_dump(exclude={"channels", "http"})
    assert config.http.model_dump(exclude={"contact"}) == bare.http.model_dump(exclude={"contact"})


def test_the_sample_with_its_examples_is_valid(tmp_path: Path) -> None:
    shutil.copy(BUILT_IN, tmp_path / "councils.csv")
    config = configured(tmp_path, _uncommented())
    assert list(config.sources.enabled()) == [*("ofsted", "moderngov", "cmis", "newsroom", "press", "govuk", "page")]
    assert [channel.kind for channel in config.channels] == [*("console", "slack", "slack", "email", "webhook", "feed")]
    assert config.registry.get("Devon").news_feed_url == "https://www.devon.gov.uk/news/feed/"


def test_the_examples_show_the_defaults(tmp_path: Path) -> None:
    """An example of a schedule is the one that holds when it is left out."""
    shutil.copy(BUILT_IN, tmp_path / "councils.csv")
    shown = configured(tmp_path, _uncommented()).sources.enabled()
    for name in ("moderngov", "cmis", "newsroom", "press", "govuk"):
        assert shown[name].schedule == type(shown[name]).model_fields["schedule"].default


def test_every_key_is_in_the_sample() -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    missing = {key for key in keys_of(Config, *TABLES) if not re.search(rf"\b{key}\b", text)}
    assert missing == set()


def _uncommented() -> str:
    return re.sub(r"(?m)^#(?=[a-z\[\]]|  \{)", "", SAMPLE.read_text(encoding="utf-8"))


# --- what is refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("colour = 1", "colour: unknown key"),
        ("[watch]\nconncils = 'all'", "watch.conncils: unknown key: did you mean councils?"),
        ("[data]\ndir = 3", "data.dir: must be text in quotes"),
        ("[data]\ndir = ''", "data.dir: must be one line of text and not empty"),
        ("http = 1", "http: must be a table"),
        ("[http]\ndelay = -1", "http.delay: must be at least 0"),
        ("[http]\ndelay = nan", "http.delay: must be a finite number"),
        ("[http]\ntimeout = '5'", "http.timeout: must be a number"),
        ("[http]\ntimeout = 0", "http.timeout: must be more than 0"),
        ("[http]\nmax_bytes = 1.5", "http.max_bytes: must be a whole number"),
        ("[http]\nobey_robots = 1", "http.obey_robots: must be true or false"),
        ('[http]\ncontact = "a\\r\\nb"', "http.contact: must be one line of plain ASCII: it goes into a header"),
        ("[watch]\ncouncils = 'some'", 'watch.councils: must be "all" or a list of names'),
        ("[watch]\ncouncils = []", "watch.councils: must not be empty"),
        ("[watch]\ncouncils = ['Devom']", 'watch.councils.#1: no council "Devom": did you mean "Devon"?'),
        ("[sources.ofsted]\nschedule = '0 7 * * 1'", "sources.ofsted.schedule: weekday 1 is a digit: write mon"),
        ("[sources.ofsted]\nbase_url = 'ftp://x'", "sources.ofsted.base_url: must be an http:// or https:// address"),
        ("[sources.ofsted]\nbase_url = 'http://u:p@x'", "sources.ofsted.base_url: must not hold a user or password"),
        ("[sources.ofsted]\npage_size = 200", "sources.ofsted.page_size: must be at most 100"),
        ("[sources.press]\nsites = []", "sources.press.sites: must not be empty"),
        ("[sources.page]\nname = 'x'", "sources.page: must be a table in double brackets, one for each"),
        ("[councils.Devom]\nnotes = 'x'", 'councils.Devom: no council "Devom": did you mean "Devon"?'),
        ("[councils.Devon]\nnotes = 3", "councils.Devon.notes: must be text in quotes"),
        ("[councils.Devon]\nslug = 'x'", "councils.Devon.slug: cannot be changed here"),
        (
            "[councils.Devon]\nnewsroom_url = 'x'",
            'councils.Devon.newsroom_url: "x" is not an http or https address',
        ),
        ("[site]\naddress = 'ofsted.example.org'", "site.address: must be an http:// or https:// address"),
        ("[site]\naddress = 'https://a.test/?x'", "site.address: must end with its path: no ? and no #"),
        ("[site]\nlisten = '8000'", 'site.listen: must be an address and a port, such as "127.0.0.1:9464"'),
        (
            "[site]\nlisten = '127.0.0.1:80'\n[run]\nlisten = '127.0.0.1:80'",
            "site.listen: is also run.listen; leave that out, for the site's port has /healthz and /metrics too",
        ),
        ("[channels]\nname = 'x'", "channels: must be a table in double brackets, one for each"),
        ("[[channels]]\nkind = 'feed'", "channels.#1.name: missing"),
        ("[[channels]]\nname = 'x'", "channels.x: kind is missing: one of console, slack, email, webhook, feed"),
        (
            "[[channels]]\nname = 'x'\nkind = 'pigeon'",
            "channels.x: kind must be one of console, slack, email, webhook, feed",
        ),
        ("[[channels]]\nname = 'x'\nkind = 'feed'\n" * 2, 'channels: the name "x" stands there twice'),
        (MAIL.replace('"m"', f'"{"n" * 101}"'), f"channels.{'n' * 101}.name: must not be longer than 100 characters"),
        (MAIL + "when = 'daily 8:00'", 'channels.m.when: "8:00" is not a time like 08:00'),
        (MAIL + "quiet = '21:00'", 'channels.m.quiet: "21:00" is not hours like 21:00-07:00'),
        (MAIL + "quiet = '21:00-7:00'", 'channels.m.quiet: "7:00" is not a time like 08:00'),
        (MAIL + "quiet = '22:00-01:30'", f"channels.m.quiet: {AMBIGUOUS}"),
        (MAIL + "quiet = '08:00 - 08:00'", 'channels.m.quiet: "08:00 - 08:00" begins and ends at the same time'),
        (MAIL + "quiet_lets_critical = true", "channels.m: quiet_lets_critical needs quiet or quiet_weekends"),
        (MAIL + "quiet_weekends = 'yes'", "channels.m.quiet_weekends: must be true or false"),
        (MAIL + "receipt = 'daily 08:00'", 'channels.m.receipt: "daily 08:00" is not "never" or "weekly mon HH:MM"'),
        (MAIL + "receipt = 'monthly'", 'channels.m.receipt: "monthly" is not "never" or "weekly mon HH:MM"'),
        (MAIL + "receipt = 'weekly 1 08:00'", "channels.m.receipt: weekday 1 is a digit: write mon"),
        (
            MAIL + "broadcast_severity = 'info'",
            f"channels.m.broadcast_severity: {ELSEWHERE}",
        ),
        (
            "[[channels]]\nname = 'f'\nkind = 'feed'\nreceipt = 'never'",
            f"channels.f.receipt: {ELSEWHERE}",
        ),
        (MAIL + "when = 'weekly 1 08:00'", "channels.m.when: weekday 1 is a digit: write mon"),
        (
            MAIL + "kinds = ['report.publish']",
            'channels.m.kinds.#1: "report.publish" matches no kind of event: did you mean "report.published"?',
        ),
        (
            MAIL + "min_severity = 'high'",
            'channels.m.min_severity: must be "info", "notice", "important" or "critical"',
        ),
        (MAIL + "regions = ['Southwest']", 'channels.m.regions.#1: no region "Southwest": did you mean "South West"?'),
        (MAIL + "user = 'me'", "channels.m: user and password_env go together"),
        (MAIL + "port = 0", "channels.m.port: must be at least 1"),
        (MAIL.replace("a@b.test", "a@b.test\\nBcc: c@d.test"), "channels.m.to: must be an e-mail address"),
        (
            MAIL.replace("mail.b.test", "smtp://x/"),
            "channels.m.host: must be a host name, without a scheme, port or path",
        ),
        (
            MAIL.replace("mail.b.test", "mail.b.test:587"),
            "channels.m.host: must be a host name, without a scheme, port or path",
        ),
        (MAIL.replace("a@b.test", "müller@b.test"), "channels.m.to: must be an e-mail address in ASCII characters"),
        (
            MAIL.replace("mail.b.test", "mail.b.org") + "user='me'\npassword_env='P'\nsecurity='none'",
            'channels.m: security "none" would send the password in clear',
        ),
        (
            "[watch]\ncouncils = ['Devon']\n" + MAIL + "councils = ['Kent']",
            'channels.m.councils: "Kent" is not among the councils watched',
        ),
        ("[watch]\nregistry = 'x.csv'", "watch.registry: {folder}/x.csv: cannot be read: No such file or directory"),
        ('"a\\nb" = 1', "a b: unknown key"),
        ('[watch]\nregistry = "a\\u0000b"', "watch.registry: must be one line of text and not empty"),
        ("x = " + "[" * 5000, "brackets nested too deeply"),
        ("[data]\ndir = \n", "line 2, column 7: invalid value"),
    ],
)
def test_refused_in_one_line(tmp_path: Path, text: str, line: str) -> None:
    assert refused(tmp_path, text) == [line.replace("{folder}", str(tmp_path))]


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ("", "channels.s: needs either token_env and channel, or webhook_env"),
        ("token_env = 'T'\nwebhook_env = 'W'", "channels.s: needs either token_env and channel, or webhook_env"),
        ("token_env = 'T'", "channels.s: token_env needs channel beside it"),
        (
            "webhook_env = 'W'\napp_token_env = 'A'",
            "channels.s: app_token_env needs token_env beside it: a webhook cannot be asked",
        ),
        ("webhook_env = 'W'\nchannel = '#x'", "channels.s: a webhook posts to its own channel: leave channel out"),
        (
            "webhook_env = 'W'\napi_url = 'http://slack.org/api'",
            "channels.s.api_url: must be https: a secret is sent there",
        ),
    ],
)
def test_slack_has_one_way_in(tmp_path: Path, keys: str, line: str) -> None:
    assert refused(tmp_path, f"[[channels]]\nname = 's'\nkind = 'slack'\n{keys}") == [line]


REPLICA, QUEUE, LISTEN = "[store]\nreplica = {}", "[run]\nqueue = {}", "[run]\nlisten = {}"
TO = MAIL.replace('"a@b.test"', "{}")
HOOK = "[[channels]]\nname = 'h'\nkind = 'webhook'\nsecret_env = 'S'\nurl = {}"
SLACK = "[[channels]]\nname = 's'\nkind = 'slack'\ntoken_env = 'T'\nchannel = {}"
AGENT = "[http]\nuser_agent = {}"


@pytest.mark.parametrize(
    ("text", "key", "wrong", "right"),
    [
        (
            REPLICA,
            "store.replica",
            ["s3://", "s3:///x", "sftp://", "sftp:///p", "sftp://h:99999/p", "sftp://[", "sftp://u:@h/p", "s3://b?x=1"],
            ["s3://b", "s3://b/p", "sftp://u@h:2222/p", "file:///a/b"],
        ),
        (
            QUEUE,
            "run.queue",
            [
                "mysql://h/d",
                "postgresql://h:0/d",
                "postgresql://[",
                "postgresql://u:@h/d",
                "postgresql://h/d?password=",
                "postgresql://h/d?PASSWORD=x",
            ],
            ["postgresql://h/d", "postgres://u@h:5432/d?sslmode=verify-full", "postgresql://h1,h2/d"],
        ),
        (
            LISTEN,
            "run.listen",
            ["[::1:80", "::1]:80", "::1:80", "[127.0.0.1]:80", "*:80", "a b:80", ":80", "h:0", "h:65536", "h:8\uff10"],
            ["[::1]:80", "[::]:80", "localhost:80", "0.0.0.0:1"],
        ),
        (
            TO,
            "channels.m.to",
            [
                ".a@b.test",
                "a..b@b.test",
                "a@b..test",
                "mailto:a@b.test",
                "a@b.test; c@d.test",
                "a@b@c",
                "\u202eX <a@b.test>",
                "a@b.test\u200b",
                "X <a@b.test",
                "a@münchen.de",
            ],
            ["a@b", "Smith, John <j@b.test>", "Zoë O'Neill <z.oneill+x@b.test>"],
        ),
        (
            HOOK,
            "channels.h.url",
            [
                "https://münchen.de/x",
                "https://h.test/ä",
                "https://h..test/",
                f"https://{'a' * 64}.test/",
                "https://h.test:0/",
                'https://h.test/"x',
                "https://h.test/<x>",
            ],
            ["https://h.test/x?key=1", "https://xn--mnchen-3ya.de/", f"https://{'a' * 63}.test/"],
        ),
        (
            SLACK,
            "channels.s.channel",
            [
                "#",
                "# x",
                "#Ofsted",
                "ofsted watch",
                "https://x.slack.com/archives/C012345",
                "@bob",
                "c0OFSTED",
                "#a,#b",
                "#" + "x" * 81,
            ],
            ["#ofsted", "ofsted-watch_2", "C0OFSTED", "G0PRIVATE", "U0ALICE", "#オフステッド"],
        ),
        (AGENT, "http.user_agent", ["{foo}", "{contact", "a}"], ["x/{version} ({contact})", "plain"]),
    ],
)
def test_what_could_never_work_is_refused_with_its_key(
    tmp_path: Path, text: str, key: str, wrong: list[str], right: list[str]
) -> None:
    """What a way out, a port or a library would refuse later, at night, is refused when the file is read."""
    for value in wrong:
        (line,) = refused(tmp_path, text.format(json.dumps(value)))
        assert line.startswith(f"{key}: must ") or line.startswith(f"{key}: knows "), (value, line)
    for value in right:
        assert configured(tmp_path, text.format(json.dumps(value)))


def test_what_the_mail_notifier_refuses_the_file_does_too(tmp_path: Path) -> None:
    for value in ("a@b", "Smith, John <j@b.test>", "Zoë <z.oneill+x@b.test>", "a@[1.2.3.4]"):
        (channel,) = configured(tmp_path, TO.format(json.dumps(value))).channels
        assert isinstance(channel, Mail)
        assert MailNotifier(channel.to[0], sender=channel.sender, host=channel.host, port=channel.smtp_port())


def test_several_faults_are_several_lines(tmp_path: Path) -> None:
    text = (
        "[http]\ndelay = 'x'\n[watch]\ncouncils = ['Devom', 'Kent', 'Kemt']\n[sources.ofsted]\nschedule = '0 1 * * *'"
    )
    assert [line.split(": ")[0] for line in refused(tmp_path, text)] == [
        *("http.delay", "watch.councils.#1", "watch.councils.#3", "sources.ofsted.schedule")
    ]


def test_a_secret_in_the_wrong_place_is_not_shown(tmp_path: Path) -> None:
    keys = "token_env = 'xoxb-123'\ntoken = 'xoxb-123'\nchannel = 3\nwebhook_env = 'https://hooks.slack.com/xoxb-123'"
    lines = refused(tmp_path, f"[[channels]]\nname = 's'\nkind = 'slack'\n{keys}")
    assert "xoxb-123" not in "\n".join(lines)
    assert "channels.s.token: unknown key: did you mean token_env?" in lines


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    def line(path: Path) -> str:
        with pytest.raises(ConfigError) as caught:
            load(path)
        return "|".join(caught.value.lines).removeprefix(f"{path}: ")

    assert line(tmp_path / "x.toml") == 'no such file: "ofsted-watch init" writes one'
    assert line(tmp_path) == "cannot be read: Is a directory"
    (tmp_path / "y.toml").write_bytes(b"[data]\ndir = '\xe9'")
    assert line(tmp_path / "y.toml") == "not UTF-8 text: invalid continuation byte at byte 14"


@settings(deadline=None)
@given(st.text())
def test_any_text_is_a_configuration_or_refused_in_lines(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_text(text, encoding="utf-8", errors="replace")
    try:
        load(path)
    except ConfigError as error:
        lines = error.lines
        assert lines
        assert all(len(line.splitlines()) == 1 for line in lines)


# --- what is accepted ---------------------------------------------------------------------------------------


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("name,slug,ofsted_urn,region\nMade up,made-up,90001,Nowhere\n", encoding="utf-8")
    config = configured(tmp_path, "[data]\ndir = 'd'\n[watch]\nregistry = 'mine.csv'\ncouncils = ['made-up']")
    assert config.data_dir == tmp_path / "d"
    assert [council.urn for council in config.watched()] == ["90001"]


def test_councils_by_any_name_once(tmp_path: Path) -> None:
    config = configured(tmp_path, "[watch]\ncouncils = ['Hull', 'BCP', 'Kingston upon Hull, City of', '80461']")
    assert [c.name for c in config.watched()] == [
        *("Bournemouth, Christchurch and Poole", "Devon", "Kingston upon Hull")
    ]
    assert "Surrey" not in {c.name for c in configured(tmp_path, "").watched(date(2027, 4, 1))}


def test_a_row_of_the_registry_is_overridden(tmp_path: Path) -> None:
    rows = "[councils.Devon]\nnotes = 'a'\n[councils.'Devon County Council']\ndelivery_body = 'b'\n"
    devon = configured(tmp_path, rows).registry.get("Devon")
    assert (devon.notes, devon.delivery_body, devon.urn) == ("a", "b", "80461")


def test_whom_a_channel_is_told_of(tmp_path: Path) -> None:
    text = "[watch]\ncouncils = ['Devon', 'Torbay', 'Kent']\n" + MAIL
    everything = configured(tmp_path, text)
    both = configured(tmp_path, text + "councils = 'Kent'\nregions = ['south west']\nkinds = 'report.*'")
    assert [c.name for c in everything.told(everything.channels[0])] == ["Devon", "Kent", "Torbay"]
    assert [c.name for c in both.told(both.channels[0])] == ["Devon", "Kent", "Torbay"]
    one = configured(tmp_path, text + "regions = ['South West']\nkinds = ['report.*', 'source.failing']")
    assert [c.name for c in one.told(one.channels[0])] == ["Devon", "Torbay"]


def test_mail_and_slack(tmp_path: Path) -> None:
    mail = configured(tmp_path, MAIL).channels[0]
    assert isinstance(mail, Mail)
    assert (mail.to, mail.sender, mail.smtp_port(), mail.when) == (["a@b.test"], "w@b.test", 587, "now")
    twice = MAIL.replace('"a@b.test"', '["a@b.test", "Ann <A@B.test>", "c@b.test"]')
    (several,) = configured(tmp_path, twice).channels
    assert isinstance(several, Mail)
    assert several.to == ["a@b.test", "c@b.test"]
    text = "[[channels]]\nname='s'\nkind='slack'\ntoken_env='T'\nchannel='#x'\napi_url='http://127.0.0.1:8080/api/'"
    slack = configured(tmp_path, text).channels[0]
    assert isinstance(slack, Slack)
    assert slack.api_url == "http://127.0.0.1:8080/api/"


@pytest.mark.parametrize(
    ("http", "base_url", "problem"),
    [
        ("", "http://127.0.0.1:9000", False),
        ("", "http://[::1]:9000", False),
        ("", "http://replica:9000", False),
        ("", "https://reports.ofsted.gov.uk", True),
        ("contact = 'https://example.org/contact'", "https://reports.ofsted.gov.uk", True),
        ("contact = 'me@council.gov.uk'", "https://reports.ofsted.gov.uk", False),
        ("contact = 'me@council.gov.uk'\nuser_agent = 'Mozilla/5.0'", "https://reports.ofsted.gov.uk", True),
    ],
)
def test_the_public_internet_wants_a_contact(tmp_path: Path, http: str, base_url: str, problem: bool) -> None:
    config = configured(tmp_path, f"[http]\n{http}\n[sources.ofsted]\nbase_url = '{base_url}/'\n")
    assert config.sources.ofsted.base_url == base_url
    assert (config.contact_problem() is not None) is problem


def test_what_a_crawl_is_told(tmp_path: Path) -> None:
    http = configured(tmp_path, "[http]\ncontact = 'me@x.uk'\ndelay = 0").job_http("1.2")
    assert (http.user_agent, http.delay, http.obey_robots) == ("ofsted-watch/1.2 (+me@x.uk)", 0, True)


def test_public_hosts_by_their_text() -> None:
    assert [is_public(f"http://{host}") for host in ("8.8.8.8", "www.gov.uk", "1.2", "[2606:4700::1]")] == [True] * 4
    private = ("10.0.0.1", "localhost", "a.localhost", "nas.local", "[fe80::1%25eth0]", "slack-double")
    assert [is_public(f"http://{host}") for host in private] == [False] * 6


def test_importing_is_light() -> None:
    code = "import sys, monitor.config; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {"apscheduler", "email_validator", "scrapy", "slack_sdk", "asyncio"}.isdisjoint(loaded)


# --- schedules ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    ["0 7-19 * * mon-fri", "*/5 * * * *", "30 3 1,15 * *", "0 0-23/2 * jan-mar *", "5 2 29 feb *", "0 9 * * MON,wed"],
)
def test_cron_lines(line: str) -> None:
    assert " ".join(cron_fields(line).values()) == line.lower()
    assert list(cron_fields(line)) == ["minute", "hour", "day", "month", "day_of_week"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("0 7 * *", 'needs five fields "minute hour day month weekday", has 4'),
        ("0 7 * * 0", "weekday 0 is a digit: write sun"),
        ("0 7 * * 1-5", "weekday 1 is a digit: write mon"),
        ("0 7 * * 7", "weekday 7 is a digit: write sun"),
        ("0 7 * * 9", "weekday 9 is a digit"),
        ("0 7 * * monday", 'weekday "monday" is not one of mon, tue, wed, thu, fri, sat, sun'),
        ("0 7 * * fri-mon", 'weekday: "fri-mon" runs backwards: write the values out, separated by commas'),
        ("0 7 * * */2", 'weekday: "*/2": a step /n goes with * or a range, and never with weekdays'),
        ("60 7 * * *", "minute: 60 is not from 0 to 59"),
        ("x 7 * * *", 'minute: "x" is not a minute'),
        ("0 7, * * *", 'hour: "" is not a value, a range a-b, * or */n'),
        ("0 7/2 * * *", 'hour: "7/2": a step /n goes with * or a range, and never with weekdays'),
        ("*/0 7 * * *", "minute: a step is from 1 to 59"),
        ("30 1 * * *", "01:xx is ambiguous when the clocks change: choose another hour"),
        ("0 0-6 * * *", "01:xx is ambiguous when the clocks change: choose another hour"),
        ("0 3 31 feb,apr *", "no month in it has a day 31"),
        ("0 3 1 * mon", "day of month and weekday together: leave one of them *"),
    ],
)
def test_cron_lines_refused(line: str, reason: str) -> None:
    with pytest.raises(ValueError, match=rf"^{re.escape(reason)}$"):
        cron_fields(line)


def test_when() -> None:
    assert parse_when("now") == When("now")
    assert parse_when("Daily 08:05") == When("daily", None, 8, 5)
    assert parse_when("weekly mon 17:30") == When("weekly", "mon", 17, 30)
    for text in ("", "later", "daily", "daily 24:00", "daily 01:30", "weekly 08:00", "weekly mon"):
        with pytest.raises(ValueError, match=r"."):
            parse_when(text)


@given(st.integers(0, 59), st.integers(2, 23), st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True))
def test_what_is_accepted_is_apschedulers(minute: int, hour: int, days: list[str]) -> None:
    from apscheduler.triggers.cron import CronTrigger

    fields = cron_fields(f"{minute} {hour} * * {','.join(days)}")
    trigger = CronTrigger(**fields, timezone="Europe/London")
    assert str(trigger.fields[trigger.FIELD_NAMES.index("day_of_week")]) == ",".join(days)


# --- secrets ------------------------------------------------------------------------------------------------


def test_a_secret_from_the_environment_or_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OW_TOKEN", " xoxb-1\n")
    assert secret("OW_TOKEN") == "xoxb-1"
    monkeypatch.delenv("OW_TOKEN")
    (tmp_path / "token").write_text("xoxb-2\n", encoding="utf-8")
    monkeypatch.setenv("OW_TOKEN_FILE", str(tmp_path / "token"))
    assert secret("OW_TOKEN") == "xoxb-2"


@pytest.mark.parametrize(
    ("value", "file", "reason"),
    [
        (None, None, "OW_TOKEN is not set"),
        ("", None, "OW_TOKEN is not set"),
        ("hidden", "hidden", "OW_TOKEN and OW_TOKEN_FILE are both set: leave one out"),
        ("hid\nden", None, "OW_TOKEN holds more than one line of text"),
        (None, "/nowhere/hidden", "OW_TOKEN_FILE: the file cannot be read: No such file or directory"),
        (None, "/dev/null", "OW_TOKEN_FILE: the file is empty"),
    ],
)
def test_a_secret_that_is_not_there(
    monkeypatch: pytest.MonkeyPatch, value: str | None, file: str | None, reason: str
) -> None:
    for name, text in (("OW_TOKEN", value), ("OW_TOKEN_FILE", file)):
        monkeypatch.delenv(name, raising=False) if text is None else monkeypatch.setenv(name, text)
    with pytest.raises(ConfigError) as caught:
        secret("OW_TOKEN")
    assert caught.value.lines == [f"environment: {reason}"]
    assert "hid" not in repr(caught.value)
