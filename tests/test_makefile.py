"""What the one task runner does by itself."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from generator.cli import main
from tests.conftest import ROOT, copy_small_project


def test_clean_removes_all_that_is_ignored_and_nothing_else(tmp_path: Path) -> None:
    project = copy_small_project(tmp_path / "project")
    for name in (".gitignore", "Makefile"):
        shutil.copy(ROOT / name, project)
    shutil.rmtree(project / ".pdf_cache")
    before = files(project)
    assert main(["--root", str(project), "write"]) == 0
    for line in (project / ".gitignore").read_text("utf-8").splitlines():
        if not line.startswith(("#", "/content/")) and line:
            made = project / line.lstrip("/").replace("*", "x")
            made.mkdir(exist_ok=True) if line.endswith("/") else made.write_text("", "utf-8")
    (project / "site/index.html").write_text("", "utf-8")
    assert len(files(project)) > len(before) + 10
    subprocess.run(["make", "clean"], cwd=project, check=True, capture_output=True)
    assert files(project) == before
    assert {path.name for path in project.iterdir() if path.is_dir()} == {
        "content",
        "generator",
        "site_overrides",
        "tree",
    }


def files(folder: Path) -> set[str]:
    found = {path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    return {path.relative_to(folder).as_posix() for path in found}


def test_each_engine_is_installed_before_it_builds_or_packs() -> None:
    for command in ("build", "bundle"):
        for engine, lock in (("mkdocs", "requirements.txt"), ("zensical", "requirements-zensical.txt")):
            told = dry(command, f"ENGINE={engine}")
            assert lock in told[0], command
            assert told[-1].endswith(f"-m generator {command} --engine {engine}")


def test_one_routine_of_several_can_be_named() -> None:
    for command in ("diff", "release", "build"):
        assert f"-m generator --tree tree/te.yaml {command}" in dry(command, "TREE=tree/te.yaml")[-1]


def dry(*arguments: str) -> list[str]:
    # A make that called the tests tells the one below it to say where it is, and more: it is left out.
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    command = ["make", "--dry-run", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=outside, check=True, capture_output=True, text=True)
    return done.stdout.strip().splitlines()
