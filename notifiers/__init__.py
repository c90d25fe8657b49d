"""The ways out: a kind of channel, by name, and what every channel promises.

A notifier's module, and with it its client library, is imported only when a channel of that kind is
built: a container that sends e-mail never loads the Slack client.
"""

from __future__ import annotations

from collections.abc import Sequence
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from monitor.model import Event, Thread

REGISTRY = {
    "console": "notifiers.console:ConsoleNotifier",
    "email": "notifiers.mail.notifier:MailNotifier",
    "feed": "notifiers.feed.notifier:FeedNotifier",
    "slack": "notifiers.slack.notifier:SlackNotifier",
    "webhook": "notifiers.webhook:WebhookNotifier",
}

LISTENERS = {"slack": "notifiers.slack.socket:SlackSocket"}


class Notifier(Protocol):
    """A way out to people."""

    def send(
        self,
        message_id: str,
        events: Sequence[Event],
        maybe_sent: bool = False,
        thread: Thread | None = None,
    ) -> str | None:
        """Send `events`, most severe first, as one message; return the other side's id for it, if any.

        `message_id` is the same whenever this message is tried again. `maybe_sent` says that an
        earlier try may have been accepted: where the other side can be asked, it is asked first. `thread` says
        where the message belongs, for a way out that has threads.
        Raises monitor.model.DeliveryError, in the other side's words and without any secret.
        """


def build(kind: str, **settings: Any) -> Notifier:
    """The notifier of a channel. Raises ValueError for an unknown kind or settings that cannot work,
    TypeError for a setting that this kind does not have."""
    if kind not in REGISTRY:
        raise ValueError(f"no channel of kind {kind!r}, only {', '.join(sorted(REGISTRY))}")
    return cast("Notifier", resolve_name(REGISTRY[kind])(**settings))


class Listener(Protocol):
    """A way in: where people ask and are answered."""

    def start(self) -> None:
        """Listen in the background. Never raises: what fails there stops nothing else."""

    def stop(self) -> None:
        """Stop listening."""

    def advice(self) -> list[str]:
        """Why nobody can be heard, a line each; empty where all is well."""


def listen(kind: str, **settings: Any) -> Listener:
    """What listens for people in a channel of this kind. Raises ValueError where none does."""
    if kind not in LISTENERS:
        raise ValueError(f"nobody can be listened to in a channel of kind {kind!r}")
    return cast("Listener", resolve_name(LISTENERS[kind])(**settings))
