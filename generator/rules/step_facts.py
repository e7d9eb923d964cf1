"""The facts of steps and names part the cases of their situation, and no case is left without a step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.model import Situation, Step, Tree
from generator.reading.diagnostics import Diagnostic, finding
from generator.routine.boxes import domain, without
from generator.routine.holding import ROLES, held_in, step_in
from generator.routine.steps import changed_by, own_and_shared, shared

_HEEDED = (*ROLES, "facts", "only")


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report steps and names whose facts no case has, or all have, and cases without a step."""
    for situation in tree.situations:
        users = (situation, *(s for s in tree.situations if s.same_steps_as == situation.id))
        for step in (step for step in situation.steps if step.hangs):
            yield from _idle(tree, step, users)
        for step in _excepted(tree, situation):
            yield from _idle(tree, step, (situation,))
        yield from _empty(tree, situation)


def _idle(tree: Tree, step: Step, users: Sequence[Situation]) -> Iterator[Diagnostic]:
    """Report what no case of the first user has, or all cases of all of them: the step, or a name in it."""
    held = [step_in(tree, step, user.facts) for user in users]
    if step.facts and not held[0]:
        yield finding(next(iter(step.facts)).pos, "step-facts", "none", id=step.key, situation=users[0].id)
    elif step.facts and all(h and h.facts is None for h in held):
        yield finding(next(iter(step.facts)).pos, "step-facts", "always", id=step.key, situation=users[0].id)
    named = {name for role in ROLES for name in getattr(step, role)}
    for name in step.only:
        kept = [h and {n for role in ROLES for n in getattr(h, role)} for h in held]
        if name not in named:
            yield finding(name.pos, "step-facts", "no-name", id=name)
        elif held[0] and name not in (kept[0] or ()):
            yield finding(name.pos, "step-facts", "never", id=name, situation=users[0].id)
        elif all(h and name not in h.only for h in held):
            yield finding(name.pos, "step-facts", "everywhere", id=name, situation=users[0].id)


def _excepted(tree: Tree, situation: Situation) -> Iterator[Step]:
    """Yield the steps of another situation that hold in other cases here, or have names that do."""
    for one in (one for one in situation.except_ if one.facts or one.only):
        for step in (step for step in shared(tree, situation) if step.key in one.step):
            yield replace(step, **{name: value for name, value in changed_by(one).items() if name in _HEEDED})


def _empty(tree: Tree, situation: Situation) -> Iterator[Diagnostic]:
    steps = own_and_shared(tree, situation)
    if not steps or not all(step.hangs for step in steps):
        return  # no step at all is another mistake, and one that hangs on nothing holds in every case
    held = [box for step in steps for box in held_in(tree, step)]
    left = (box for each in situation.facts for box in without(domain(tree), each, *held))
    if box := next(left, None):
        example = ", ".join(f"{fact}={box[fact][0]}" for fact in domain(tree) if fact in box)
        yield finding(situation.id.pos, "step-facts", "empty", id=situation.id, example=example)
