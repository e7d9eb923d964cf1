"""A frame is shown somewhere, and a gap that ends a path says how to go on."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Tree
from generator.reading.diagnostics import Diagnostic, finding
from generator.routine.steps import frames_of, placed_steps


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report frames whose rule fits nothing, and ending gaps without nearest situations."""
    shown: set[str] = set()
    for situation in tree.situations:
        shown.update(frame.id for frame in frames_of(tree, situation))
        shown.update(frame.id for placed in placed_steps(tree, situation) for frame in placed.frames)
    for frame in tree.frames:
        if frame.id not in shown:
            yield finding(frame.id.pos, "attached", "frame", id=frame.id)
    for gap in tree.end_gaps:
        if gap.is_written and not gap.nearest:
            yield finding(gap.id.pos, "attached", "gap", id=gap.id)
