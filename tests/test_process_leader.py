"""A process leader edits the routine: mistakes are explained, and a revision goes as far as the pages.

Nothing here leans on today's wording, only on how the file is laid out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from generator.cli import main
from generator.model import Tree
from generator.rules import check, cited
from tests.ahead import OLD, put_away
from tests.conftest import copy_project
from tests.playground import TREE as PLAYGROUND
from tests.playground import copy_playground


def first(text: str, pattern: str, replacement: str, after: str = "") -> tuple[str, int]:
    """Change the first place where a pattern stands after a heading, and return the line of the change."""
    start = text.index(f"\n{after}:\n") if after else 0
    found = re.compile(pattern, re.MULTILINE).search(text, start)
    assert found, pattern
    changed = text[: found.start()] + found.expand(replacement) + text[found.end() :]
    return changed, text.count("\n", 0, found.start()) + 1


Mistake = Callable[[str], tuple[str, int]]

# What people do wrong, the rule that finds it, a word of the message, and how many lines further on.
MISTAKES: dict[str, tuple[Mistake, str, str, int]] = {
    "a letter lost in a unit": (
        lambda t: first(t, r"^        who: (\w)(\w+)\w$", r"        who: \1\2", "situations"),
        "known-target",
        "Menade du",
        0,
    ),
    "a line indented with a tab": (
        lambda t: first(t, r"^    short: ", "\tshort: ", "questions"),
        "syntax",
        "Dra in med mellanslag",
        0,
    ),
    "no space after a colon": (
        lambda t: first(t, r"^        phase: ", "        phase:", "situations"),
        "syntax",
        "saknas ett mellanslag efter kolonet",
        0,
    ),
    "a colon in the middle of a text": (
        lambda t: first(t, r"^    why: (\w+)", r"    why: Obs: \1", "questions"),
        "syntax",
        "Sätt texten inom citattecken",
        0,
    ),
    "a key written twice": (
        lambda t: first(t, r"^(        force: .*)$", r"\1\n\1", "situations"),
        "duplicate-key",
        "står redan på rad",
        1,
    ),
    "a key in Swedish": (
        lambda t: first(t, r"^        who: ", "        vem: ", "situations"),
        "unknown-key",
        "finns inte",
        0,
    ),
    "a paragraph that the document does not have": (
        lambda t: first(t, r"^(        cite: [^/]+)/.*$", r"\1/99", "situations"),
        "known-citation",
        "stycken, inte ett stycke 99",
        0,
    ),
    "an answer that leads nowhere": (
        lambda t: first(t, r"^    goto: \{[^,]+, ", "    goto: {", "nodes"),
        "dead-end",
        "säger inte vart valet",
        -2,
    ),
    "a copied situation that keeps its id": (
        lambda t: first(t, r"^(  - id: .*\n(?:    .*\n)+)", r"\1\n\1", "situations"),
        "duplicate-id",
        "används redan på rad",
        -99,
    ),
    "a date as one says it": (
        lambda t: first(t, r"^  revised_on: (\d{4})-0?(\d+)-0?(\d+)$", r"  revised_on: \3/\2 \1"),
        "date",
        "Menade du",
        0,
    ),
    "a force that does not exist": (
        lambda t: first(t, r"^        force: must$", "        force: ska", "situations"),
        "known-target",
        "Menade du ”must”?",
        0,
    ),
    "a text that was emptied": (
        lambda t: first(t, r"^    why: .*$", "    why:", "questions"),
        "empty-text",
        "Texten är tom",
        0,
    ),
    "an example that leads elsewhere": (
        lambda t: first(
            t,
            r"^    leads_to: (?!\[)(\S+)$((?:\n.*)*?\n    leads_to: )(?!\1$)(?!\[)(\S+)$",
            r"    leads_to: \3\2\3",
            "examples",
        ),
        "example",
        "leder till",
        0,
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_common_mistake_gives_one_finding_at_its_line(real_text: str, name: str) -> None:
    make, rule, told, offset = MISTAKES[name]
    text, line = make(real_text)
    _, findings = check(text)
    mine = [finding for finding in findings if finding.rule == rule]
    assert mine, findings
    assert told in f"{mine[0].message} {mine[0].hint}"
    if offset != -99:
        assert mine[0].pos.line == line + offset
        assert len(findings) == 1, findings
    assert {finding.rule for finding in findings} == {rule}


def test_a_lost_situation_leaves_its_paragraphs_without_a_home(tree: Tree) -> None:
    told = 0
    bare = replace(tree, gaps=())  # which may cite what a situation rests on, too
    for lost in tree.situations:
        rest = replace(bare, situations=tuple(s for s in tree.situations if s is not lost))
        findings = list(cited.check(rest))
        told += len(findings) > len(list(cited.check(bare)))
        assert all("Lägg till en hänvisning, eller förklara under" in f.message for f in findings)
    assert told


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path)


def run(project: Path, *arguments: str) -> int:
    return main(["--root", str(project), *arguments])


def test_a_revision_goes_from_edit_to_publication(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The way of the guide, with the invented routine: edit, check, version, check, diff, release, write."""
    project = copy_playground(tmp_path)
    put_away(project)
    file = project / "tree" / PLAYGROUND.name

    # A duty becomes weaker; check says that the version has to be a new one.
    text, _ = first(file.read_text("utf-8"), r"^        force: must$", "        force: should", "situations")
    file.write_text(text, "utf-8")
    assert run(project, "check") == 1
    said = capsys.readouterr().err
    assert "[revision]" in said
    assert "1 fel." in said

    # A new version without a place in the list is reported, too.
    text, _ = first(text, r"^  version: .*$", "  version: 2031-02-03.1")
    file.write_text(text, "utf-8")
    assert run(project, "check") == 1
    assert "överst i ”revisions” står" in capsys.readouterr().err

    entry = "  - version: 2031-02-03.1\n    date: 2031-02-03\n    note: En mildare skyldighet.\n"
    entry += "    approved: {by: Mötet, on: 2024-01-02}\n"
    text = text.replace("\nrevisions:\n", f"\nrevisions:\n{entry}", 1)
    file.write_text(text, "utf-8")
    assert run(project, "check") == 0
    capsys.readouterr()

    # The meeting sees what changes for whom.
    assert run(project, "diff", "--save", "andringar") == 0
    said = capsys.readouterr().out
    assert f"Från version {OLD} till version 2031-02-03.1" in said
    assert "styrka: ”Ska” blir ”Bör”" in said
    paper = "".join(page.extract_text() for page in PdfReader(project / "andringar/andringar.pdf").pages)
    assert "styrka: ”Ska” blir ”Bör”" in " ".join(paper.split())

    # It is decided, put away and published.
    assert run(project, "release") == 0
    assert (project / "tree/versions/2031-02-03.1.yaml").read_text("utf-8") == text
    assert run(project, "write") == 0
    page = (project / "content/andringar.md").read_text("utf-8")
    assert "En mildare skyldighet." in page
    assert "2031-02-03.1" in page
    capsys.readouterr()

    # New words are answered for, with the lines that check writes; another duty takes a new version.
    reworded, _ = first(text, r"^(    why: )", r"\1Kort sagt. ", "questions")
    file.write_text(reworded, "utf-8")
    assert run(project, "check") == 1
    lines = re.search(r"\n(    wording:\n.*?)\n\n", capsys.readouterr().err, re.DOTALL)
    assert lines
    answer = lines[1].replace("by:", "by: Processledaren").replace("on:", "on: 2031-02-04")
    answered = reworded.replace(entry, f"{entry}{answer}\n", 1)
    file.write_text(answered, "utf-8")
    assert run(project, "check") == 0
    again, _ = first(answered, r"^        force: must$", "        force: should", "situations")
    file.write_text(again, "utf-8")
    assert run(project, "check") == 1
    assert "sedan versionen ”2031-02-03.1” lades undan" in capsys.readouterr().err


@pytest.mark.full
def test_a_mistake_on_the_way_never_reaches_the_site(project: Path) -> None:
    assert run(project, "build") == 0
    before = {p: p.read_bytes() for p in (project / "site").rglob("*") if p.is_file()}
    good = (project / "tree/avhysning.yaml").read_text("utf-8")
    for make, *_ in list(MISTAKES.values())[:4]:
        (project / "tree/avhysning.yaml").write_text(make(good)[0], "utf-8")
        assert run(project, "build") == 1
    assert {p: p.read_bytes() for p in (project / "site").rglob("*") if p.is_file()} == before
