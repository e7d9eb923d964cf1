"""What the benchmarks lean on; and that what the generator does grows no faster than the tree."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import __main__ as bench
from benchmarks import build, report, synthetic
from benchmarks.frame import Row
from generator.model import Tree
from generator.outputs import outputs
from generator.rules import check
from tests.conftest import checked


def grown(levels: int) -> tuple[str, Tree]:
    text = synthetic.of_levels(levels)
    return text, checked(text)


def calls(levels: int) -> int:
    """Return how many Python functions are entered to check a tree and make everything of it."""
    text, tree = grown(levels)
    count = 0

    def entered(_: Any, event: str, __: Any) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(entered)
    try:
        check(text)
        outputs(tree, text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.full
def test_what_is_done_grows_as_the_tree_does() -> None:
    text, tree = grown(5)
    outputs(tree, text)  # templates are read once for all
    nodes = synthetic.number_of_nodes(6) / synthetic.number_of_nodes(5)
    assert calls(6) / calls(5) < nodes * build.GROWTH


def test_the_docs_tell_the_results_that_are_kept() -> None:
    results = json.loads(report.RESULTS.read_text("utf-8"))
    assert set(results) <= set(report.TITLES)
    assert report.PAGE.read_text("utf-8") == report.page(results)


def test_a_broken_bar_is_told_and_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = {
        "pdf": [Row("slow", "9", "1", 9.0, "≤ 2", False), Row("fine", "1", "1", 1.0, "≤ 2", True)],
        "load": [Row("fast", "1", "1", 1.0, "≤ 2", True)],
    }
    kinds: dict[str, Any] = {name: lambda name=name: (rows[name], []) for name in rows}
    monkeypatch.setattr(bench, "KINDS", kinds)
    monkeypatch.setattr(report, "RESULTS", tmp_path / "results.json")
    monkeypatch.setattr(report, "write", lambda _: None)
    assert bench.main([]) == 0
    assert capsys.readouterr().out.endswith("Broken bar: pdf: slow\n")
    assert set(json.loads((tmp_path / "results.json").read_text("utf-8"))) == set(rows)
