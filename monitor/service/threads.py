"""A thread of the service: it works by the configuration that holds, until it is stopped."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from monitor.config.file import Config


class ServiceThread(ABC):
    """Sender, site and replica have one each, so that none waits for another. `clock` gives the time."""

    name: ClassVar[str]

    def __init__(self, config: Config, clock: Callable[[], datetime]) -> None:
        self._config, self._clock = config, clock
        self._woken, self._stopping = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._serve, name=self.name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def take(self, config: Config) -> None:
        """Work by this configuration from now on; what is under way ends by the old one."""
        self._config = config
        self._woken.set()

    def stop(self) -> None:
        """Begin nothing further."""
        self._stopping.set()
        self._woken.set()

    def join(self, seconds: float) -> bool:
        """Wait for what is under way; False where it takes longer."""
        if self._thread.is_alive():
            self._thread.join(max(0.0, seconds))
        return not self._thread.is_alive()

    @abstractmethod
    def _serve(self) -> None:
        """Work until `_stopping` is set; `_woken` says that there may be something to do."""
