"""Whatever the reader is given, it answers with findings at their places, or with a tree that becomes a site.

The examples are the same in every run, in the fast tier a quarter of them. ``FUZZ=100 pytest --full
tests/test_fuzz.py`` tries a hundred times as many, and others each time.
"""

from __future__ import annotations

import copy
import json
import os
import re
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.build import configuration, disk
from generator.diff.history import comparable
from generator.outputs import outputs
from generator.pages.statement import read_results
from generator.reading.diagnostics import render
from generator.rules import check
from tests import hostile, tiers
from tests.conftest import TINY

TIMES = int(os.environ.get("FUZZ", "1"))
TEXT = TINY.read_text("utf-8")
TREE: dict[str, Any] = hostile.read(TEXT)
WORDS = sorted(set(re.findall(r"[\w-]+", TEXT)))
ODD = [
    "",
    " ",
    "-",
    "1",
    "null",
    "{}",
    "[]",
    "*a",
    "&a",
    "!x",
    "#",
    "a: b",
    "{who}",
    "{x}",
    "\u202e",
    "å" * 300,
]

Path_ = tuple[str | int, ...]


def tried(times: int, part: int = 4) -> settings:
    """Try an example so many times, in the fast tier a ``part`` of them: a fourth or less."""
    return settings(
        max_examples=times * TIMES if tiers.full() else times // part,
        deadline=None,
        database=None,
        derandomize=TIMES == 1,
        suppress_health_check=list(HealthCheck),
    )


def answered(text: str) -> None:
    """Check a text, and hold the answer to what every answer has to keep."""
    tree, findings = check(text)
    lines = text.count("\n") + text.count("\r") + 2
    for finding in findings:
        assert finding.message
        assert 1 <= finding.pos.line <= lines
        assert finding.pos.column >= 1
    shown = render(findings, "tree.yaml", text)
    assert shown.count("[") >= len(findings)
    assert "Traceback" not in shown
    if not findings:
        assert tree is not None
        made = outputs(tree, text)
        assert made
        assert made == outputs(tree, text)


@tried(150)
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    answered(text)


@tried(150)
@given(st.binary(max_size=300))
def test_any_bytes(tmp_path_factory: Any, content: bytes) -> None:
    file: Path = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_bytes(content)
    text, findings = disk.read_text(file)
    if not findings:
        answered(text)


@tried(150)
@given(
    st.lists(
        st.sampled_from(["\n", "  ", "- ", ": ", "#", "'", '"', "{", "}", "[", "]", "|", ">", *WORDS]),
        max_size=60,
    )
)
def test_any_pieces_of_yaml(pieces: list[str]) -> None:
    answered("".join(pieces))


@tried(120)
@given(st.data())
def test_letters_changed_in_a_good_tree(data: st.DataObject) -> None:
    text = TEXT
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text) - 1))
        length = data.draw(st.integers(0, 12))
        text = text[:at] + data.draw(st.text(max_size=6)) + text[at + length :]
    answered(text)


def places(value: Any, here: Path_ = ()) -> list[Path_]:
    """Return the place of every value in a tree of lists and mappings."""
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [here, *(place for key, item in below for place in places(item, (*here, key)))]


def at(tree: Any, place: Path_) -> Any:
    for key in place:
        tree = tree[key]
    return tree


PLACES = places(TREE)[1:]


@tried(250)
@given(st.data())
def test_parts_changed_in_a_good_tree(data: st.DataObject) -> None:
    """Take parts away, put others in their place, double them, rename keys, and put them somewhere else."""
    tree = copy.deepcopy(TREE)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(PLACES))
        try:
            above, key = at(tree, place[:-1]), place[-1]
            other = copy.deepcopy(at(tree, data.draw(st.sampled_from(PLACES))))
            _change(data, above, key, other)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took the place away
    dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    answered(yaml.dump(tree, Dumper=dumper, allow_unicode=True, sort_keys=False))


def _change(data: st.DataObject, above: Any, key: Any, other: Any) -> None:
    kind = data.draw(st.sampled_from(["remove", "other", "odd", "word", "double", "rename"]))
    if kind == "remove":
        del above[key]
    elif kind == "other":
        above[key] = other
    elif kind == "odd":
        above[key] = data.draw(st.sampled_from(ODD))
    elif kind == "word":
        above[key] = data.draw(st.sampled_from(WORDS))
    elif kind == "double" and isinstance(above, list):
        above.insert(key, copy.deepcopy(above[key]))
    elif kind == "rename" and isinstance(above, dict):
        above[data.draw(st.sampled_from(WORDS))] = above.pop(key)


@tried(100)
@given(st.data())
def test_an_earlier_version_that_is_broken(data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(TEXT)))
    comparable(TEXT[:cut] + data.draw(st.text(max_size=20)))
    comparable(data.draw(st.text(max_size=100)))


NAMES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "\ud800",
            "a" * 300,
            "../keep.txt",
            "/etc/hostname",
            "a/../../keep.txt",
            "link/keep.txt",
            "own",
            "a\0b",
            ".",
            "",
        ]
    ),
)


@tried(150)
@given(st.one_of(st.lists(NAMES), st.recursive(st.none() | st.integers() | NAMES, st.lists, max_leaves=5)))
def test_a_manifest_of_anything_removes_nothing_that_is_not_its_own(tmp_path_factory: Any, told: Any) -> None:
    base: Path = tmp_path_factory.mktemp("manifest", numbered=True)
    folder = base / "content"
    (folder / "own").mkdir(parents=True)
    (folder / "own" / "mine.md").write_text("mine")
    (base / "outside").mkdir()
    (folder / "link").symlink_to(base / "outside")
    for kept in (base / "keep.txt", base / "outside" / "keep.txt"):
        kept.write_text("keep")
    (folder / disk.MANIFEST).write_text(json.dumps(told), "utf-8")
    disk.write({"a.md": "1"}, folder)
    assert (folder / "a.md").read_text() == "1"
    assert (base / "keep.txt").read_text() == (base / "outside/keep.txt").read_text() == "keep"
    assert (folder / "own").is_dir()


@tried(100)
@given(
    st.one_of(
        st.text(max_size=200),
        st.sampled_from(["site_url: [a]", "site_url: {a: b}", "[a: b", "site_url: !x y"]),
    )
)
def test_settings_of_anything(tmp_path_factory: Any, told: str) -> None:
    root: Path = tmp_path_factory.getbasetemp()
    (root / "mkdocs.yml").write_text(told, "utf-8", newline="")
    assert isinstance(configuration.address(root), str)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(st.sampled_from(["date", "pages", "states", "found", "axe"]), below)
    ),
    max_leaves=12,
)


@tried(150)
@given(JSON.map(json.dumps) | st.text(max_size=60))
def test_results_of_anything(told: str) -> None:
    read_results(told)
