"""Commands and buttons from Slack over Socket Mode: no public address is needed.

An envelope is acknowledged as it arrives (Slack waits three seconds) and worked on afterwards, one at a time.
Everything runs in threads that end with the process; a connection that is lost is made again, ever less often
while it fails, and nothing of this stops or delays what is sent.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from functools import cached_property
from queue import Empty, Full, Queue
from typing import Any

from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from monitor.wording.commands import Command, Handler, Kind, Reply
from monitor.wording.text import joined
from notifiers.slack import replies
from notifiers.slack.client import BROKEN, SLACK, hook_client, silent, web_client
from notifiers.slack.envelopes import asked_in, whereabouts
from notifiers.slack.errors import Refusals
from notifiers.slack.gate import Gate
from notifiers.time_limit import LIMIT_SECONDS, TimeLimit

log = logging.getLogger("ofsted-watch.slack")

WAITING = 100
"""Asks that wait to be worked on; a person at the end of a longer queue has asked again."""
CHECK, LONGEST_PAUSE = 1.5, 300.0
"""Seconds between pings, and the longest between tries to connect."""
PING = 10.0
STOPPING = 0.5
"""Seconds given to a connection to close; its threads end with the process."""
BUSY = Reply(("This cannot be answered just now. Please try again in a minute.",))


class SlackSocket:
    """Listens with an app-level token; asks Slack with the bot's `token`; `answer` works on what is asked.

    `channels` are those that people may ask in, as they are configured. `timeout` in seconds.
    """

    def __init__(
        self,
        *,
        app_token: str,
        token: str,
        channels: Sequence[str],
        answer: Handler,
        api_url: str = SLACK,
        timeout: float = 10,
        longest_pause: float = LONGEST_PAUSE,
    ) -> None:
        api = web_client(token, api_url, timeout)
        self._gate = Gate(api, token, channels)
        self._refusals = Refusals([app_token, token])
        self._answer, self._timeout, self._longest = answer, timeout, longest_pause
        self._api, self._app_token = api, app_token
        self._asks: Queue[dict[str, Any]] = Queue(WAITING)
        self._stopped, self._closing = threading.Event(), threading.Lock()

    @cached_property
    def _client(self) -> SocketModeClient:
        client = SocketModeClient(
            self._app_token,
            logger=silent(),
            web_client=self._api,
            auto_reconnect_enabled=False,
            ping_interval=PING,
            concurrency=1,  # in the order in which they were asked
        )
        client.socket_mode_request_listeners.append(self._take)
        return client

    def advice(self) -> list[str]:
        """Why nobody can ask, if so: asks Slack where to connect, and does not connect."""
        try:
            with TimeLimit(LIMIT_SECONDS):
                self._api.apps_connections_open(app_token=self._app_token)
        except BROKEN as error:
            return [f"commands and buttons do not work: {self._refusals.of(error)}"]
        return []

    def start(self) -> None:
        """Connect and listen, in the background. Never raises."""
        for work in (self._keep_connected, self._work):
            threading.Thread(target=work, name=f"slack{work.__name__}", daemon=True).start()

    def stop(self) -> None:
        """Stop listening."""
        self._stopped.set()
        closing = threading.Thread(target=self._close, args=(self._client.close,), daemon=True)
        closing.start()
        closing.join(STOPPING)

    def _close(self, close: Callable[[], None]) -> None:
        """One at a time: two threads that close one connection of the client's raise."""
        with self._closing:
            close()

    def _keep_connected(self) -> None:
        pause, said = CHECK, ""
        while not self._stopped.is_set():
            if not self._alive():
                reason = self._connect()
                if reason and reason != said:
                    log.warning("Slack commands do not work: %s; it is tried again", reason)
                elif not reason:
                    log.info("Slack commands work%s", " again" if said else "")
                pause, said = (min(pause * 2, self._longest) if reason else CHECK), reason
            self._stopped.wait(pause)
        self._close(self._client.disconnect)  # a connection that was made while it was stopped

    def _alive(self) -> bool:
        """Whether the connection still takes a ping. The client itself reads on and on from one that was cut
        (an empty read is nothing to it, at full speed) and gives it up after five of its own pings."""
        session = self._client.current_session
        if session is None or not session.is_active():
            return False
        try:
            session.ping()
        except OSError:
            session.disconnect()
            return False
        return True

    def _connect(self) -> str:
        """Why there is no connection; empty where there is one."""
        try:
            with TimeLimit(LIMIT_SECONDS):
                self._client.connect_to_new_endpoint()
        except BROKEN as error:
            return str(self._refusals.of(error))
        except Exception as error:  # noqa: BLE001 - the client raises bare ones for a handshake that fails
            return str(self._refusals.of(OSError(str(error))))
        return "" if self._client.is_connected() else "the connection was refused"

    def _take(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        """Acknowledge, then leave it to the worker, also where that fails: to ask twice is the same as to ask once."""
        try:
            client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
        except (*BROKEN, RuntimeError) as error:
            log.warning("an envelope of Slack's was not acknowledged: %s", self._refusals.of(error))
        try:
            self._asks.put_nowait({"type": request.type, **request.payload})
        except Full:
            log.warning("too much is asked from Slack at once: something was not answered")

    def _work(self) -> None:
        while not self._stopped.is_set():
            try:
                asked = self._asks.get(timeout=CHECK)
                with TimeLimit(LIMIT_SECONDS):
                    self._reply(asked)
            except Empty:
                continue
            except Exception:
                log.exception("something asked from Slack was not answered")

    def _reply(self, payload: dict[str, Any]) -> None:
        asked = asked_in(payload)
        if asked is None:
            return
        kind, text = asked
        reply = self._admitted(kind, text, payload)
        if reply.announced:
            self._announce(reply, whereabouts(payload)[0])
        answer = replies.private(reply)
        address = str(payload.get("response_url"))
        refusals = Refusals([address])
        try:
            said = hook_client(address, self._timeout).send_dict(answer)
        except BROKEN as error:
            log.warning("an answer did not reach Slack: %s", refusals.of(error))
            return
        if said.status_code != 200:
            log.warning("Slack did not take an answer: %s", refusals.answer(said.status_code, said.body, {}))

    def _announce(self, reply: Reply, place: str) -> None:
        """Let the whole channel see what somebody has changed for it."""
        try:
            self._api.chat_postMessage(channel=place, **replies.public(reply))
        except BROKEN as error:
            log.warning("the channel was not told what somebody changed there: %s", self._refusals.of(error))

    def _admitted(self, kind: Kind, text: str, payload: dict[str, Any]) -> Reply:
        """The answer; for somebody else, or from elsewhere, where it would be answered."""
        place, name, user, team = whereabouts(payload)
        try:
            channel = self._gate.configured(place, name)
            if channel is None or not self._gate.admits(place, user, team):
                return Reply((f"Only members of {joined(list(self._gate.channels))} can ask, and only there.",))
        except BROKEN as error:
            log.warning("who asks from Slack could not be checked: %s", self._refusals.of(error))
            return BUSY
        try:
            return self._answer(Command(kind, channel, user, text))
        except Exception:
            log.exception("what was asked from Slack failed")
            return BUSY
