"""Whether the watch works as a whole: what `ofsted-watch health` says, and what a container asks.

It fails for three things only: no process turns, the store cannot be written, Ofsted was not seen for a working day.
That one council refuses us, or a channel takes no message, is for `status` and the channels to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from http.client import HTTPConnection, HTTPException

from monitor.config.addresses import host_and_port
from monitor.config.file import Config
from monitor.model.days import LONDON
from monitor.model.sources import OFSTED
from monitor.service import sign_of_life
from monitor.store import Store, StoreError, beginning
from monitor.times.workdays import workday_later
from monitor.views import status as status_view

PORT_SECONDS = 5.0
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where to ask a server that listens everywhere
UNSEEN = ("failing", "blocked", "stale", "never seen")
"""States in which Ofsted is not seen. One that is quarantined is seen and not believed, which a person decides."""


def faults(config: Config, now: datetime) -> Iterator[str]:
    """Each reason why the watch does not work, in a line of its own; none if it does."""
    yield from _process(config, now)
    yield from _port("run.listen", config.run.listen)
    yield from _port("site.listen", config.site.listen if config.site.enabled else None)
    try:
        beginning.must_not_be_lost(config.data_dir, config.path, must_exist=config.data.must_exist)
        with Store.reading(config.data_dir) as store:
            store.must_be_writable()
            yield from _ofsted(store, config, now)
    except StoreError as error:
        yield str(error)


def _process(config: Config, now: datetime) -> Iterator[str]:
    seen = sign_of_life.last(config.data_dir)
    if seen is None:
        yield f"{config.data_dir}: `ofsted-watch run` has never run here"
    elif not sign_of_life.is_alive(seen, now):
        yield f"{config.data_dir}: `ofsted-watch run` has given no sign of life since {seen:%Y-%m-%d %H:%M:%S} UTC"


def _port(key: str, address: str | None) -> Iterator[str]:
    """Any answer is a sign that the port is served: what it says is judged here and not there."""
    if address is None:
        return
    host, port = host_and_port(address)
    try:
        with closing(HTTPConnection(EVERY_ADDRESS.get(host, host), port, timeout=PORT_SECONDS)) as connection:
            connection.request("GET", "/healthz")
            connection.getresponse()
    except (OSError, HTTPException) as error:
        yield f"{key}: {address} does not answer: {getattr(error, 'strerror', None) or type(error).__name__}"


def _ofsted(store: Store, config: Config, now: datetime) -> Iterator[str]:
    if OFSTED not in config.sources.enabled():
        return
    found = status_view.source(store, config, OFSTED, now)
    if found["status"] in UNSEEN and _for_a_workday(found["last_ok"], now):
        yield f"Ofsted is not seen: {found['reason'] or found['status']}"


def _for_a_workday(seen: str | None, now: datetime) -> bool:
    """Whether a working day has passed since Ofsted was seen. An outage of an hour is nothing to restart a process for;
    one that was there from the beginning is a fault of ours."""
    return seen is None or now >= workday_later(datetime.fromisoformat(seen).astimezone(LONDON))
