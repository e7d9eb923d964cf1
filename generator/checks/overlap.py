"""No case is covered by two ends."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from generator.cases import End, ends
from generator.diagnostics import Diagnostic, finding
from generator.model import Tree


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each pair of situations or gaps whose facts allow the same case."""
    for one, other in combinations(ends(tree), 2):
        if _meet(one, other):
            yield finding(other.id.pos, "overlap", rival=one.id.pos, id=other.id, other=one.id)


def _meet(one: End, other: End) -> bool:
    mine, theirs = one.facts or {}, other.facts or {}
    return all(set(values) & set(theirs.get(fact, values)) for fact, values in mine.items())
