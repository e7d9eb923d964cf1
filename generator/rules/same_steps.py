"""What a situation says of another's steps is true of them, makes a difference, and leaves some."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.locale import t
from generator.model import Otherwise, Situation, Step, Tree
from generator.model.declared import declared, key_of, texts_of
from generator.model.position import Pos
from generator.reading.diagnostics import Diagnostic, did_you_mean, finding
from generator.routine.steps import changed_by, shared


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report exceptions of steps that are not there, or that change nothing, and situations left empty."""
    for situation in tree.situations:
        said = [*situation.without, *(one.step for one in situation.except_)]
        if situation.same_steps_as is None:
            yield from (finding(id.pos, "same-steps", "of-none") for id in said[:1])
        elif situation.same_steps_as in tree.ids("situations"):
            yield from _exceptions(tree, situation)


def _exceptions(tree: Tree, situation: Situation) -> Iterator[Diagnostic]:
    steps = {step.key: step for step in shared(tree, situation)}
    left_out = {id: id for id in situation.without}
    if steps and not steps.keys() - left_out.keys() and not situation.steps:
        yield finding(situation.without[0].pos, "same-steps", "no-steps")
    for id in (*situation.without, *(one.step for one in situation.except_)):
        if id not in steps:
            hint = did_you_mean(id, steps) or t("hints.choice", known=", ".join(steps))
            yield finding(id.pos, "same-steps", "step", hint, id=id, situation=situation.same_steps_as)
    for one in situation.except_:
        if one.step in left_out:
            yield finding(one.step.pos, "same-steps", "left-out", related=left_out[one.step].pos, id=one.step)
        elif one.step in steps:
            yield from _idle(one, steps[one.step])


def _idle(one: Otherwise, step: Step) -> Iterator[Diagnostic]:
    """Report what is no other than in the step."""
    said = changed_by(one)
    if not said and not one.without:
        yield finding(one.step.pos, "same-steps", "nothing", id=one.step)
    names = {key_of(f): f.name for f in declared(Step)}
    for key, name in names.items():
        if name in said and said[name] == getattr(step, name):
            yield finding(_place(said[name]), "same-steps", "same", id=one.step, key_=key)
    for key in one.without:
        if key in names and (names[key] in said or not getattr(step, names[key])):
            yield finding(key.pos, "same-steps", "without", id=one.step, key_=key)


def _place(value: Any) -> Pos:
    place: Pos = texts_of(value)[0].pos
    return place
