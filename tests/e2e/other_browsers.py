"""Firefox and WebKit, driven where they are installed: by their own protocols, without another package."""

from __future__ import annotations

import base64
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

WAIT = 60  # seconds
MINI_BROWSER = next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"), None)
PRINTER = Path(__file__).with_name("webkit_print.py")
_PREFERENCES: dict[str, Any] = {
    "marionette.port": 0,
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.no_proxies_on": "localhost, 127.0.0.1",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "services.settings.server": "data:,",
    "datareporting.policy.dataSubmissionEnabled": False,
    "browser.aboutwelcome.enabled": False,
    "intl.accept_languages": "sv",
}
# What a reader may have forbidden, for each engine.
_FIREFOX_WITHOUT: dict[str, dict[str, Any]] = {
    "": {},
    "script": {"javascript.enabled": False},
    "storage": {"network.cookie.cookieBehavior": 2},  # it throws
}
_WEBKIT_WITHOUT: dict[str, list[str]] = {
    "": [],
    "script": ["--enable-javascript-markup=false"],
    "storage": ["--enable-html5-local-storage=false"],  # it is null
}


class BrowserError(Exception):
    """A browser could not do what it was asked, as when a page is being left."""


class AnyBrowser(ABC):
    """What the tests do in every engine. Scripts of the tests run where those of pages may not, too."""

    version: str

    @abstractmethod
    def go(self, address: str) -> None: ...

    @abstractmethod
    def run(self, script: str) -> Any: ...

    @abstractmethod
    def resize(self, width: int, height: int) -> None: ...

    @abstractmethod
    def press(self, key: str) -> None:
        """Press a key, by its name in the WebDriver standard."""

    @abstractmethod
    def click_twice(self, x: float, y: float) -> None:
        """Double-click at a place in the window."""

    @abstractmethod
    def paper(self) -> bytes:
        """Return the page as it is printed on A4, with the margins that it asks for."""


class OtherBrowser(AnyBrowser):
    """A browser that knows the commands of the WebDriver standard, and where it puts what it downloads."""

    downloads: Path

    @abstractmethod
    def ask(self, command: str, **values: Any) -> Any:
        """Send a command, by its name in Marionette."""

    def go(self, address: str) -> None:
        self.ask("Navigate", url=address)

    def run(self, script: str) -> Any:
        return self.ask("ExecuteScript", script=script, args=[])

    def resize(self, width: int, height: int) -> None:
        self.ask("SetWindowRect", width=width, height=height)

    def press(self, key: str) -> None:
        keys = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self.ask("PerformActions", actions=[{"type": "key", "id": "keys", "actions": keys}])

    def click_twice(self, x: float, y: float) -> None:
        to = {"type": "pointerMove", "x": round(x), "y": round(y)}
        click = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}}
        self.ask("PerformActions", actions=[{**mouse, "actions": [to, *click, *click]}])


class Firefox(OtherBrowser):
    def __init__(self, port: int, downloads: Path) -> None:
        self.downloads = downloads
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=WAIT)
        self._read()  # its greeting
        self.version = self.ask("NewSession")["capabilities"]["browserVersion"]

    def ask(self, command: str, **values: Any) -> Any:
        text = json.dumps([0, 1, f"WebDriver:{command}", values]).encode()
        self.connection.sendall(b"%d:%s" % (len(text), text))
        _, _, error, answer = self._read()
        if error is not None:
            raise BrowserError(error)
        return answer.get("value", answer) if isinstance(answer, dict) else answer

    def paper(self) -> bytes:
        margins = dict.fromkeys(("top", "bottom", "left", "right"), 1.2)
        page = {"width": 21.0, "height": 29.7}
        return base64.b64decode(self.ask("Print", page=page, margin=margins, shrinkToFit=False))

    def _read(self) -> Any:
        length = b""
        while (sign := self.connection.recv(1)) != b":":
            length += sign
        text = b""
        while len(text) < int(length):
            text += self.connection.recv(int(length) - len(text))
        return json.loads(text)


class WebKit(OtherBrowser):
    PATHS = {  # noqa: RUF012
        "Navigate": "url",
        "ExecuteScript": "execute/sync",
        "SetWindowRect": "window/rect",
        "PerformActions": "actions",
    }

    def __init__(self, address: str, look: dict[str, str], arguments: list[str], downloads: Path) -> None:
        self.look, self.downloads = look, downloads
        options = {"binary": str(MINI_BROWSER), "args": ["--automation", *arguments]}
        wanted = {"browserName": "MiniBrowser", "webkitgtk:browserOptions": options}
        made = _post(f"{address}/session", {"capabilities": {"alwaysMatch": wanted}})
        self.session = f"{address}/session/{made['sessionId']}"
        self.version = made["capabilities"]["browserVersion"]

    def ask(self, command: str, **values: Any) -> Any:
        return _post(f"{self.session}/{self.PATHS[command]}", values)

    def paper(self) -> bytes:
        """Print the page by the same engine in a window of its own: its driver cannot."""
        address = self.run("return location.href")
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder, "paper.pdf")
            command = ["/usr/bin/python3", str(PRINTER), address, str(made)]
            done = subprocess.run(
                command,
                env={**os.environ, **self.look},
                capture_output=True,
                text=True,
                check=False,
                timeout=WAIT * 2,
            )
            if "No module named 'gi'" in done.stderr or "Namespace WebKit2 not available" in done.stderr:
                pytest.skip("WebKit cannot print here: python3-gi and gir1.2-webkit2-4.1 are not installed")
            if not made.exists():
                raise BrowserError(done.stderr)
            return made.read_bytes()

    def close(self) -> None:
        with urlopen(Request(self.session, method="DELETE"), timeout=WAIT):  # noqa: S310
            pass


def _post(address: str, values: dict[str, Any]) -> Any:
    request = Request(address, json.dumps(values).encode(), {"Content-Type": "application/json"})  # noqa: S310
    try:
        with urlopen(request, timeout=WAIT) as answer:  # noqa: S310
            return json.load(answer)["value"]
    except HTTPError as error:
        raise BrowserError(error.read().decode()) from error


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def _running(command: list[str], **more: str) -> Iterator[None]:
    process = subprocess.Popen(
        command, env={**os.environ, **more}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(WAIT)


@contextmanager
def firefox(without: str = "") -> Iterator[Firefox]:
    """Start Firefox without windows, ``without`` "script" or "storage" if so named; or skip the test."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        pytest.skip("Firefox is not installed; make test-all installs it")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        profile = Path(folder)
        preferences = _PREFERENCES | _FIREFOX_WITHOUT[without]
        lines = [
            f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in preferences.items()
        ]
        (profile / "user.js").write_text("\n".join(lines), "utf-8")
        command = [program, "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
        with _running(command, HOME=str(profile)):
            port = profile / "MarionetteActivePort"
            until(lambda: port.exists() and port.read_text("utf-8"))
            browser = Firefox(int(port.read_text("utf-8")), profile / "Downloads")
            yield browser
            browser.connection.close()


@contextmanager
def webkit(without: str = "") -> Iterator[WebKit]:
    """Start WebKit on a screen that nobody sees, without the same; or skip the test."""
    driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    if driver is None or screen is None or MINI_BROWSER is None:
        pytest.skip("WebKit is not installed, or no screen for it (Xvfb); make test-all installs both")
    port, display = _free_port(), f":{_free_port() % 30000 + 100}"
    look = {
        "DISPLAY": display,
        "GDK_BACKEND": "x11",
        "LIBGL_ALWAYS_SOFTWARE": "1",
        "NO_AT_BRIDGE": "1",
        "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
        "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
    }
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home,
        _running([screen, display, "-screen", "0", "1400x1000x24"]),
        _running([driver, f"--port={port}"], **look, HOME=home),
    ):
        until(lambda: _listens(port) and Path(f"/tmp/.X11-unix/X{display[1:]}").exists())  # noqa: S108
        browser = WebKit(f"http://127.0.0.1:{port}", look, _WEBKIT_WITHOUT[without], Path(home))
        yield browser
        browser.close()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def until(holds: Callable[[], object]) -> None:
    """Wait until it does."""
    assert comes_to(holds, WAIT), "it does not come to it"


def comes_to(holds: Callable[[], object], seconds: float = 30) -> bool:
    """Wait until it does, and tell whether it did; a page that is being left does not hold it yet."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if holds():
                return True
        except BrowserError:
            pass
        time.sleep(0.05)
    return False
