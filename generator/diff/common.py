"""The cases that can occur in two versions of a routine, and what they come to in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from generator.model import Tree
from generator.routine.boxes import Box, Domain, by_first_case, domain, first_case, size
from generator.routine.cases import Case
from generator.routine.outcomes import Outcome, outcome_of
from generator.routine.routes import MAX_ROUTES, routes_of


@dataclass(frozen=True)
class CommonCases:
    """Cases that come to the same before, and to the same after: how many, and the first of them."""

    before: Outcome
    after: Outcome
    cases: int
    first: Case


def common_cases(before: Tree, after: Tree) -> Sequence[CommonCases]:
    """Return the cases that can occur in both; none where the trees have too little in common to compare."""
    shared = shared_domain(before, after)
    if not all(shared.values()):
        return []
    pairs = (
        (now.box, outcome_of(was), outcome_of(now))
        for was in routes_of(before, shared)
        for now in routes_of(after, was.box)
    )
    found = list(islice(pairs, MAX_ROUTES + 1))
    if len(found) > MAX_ROUTES:
        return []
    place = by_first_case(shared)
    together: dict[tuple[Outcome, Outcome], list[Box]] = {}
    for box, was, now in sorted(found, key=lambda one: place(one[0])):
        together.setdefault((was, now), []).append(box)
    return [
        CommonCases(was, now, sum(size(shared, box) for box in boxes), first_case(shared, boxes[0]))
        for (was, now), boxes in together.items()
    ]


def shared_domain(before: Tree, after: Tree) -> Domain:
    """Return the values that each fact has in both."""
    shared = Domain(domain(after) | domain(before))
    shared.update({f: tuple(v for v in vs if v in shared[f]) for f, vs in domain(after).items()})
    return shared
