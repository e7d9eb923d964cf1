"""A built site, served, and a browser to use it with."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from generator.build.engine import ENGINES
from tests.built import built
from tests.conftest import copy_project

# How long a page may take, in milliseconds: on a machine with much else to do, too.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
# What has its checksum in its address.
KEPT = re.compile(r"/assets/.+(\.[0-9a-f]{8}\.min\.(js|css)|\?v=[0-9a-f]+)$")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and logs nothing. Connections last, and what bears a checksum is kept, as by deploy/."""

    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        if KEPT.search(self.path):
            self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what uses the site on each engine's, unless its module says on which (``ENGINES``).

    The fast tier takes the other engine only for what differs by it.
    """
    if "engine" in metafunc.fixturenames:
        differs = metafunc.definition.get_closest_marker("engines") is not None
        names = getattr(metafunc.module, "ENGINES", ENGINES)
        marks = {name: () if differs or name == "mkdocs" else (pytest.mark.full,) for name in names}
        engines = [pytest.param(name, marks=marks[name]) for name in names]
        metafunc.parametrize("engine", engines, scope="session")


@pytest.fixture(scope="session")
def site(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, as one engine builds it in a copy of the project."""
    return built(copy_project(tmp_path_factory.mktemp("project")), engine)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder, and nothing about it; gives the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def base(site: Path) -> Iterator[str]:
    """The address that the site is served at."""
    with serving(site) as address:
        yield address


def browser_path() -> str | None:
    """Where the installed Chromium is, the one without windows first; None is Playwright's own."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    installed = map(shutil.which, names)
    return os.environ.get("CHROMIUM") or next(filter(None, installed), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """An installed Chromium, else Playwright's own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=ARGUMENTS)
        yield browser
        browser.close()


# What went wrong in a page while a test ran; playwright does not survive an exception in a listener.
_faults: list[str] = []


@pytest.fixture(autouse=True)
def nothing_went_wrong() -> Iterator[None]:
    """Fail a test whose pages had a failing script, broke the policy, or asked for something outside."""
    yield
    found = _faults.copy()
    _faults.clear()
    assert not found


def open_page(context: BrowserContext) -> Page:
    """Return a page that is watched while the test runs."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: _faults.append(f"script error: {error}"))
    page.on("request", lambda request: _stay_inside(request.url))
    page.on("console", lambda message: _keep_to_the_policy(message.text))
    return page


def _stay_inside(address: str) -> None:
    if not address.startswith(("http://127.0.0.1:", "file:", "data:", "blob:")):
        _faults.append(f"request to the outside: {address}")


def _keep_to_the_policy(message: str) -> None:
    if "Content Security Policy" in message:
        _faults.append(message)


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """A desktop window that pages are opened in; a new one for each test would cost more than the test."""
    context = browser.new_context(viewport=DESKTOP, locale="sv-SE")
    yield context
    context.close()


@pytest.fixture
def page(window: BrowserContext) -> Iterator[Page]:
    """A desktop page with script. Nothing is kept from an earlier test, and nothing for a later one."""
    page = open_page(window)
    yield page
    window.new_cdp_session(page).send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
    for opened in window.pages:
        opened.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A window of the test's own: for several tabs, for a script in all of them, for another clock."""
    context = browser.new_context(viewport=DESKTOP, locale="sv-SE")
    yield context
    context.close()


@pytest.fixture(scope="module")
def view(browser: Browser) -> Iterator[Page]:
    """A page for the accessibility checks, which put styles of their own into it."""
    context = browser.new_context(locale="sv-SE", reduced_motion="reduce", bypass_csp=True)
    yield open_page(context)
    context.close()


@pytest.fixture(scope="session")
def plain_window(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(java_script_enabled=False, locale="sv-SE")
    yield context
    context.close()


@pytest.fixture
def plain(plain_window: BrowserContext) -> Iterator[Page]:
    """A page without script, which keeps nothing."""
    page = open_page(plain_window)
    yield page
    page.close()
