"""What many tests need: the real tree, a tiny invented one, and a site built once."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

import pytest

from generator.model import Tree
from generator.outputs import outputs
from generator.rules import check
from tests import tiers
from tests.built import give_papers
from tests.several import TREE as SEVERAL

ROOT = Path(__file__).parents[1]
REAL = ROOT / "tree" / "avhysning.yaml"
TINY = ROOT / "tests" / "tiny" / "tree.yaml"
COPIED = ("generator", "site_overrides", "tree", "content")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="run everything, as before a release")


def pytest_configure(config: pytest.Config) -> None:
    tiers.choose(config)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only the full tier runs."""
    if not tiers.full():
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("full")])
        items[:] = [item for item in items if not item.get_closest_marker("full")]


@pytest.fixture(scope="session")
def real_text() -> str:
    return REAL.read_text("utf-8")


@pytest.fixture(scope="session")
def tree(real_text: str) -> Tree:
    return checked(real_text)


@pytest.fixture(scope="session")
def tiny_text() -> str:
    return TINY.read_text("utf-8")


@pytest.fixture(scope="session")
def tiny(tiny_text: str) -> Tree:
    return checked(tiny_text)


@pytest.fixture(scope="session")
def books() -> Tree:
    return checked(SEVERAL.read_text("utf-8"))


@pytest.fixture(scope="session")
def made(real_text: str) -> Mapping[str, str]:
    """All that the real tree becomes, by path."""
    return generated(real_text)


@lru_cache(maxsize=16)
def checked(text: str) -> Tree:
    """Return the tree of a text that has no findings."""
    tree, findings = check(text)
    assert findings == []
    assert tree is not None
    return tree


@lru_cache(maxsize=4)
def generated(text: str) -> Mapping[str, str]:
    """Return all that the tree of a text becomes, made once for all who ask."""
    return outputs(checked(text), text)


def copy_project(to: Path) -> Path:
    """Copy the project as it is in a fresh clone: nothing generated or built, but papers that are known."""
    for name in COPIED:
        shutil.copytree(ROOT / name, to / name, ignore=_not_in_a_clone)
    shutil.copy(ROOT / "mkdocs.yml", to)
    give_papers(to)
    return to


def copy_small_project(to: Path) -> Path:
    """Copy the project with the tiny tree in the place of its own: where any tree does, a build is short."""
    copy_project(to)
    shutil.rmtree(to / "tree/versions")
    shutil.copy(ROOT / "tests/tiny/tree.yaml", to / "tree/avhysning.yaml")
    return to


def _not_in_a_clone(folder: str, names: list[str]) -> set[str]:
    """Return what git ignores among the names, so that no test leans on an earlier build."""
    return {name for name in names if name == "__pycache__" or f"{folder}/{name}" in _ignored()}


@cache
def _ignored() -> frozenset[str]:
    """Return all that git ignores of what a site is made of."""
    paths = [str(path) for name in COPIED for path in (ROOT / name).rglob("*")]
    command = ["git", "check-ignore", "--stdin"]
    done = subprocess.run(
        command, cwd=ROOT, input="\n".join(paths), capture_output=True, text=True, check=False
    )
    return frozenset(done.stdout.splitlines())
