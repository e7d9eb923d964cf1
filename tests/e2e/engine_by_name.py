"""Chromium, Firefox or WebKit, by its name and with the same handles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Error, Page

from tests.e2e.other_browsers import AnyBrowser, BrowserError, firefox, webkit

# As the WebDriver standard names them.
TAB, ENTER, SPACE = "\ue004", "\ue007", " "


class Chromium(AnyBrowser):
    KEYS = {TAB: "Tab", ENTER: "Enter", SPACE: "Space"}  # noqa: RUF012

    def __init__(self, page: Page, version: str) -> None:
        self.page, self.version = page, version

    def go(self, address: str) -> None:
        self.page.goto(address)

    def run(self, script: str) -> Any:
        try:
            return self.page.evaluate(f"() => {{ {script} }}")
        except Error as error:
            raise BrowserError(error.message) from error

    def resize(self, width: int, height: int) -> None:
        self.page.set_viewport_size({"width": width, "height": height})

    def press(self, key: str) -> None:
        self.page.keyboard.press(self.KEYS[key])

    def click_twice(self, x: float, y: float) -> None:
        self.page.mouse.dblclick(x, y)

    def paper(self) -> bytes:
        return self.page.pdf(prefer_css_page_size=True)


FORBID = "Object.defineProperty(window, '{}Storage', {{ get() {{ throw new Error('forbidden'); }} }});"


@contextmanager
def chromium(browser: Browser, without: str = "") -> Iterator[Chromium]:
    """Open a window of its own, ``without`` "script" or "storage"."""
    context = browser.new_context(java_script_enabled=without != "script", locale="sv-SE")
    if without == "storage":
        context.add_init_script(FORBID.format("local") + FORBID.format("session"))
    yield Chromium(context.new_page(), browser.version)
    context.close()


@contextmanager
def started(name: str, browser: Browser, without: str) -> Iterator[AnyBrowser]:
    """Start an engine with a window like a desktop's; skip the test where it is not installed."""
    made = {"Firefox": firefox, "WebKit": webkit}
    with chromium(browser, without) if name == "Chromium" else made[name](without) as engine:
        engine.resize(1280, 900)
        yield engine
