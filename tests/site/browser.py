"""Headless Chromium over its DevTools socket: opens a page as a reader would, asks it questions, takes pictures.

No driver and no package of its own: Chromium speaks JSON over a WebSocket, and aiohttp is here anyway.
"""

from __future__ import annotations

import asyncio
import base64
import shutil
import subprocess
import tempfile
import time
from collections.abc import Coroutine
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

import aiohttp

T = TypeVar("T")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
START_SECONDS, ANSWER_SECONDS = 30.0, 60.0


class Browser:
    """One browser with one tab. `requests` has every address that the tab asked for."""

    def __init__(self) -> None:
        assert CHROMIUM, "Chromium is not installed"
        self._folder = tempfile.mkdtemp(prefix="ofsted-watch-browser-")
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-port=0",
                 "--no-first-run", "--disable-background-networking", "--disable-component-update",
                 f"--user-data-dir={self._folder}"]  # fmt: skip
        self._process = subprocess.Popen([CHROMIUM, *flags, "about:blank"], stderr=subprocess.DEVNULL)
        self._loop = asyncio.new_event_loop()
        self.requests: list[str] = []
        self.remarks: list[str] = []
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._loaded = asyncio.Event()
        self._number = 0

    def __enter__(self) -> Self:
        self._wait(self._connect())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._wait(self._close())
        self._loop.close()
        self._process.terminate()
        self._process.wait(10)
        shutil.rmtree(self._folder, ignore_errors=True)

    def open(self, url: str, *, width: int = 1280, height: int = 900, dark: bool = False, scripts: bool = True) -> None:
        """Open a page in a window of this width and wait until it is loaded."""
        self._wait(self._open(url, width, height, dark, scripts))

    def evaluate(self, script: str) -> Any:
        """What an expression (or a promise) gives in the page, as JSON."""
        answer = self._call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def press(self, key: str, code: int) -> None:
        """Press and let go a key."""
        for kind in ("keyDown", "keyUp"):
            self._call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    def picture(self, path: Path, *, whole: bool = False) -> None:
        """Save what is seen, or the whole page, as PNG."""
        answer = self._call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(answer["data"]))

    def hosts(self) -> set[str]:
        """The hosts that were asked for anything."""
        return {host for url in self.requests if (host := urlsplit(url).netloc)}

    def _call(self, method: str, **params: Any) -> dict[str, Any]:
        return self._wait(self._send(method, params))

    def _wait(self, todo: Coroutine[Any, Any, T]) -> T:
        return self._loop.run_until_complete(asyncio.wait_for(todo, ANSWER_SECONDS))

    async def _connect(self) -> None:
        port = await self._port()
        self._session = aiohttp.ClientSession()
        async with self._session.get(f"http://127.0.0.1:{port}/json/list") as answer:
            tab = next(t for t in await answer.json() if t["type"] == "page")
        self._socket = await self._session.ws_connect(tab["webSocketDebuggerUrl"], max_msg_size=0)
        self._reader = asyncio.ensure_future(self._read())
        for domain in ("Page", "Runtime", "Network", "Log"):
            await self._send(f"{domain}.enable", {})

    async def _port(self) -> str:
        path, until = Path(self._folder, "DevToolsActivePort"), time.monotonic() + START_SECONDS
        while not (path.exists() and path.read_text()):
            assert time.monotonic() < until, "Chromium did not start"
            await asyncio.sleep(0.05)
        return path.read_text().splitlines()[0]

    async def _close(self) -> None:
        self._reader.cancel()
        await self._session.close()

    async def _read(self) -> None:
        async for message in self._socket:
            heard = message.json()
            if "id" in heard:
                self._answers.pop(heard["id"]).set_result(heard)
            else:
                self._hear(heard["method"], heard["params"])

    def _hear(self, method: str, params: dict[str, Any]) -> None:
        if method == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        elif method == "Page.loadEventFired":
            self._loaded.set()
        elif method == "Log.entryAdded":
            self.remarks.append(f"{params['entry']['text']} {params['entry'].get('url', '')}")
        elif method == "Runtime.exceptionThrown":
            self.remarks.append(str(params["exceptionDetails"]))

    async def _send(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        self._number += 1
        answer = self._answers[self._number] = self._loop.create_future()
        await self._socket.send_json({"id": self._number, "method": method, "params": params})
        heard = await answer
        assert "error" not in heard, heard
        result: dict[str, Any] = heard["result"]
        return result

    async def _open(self, url: str, width: int, height: int, dark: bool, scripts: bool) -> None:
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        await self._send("Emulation.setDeviceMetricsOverride", size)
        await self._send("Emulation.setEmulatedMedia", {"features": features})
        await self._send("Emulation.setScriptExecutionDisabled", {"value": not scripts})
        self._loaded.clear()
        await self._send("Page.navigate", {"url": url})
        await self._loaded.wait()
