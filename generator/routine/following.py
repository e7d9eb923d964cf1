"""What a step follows on: the steps that wait for what has to happen before what it waits for itself."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import Action, Tree, once
from generator.routine.in_all import in_all
from generator.routine.steps import PlacedStep, events_of, placed_steps


@once
def follows_on(tree: Tree, placed: PlacedStep) -> tuple[PlacedStep, ...]:
    """Return the steps that wait for an event before the one that a step waits for, in their order."""
    steps = placed_steps(tree, placed.situation)
    order = [str(event.id) for event in events_of(steps)]
    here = placed.waits_for
    before = order[: order.index(here.id)] if here and here.event else []
    return tuple(p for p in steps if p.waits_for and p.waits_for.id in before)


def says_more_of(tree: Tree, placed: PlacedStep) -> tuple[PlacedStep, ...]:
    """Return the steps of its situation that a step says more of, and that say whose they are."""
    about = tree.get(placed.step.action, Action).about
    return tuple(p for p in placed_steps(tree, placed.situation) if p.step.action in about)


def follows_in_all(tree: Tree, steps: Sequence[PlacedStep]) -> list[Action]:
    """Return the actions that each of these steps follows on, in the order of the first."""
    each = [[str(p.step.action) for p in follows_on(tree, placed)] for placed in steps]
    return [tree.get(action, Action) for action in dict.fromkeys(in_all(each))]


def needed_by(tree: Tree, steps: Sequence[PlacedStep]) -> list[PlacedStep]:
    """Return what steps of one phase cannot be read without: what they follow on, are about or have before.

    They may say "at the same time", or "at the visit".
    """
    last = steps[-1]
    there = placed_steps(tree, last.situation)
    ids = {p.id for p in there if p.step.phase == last.step.phase and p.number < last.number}
    ids |= {p.id for placed in steps for p in (*follows_on(tree, placed), *says_more_of(tree, placed))}
    return [p for p in there if p.id in ids]
