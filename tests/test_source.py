"""Malformed files give a diagnostic, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks import check
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
