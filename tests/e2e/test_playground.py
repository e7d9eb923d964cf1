"""The invented routine, clicked through: every case ends where its own tree says."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page

from generator.cli import main
from generator.model import Tree
from generator.routine.cases import all_cases
from tests.conftest import checked
from tests.e2e.conftest import QuietHandler
from tests.e2e.test_agreement import check_end, follow, ways
from tests.playground import TREE, copy_playground


@pytest.fixture(scope="module")
def lekplats() -> Tree:
    return checked(TREE.read_text("utf-8"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = copy_playground(tmp_path_factory.mktemp("playground"))
    assert main(["--root", str(project), "build"]) == 0
    return project / "site"


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(built)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("tool", "reader"), [("index.html", "page"), ("index.html", "plain"), ("navigator.html", "page")]
)
def test_every_case_of_another_routine_ends_where_its_tree_says(
    request: pytest.FixtureRequest, built: Path, address: str, lekplats: Tree, reader: str, tool: str
) -> None:
    page: Page = request.getfixturevalue(reader)
    data = json.loads((built / "rutin.json").read_text("utf-8"))
    walked = []
    for clicks, (end, cases) in ways(lekplats).items():
        follow(page, address + tool, clicks)
        check_end(page, lekplats, data, end, cases, onward="→" in clicks)
        walked += [case for case in cases if "→" not in clicks]
    assert len(walked) == len(list(all_cases(lekplats)))
