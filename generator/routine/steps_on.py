"""The steps of a case: those of its ends, as far as what is known of it settles them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.model import Tree
from generator.routine.boxes import box_of
from generator.routine.cases import Walk
from generator.routine.holding import hanging_on, step_in
from generator.routine.steps import PlacedStep, steps_of
from generator.routine.wording import sentence


def steps_on(tree: Tree, taken: Iterable[Walk]) -> list[PlacedStep]:
    """Return the steps of a case on its ways, as far as it is known."""
    each = ((placed, way) for way in taken for placed in steps_of(tree, (way.at,)))
    return [held for placed, way in each if (held := on_way(tree, placed, way))]


def on_way(tree: Tree, placed: PlacedStep, way: Walk) -> PlacedStep | None:
    """Return a step as it is where more is known than its situation; None if there it is none."""
    if not placed.step.hangs:
        return placed
    step = step_in(tree, placed.step, (box_of(way.facts),))
    if step is None:
        return None
    said, condition = sentence(tree, step), hanging_on(tree, step, placed.waits_for)
    return replace(placed, step=step, sentence=said, condition=condition)
