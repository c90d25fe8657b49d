"""Every message that the corpus can give, over the ways that programs read: the signed webhook and the Atom feeds.

    python -m soak.machines                 all of them (needs the shared corpus)
    python -m soak.machines --councils 5    a short run

A local receiver checks each request's signature and that its body is JSON with the events that were sent; each feed is
parsed strictly and read back. Prints what was sent and each finding; exit status 1 where there is one.
"""

from __future__ import annotations

import argparse
import hmac
import json
import secrets
import sys
import tempfile
import threading
from collections.abc import Sequence
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from lxml import etree  # type: ignore[import-untyped]

from monitor.model import Event
from notifiers.feed.notifier import FeedNotifier
from notifiers.webhook import WebhookNotifier
from soak.corpus import gold, recorded, told_of_all

SECRET = secrets.token_hex(16)
ATOM = "{http://www.w3.org/2005/Atom}"
STEP = 25


class Receiver:
    """Takes webhooks and keeps what is wrong with them."""

    def __init__(self) -> None:
        receiver = self
        self.findings: list[str] = []
        self.events: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                stamp = self.headers.get("X-Ofsted-Watch-Timestamp", "")
                receiver.take(body, stamp, self.headers.get("X-Ofsted-Watch-Signature", ""))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/hook"

    def take(self, body: bytes, stamp: str, signature: str) -> None:
        """One request: its signature is over time and body (docs/webhook.md)."""
        wanted = hmac.new(SECRET.encode(), stamp.encode() + b"." + body, sha256).hexdigest()
        if not hmac.compare_digest(f"sha256={wanted}", signature):
            self.findings.append(f"a wrong signature: {signature[:80]}")
        self.events += [event["id"] for event in json.loads(body)["events"]]

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()


def main() -> int:
    """Make the events, send them both ways, print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--councils", type=int)
    given = parser.parse_args()
    everything = [*told_of_all(gold(given.councils)), *(() if given.councils else recorded())]
    found = list({event.id: event for event in everything}.values())
    findings = _hooked(found) + _fed(found)
    print(f"{len(found)} events; findings: {len(findings)}", *findings[:20], sep="\n")
    return int(bool(findings))


def _hooked(found: Sequence[Event]) -> list[str]:
    receiver = Receiver()
    try:
        way = WebhookNotifier(url=receiver.url, secret=SECRET)
        for start in range(0, len(found), STEP):
            way.send(f"{start:032x}", found[start : start + STEP])
    finally:
        receiver.close()
    lost = receiver.events != [e.id for e in found]
    return receiver.findings + (["what the webhook brought is not what was sent"] if lost else [])


def _fed(found: Sequence[Event]) -> list[str]:
    findings = []
    with tempfile.TemporaryDirectory() as name:
        way = FeedNotifier(folder=Path(name), region_of={})
        for start in range(0, len(found), STEP):
            way.send(f"{start:032x}", found[start : start + STEP])
        for path in sorted(Path(name).rglob("*.atom")):
            findings += _read_back(path)
        print(f"{len(list(Path(name).rglob('*.atom')))} feeds")
    return findings


def _read_back(path: Path) -> list[str]:
    """What is wrong with a feed: each entry has a stable id of its own, a title, a time and a link that is one."""
    feed = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    entries = feed.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    bare = [
        e.findtext(f"{ATOM}id") for e in entries if not e.findtext(f"{ATOM}title") or not e.findtext(f"{ATOM}updated")
    ]
    links = [link.get("href", "") for link in feed.iter(f"{ATOM}link")]
    odd = [href for href in links if not href.startswith(("http://", "https://")) and ":" in href]
    wrong = [f"{path.name}: an id twice"] if len(set(ids)) != len(ids) else []
    return wrong + [f"{path.name}: {i} lacks title or time" for i in bare] + [f"{path.name}: a link {h}" for h in odd]


if __name__ == "__main__":
    sys.exit(main())
