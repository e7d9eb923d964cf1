"""A question that is asked makes a difference: its answers lead apart, or a step depends on them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Question, Tree
from generator.reading.diagnostics import Diagnostic, finding


def _heeded(tree: Tree) -> set[str]:
    """Return the facts that some step depends on, or who takes part in it, wherever the case ends."""
    steps = [(one.facts, one.only) for s in tree.situations for one in s.steps]
    steps += [(one.facts, one.only) for s in tree.situations for one in s.except_]
    said = [held for facts, only in steps for held in (facts or {}, *only.values())]
    return {str(fact) for held in said for fact in held}


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each node that goes on to one place, whatever the answer is."""
    for node in tree.nodes:
        places = list(node.goto.values())
        asked = {fact for option in tree.get(node.ask, Question).options for fact in option.facts}
        if len(places) > 1 and len(set(places)) == 1 and not asked & _heeded(tree):
            yield finding(places[0].pos, "same-way", id=node.id, target=places[0])
