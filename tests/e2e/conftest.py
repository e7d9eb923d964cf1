"""A built site, served, and a browser to use it with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from generator.build.engine import ENGINES
from tests.bundle.dependencies import left_out
from tests.conftest import ROOT, copy_project

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


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what uses the site on each engine's, unless its module says on which (``ENGINES``)."""
    if "engine" in metafunc.fixturenames:
        metafunc.parametrize("engine", getattr(metafunc.module, "ENGINES", ENGINES), scope="session")


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Build the real site with an engine, once, in a copy of the project as on a fresh clone.

    What the site's lock leaves out cannot be imported, as where only the site is installed.
    """
    absent = tmp_path_factory.mktemp("absent")
    for module in left_out():
        (absent / f"{module}.py").write_text("raise ImportError", "utf-8")
    env = {**os.environ, "PYTHONPATH": str(absent)}

    @cache
    def built(name: str) -> Path:
        project = copy_project(tmp_path_factory.mktemp("project"))
        command = [sys.executable, "-m", "generator", "--root", str(project), "build", "--engine", name]
        subprocess.run(command, cwd=ROOT, env=env, check=True)
        return project / "site"

    return built


@pytest.fixture(scope="session")
def site(engine: str, build: Callable[[str], Path]) -> Path:
    """The real site, as one engine builds it."""
    return build(engine)


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


def browser_path() -> str | None:
    """Where the installed Chromium is; nowhere, and it is Playwright's own."""
    installed = map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))
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
    page.set_default_timeout(10_000)
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


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A desktop page with script."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="sv-SE")
    yield open_page(context)
    context.close()


@pytest.fixture(scope="module")
def view(browser: Browser) -> Iterator[Page]:
    """A page for the accessibility checks, which put styles of their own into it."""
    context = browser.new_context(locale="sv-SE", reduced_motion="reduce", bypass_csp=True)
    yield open_page(context)
    context.close()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page without script."""
    context = browser.new_context(java_script_enabled=False, locale="sv-SE")
    yield open_page(context)
    context.close()
