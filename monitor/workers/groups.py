"""Which targets are crawled together, so that no host is asked by two crawls at once. Pure.

Hosts of one target (a council's site often has a second address) belong together, whichever sources they are of. What
belongs together falls into a few groups, and each group is a lock: a worker crawls it alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit
from zlib import crc32

from monitor.config.file import Config
from monitor.crawl import targets as crawl_targets
from monitor.model import Job, Target

GROUPS = 4
"""Of the sites of one kind. All hosts of one vendor may be asked four things at once (`spiders.http.vendors`), so each
of four crawls may ask one."""


@dataclass(frozen=True, slots=True)
class Part:
    """The targets of a job that one worker crawls, under the lock of their hosts."""

    lock: str
    job: Job


def locks(config: Config, today: date) -> dict[str, str]:
    """The lock of each host that the configuration has crawled. Hosts that belong together have the same, and are of
    the first source that has one of them: Ofsted's own site waits for no council's."""
    sites = list(_sites(config, today))
    first = _joined(hosts for _, hosts in sites)
    source_of: dict[str, str] = {}
    for source, hosts in sites:
        for host in hosts:
            source_of.setdefault(first[host], source)
    return {host: _lock(source_of[name], name) for host, name in first.items()}


def parts(job: Job, known: Mapping[str, str]) -> list[Part]:
    """A job in parts by its hosts' locks, each told how many there are. A target without an address is at the job's."""
    by_lock: dict[str, list[Target]] = {}
    for target in job.targets:
        hosts = _hosts(job.base_url, target.url, target.options.get("alternatives", ()))
        lock = next((known[host] for host in hosts if host in known), None)
        by_lock.setdefault(lock or _lock(job.source, min(hosts, default="")), []).append(target)
    options = job.options | {"beside": len(by_lock)}
    return [Part(lock, replace(job, targets=tuple(found), options=options)) for lock, found in by_lock.items()]


def _lock(source: str, name: str) -> str:
    return f"{source}-{crc32(name.encode()) % GROUPS}"


def _sites(config: Config, today: date) -> Iterator[tuple[str, set[str]]]:
    """The hosts of each target of each source, in the order of the sources."""
    for source in config.sources.enabled():
        covered = crawl_targets.of(config, source, today)
        for spec in covered.targets.values():
            yield source, _hosts(covered.base_url, spec.url, spec.options.get("alternatives", ()))


def _hosts(base_url: str, url: str | None, alternatives: Iterable[str]) -> set[str]:
    """The hosts of a target; one with and without "www." is the same site, and asked as such."""
    found = (urlsplit(address).hostname or "" for address in (url or base_url, *alternatives) if address)
    return {host.removeprefix("www.") for host in found} - {""}


def _joined(sets: Iterable[set[str]]) -> dict[str, str]:
    """For each host, return the one that stands for all that belong together: the first by the alphabet."""
    together: dict[str, set[str]] = {}
    for hosts in sets:
        merged = set().union(hosts, *(together[host] for host in hosts if host in together))
        together |= dict.fromkeys(merged, merged)
    return {host: min(merged) for host, merged in together.items()}
