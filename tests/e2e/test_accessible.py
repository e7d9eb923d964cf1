"""Every kind of page, light and dark, wide and narrow: no findings, no sideways scroll."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from tests.e2e.conftest import open_page

ANSWERS = "inkom=underrattelse&orsak=skuld&hushall=barnfamilj&arende-ekonomi=nej&arende-barn-unga=ja"
PAGES = [
    "index.html",
    "index.html#inkom=underrattelse&orsak=skuld&hushall=slott",
    "fraga/skuld-barnfamilj.html",
    f"situation/barnfamilj-barn-unga-skuld.html#{ANSWERS}",
    "situation/utan-barn-ekonomi-storning.html",
    "situation/kronofogden-barnfamilj.html",
    "lucka/barnfamilj-arende-pa-bada.html",
    "luckor.html",
    "matris.html",
    "avsnitt/barnfamiljer.html",
    "avsnitt/kronofogden.html",
    "enheter.html",
    "enhet/ekonomi.html",
    "atgarder.html",
    "atgard/oanmalt-hembesok.html",
    "grunder.html",
    "dokumentet.html",
    "om-verktyget.html",
    "404.html",
]


@pytest.fixture(
    scope="module", params=[("light", 1280), ("dark", 1280), ("light", 320), ("dark", 320)], ids=str
)
def view(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    scheme, width = request.param
    size: ViewportSize = {"width": width, "height": 800}
    context = browser.new_context(viewport=size, color_scheme=scheme, locale="sv-SE", reduced_motion="reduce")
    yield open_page(context)
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(view: Page, base: str, path: str) -> None:
    view.goto("about:blank")
    view.goto(base + path)
    for details in view.locator("details").all():
        details.evaluate("(d) => { d.open = true; }")
    results = Axe().run(view)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways(view: Page, base: str, path: str) -> None:
    view.goto("about:blank")
    view.goto(base + path)
    overflow = view.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_heading_a_title_and_a_language(plain: Page, base: str, path: str) -> None:
    plain.goto(base + path)
    assert plain.locator("h1").count() == 1
    assert plain.title()
    assert plain.locator("html").get_attribute("lang") == "sv"
