"""What is new is told as readers know it."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.diff.compare import compare
from generator.diff.history import history
from generator.locale import t
from generator.model import Tree
from generator.pages.changes import as_text, report
from tests.conftest import REAL


def test_what_is_new_is_told_by_names_and_not_by_ids(tree: Tree) -> None:
    kept = {path.stem: path.read_text("utf-8") for path in (REAL.parent / "versions").glob("*.yaml")}
    compared = [revised.difference for revised in history(tree, kept) if revised.difference]
    words = {word for one in compared for word in re.split(r"[\s,;:/()]+", as_text(report(one)))}
    nodes = (*tree.nodes, *tree.gaps, *tree.situations, *tree.actions, *tree.roles, *tree.documents)
    ids = {str(node.id) for node in nodes} | {str(duty.id) for unit in tree.units for duty in unit.duties}
    assert words & ({id for id in ids if "-" in id} | {str(force.id) for force in tree.forces}) == set()
    assert len(compared) > 1
    assert len(words) > 1000


def test_what_holds_or_not_is_told_so(tree: Tree) -> None:
    turned = tuple(replace(one, urgent=not one.urgent) for one in tree.conditions)
    told = as_text(report(compare(tree, replace(tree, conditions=turned))))
    assert {t("lines.yes"), t("lines.no")} <= set(re.findall(r"\w+", told))
    assert not re.search("True|False", told)
