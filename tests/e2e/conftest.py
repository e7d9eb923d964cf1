"""A built site, served, and a browser to use it with."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from generator.cli import main
from tests.conftest import copy_project

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
    """Serves files and logs nothing."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built once in a copy of the project, as on a fresh clone."""
    project = copy_project(tmp_path_factory.mktemp("project"))
    assert main(["--root", str(project), "build"]) == 0
    return project / "site"


@pytest.fixture(scope="session")
def base(site: Path) -> Iterator[str]:
    """The address that the site is served at."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """An installed Chromium, else Playwright's own."""
    installed = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or installed
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


def open_page(context: BrowserContext) -> Page:
    """Return a page that fails the test on any script error or request to the outside."""
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    page.on("request", lambda request: _stay_inside(request.url))
    return page


def _stay_inside(address: str) -> None:
    if not address.startswith(("http://127.0.0.1:", "file:", "data:", "blob:")):
        pytest.fail(f"request to the outside: {address}")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A desktop page with script."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="sv-SE")
    yield open_page(context)
    context.close()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page without script."""
    context = browser.new_context(java_script_enabled=False, locale="sv-SE")
    yield open_page(context)
    context.close()
