"""A frame leads on to situations that its own cases can come to."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import FactSet, Situation, Tree
from generator.reading.diagnostics import Diagnostic, finding


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each situation that a frame leads to though no case of the frame is, or goes on from, it."""
    for frame in tree.frames:
        for id in frame.see:
            situation = tree.get(id, Situation)
            onward = situation.continues.as_ if situation.continues else {}
            contrary = [_contrary(frame.on.facts, {**facts, **onward}) for facts in situation.facts]
            if all(contrary):
                yield finding(id.pos, "see", frame=frame.id, id=id, fact=contrary[0])


def _contrary(facts: FactSet, others: FactSet) -> str:
    """Return a fact that cannot be the same in both, or nothing."""
    return next(
        (str(f) for f, values in facts.items() if f in others and not set(values) & set(others[f])), ""
    )
