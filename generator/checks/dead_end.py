"""Every answer leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic, finding
from generator.model import Tree


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each option of a question that a node does not lead on from."""
    for node in tree.nodes:
        question = next((q for q in tree.questions if q.id == node.ask), None)
        for option in question.options if question else ():
            if option.id and option.id not in node.goto:
                yield finding(node.id.pos, "dead-end", id=node.id, option=option.id, label=option.label)
