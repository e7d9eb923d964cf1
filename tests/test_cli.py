"""The command line: exit codes, messages, and a last good site that stays."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.build import engine
from generator.cli import main
from generator.commands import site
from generator.model import Tree
from tests.built import built
from tests.conftest import ROOT, copy_project, copy_small_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project as it is in a fresh clone."""
    return copy_project(tmp_path)


def run(project: Path, *arguments: str) -> int:
    return main(["--root", str(project), *arguments])


def break_tree(project: Path) -> None:
    file = project / "tree/avhysning.yaml"
    file.write_text(file.read_text("utf-8").replace("action: kalla", "action: kala", 1), "utf-8")


def test_check_exits_0_and_says_what_was_checked(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, "check") == 0
    assert "96 kombinationer" in capsys.readouterr().out


def test_check_exits_1_with_the_findings(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    break_tree(project)
    assert run(project, "check") == 1
    said = capsys.readouterr().err
    assert "Menade du ”kalla”? [known-target]" in said
    assert "1 fel." in said
    assert "Traceback" not in said


WITHOUT = """
import sys
from importlib.abc import MetaPathFinder

class Without(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] not in {*sys.stdlib_module_names, "generator", "yaml", "fontTools"}:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Without())
from generator.cli import main
sys.exit(main(sys.argv[1:]))
"""


def run_without_libraries(*arguments: str) -> tuple[int, str]:
    """Run where nothing can be imported but what reads a tree and the letters of the font."""
    command = [sys.executable, "-c", WITHOUT, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("command", ["check", "advise"])
def test_a_library_that_makes_the_site_is_not_needed_to_check(command: str) -> None:
    code, said = run_without_libraries(command)
    assert code == 0, said


def test_a_command_whose_library_is_missing_says_so(project: Path) -> None:
    code, said = run_without_libraries("--root", str(project), "write")
    assert code == 2
    assert said.startswith("Ett bibliotek saknas")
    assert "Traceback" not in said
    assert not (project / "content/index.md").exists()


def test_an_internal_error_exits_2_without_a_traceback(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("oops")

    monkeypatch.setattr(site, "outputs_of", fails)
    assert run(project, "write") == 2
    said = capsys.readouterr().err
    assert "fel i verktyget" in said
    assert "Traceback" not in said


def test_a_broken_tree_leaves_the_last_good_site(project: Path) -> None:
    shutil.copytree(built(project), project / "site", dirs_exist_ok=True)  # it may just have been built there
    before = {p: p.read_bytes() for p in (project / "site").rglob("*") if p.is_file()}
    break_tree(project)
    assert run(project, "build") == 1
    assert {p: p.read_bytes() for p in (project / "site").rglob("*") if p.is_file()} == before


@pytest.mark.full
def test_a_failing_engine_leaves_the_last_good_site(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(project, "build") == 0
    index = (project / "site/index.html").read_bytes()
    (project / "mkdocs.yml").write_text("nav: [", "utf-8")
    assert run(project, "build") == 2
    assert (project / "site/index.html").read_bytes() == index
    assert "kunde inte byggas" in capsys.readouterr().err
    assert not (project / "site.next").exists()


def test_an_engine_that_is_not_installed_is_told_with_the_command(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "ENGINES", {"mkdocs": ("no_such_engine",)})
    assert run(project, "build") == 2
    said = capsys.readouterr()
    assert "make build ENGINE=" in said.err
    assert said.out == ""  # before anything is generated


@pytest.mark.full
def test_what_takes_time_is_told_as_it_begins(
    project: Path, tree: Tree, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(project / ".pdf_cache")
    assert run(project, "write") == 0
    checking, writing, typesetting, written = capsys.readouterr().out.splitlines()
    assert (checking, writing) == ("Kontrollerar trädet …", "Skriver sidorna …")
    pdfs = len(list((project / "content").rglob("*.pdf")))
    assert typesetting == f"Sätter {pdfs} PDF:er …"
    assert written.startswith("Skrivet: ")
    assert run(project, "write") == 0
    assert "PDF" not in capsys.readouterr().out  # they are kept
    (project / f"tree/versions/{tree.routine.version}.yaml").unlink(missing_ok=True)
    assert run(project, "write") == 0
    assert f"Råd: versionen ”{tree.routine.version}” är inte undanlagd." in capsys.readouterr().err


def test_a_letter_that_paper_cannot_show_is_reported_at_its_place(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tree = project / "tree/avhysning.yaml"
    text = tree.read_text("utf-8")
    tree.write_text(text.replace("short_title: Förebygga", "short_title: 冷 Förebygga"), "utf-8")
    line = text[: text.index("short_title: Förebygga")].count("\n") + 1
    assert run(project, "check") == 1
    error = capsys.readouterr().err
    assert f"avhysning.yaml:{line}:16: fel: Tecknet ”冷” finns inte i PDF-filernas typsnitt." in error
    assert "[letter]" in error


def test_a_broken_link_fails_the_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = copy_small_project(tmp_path)
    (project / "content/extra.md").write_text('<div><a href="nowhere.html">x</a></div>\n', "utf-8")
    assert run(project, "build") == 2
    assert "extra.html: länken nowhere.html leder ingenstans" in capsys.readouterr().err


@pytest.mark.full
def test_something_fetched_from_outside_fails_the_build(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "content/extra.md").write_text(
        '<div><img alt="" src="https://example.org/x.png"></div>\n', "utf-8"
    )
    assert run(project, "build") == 2
    assert "hämtar något utifrån" in capsys.readouterr().err


@pytest.mark.full
def test_the_same_input_builds_the_same_bytes_anywhere(tmp_path: Path) -> None:
    """In another folder, time zone, language, order of hashes, and with other rights for new files."""
    sites = []
    places = (
        ("here", {"TZ": "UTC", "PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8"}, 0o022),
        # Without a language, Python would read and write ASCII if it were not told otherwise.
        (
            "någon annan/stans",
            {
                "TZ": "Pacific/Kiritimati",
                "PYTHONHASHSEED": "4711",
                "LC_ALL": "POSIX",
                "PYTHONCOERCECLOCALE": "0",
                "PYTHONUTF8": "0",
            },
            0o077,
        ),
    )
    for name, more, mask in places:
        (tmp_path / name).mkdir(parents=True)
        project = copy_project(tmp_path / name)
        shutil.rmtree(project / ".pdf_cache")  # its papers, too, are made there
        command = [sys.executable, "-m", "generator", "build"]
        done = subprocess.run(
            command,
            cwd=project,
            env={**os.environ, **more},
            capture_output=True,
            check=False,
            umask=mask,
        )
        assert done.returncode == 0, done.stderr
        files = [p for p in (project / "site").rglob("*") if p.is_file()]
        sites.append({p.relative_to(project).as_posix(): p.read_bytes() for p in files})
    assert sites[0] == sites[1]


def test_the_preview_says_that_it_has_one_engine(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--engine", "zensical"]) == 1
    assert "make build ENGINE=zensical" in capsys.readouterr().err
