"""What is declared is used somewhere: a leftover is a change that was not finished."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from generator.locale import t
from generator.model import Node, Rule, Spot, Tree
from generator.model.declared import each_of
from generator.reading.diagnostics import Diagnostic, finding

_KINDS = ("questions", "actions", "conditions", "purposes", "phases", "parties", "forces", "roles")


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each node of these kinds that nothing refers to."""
    used: dict[str, set[str]] = {}
    taken = {step.action for situation in tree.situations for step in situation.steps}
    for node in tree.parts:
        # A frame is shown at an action's steps; without any, it needs none. So with a gap on no other.
        shown = isinstance(node, Rule) or (isinstance(node, Spot) and taken.isdisjoint(node.action))
        for f in fields(node) if isinstance(node, Node) and not shown else ():
            for kind in f.metadata.get("ref", ()):
                used.setdefault(kind, set()).update(filter(None, each_of(getattr(node, f.name))))
    for kind in _KINDS:
        for node in getattr(tree, kind):
            if node.id not in used.get(kind, ()):
                yield finding(node.id.pos, "unused", kind=t(f"kinds.{kind}"), id=node.id)
