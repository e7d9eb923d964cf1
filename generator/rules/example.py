"""An example is a whole case, and comes to what it says it comes to."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Example, Tree
from generator.reading.diagnostics import Diagnostic, finding
from generator.routine.cases import case_of
from generator.routine.outcomes import Outcome, gaps_met, outcome


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report examples that leave a fact out, lead elsewhere, or name a gap that is not on their way."""
    cases = [(example, case_of(tree, example)) for example in tree.examples]
    for fact in tree.facts:
        silent = [example for example, case in cases if fact.id not in case]
        if 1 < len(silent) > len(cases) / 2:  # then it is the fact that is not finished
            said = {"id": fact.id, "label": fact.label, "count": len(silent)}
            yield finding(fact.id.pos, "example", "untold", "", None, **said)
            continue
        for example in silent:
            yield finding(example.id.pos, "example", "missing", id=example.id, fact=fact.id, label=fact.label)
    for example, case in cases:
        if all(fact.id in case for fact in tree.facts):
            yield from _way(tree, example, outcome(tree, case))


def _way(tree: Tree, example: Example, found: Outcome) -> Iterator[Diagnostic]:
    if found.ends != example.leads_to:
        ends, said = " → ".join(found.ends), " → ".join(example.leads_to)
        yield finding(example.leads_to[0].pos, "example", "leads-to", id=example.id, found=ends, said=said)
        return
    met = {gap.id for gap in gaps_met(tree, [found])}
    for gap in example.gaps:
        if gap in found.ends:
            yield finding(gap.pos, "example", "end", id=example.id, gap=gap)
        elif gap not in met:
            yield finding(gap.pos, "example", "gap", id=example.id, gap=gap)
