"""A tree with examples has one for everything that a case can come to or run into."""

from __future__ import annotations

from collections.abc import Iterator

from generator.locale import t
from generator.model import Tree
from generator.reading.diagnostics import Diagnostic, finding
from generator.routine.outcomes import all_outcomes, gaps_met


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each situation and gap that some case meets but no example practises."""
    if not tree.examples:
        return
    practised = {id for example in tree.examples for id in (*example.leads_to, *example.gaps)}
    gaps = [gap for gap in gaps_met(tree, all_outcomes(tree)) if gap.is_written]
    kinds = {"situations": tree.situations, "gaps": gaps}
    for kind, nodes in kinds.items():
        for node in nodes:
            if node.id not in practised:
                yield finding(node.id.pos, "practised", kind=t(f"kinds.{kind}"), id=node.id)
