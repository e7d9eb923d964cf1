"""Nothing is revised, in force or approved before it is decided."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Tree
from generator.reading.diagnostics import Diagnostic, finding


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each date that is earlier than the decision."""
    decided, approved = tree.routine.decided_on, tree.approved
    dates = [("revised_on", tree.routine.revised_on), ("valid_from", tree.routine.valid_from)]
    dates += [("approved", approved.on)] if approved else []
    for key, date in dates:
        if date < decided:
            yield finding(date.pos, "date-order", related=decided.pos, key_=key, date=date, decided=decided)
