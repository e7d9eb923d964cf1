"""A step's facts part the cases of its situation, and no case is left without a step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.model import Situation, Step, Tree
from generator.reading.diagnostics import Diagnostic, finding
from generator.routine.boxes import domain, without
from generator.routine.holding import settled
from generator.routine.steps import own_and_shared, shared


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report steps whose facts no case has, or all have, and cases that have no step."""
    others = {situation.same_steps_as for situation in tree.situations}
    for situation in tree.situations:
        own = [(step, situation.id in others) for step in situation.steps if step.facts]
        for step, is_shared in [*own, *((step, False) for step in _excepted(tree, situation))]:
            held = settled(tree, step, situation.facts)
            if held is None or (held.facts is None and not is_shared):
                place = next(iter(step.facts or ())).pos
                key = "none" if held is None else "always"
                yield finding(place, "step-facts", key, id=step.key, situation=situation.id)
        yield from _empty(tree, situation)


def _excepted(tree: Tree, situation: Situation) -> Iterator[Step]:
    """Yield the steps of another situation that have other facts here."""
    for one in (one for one in situation.except_ if one.facts):
        yield from (replace(s, facts=one.facts) for s in shared(tree, situation) if s.key in one.step)


def _empty(tree: Tree, situation: Situation) -> Iterator[Diagnostic]:
    held = [step.facts or {} for step in own_and_shared(tree, situation)]
    left = (box for each in situation.facts for box in without(domain(tree), each, *held))
    if box := next(left, None):
        example = ", ".join(f"{fact}={box[fact][0]}" for fact in domain(tree) if fact in box)
        yield finding(situation.id.pos, "step-facts", "empty", id=situation.id, example=example)
