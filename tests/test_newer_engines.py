"""Newer engines are found and tried apart: each says how far it came, and why no farther."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.newer_engines import HEAD, locked, newer, report


def wheel(folder: Path, name: str, version: str, needs: str = "", main: str = "") -> None:
    """Write a package of one module, whose place in a registry this folder takes."""
    module, info = name.replace("-", "_"), f"{name.replace('-', '_')}-{version}.dist-info"
    needed = f"Requires-Dist: {needs}\n" if needs else ""
    with zipfile.ZipFile(folder / f"{module}-{version}-py3-none-any.whl", "w") as packed:
        packed.writestr(f"{module}/__init__.py", "")
        packed.writestr(f"{module}/__main__.py", main)
        packed.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needed}"
        )
        packed.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        packed.writestr(f"{info}/RECORD", "")


@pytest.fixture(autouse=True)
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A registry of a few packages, and no other."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    for name in ("mkdocs-material", "zensical"):
        wheel(tmp_path, name, locked(name))
    return tmp_path


@pytest.mark.full
def test_what_is_newer_is_tried_and_says_why_it_cannot_be_installed(registry: Path) -> None:
    assert newer() == []
    wheel(registry, "zensical", "99.1", needs="nowhere-to-be-had==1")
    wheel(registry, "zensical", "99.0", needs="nowhere-to-be-had==1")
    assert newer() == ["zensical==99.0", "zensical==99.1"]
    head, line = report(newer()[:1])
    assert head == HEAD
    assert line.startswith(
        "| zensical==99.0 | Could not find a version that satisfies the requirement nowhere"
    )
    assert line.endswith(" |  |  |")


@pytest.mark.full
def test_what_is_installed_is_what_builds(registry: Path) -> None:
    wheel(registry, "zensical", "99.0", main="raise SystemExit('no more templates')")
    [_, line] = report(["zensical==99.0"])
    assert line == "| zensical==99.0 | yes | no more templates |  |"


def test_a_registry_that_does_not_answer_is_no_good_news(registry: Path) -> None:
    for one in registry.glob("*.whl"):
        one.unlink()
    with pytest.raises(SystemExit, match="mkdocs-material"):
        newer()
