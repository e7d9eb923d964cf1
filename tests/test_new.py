"""A new routine: from a copy of the project to a draft that becomes a site."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.cli import main
from generator.commands.new import draft
from generator.locale import t
from generator.rules import unwritten
from tests.built import built
from tests.conftest import ROOT, checked, copy_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project as the guide makes it: without a routine, but with its format for editors."""
    copied = copy_project(tmp_path)
    for file in (copied / "tree").rglob("*.yaml"):
        file.unlink()
    return copied


def new(project: Path, name: str) -> int:
    return main(["--root", str(project), "new", name])


def test_the_draft_is_short_passes_and_is_explained() -> None:
    text = draft("orosanmalan", "2026-11-27")
    tree = checked(text)
    assert tree.routine.draft
    assert tree.routine.id == "orosanmalan"
    left = [finding.rule for finding in unwritten(text)]
    assert left.count("dead-end") == 1
    assert left.count("placeholder") == text.count('"[') == len(left) - 1
    lines = text.splitlines()
    assert len(lines) <= 70
    assert sum("#" in line for line in lines) >= 12
    assert "NAME" not in text
    assert "TODAY" not in text


def test_it_becomes_a_site_by_the_guide_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(project, "orosanmalan") == 0
    said = capsys.readouterr().out
    assert all(step in said for step in ("make serve", "make check", "draft: true"))
    site = built(project)
    assert t("draft.notice") in (site / "index.html").read_text("utf-8")
    assert "Ej skrivet än" in (site / "lucka/ej-skrivet-forst-2.html").read_text("utf-8")
    assert " - [Orosanmalan]</title>" in (site / "index.html").read_text("utf-8")


def test_nothing_is_overwritten(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(ROOT / "tree" / "versions", project / "tree" / "versions", dirs_exist_ok=True)
    before = {file: file.read_bytes() for file in project.rglob("*") if file.is_file()}
    assert new(project, "orosanmalan") == 1
    assert "versions" in capsys.readouterr().err
    shutil.rmtree(project / "tree" / "versions")
    assert new(project, "Orosanmälan") == 1
    assert "Skriv till exempel ”orosanmalan”." in capsys.readouterr().err
    assert not [file for file in project.rglob("*") if file.is_file() and file not in before]
    assert new(project, "orosanmalan") == 0
    file = project / "tree" / "orosanmalan.yaml"
    file.write_text("mitt", "utf-8")
    assert new(project, "orosanmalan") == 1
    assert file.read_text("utf-8") == "mitt"
