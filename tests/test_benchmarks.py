"""What the benchmarks lean on; and that what the generator does grows no faster than the tree."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from benchmarks import report, synthetic
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
    assert calls(6) / calls(5) < nodes * 1.1


def test_the_docs_tell_the_results_that_are_kept() -> None:
    results = json.loads(report.RESULTS.read_text("utf-8"))
    assert set(results) <= set(report.TITLES)
    assert report.PAGE.read_text("utf-8") == report.page(results)
