"""An example is a whole case, and comes to what it says it comes to."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Example, Tree
from generator.reading.diagnostics import Diagnostic, finding
from generator.routine.cases import with_facts
from generator.routine.outcomes import Outcome, gaps_met, outcome


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report examples that leave a fact out, lead elsewhere, or name a gap that is not on their way."""
    for example in tree.examples:
        missing = [fact for fact in tree.facts if fact.id not in example.facts]
        for fact in missing:
            yield finding(example.id.pos, "example", "missing", id=example.id, fact=fact.id, label=fact.label)
        if not missing:
            yield from _way(tree, example, outcome(tree, with_facts({}, example.facts)))


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
