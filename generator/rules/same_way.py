"""A question that is asked makes a difference: its answers do not all lead to the same place."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Tree
from generator.reading.diagnostics import Diagnostic, finding


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each node that goes on to one place, whatever the answer is."""
    for node in tree.nodes:
        places = list(node.goto.values())
        if len(places) > 1 and len(set(places)) == 1:
            yield finding(places[0].pos, "same-way", id=node.id, target=places[0])
