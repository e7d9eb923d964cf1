"""Every engine does the same; and what was seen to go wrong in one of them stays right there."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from generator import VERSION
from generator.commands.site import RESULTS_OF_ENGINES
from generator.model import Tree
from generator.pages.statement import ENGINES as NAMES
from tests import engines as table
from tests.conftest import ROOT
from tests.e2e.engine_by_name import TAB, started
from tests.e2e.every_engine import CHECKS, one_case
from tests.e2e.other_browsers import AnyBrowser, BrowserError, comes_to, until

ENGINES = ("mkdocs",)
Open = Callable[[str, str], AnyBrowser]


class Tried:
    """What was found, engine by engine, in the checks that ran to their end."""

    def __init__(self) -> None:
        self.versions: dict[str, str] = {}
        self.found: dict[str, dict[str, int]] = {}

    def note(self, name: str, engine: AnyBrowser, check: str, count: int) -> None:
        self.versions[name] = engine.version
        self.found.setdefault(name, {})[check] = count


@pytest.fixture(scope="module")
def tried() -> Tried:
    return Tried()


@pytest.fixture(scope="module")
def engines(browser: Browser) -> Iterator[Open]:
    """Gives an engine by its name and what it is to be without, started once."""
    running: dict[tuple[str, str], AnyBrowser] = {}
    with ExitStack() as stack:

        def give(name: str, without: str = "") -> AnyBrowser:
            if (name, without) not in running:
                running[name, without] = stack.enter_context(started(name, browser, without))
            return running[name, without]

        yield give


@pytest.mark.parametrize("name", NAMES[1:])
def test_the_longest_way_is_walked(engines: Open, base: str, tree: Tree, name: str) -> None:
    assert one_case(engines(name, ""), base, tree) == []


@pytest.mark.full
@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_found(engines: Open, base: str, tree: Tree, tried: Tried, name: str, check: str) -> None:
    engine = engines(name, CHECKS[check].without)
    try:
        found = CHECKS[check].look(engine, base, tree)
    except (AssertionError, BrowserError) as error:  # it came no further
        found = [str(error)]
    tried.note(name, engine, check, len(found))
    assert not found, "\n".join([f"{len(found)} found:", *found[:40]])


PLACES = """
return [...document.querySelectorAll("[data-option]")].filter((one) => one.checkVisibility()).map((one) => {
  const { x, y, width, height } = one.getBoundingClientRect();
  return [x + width / 2, y + height / 2, one.hash];
});
"""
UNDER = "return Boolean(document.elementFromPoint({}, {})?.closest('[data-option]'))"
ADDRESS = "return location.hash"


@pytest.mark.full
@pytest.mark.parametrize("name", NAMES)
def test_a_double_click_answers_one_question(engines: Open, base: str, name: str) -> None:
    """The next question stands in the place of the one before."""
    engine, could_have = engines(name, ""), False
    asking = base + "index.html#inkom=underrattelse&orsak=skuld"
    engine.go(asking)
    for x, y, leads in engine.run(PLACES):
        engine.go(base + "404.html")
        engine.go(asking)
        engine.click_twice(x, y)
        assert comes_to(lambda leads=leads: engine.run(ADDRESS) == leads), leads  # type: ignore[misc]
        time.sleep(1)
        could_have |= engine.run(UNDER.format(x, y))
        assert engine.run(ADDRESS) == leads
    assert could_have


@pytest.fixture
def gecko(engines: Open) -> AnyBrowser:
    return engines("Firefox", "")


@pytest.fixture
def safari(engines: Open) -> AnyBrowser:
    return engines("WebKit", "")


@pytest.mark.full
def test_tab_goes_from_the_search_to_the_menu(safari: AnyBrowser, base: str) -> None:
    """The theme takes the focus from its field, and WebKit begins anew at the top of the page."""
    safari.go(base + "index.html")
    passed = []
    for _ in range(12):
        safari.press(TAB)
        passed.append(safari.run("return document.activeElement.innerText.trim()"))
    assert "Vem gör vad" in passed


@pytest.mark.full
def test_a_word_keeps_its_dots(safari: AnyBrowser, base: str) -> None:
    safari.go(base + "situation/barnfamilj-ekonomi-skuld.html")
    line = safari.run("return getComputedStyle(document.querySelector('a.r-term')).textDecorationStyle")
    assert line == "dotted"


@pytest.mark.full
def test_an_open_search_does_not_come_back_with_a_reload(gecko: AnyBrowser, base: str) -> None:
    """Firefox brings back what was ticked, and the search would cover a narrow page."""
    gecko.go(base + "index.html")
    gecko.resize(480, 800)
    gecko.run("document.getElementById('__search').click()")
    covered = "return document.elementFromPoint(100, 300).closest('.md-search') !== null"
    assert gecko.run(covered)
    gecko.run("window.old = true; setTimeout(() => location.reload())")
    until(lambda: gecko.run("return !window.old && document.readyState === 'complete'"))
    until(lambda: not gecko.run(covered))
    gecko.resize(1280, 900)


@pytest.mark.full
@pytest.mark.parametrize("path", ["avsnitt/hushall-utan-barn.html", "luckor.html"])
def test_a_sheet_of_paper_says_what_it_is_of(gecko: AnyBrowser, base: str, path: str, tree: Tree) -> None:
    gecko.go(base + path)
    title = gecko.run("return document.querySelector('#innehall').dataset.searchTitle")
    title += f" · Version {tree.routine.version}"
    for sheet in PdfReader(BytesIO(gecko.paper())).pages:
        assert sheet.extract_text(extraction_mode="layout").strip().splitlines()[0].strip() == title


@pytest.mark.full
def test_the_statement_and_the_documents_tell_what_was_tried(site: Path, tried: Tried) -> None:
    """With UPDATE_ACCESSIBILITY they are written from what the tests above have found."""
    if not os.environ.get("UPDATE_ACCESSIBILITY"):
        return  # tests/test_engines.py holds the documents to the results
    routine = json.loads((site / "rutin.json").read_text("utf-8"))["routine"]
    made = {
        "date": date.today().isoformat(),
        "tree": routine["content_hash"].removeprefix("sha256:"),
        "generator": VERSION,
        "versions": tried.versions,
        "found": tried.found,
    }
    (ROOT / RESULTS_OF_ENGINES).write_text(json.dumps(made, indent=2, ensure_ascii=False) + "\n", "utf-8")
    table.write()
