"""The product that the generator does without: every case, one by one, to count a second time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from generator.model import FactSet, Gap, Situation, Tree
from generator.routine.cases import Case, covers


def all_cases(tree: Tree, box: FactSet | None = None) -> Iterator[dict[str, str]]:
    """Yield every combination of facts, or those that a box allows, in the tree's order."""
    each = [(box or {}).get(fact.id) or [value.id for value in fact.values] for fact in tree.facts]
    names = [str(fact.id) for fact in tree.facts]
    for values in product(*each):
        yield dict(zip(names, map(str, values), strict=True))


def covered_by(end: Situation | Gap, case: Case) -> bool:
    """Tell whether a case is in one of the sets of facts that an end declares."""
    return any(covers(facts, case) for facts in end.facts or ())
