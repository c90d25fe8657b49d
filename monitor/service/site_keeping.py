"""Keeps the site up to date while `run` turns, on a thread of its own: no crawl and no message waits for a page."""

from __future__ import annotations

import logging
import time
from datetime import date

from monitor.model.days import LONDON
from monitor.service.threads import ServiceThread
from monitor.site.build import write
from monitor.store import Store, StoreError

log = logging.getLogger("ofsted-watch")

LOOK_SECONDS = 1.0
"""How often it looks whether somebody has written to the store."""
SETTLE_SECONDS = 5.0
"""A crawl commits many times: the site is written when nobody has committed for so long."""
LONGEST_SECONDS = 60.0
"""It is written after so long in any case."""
AFTER_FAULT_SECONDS = 60.0


class SiteKeeper(ServiceThread):
    """Writes the site after commits, and on each new day, for ages and waits grow."""

    name = "site"

    def _serve(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            if not self._config.site.enabled:
                self._woken.wait()
                continue
            try:
                with Store.reading(self._config.data_dir) as store:
                    self.write(store)
                    self._rest(store)
            except (StoreError, OSError) as error:
                log.error("the site was not written: %s", error)
                self._woken.wait(AFTER_FAULT_SECONDS)
            except Exception:
                log.exception("writing the site failed in an unforeseen way")
                self._woken.wait(AFTER_FAULT_SECONDS)

    def write(self, store: Store) -> None:
        """Write what is due of the site."""
        began = time.monotonic()
        built = write(store, self._config, self._config.site_dir, self._clock(), scheduled=True)
        if built.changed:
            seconds = time.monotonic() - began
            log.info("site: %d of %d pages made, in %.1f seconds", built.made, built.pages, seconds)

    def _rest(self, store: Store) -> None:
        """Until somebody has committed and is done, or another day begins."""
        seen, today = store.changed_elsewhere(), self._day()
        while not self._woken.wait(LOOK_SECONDS) and self._day() == today:
            if store.changed_elsewhere() != seen:
                self._settle(store)
                return

    def _settle(self, store: Store) -> None:
        began = changed = time.monotonic()
        seen = store.changed_elsewhere()
        while not self._woken.wait(LOOK_SECONDS) and time.monotonic() < began + LONGEST_SECONDS:
            if (now := store.changed_elsewhere()) != seen:
                seen, changed = now, time.monotonic()
            elif time.monotonic() - changed > SETTLE_SECONDS:
                return

    def _day(self) -> date:
        return self._clock().astimezone(LONDON).date()
