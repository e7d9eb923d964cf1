"""A step's facts part the cases of its situation, and no case is left without a step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.model import Situation, Step, Tree
from generator.reading.diagnostics import Diagnostic, finding
from generator.routine.boxes import domain, without
from generator.routine.holding import settled
from generator.routine.steps import own_and_shared, shared


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report steps whose facts no case has, or all have, and cases that have no step."""
    for situation in tree.situations:
        users = (situation, *(s for s in tree.situations if s.same_steps_as == situation.id))
        for step in (step for step in situation.steps if step.facts):
            yield from _idle(tree, step, users)
        for step in _excepted(tree, situation):
            yield from _idle(tree, step, (situation,))
        yield from _empty(tree, situation)


def _idle(tree: Tree, step: Step, users: Sequence[Situation]) -> Iterator[Diagnostic]:
    """Report a step that no case of its first user has, or that all cases of all of them have."""
    held = [settled(tree, step, user.facts) for user in users]
    key = "none" if held[0] is None else "always" if all(h and h.facts is None for h in held) else ""
    if key:
        place = next(iter(step.facts or ())).pos
        yield finding(place, "step-facts", key, id=step.key, situation=users[0].id)


def _excepted(tree: Tree, situation: Situation) -> Iterator[Step]:
    """Yield the steps of another situation that have other facts here."""
    for one in (one for one in situation.except_ if one.facts):
        yield from (replace(s, facts=one.facts) for s in shared(tree, situation) if s.key in one.step)


def _empty(tree: Tree, situation: Situation) -> Iterator[Diagnostic]:
    held = [step.facts or {} for step in own_and_shared(tree, situation)]
    if not held or not all(held):
        return  # no step at all is another mistake, and one without facts holds in every case
    left = (box for each in situation.facts for box in without(domain(tree), each, *held))
    if box := next(left, None):
        example = ", ".join(f"{fact}={box[fact][0]}" for fact in domain(tree) if fact in box)
        yield finding(situation.id.pos, "step-facts", "empty", id=situation.id, example=example)
