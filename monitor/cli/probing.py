"""`check --probe` and `--capture`: what was recognised of each address, what was expected and missing, what follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import click

from monitor.cli.faults import Misuse, make_empty
from monitor.config.file import Config
from monitor.councils.registry import Council, UnknownCouncil
from monitor.crawl.probe import Probed, keep_judgement, probe, sources_of
from monitor.model import watched_pages
from monitor.model.sources import SOURCES, Providers, RegistryColumn, title
from monitor.version import VERSION
from monitor.wording.dates import in_words, moment
from monitor.wording.text import count, joined, printable

EVERYTHING = "all"
WORDS = {
    "ok": "as expected",
    "blocked": "refused",
    "missing": "not there",
    "error": "no answer",
    "invalid": "not what was expected",
}
"""What an outcome is to an operator."""
NOTE = """Answers of web sites as they came, kept by ofsted-watch {version} (check --probe --capture).

report.txt       what the program made of each address
SOURCE/job.json  what the crawl of that source was told
SOURCE/TARGET/   judgement.json, and for each question 0001.json (status, headers) and 0001.0.body (the bytes)

No password, token or contact of the operator is in here, and no value of a cookie. The bodies are the sites' own; a
page that refuses a program may name the address from which it was asked.
"""


def probe_lines(config: Config, names: Sequence[str], folder: Path | None, now: datetime) -> int:
    """Look at what is named, print what was found, and keep it in `folder`. Returns how many are not as expected."""
    chosen = selection(config, names)
    if folder is not None:
        make_empty(folder, "a capture needs a folder of its own")
    report, strange, asked = list[str](), list[str](), 0
    for source, councils in chosen:
        for found in probe(config, source, councils, now, folder):
            asked += 1
            strange += [] if found.outcome == "ok" else [_place(found)]
            _tell(config, found, folder, report)
    _end(asked, strange, folder, report)
    return len(strange) or (0 if asked else 1)


def selection(config: Config, names: Sequence[str]) -> list[tuple[str, list[Council]]]:
    """The sources to look at, each with the councils that it is narrowed to (none: all that are watched).

    A name is a source, "page.NAME", a council, or "all". Councils beside sources that are by council narrow those
    sources; other sources are looked at as a whole. Raises Misuse.
    """
    councils, named = _sorted(config, names)
    narrowed = [source for source in named if _by_council(source)]
    whole = [source for source in named if not _by_council(source)]
    if EVERYTHING in names:
        narrowed, whole = sources_of(config, None), []
    elif councils and not narrowed:
        narrowed = sources_of(config, councils[0])
    return [*((source, councils if _by_council(source) else []) for source in narrowed), *((s, []) for s in whole)]


def _sorted(config: Config, names: Sequence[str]) -> tuple[list[Council], list[str]]:
    """The councils and the sources that are named. Raises Misuse for a name that is neither."""
    councils, sources = [], []
    for name in names:
        if name == EVERYTHING:
            continue
        if watched_pages.split(name)[0] in SOURCES:
            sources.append(_configured(config, name))
        else:
            councils.append(_council(config, name))
    return councils, list(dict.fromkeys(sources))


def _configured(config: Config, name: str) -> str:
    """A source that has an address to look at. Raises Misuse for one whose addresses stand nowhere."""
    source, page = watched_pages.split(name)
    if source not in sources_of(config, None) or (page and name not in config.sources.commanded()):
        raise Misuse(f"{config.path}: no address of {name} is configured: [sources.{source}] has none")
    return name


def _council(config: Config, name: str) -> Council:
    try:
        return config.registry.find(name)
    except UnknownCouncil as unknown:
        known = joined(list(SOURCES), 20)
        raise Misuse(f"{unknown} (--probe takes a council, {EVERYTHING}, or a source: {known})") from unknown


def _by_council(source: str) -> bool:
    return SOURCES[watched_pages.split(source)[0]].by_council


def _tell(config: Config, found: Probed, folder: Path | None, report: list[str]) -> None:
    lines = [printable(line) for line in page(config, found)]
    report += lines
    for line in lines:
        click.echo(line)
    if folder is not None:
        keep_judgement(folder, found, lines)


def _end(asked: int, strange: Sequence[str], folder: Path | None, report: list[str]) -> None:
    said = f"{asked - len(strange)} of {asked} as expected" if asked else "no address of it is known"
    lines = ["", said + (f"; not: {joined(strange, 10)}" if strange else "")]
    if folder is not None:
        lines.append(f"every answer is kept in {folder}: pack the folder and send it to whoever maintains the program")
        (folder / "report.txt").write_text("\n".join([*report, *lines]) + "\n", encoding="utf-8")
        (folder / "README.txt").write_text(NOTE.format(version=VERSION), encoding="utf-8")
    for line in lines:
        click.echo(line)


def page(config: Config, found: Probed) -> Iterator[str]:
    """One target: what it is, what was recognised, what was expected and missing, what follows."""
    amiss = f", {WORDS[found.outcome]}" if found.outcome != "ok" else ""
    oddly = ", as expected" if not found.detail else ", read with remarks"
    yield f"{_place(found)}: {found.outcome}{amiss or oddly}"
    yield f"  asked: {found.url} ({count(found.requests, 'request')}, {count(found.records, 'publication')} read)"
    for sentence in found.recognised:
        yield f"  recognised: {sentence if '://' in sentence else in_words(sentence)}"
    if found.outcome != "ok":
        yield f"  expected: {SOURCES[watched_pages.split(found.source)[0]].expected}"
    if found.detail:
        yield f"  {'remarks' if found.outcome == 'ok' else 'instead'}: {found.detail}"
    for sentence in follows(config, found):
        yield f"  what follows: {sentence}"


def _place(found: Probed) -> str:
    """ "Devon: Councils' news (newsroom)", "Press: Community Care (press)"."""
    what = f"{title(found.source)} ({found.source})"
    return f"{found.council}: {what}" if found.council else f"{found.name}: {what}"


def follows(config: Config, found: Probed) -> Iterator[str]:
    """What the program will do about a target, and what a person can."""
    if found.outcome == "ok":
        yield from _if_read(found)
    else:
        yield _if_not_read(found)
        yield _to_do(found)
    if found.not_before:
        yield f"the host asked to be left alone until {moment(found.not_before)}; no crawl asks it before"
    yield _when(config, found.source)


def _if_read(found: Probed) -> Iterator[str]:
    if found.detail:
        yield "what the remarks name is left out or read in another way; the rest is read"
    if _is_listing(found):
        yield "each council's page is opened at the address that it gives"
        return
    yield "what its first crawl finds is the baseline, of which nobody is told; what comes later is told"


def _is_listing(found: Probed) -> bool:
    """Whether this is a source's own list of its targets."""
    return SOURCES[watched_pages.split(found.source)[0]].by_council and found.council is None


def _if_not_read(found: Probed) -> str:
    if _is_listing(found):
        return "no council's page is opened until it can be read, so that nothing of the source is seen"
    unread = "what is published there is not seen until it can be read; nothing is taken for removed meanwhile"
    return f"{unread}; operators are told once if it stays so, and once when it is over"


def _to_do(found: Probed) -> str:
    """What a person can do, by what came."""
    to_do = {
        "blocked": "the program does not get round a refusal: ask the site's owner to admit it by its user agent, or",
        "missing": "look with a browser where the page has gone, and",
        "error": "look with a browser whether the site answers you; if it does from elsewhere only,",
        "invalid": "look with a browser: if it shows you what is expected, send a capture (--capture DIR) to whoever "
        "maintains the program; if it has moved,",
    }
    return f"{to_do[found.outcome]} {_where_written(found)}"


def _where_written(found: Probed) -> str:
    """Where a person writes another address."""
    source = watched_pages.split(found.source)[0]
    way = SOURCES[source].targets
    if isinstance(way, RegistryColumn) and found.council:
        return f'write its address into the configuration: [councils."{found.council}"] {way.column} = "https://…"'
    key = "base_url" if isinstance(way, Providers) else "address"
    return f"write another {key} into the configuration, under [sources.{source}]"


def _when(config: Config, name: str) -> str:
    source, page = watched_pages.split(name)
    section = config.sources.enabled().get(source)
    if section is None:
        switch = f"[sources.{source}] in {config.path.name}"
        return f"no crawl asks it now: the source is switched off ({switch} switches it on)"
    times = [c.schedule for c in section.crawls() if not (page and c.targets) or page in c.targets]
    return f"crawls ask it at {joined(times, 5)} (cron, London time)"
