"""The least: what all of several steps come to, where an action is taken in several ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from generator.model import Step, Tree
from generator.routine.holding import ROLES
from generator.routine.in_all import in_all
from generator.routine.steps import PlacedStep, bindings
from generator.routine.wording import sentence

LEFT_OUT = ("purpose", "within")
# Whatever else they differ in, nobody knows what less of it would be.
_MAY_DIFFER = {*ROLES, *LEFT_OUT, "when", "phase"}


def least_of(tree: Tree, placed: Sequence[PlacedStep]) -> PlacedStep | None:
    """Return what steps with one action all come to, if there is anything: who does it, with and to whom."""
    steps = [p.step for p in placed]
    differing = _differing(steps)
    conditions = {p.condition.id: p.condition for p in placed if p.condition}
    if len(conditions) > 1 or not differing <= _MAY_DIFFER:
        return None
    names: dict[str, Any] = {name: tuple(in_all([getattr(step, name) for step in steps])) for name in ROLES}
    if any((step.who and not names["who"]) or (step.to and not names["to"]) for step in steps):
        return None
    condition = next(iter(conditions.values()), None)
    when = condition.id if condition else None
    left_out: dict[str, Any] = dict.fromkeys(differing.intersection(LEFT_OUT))
    step = replace(steps[0], when=when, **names, **left_out)
    return replace(placed[0], step=step, sentence=sentence(tree, step), condition=condition)


def _differing(steps: Sequence[Step]) -> set[str]:
    """Return the duties that are not the same in all of these steps."""
    each = [bindings(step) for step in steps]
    return {name for one in each for name in one if any(one[name] != other.get(name) for other in each)}
