"""What a situation says of another's steps is true of them, makes a difference, and leaves some."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.locale import t
from generator.model import Otherwise, Situation, Step, Text, Tree
from generator.model.declared import declared, each_of, key_of
from generator.reading.diagnostics import Diagnostic, did_you_mean, finding
from generator.routine.steps import changed_by, shared


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report exceptions of steps that are not there, or that change nothing, and situations left empty."""
    for situation in tree.situations:
        said = _named(situation)
        if situation.same_steps_as is None:
            yield from (finding(id.pos, "same-steps", "of-none") for id in said[:1])
        elif shared(tree, situation):
            yield from _exceptions(tree, situation)


def _exceptions(tree: Tree, situation: Situation) -> Iterator[Diagnostic]:
    steps = {step.key: step for step in shared(tree, situation)}
    left_out = {id: id for id in situation.without}
    if not steps.keys() - left_out.keys() and not situation.steps:
        yield finding(situation.without[0].pos, "same-steps", "no-steps")
    for id in _named(situation):
        if id not in steps:
            hint = did_you_mean(id, steps) or t("hints.choice", known=", ".join(steps))
            yield finding(id.pos, "same-steps", "step", hint, id=id, situation=situation.same_steps_as)
    for one in situation.except_:
        yield from _empty(one)
        for id in one.step:
            if id in left_out:
                yield finding(id.pos, "same-steps", "left-out", related=left_out[id].pos, id=id)
            elif id in steps:
                yield from _idle(one, id, steps[id])


def _named(situation: Situation) -> list[Text]:
    return [*situation.without, *(id for one in situation.except_ for id in one.step)]


def _empty(one: Otherwise) -> Iterator[Diagnostic]:
    if one.step and not (one.without or changed_by(one)):
        yield finding(one.step[0].pos, "same-steps", "nothing", id=one.step[0])


def _idle(one: Otherwise, id: str, step: Step) -> Iterator[Diagnostic]:
    """Report what is no other than in the step."""
    said, names = changed_by(one), {key_of(f): f.name for f in declared(Step)}
    for key, name in names.items():
        if name in said and said[name] == getattr(step, name):
            first = next(iter(said[name])) if isinstance(said[name], Mapping) else each_of(said[name])[0]
            yield finding(first.pos, "same-steps", "same", id=id, key_=key)
    for key in one.without:
        if key in names and (names[key] in said or not getattr(step, names[key])):
            yield finding(key.pos, "same-steps", "without", id=id, key_=key)
