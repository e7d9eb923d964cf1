"""Everything that can be reached is reached."""

from __future__ import annotations

from collections.abc import Iterator

from generator.locale import t
from generator.model import Tree
from generator.reading.diagnostics import Diagnostic, finding
from generator.rules.loop import reached_from


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each node, situation and ending gap that no path from the start leads to."""
    reached = reached_from(tree, tree.routine.start)
    kinds = {"nodes": tree.nodes, "situations": tree.situations, "gaps": tree.end_gaps}
    for kind, nodes in kinds.items():
        for node in nodes:
            if node.id not in reached:
                yield finding(node.id.pos, "reachable", kind=t(f"kinds.{kind}"), id=node.id)
