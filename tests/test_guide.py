"""The editor's guide is true: every example in it is executed, and every command in it exists."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from generator.cli import main
from generator.model import Tree
from tests.conftest import ROOT
from tests.guide import GUIDE, KINDS, PAGES, REPLACES, Section, sections, write_report
from tests.playground import TREE

# On these pages the invented routine has been published before it is changed.
PUBLISHED = {"revision", "rutinen-har-reviderats"}

SECTIONS = [section for page in PAGES for section in sections(page)]
EXAMPLES = [section for section in SECTIONS if section.of("efter") or section.of("fel")]
Check = Callable[[str, bool], str]


def _name(section: Section) -> str:
    return f"{section.path.relative_to(GUIDE)}: {section.heading}"


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Check:
    """Run ``check`` on a text in the invented routine's place, and return the findings as printed."""
    (tmp_path / "tree").mkdir()
    monkeypatch.chdir(tmp_path)

    def run(text: str, published: bool) -> str:
        file = tmp_path / "tree" / TREE.name
        if published:
            file.write_bytes(TREE.read_bytes())
            assert main(["release"]) == 0
        file.write_text(text, "utf-8")
        code = main(["check"])
        said = capsys.readouterr().err.rstrip()
        assert code == (1 if said else 0)
        return said.rpartition("\n\n")[0]  # the last line counts them

    return run


@pytest.mark.parametrize("section", EXAMPLES, ids=_name)
def test_an_example_does_what_the_guide_says(section: Section, check: Check) -> None:
    report = check(section.changed(TREE.read_text("utf-8")), section.path.stem in PUBLISHED)
    if not section.of("fel"):
        assert report == ""
        return
    assert report != ""
    if os.environ.get("UPDATE_GUIDE"):
        write_report(section, report)
    else:
        (shown,) = section.of("rapport")
        assert shown.text.rstrip() == report


@pytest.mark.parametrize("section", SECTIONS, ids=_name)
def test_every_block_is_of_a_kind_that_is_executed(section: Section) -> None:
    for block in section.blocks:
        assert KINDS[block.kind] == block.language
    for new, old in REPLACES.items():
        assert len(section.of(new)) == len(section.of(old))
    assert not (section.of("efter") and section.of("fel"))
    assert len(section.of("rapport")) == bool(section.of("fel"))


def test_an_excerpt_that_is_not_in_the_tree_is_noticed() -> None:
    for section in EXAMPLES:
        old = (section.of("fore") or section.of("ratt"))[0].text
        with pytest.raises(AssertionError):
            section.changed(TREE.read_text("utf-8").replace(old, "annat: x\n"))


# --- Rules -----------------------------------------------------------------------------------------


def rules() -> set[str]:
    """Return every rule that a finding can bear, as the generator's code names them."""
    found = set()
    for module in (ROOT / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
                if name in ("finding", "_report") and texts:
                    found.add(str(texts[0]))
    return found


def test_every_rule_has_its_page() -> None:
    written = {page.stem for page in (GUIDE / "fel").glob("*.md")} - {"index"}
    assert {"syntax", "type", "letter", "coverage"} <= rules()
    assert written == rules()


@pytest.mark.parametrize("rule", sorted(rules()))
def test_a_rule_s_page_shows_the_rule_reported_and_stands_in_the_list(rule: str) -> None:
    page = GUIDE / "fel" / f"{rule}.md"
    reports = [block.text for section in sections(page) for block in section.of("rapport")]
    assert reports
    assert all(f"[{rule}]" in report for report in reports)
    text = page.read_text("utf-8")
    assert re.search(rf"^# {rule}: \w", text, re.M)
    listed = (GUIDE / "fel" / "index.md").read_text("utf-8")
    assert listed.count(f"]({rule}.md)") == 1


# --- Commands and keys ------------------------------------------------------------------------------


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))


def commands() -> set[str]:
    """Return the generator's own commands, by asking it."""
    run = [sys.executable, "-m", "generator", "--help"]
    return set(re.findall(r"^    ([a-z-]+) ", _said(run), re.M))


def _said(command: list[str]) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def test_every_command_in_the_guide_exists() -> None:
    blocks = [block for section in SECTIONS for block in section.of("kommando")]
    lines = [line for block in blocks for line in block.text.splitlines()]
    lines += [code for page in PAGES for code in re.findall(r"`(make [^`]+)`", page.read_text("utf-8"))]
    known_to_git = _said(["git", "--list-cmds=main"]).split()
    for line in lines:
        words = line.split()
        if words[0] == "make":
            assert words[1] in targets(), line
        elif words[0] == "git":
            assert words[1] in known_to_git, line
            assert all((ROOT / path).exists() for path in words[2:]), line
        else:
            assert words[:3] == [".venv/bin/python", "-m", "generator"], line
            (command, *_) = [word for word in words[3:] if not word.startswith("-")]
            assert command in commands(), line
    assert {line for line in lines if line.startswith("make")} >= {"make serve", "make check", "make build"}


def test_the_list_of_keys_is_the_tree_s() -> None:
    text = (GUIDE / "index.md").read_text("utf-8")
    assert re.findall(r"^\| `(\w+)` \|", text, re.M) == [f.name for f in fields(Tree) if f.name != "pos"]


def test_every_page_says_what_it_is_and_is_linked_to() -> None:
    texts = {page: page.read_text("utf-8") for page in PAGES}
    for page, text in texts.items():
        assert re.match(r"---\ntitle: .+\n(hide:\n  - toc\n)?search:\n  boost: 0\.0005\n---\n\n# ", text), (
            page
        )
        others = [other for other in texts if other != page]
        linked = {(o.parent / link).resolve() for o in others for link in _links(texts[o])}
        assert page in linked, page


def _links(text: str) -> list[str]:
    return re.findall(r"\]\(([^)#]+\.md)", text)


def test_a_table_is_no_wider_than_a_phone() -> None:
    """Two columns: the fast survey looks at some pages of the guide only."""
    rows = [line for page in PAGES for line in page.read_text("utf-8").splitlines() if line.startswith("|")]
    assert rows
    assert {row.count("|") for row in rows} == {3}
