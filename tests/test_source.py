"""Malformed files give a diagnostic, never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.checks import check
from generator.outputs import outputs
from generator.sinks.disk import read_text
from generator.source import MAX_BYTES


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only a comment",
        "- a list",
        "just text",
        "a: b: c",
        "\ta: 1",
        "a: 1\n\tb: 2",
        "a: 'unclosed",
        "a: [1, 2",
        "a: {b: 1",
        'a: "\\q"',
        "a: &x [*x]",
        "a: *nothing",
        "? [complex]\n: key",
        "a: 1\n--- \nb: 2",
        "a: \x00",
        "%YAML 9.9\n---\na: 1",
        "a: !!python/object/apply:os.system [ls]",
        "[" * 10_000,
        "{a: " * 5_000,
        "a: " + "x" * (MAX_BYTES + 1),
        "routine: 1\nunits: {}\nnodes: text",
        "routine:\nunits:\n",
    ],
    ids=lambda text: repr(text[:20]),
)
def test_malformed_yaml_gives_diagnostics(text: str) -> None:
    _, findings = check(text)
    assert findings
    assert all(f.message and f.pos.line >= 1 and f.pos.column >= 1 for f in findings)


def test_yaml_words_are_text_not_booleans_or_dates(tiny_text: str) -> None:
    text = tiny_text.replace("{id: ja, label: Ja}", "{id: no, label: off}")
    text = text.replace("title: Något annat fel", "title: 2024-01-02")
    tree, findings = check(text)
    assert findings == []
    assert tree is not None
    assert tree.gaps[0].title == "2024-01-02"
    assert tree.facts[1].values[0].label == "off"


def test_a_windows_file_reads_like_any_other(tiny_text: str, tmp_path: Path) -> None:
    file = tmp_path / "tree.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + tiny_text.replace("\n", "\r\n").encode())
    text, findings = read_text(file)
    assert findings == []
    assert check(text)[1] == []


def test_a_file_that_is_not_utf8_is_reported_where_it_breaks(tmp_path: Path) -> None:
    file = tmp_path / "tree.yaml"
    file.write_bytes("first: ok\nsecond: å".encode("latin-1"))
    _, (finding,) = read_text(file)
    assert (finding.pos.line, finding.pos.column) == (2, 9)
    assert "UTF-8" in finding.message


def test_a_missing_file_and_a_folder_are_reported(tmp_path: Path) -> None:
    assert "finns inte" in read_text(tmp_path / "none.yaml")[1][0].message
    assert "mapp" in read_text(tmp_path)[1][0].message


MUTATIONS: dict[str, Callable[[str], str]] = {
    "line removed": lambda _: "",
    "value emptied": lambda line: line.split(": ")[0] + ":",
    "value a word": lambda line: line.split(": ")[0] + ": ord",
    "value a list": lambda line: line.split(": ")[0] + ": [ett, två]",
    "value an empty list": lambda line: line.split(": ")[0] + ": []",
    "value a mapping": lambda line: line.split(": ")[0] + ": {ett: två}",
    "value a number": lambda line: line.split(": ")[0] + ": 99",
    "indented": lambda line: "  " + line,
    "dedented": lambda line: line.removeprefix("  "),
    "twice": lambda line: line + "\n" + line,
}


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_change_in_any_line_is_accepted_or_explained(tiny_text: str, mutation: str) -> None:
    lines = tiny_text.split("\n")
    for n, line in enumerate(lines):
        text = "\n".join([*lines[:n], MUTATIONS[mutation](line), *lines[n + 1 :]])
        tree, findings = check(text)
        if not findings:
            assert tree is not None
            assert outputs(tree, text)


def test_the_largest_texts_and_deepest_trees_are_answered_at_once(tiny_text: str) -> None:
    long = "ordet" * 20_000
    tree, findings = check(tiny_text.replace("Vad är fel?", long))
    assert findings == []
    assert tree is not None
    assert long in outputs(tree, tiny_text)["index.md"]
