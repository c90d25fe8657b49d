"""The kinds of channel by name, and the protocol that every notifier fulfils.

A notifier's module, with its client library, is imported only when a channel of that kind is built: a container that
sends e-mail never loads the Slack client.
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
    """Sends messages to one recipient of a channel."""

    def send(
        self, message_id: str, events: Sequence[Event], maybe_sent: bool = False, thread: Thread | None = None
    ) -> str | None:
        """Send `events`, most severe first, as one message. Return the id that the receiver gives it, if any.

        `message_id` is the same each time this message is tried. `maybe_sent` is True if an earlier try may have
        arrived: a receiver that can be asked is asked first. `thread` says where the message belongs, if the channel
        has threads. Raises monitor.model.DeliveryError, in the receiver's words and without any secret.
        """


def build(kind: str, **settings: Any) -> Notifier:
    """Make the notifier of a channel. Raises ValueError for an unknown kind or settings that cannot work, TypeError for
    a setting that this kind does not have."""
    if kind not in REGISTRY:
        raise ValueError(f"no channel of kind {kind!r}, only {', '.join(sorted(REGISTRY))}")
    return cast("Notifier", resolve_name(REGISTRY[kind])(**settings))


class Listener(Protocol):
    """Takes questions from people in a channel, and answers them."""

    def start(self) -> None:
        """Listen in the background. Never raises: a failure here stops nothing else."""

    def stop(self) -> None:
        """Stop listening."""

    def advice(self) -> list[str]:
        """Return why people cannot ask, one line for each reason; empty if all is well."""


def listen(kind: str, **settings: Any) -> Listener:
    """Make the listener for channels of this kind. Raises ValueError if this kind has none."""
    if kind not in LISTENERS:
        raise ValueError(f"nobody can be listened to in a channel of kind {kind!r}")
    return cast("Listener", resolve_name(LISTENERS[kind])(**settings))
