"""What only other engines than Chromium's do: each was seen to go wrong in the one that it is tried in."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from pypdf import PdfReader

from generator.model import Tree
from tests.e2e.other_browsers import Firefox, WebKit, firefox, until, webkit

pytestmark = pytest.mark.full
ENGINES = ("mkdocs",)
TAB = "\ue004"


@pytest.fixture(scope="module")
def gecko(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with firefox(tmp_path_factory.mktemp("firefox")) as browser:
        yield browser


@pytest.fixture(scope="module")
def safari() -> Iterator[WebKit]:
    with webkit() as browser:
        yield browser


def test_tab_goes_from_the_search_to_the_menu(safari: WebKit, base: str) -> None:
    """The theme takes the focus from its field, and WebKit begins anew at the top of the page."""
    safari.go(base + "index.html")
    safari.resize(1280, 900)
    passed = []
    for _ in range(12):
        safari.press(TAB)
        passed.append(safari.run("return document.activeElement.innerText.trim()"))
    assert "Vem gör vad" in passed


def test_a_word_keeps_its_dots(safari: WebKit, base: str) -> None:
    safari.go(base + "situation/barnfamilj-ekonomi-skuld.html")
    line = safari.run("return getComputedStyle(document.querySelector('a.r-term')).textDecorationStyle")
    assert line == "dotted"


def test_an_open_search_does_not_come_back_with_a_reload(gecko: Firefox, base: str) -> None:
    """Firefox brings back what was ticked, and the search would cover a narrow page."""
    gecko.go(base + "index.html")
    gecko.resize(480, 800)
    gecko.run("document.getElementById('__search').click()")
    covered = "return document.elementFromPoint(100, 300).closest('.md-search') !== null"
    assert gecko.run(covered)
    gecko.run("window.old = true; location.reload()")
    until(lambda: gecko.run("return !window.old && document.readyState === 'complete'"))
    until(lambda: not gecko.run(covered))


@pytest.mark.parametrize(
    "path", ["avsnitt/hushall-utan-barn.html", "situation/kronofogden-barnfamilj.html", "luckor.html"]
)
def test_a_sheet_of_paper_says_what_it_is_of_and_ends_with_no_heading(
    gecko: Firefox, base: str, path: str, tree: Tree
) -> None:
    gecko.go(base + path)
    title = gecko.run("return document.querySelector('#innehall').dataset.searchTitle")
    title += f" · Version {tree.routine.version}"
    headings = gecko.run(
        "return [...document.querySelectorAll('h2, h3, h4')].map((one) => one.innerText.trim())"
    )
    for sheet in PdfReader(BytesIO(gecko.paper())).pages:
        lines = sheet.extract_text(extraction_mode="layout").strip().splitlines()
        assert lines[0].strip() == title
        assert lines[-1].strip() not in headings
