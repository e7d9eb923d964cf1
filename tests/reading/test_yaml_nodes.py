"""Malformed files give a diagnostic, never a traceback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build.disk import read_text
from generator.locale import t
from generator.outputs import outputs
from generator.reading.diagnostics import render
from generator.reading.yaml_nodes import MAX_BYTES, MAX_TEXT
from generator.rules import check
from tests.conftest import ROOT, TINY
from tests.tiers import few


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
    "value a block": lambda line: line.split(": ")[0] + ": |",
    "value an escape": lambda line: line.split(": ")[0] + ': "\\u202e\\0\\ud800"',
    "value a range": lambda line: line.split(": ")[0] + ": 1-vatten/" + "1-999," * 99 + "2-1",
    "value quoted and more": lambda line: line.split(": ")[0] + ": 'x' y",
    "hard spaces": lambda line: line.replace(" ", "\u00a0"),
    "a hash": lambda line: line + " #1",
    "a question mark": lambda line: line.replace("- ", "? ", 1),
    "a new document": lambda line: "---\n" + line,
}


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_change_in_any_line_is_accepted_or_explained(tiny_text: str, mutation: str) -> None:
    lines = tiny_text.split("\n")
    for n in few(range(len(lines)), 50):
        text = "\n".join([*lines[:n], MUTATIONS[mutation](lines[n]), *lines[n + 1 :]])
        tree, findings = check(text)
        assert render(findings, "tree.yaml", text).count(": fel: ") == len(findings)
        if not findings:
            assert tree is not None
            assert outputs(tree, text)


def test_every_tab_is_reported_in_one_run(tiny_text: str) -> None:
    text = tiny_text.replace("    short: Fel", "\tshort: Fel").replace("    where: På", "\twhere: På")
    _, findings = check(text)
    assert [(f.pos.line, f.pos.column) for f in findings] == [(73, 1), (75, 1)]


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\u202e", "\u00ad", "\ufeff", "\u2066", "\u2028", "\x85", "\u3164", "\U000e0041"]
)
def test_a_character_that_cannot_be_seen_is_reported_at_its_place(tiny_text: str, hidden: str) -> None:
    _, (finding,) = check(tiny_text.replace("short: Fel", f"short: Fe{hidden}l"))
    assert (finding.pos.line, finding.pos.column) == (73, 14)
    assert f"U+{ord(hidden):04X}" in finding.message


def test_the_place_is_right_however_lines_end(tiny_text: str) -> None:
    for end in ("\r", "\r\n"):
        _, (finding,) = check(tiny_text.replace("short: Fel", "short: Fe\u200bl").replace("\n", end))
        assert (finding.pos.line, finding.pos.column) == (73, 14)


def test_what_follows_an_unclear_mistake_is_not_guessed(tiny_text: str) -> None:
    text = tiny_text.replace("owners: [kaffechef]", "owners: [kaffechef").replace("short: Fel", 'short: "Fel')
    _, findings = check(text)
    assert [f.pos.line for f in findings] == [15]


def test_a_text_that_only_people_read_does_not_stop_the_rest(tiny_text: str) -> None:
    text = tiny_text.replace("    why: Felet avgör stegen.", "    why: ''")
    text = text.replace("annat: annat-fel}", "annat: utan-vatten}")
    _, findings = check(text)
    assert {f.rule for f in findings} == {"empty-text", "same-way"}


def test_a_mistake_here_does_not_hide_one_there(tiny_text: str) -> None:
    """Rules that do not lean on what is broken still run."""
    text = tiny_text.replace("    where: På displayen.\n", "    where: På displayen.\n", 1)
    text = text.replace("decided_on: 2024-01-02", "decided_on: 2/1 2024")
    text = text.replace("        cite: 1-vatten/3\n", "        cite: 1-vatten/1\n")
    text = text.replace('    text: "{opening} trösta {to}."', "    text: Vi tröstar.")
    text = text.replace("    unnamed:", "    text:")
    _, findings = check(text)
    assert [f.rule for f in findings] == ["date", "cited", "wording"]
    assert findings[0].hint == "Menade du ”2024-01-02”?"


ENCODINGS = {
    "UTF-16": "a: å".encode("utf-16"),
    "UTF-32": "a: å".encode("utf-32"),
    "Latin-1": "a: å".encode("latin-1"),
    "NUL": b"a: \x00",
    "escape": b"a: \x1b[31m",
    "half a surrogate": b"a: \xed\xa0\x80",
}


@pytest.mark.parametrize("content", ENCODINGS.values(), ids=ENCODINGS)
def test_bytes_that_are_no_text_are_reported(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "tree.yaml"
    file.write_bytes(content)
    text, findings = read_text(file)
    _, more = (None, findings) if findings else check(text)
    assert more
    assert all(f.rule == "syntax" and f.pos.line >= 1 for f in more)


def test_lines_may_end_in_any_way(tiny_text: str) -> None:
    assert check(tiny_text.replace("\n", "\r"))[1] == []


def test_a_file_that_is_no_file_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "ingen vanlig fil" in read_text(tmp_path / "pipe")[1][0].message
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert read_text(tmp_path / "loop")[1]
    (tmp_path / "mine.yaml").write_text("a: 1", "utf-8")

    def forbidden(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    assert "inte rätt att läsa" in read_text(tmp_path / "mine.yaml")[1][0].message


TINY_TEXT = f"open({str(TINY)!r}).read()"
# Each as large as a file may be at the most, but for the first.
HOSTILE = {
    "50 MB on one line": "open('t','wb').write(b'a: ' + b'x' * 50_000_000)",
    "keys": "open('t','w').write('\\n'.join(f'k{n}: 1' for n in range(140_000)))",
    "groups of no keys": "open('t','w').write('units:\\n' + '  - {}\\n' * 250_000)",
    "lists in lists": "open('t','w').write('- - -\\n' * 280_000)",
    "one list on one line": "open('t','w').write('a: [' + 'x,' * 900_000 + ']')",
    "brackets": "open('t','w').write('[' * 1_900_000)",
    "indentation": "open('t','w').write('\\n'.join(' ' * n + 'a:' for n in range(1_500)))",
    "no dashes": "open('t','w').write('units:\\n  - ' + '\\n    '.join(['id: 1', 'name: 2'] * 14_000))",
    "commas in braces": "open('t','w').write('units: [{id: ' + 'a, ' * 29_000 + '}]')",
    "tabs": "open('t','w').write('\\ta: 1\\n' * 280_000)",
    "quotes": "open('t','w').write('k: \\x22a\\n' * 280_000)",
    "hidden characters": "open('t','w').write('a: ' + '\\u200b' * 600_000)",
    "paragraphs": f"open('t','w').write({TINY_TEXT}.replace('data/1', 'data/1-999' + ',1-999' * 190_000))",
    "combinations": f"open('t','w').write({TINY_TEXT}.replace('questions:\\n', ''.join("
    "f'  - {{id: f{n}, label: F, values: [{{id: ja, label: J}}, {{id: nej, label: N}}]}}\\n'"
    " for n in range(3_000)) + 'questions:\\n', 1))",
    "billion laughs": "open('t','w').write('a: &a [x]\\n' + 'b: &b [*a, *a]\\n' * 99)",
    "a pipe of zeros": "import os; os.symlink('/dev/zero', 't')",
}


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_answered_within_bounds(tmp_path: Path, make: str) -> None:
    """A process that may use 500 MB of addresses and 10 s of CPU says what is wrong, and is not killed."""
    script = f"""
import resource, sys
{make}
resource.setrlimit(resource.RLIMIT_AS, (500_000_000, 500_000_000))
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
sys.path.insert(0, {str(ROOT)!r})
from generator.cli import main
sys.exit(main(["--tree", "t", "check"]))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr[-500:]
    assert ": fel: " in done.stderr
    assert len(done.stderr) < 100_000
    assert "Traceback" not in done.stderr


def test_what_is_hardly_a_tree_gets_no_more_findings_than_people_can_read() -> None:
    _, findings = check("\n".join(f"k{n}: 1" for n in range(1_000)))
    assert any("Det finns fler än 200 fel." in finding.message for finding in findings)
    assert len(findings) < 250


def test_the_largest_texts_and_deepest_trees_are_answered_at_once(tiny_text: str) -> None:
    long = "o" * MAX_TEXT
    tree, findings = check(tiny_text.replace("Vad är fel?", long))
    assert findings == []
    assert tree is not None
    assert long in outputs(tree, tiny_text)["index.md"]


def test_a_text_that_nobody_would_read_is_refused_before_anything_is_looked_for_in_it(tiny_text: str) -> None:
    words = "ord " * 400_000
    (only,) = check(tiny_text.replace("Vad är fel?", words))[1]
    assert "längre än 100000 tecken" in only.message
    assert only.pos.line == 72


@pytest.mark.parametrize("quote", ["'", '"'])
def test_an_unclosed_quote_is_reported_where_it_was_opened(real_text: str, quote: str) -> None:
    """However far below the reader notices: at the next text in such quotes, or at the end."""
    lines = real_text.splitlines()
    places = [n for n, line in enumerate(lines) if re.fullmatch(r" +label: \w[^:\"']+", line)]
    assert len(places) > 20
    for place in few(places, 4):
        text = lines[place].replace("label: ", f"label: {quote}")
        _, found = check("\n".join([*lines[:place], text, *lines[place + 1 :]]))
        assert (found[0].pos.line, found[0].pos.column) == (place + 1, text.index(quote) + 1)
        assert found[0].message == t("checks.syntax.unclosed-quote")


def test_what_a_merge_left_is_named(tiny_text: str) -> None:
    lines = tiny_text.splitlines()
    both = ["<<<<<<< HEAD", lines[9], "=======", lines[9], ">>>>>>> annan"]
    _, found = check("\n".join([*lines[:9], *both, *lines[10:]]))
    assert [(one.pos.line, one.message) for one in found] == [(10, t("checks.syntax.conflict"))]


def test_letters_in_two_parts_are_read_as_one(tiny_text: str, tmp_path: Path) -> None:
    apart = unicodedata.normalize("NFD", tiny_text)
    assert apart != tiny_text
    path = tmp_path / "tree.yaml"
    path.write_text(apart, "utf-8")
    assert read_text(path) == (tiny_text, [])
