"""The invented routine, clicked through: every case ends where its own tree says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from generator.model import Tree
from tests.built import built
from tests.conftest import checked
from tests.e2e.conftest import serving
from tests.e2e.test_agreement import answers_of, answers_on, check_end, follow, to_click
from tests.playground import TREE, copy_playground


@pytest.fixture(scope="module")
def lekplats() -> Tree:
    return checked(TREE.read_text("utf-8"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(copy_playground(tmp_path_factory.mktemp("playground")))


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with serving(site) as address:
        yield address


@pytest.mark.parametrize(
    ("tool", "reader"),
    [
        ("index.html", "page"),
        pytest.param("index.html", "plain", marks=pytest.mark.full),
        ("navigator.html", "page"),
    ],
)
def test_every_case_of_another_routine_ends_where_its_tree_says(
    request: pytest.FixtureRequest, site: Path, address: str, lekplats: Tree, reader: str, tool: str
) -> None:
    page: Page = request.getfixturevalue(reader)
    data = json.loads((site / "rutin.json").read_text("utf-8"))
    given = set()
    for clicks, (end, cases) in to_click(lekplats).items():
        follow(page, address + tool, clicks)
        check_end(page, lekplats, data, end, cases, onward="→" in clicks, settles=reader == "page")
        given |= answers_on(lekplats, cases[0])
    assert given == answers_of(lekplats)
