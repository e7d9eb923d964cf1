"""A frame or gap is shown where it says, and a gap that ends a path says how to go on."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Tree
from generator.reading.diagnostics import Diagnostic, finding
from generator.routine.frames import frames_at, frames_in
from generator.routine.spots import places
from generator.routine.steps import own_and_shared


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report frames and spots of gaps that fit nothing, and ending gaps without nearest situations."""
    shown: set[str] = set()
    for situation in tree.situations:
        shown.update(frame.id for frame in frames_in(tree, situation.facts))
        for step in own_and_shared(tree, situation):  # what is wrong in its sentence is for others to say
            shown.update(frame.id for frame in frames_at(tree, situation, step))
    for frame in tree.frames:
        if frame.id not in shown:
            yield finding(frame.id.pos, "attached", "frame", id=frame.id)
    for gap in tree.gaps:
        for spot in gap.on:
            if not any(places(tree, spot)):
                yield finding(spot.pos, "attached", "spot", id=gap.id)
    for gap in tree.end_gaps:
        if gap.is_written and not gap.nearest:
            yield finding(gap.id.pos, "attached", "gap", id=gap.id)
