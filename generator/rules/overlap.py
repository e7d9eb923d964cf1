"""No case is covered by two ends."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Tree
from generator.reading.diagnostics import Diagnostic, finding
from generator.routine.boxes import Index
from generator.routine.cases import End
from generator.routine.routes import boxes_of


def _declared(tree: Tree) -> list[End]:
    """Return the ends whose facts somebody wrote."""
    return [*tree.situations, *(gap for gap in tree.end_gaps if gap.is_written)]


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each pair of situations or gaps whose facts allow the same case."""
    claims = [(n, end, box) for n, end in enumerate(_declared(tree)) for box in boxes_of(end)]
    index = Index([box for *_, box in claims])
    pairs = {
        (claims[m][0], n): (claims[m][1], end)
        for n, end, box in claims
        for m in index.meeting(box)
        if claims[m][0] < n
    }
    for _, (one, other) in sorted(pairs.items()):
        yield finding(other.id.pos, "overlap", related=one.id.pos, id=other.id, other=one.id)
