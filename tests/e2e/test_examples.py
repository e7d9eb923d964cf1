"""The examples in a browser: their ways are clicked, and the pictures of them in the README are taken here.

With UPDATE_PICTURES=1 they are written anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Page, expect

from generator.model import Tree
from generator.routine.routes import routes
from tests.built import built
from tests.conftest import ROOT
from tests.e2e.accessibility import check_axe
from tests.e2e.conftest import serving
from tests.e2e.test_agreement import Clicks, follow
from tests.examples import TREES, copy_example, example
from tests.tiers import some

pytestmark = pytest.mark.full
# Where each picture is taken: a page, and the answers that led to it.
PICTURED = {
    "incident": ("situation/deployment.html", "kind=disruption&response=yes&cause=deployment"),
    "rxjs": ("fraga/ask-group.html", "start=one&wish=group"),
    "utskrivning": ("fraga/insatser.html", "skede=inskriven&behov=ja"),
}
Site = tuple[str, str, Path]


@pytest.fixture(scope="module", params=TREES)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An example's name, the address that it is served at, and its folder."""
    folder = built(copy_example(tmp_path_factory.mktemp(request.param), request.param))
    with serving(folder) as address:
        yield request.param, address, folder


def ways(tree: Tree) -> list[tuple[Clicks, str]]:
    """Return the options to click on each way, and its end."""
    return [
        (tuple(str(a.option.id) for a in leg.answers), leg.at) for leg in (r.legs[0] for r in routes(tree))
    ]


@pytest.mark.parametrize("reader", ["page", "plain"])
def test_ways_end_where_the_tree_says(request: pytest.FixtureRequest, site: Site, reader: str) -> None:
    name, address, _ = site
    page: Page = request.getfixturevalue(reader)
    for clicks, end in some(ways(example(name)), 16):
        follow(page, address + "index.html", clicks)
        expect(page.locator("[data-end]")).to_have_attribute("data-end", end)


def test_the_way_back_asks_again_with_what_was_answered_before(page: Page, site: Site) -> None:
    name, address, folder = site
    tree, data = example(name), json.loads((folder / "rutin.json").read_text("utf-8"))
    there = {one["id"]: one for one in data["questions"]}
    for situation in (s for s in tree.situations if s.back):
        answers = next(leg.answers for leg in (r.legs[0] for r in routes(tree)) if leg.at == situation.id)
        given = {fact: value[0] for a in answers for fact, value in a.option.facts.items()}
        address_of = "&".join(f"{fact}={value}" for fact, value in given.items())
        page.goto("about:blank")
        page.goto(f"{address}situation/{situation.id}.html#{address_of}")
        page.locator("[data-again]").click()
        node = str(situation.back.node) if situation.back else ""
        expect(page.locator("h1")).to_have_text(there[node]["text"])
        before = [a for a in answers if [b.node.id for b in answers].index(a.node.id) < _at(answers, node)]
        shown = page.locator("[data-trail] li")
        expect(shown).to_have_count(len(before))
        assert all(str(a.option.short) in shown.nth(n).inner_text() for n, a in enumerate(before))


def _at(answers: tuple[object, ...], node: str) -> int:
    return next(n for n, answer in enumerate(answers) if answer.node.id == node)  # type: ignore[attr-defined]


def test_pages_of_each_kind_are_accessible(page: Page, site: Site) -> None:
    name, address, folder = site
    kinds = ("index.html", "matris.html", "karta.html", "checklistor.html", "enheter.html")
    ends = [f"situation/{one.id}.html" for one in some(example(name).situations, 3, lambda s: bool(s.text))]
    practice = [f"ova/fall/{one.id}.html" for one in some(example(name).examples, 2)]
    for path in (*kinds, "vet-inte/start.html", *ends, *practice, "#".join(PICTURED[name])):
        if (folder / path.partition("#")[0]).exists():
            page.goto(address + path)
            assert check_axe(page) == [], path


def test_menu_and_foot_lead_to_all_but_what_is_empty(site: Site) -> None:
    name, _, folder = site
    links = html.parse(str(folder / "index.html")).xpath("//*[@class='md-nav__item']/a | //footer//li/a")
    there = {a.get("href").removeprefix("./") for a in links}
    for path in ("enheter.html", "luckor.html", "ord.html", "matris.html"):
        is_empty = bool(html.parse(str(folder / path)).xpath("//*[@data-empty]"))
        assert (path in there) != is_empty, path
    assert ("enheter.html" in there) == bool(example(name).units)


def test_the_picture_in_the_readme_is_of_this(page: Page, site: Site) -> None:
    name, address, _ = site
    page.set_viewport_size({"width": 1000, "height": 900})
    page.goto(address + "#".join(PICTURED[name]))
    expect(page.locator("[data-trail] li").first).to_be_visible()
    for box in page.locator("[data-many] input").all()[:2]:
        box.press(" ")  # a mouse would stay above it
    taken = page.screenshot()
    kept = ROOT / f"docs/images/{name}.png"
    if os.environ.get("UPDATE_PICTURES"):
        kept.write_bytes(taken)
    assert taken[16:24] == kept.read_bytes()[16:24]  # as wide and high; its letters depend on the fonts
