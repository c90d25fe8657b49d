"""Figures for Prometheus. What the store knows is read when it is asked; what only this process saw is counted.

Imported only where `run.listen` is set: the client library costs some ten megabytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from monitor.config.file import Config
from monitor.service.tally import Tally
from monitor.store import Store, outbox
from monitor.version import VERSION
from monitor.views.status import STATES, of

BUCKETS = (1, 5, 15, 60, 300, 900, 3600)


class Metrics:
    """The figures of one process."""

    def __init__(self, config: Callable[[], Config], clock: Callable[[], datetime]) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        self._registry.register(FromStore(config, clock))
        labels = ["source"]
        self._polls = Counter(
            "ofsted_watch_polls", "Looks at a target, by what they found", [*labels, "outcome"], registry=self._registry
        )
        self._requests = Counter("ofsted_watch_requests", "Requests made", labels, registry=self._registry)
        self._bytes = Counter("ofsted_watch_received_bytes", "Bytes received", labels, registry=self._registry)
        self._seconds = Histogram(
            "ofsted_watch_crawl_seconds", "Time of a crawl", labels, buckets=BUCKETS, registry=self._registry
        )

    def crawled(self, tally: Tally, seconds: float) -> None:
        """Count a crawl that has ended."""
        for outcome, count in tally.outcomes.items():
            self._polls.labels(tally.source, outcome).inc(count)
        self._requests.labels(tally.source).inc(tally.requests)
        self._bytes.labels(tally.source).inc(tally.bytes)
        self._seconds.labels(tally.source).observe(seconds)

    def page(self) -> bytes:
        """All figures in Prometheus' text format. Raises StoreError."""
        return generate_latest(self._registry)


class FromStore(Collector):
    """Figures that outlive a process: read from the store at each scrape."""

    def __init__(self, config: Callable[[], Config], clock: Callable[[], datetime]) -> None:
        self._config, self._clock = config, clock

    def describe(self) -> list[Metric]:
        """Nothing beforehand: to register must not need the store."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The families, in a fixed order."""
        config, now = self._config(), self._clock()
        with Store.reading(config.data_dir) as store:
            standing, kinds, deliveries = of(store, config, now), outbox.by_kind(store), outbox.by_state(store)
        info = InfoMetricFamily("ofsted_watch", "The program")
        info.add_metric([], {"version": VERSION})
        yield info
        yield _family(CounterMetricFamily, "events", "Events found", ["kind"], kinds)
        yield _family(GaugeMetricFamily, "deliveries", "Deliveries", ["channel", "state"], deliveries)
        yield GaugeMetricFamily("ofsted_watch_outbox", "Deliveries still owed", value=standing["outbox"])
        yield from _sources(standing["sources"], now)


def _sources(found: list[dict[str, Any]], now: datetime) -> Iterator[Metric]:
    states = {(s["source"], state): int(s["status"] == state) for s in found for state in STATES}
    yield _family(GaugeMetricFamily, "source_state", "1 for the state that a source is in", ["source", "state"], states)
    ages = {(s["source"],): (now - datetime.fromisoformat(s["last_ok"])).total_seconds() for s in found if s["last_ok"]}
    yield _family(GaugeMetricFamily, "last_healthy_age_seconds", "Since a source was last seen well", ["source"], ages)
    broken = {(s["source"],): sum(t["status"] != "ok" for t in s["targets"]) for s in found}
    yield _family(GaugeMetricFamily, "broken_targets", "Targets that are not well", ["source"], broken)


def _family(
    make: type[CounterMetricFamily] | type[GaugeMetricFamily],
    name: str,
    words: str,
    labels: list[str],
    values: Mapping[Any, float],
) -> Metric:
    family = make(f"ofsted_watch_{name}", words, labels=labels)
    for key, value in values.items():
        family.add_metric(list(key), value)
    return family
