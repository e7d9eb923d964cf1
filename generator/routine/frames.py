"""Which frames hold in a set of cases: what else a routine says of them, or of an action in them."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import FactSet, Force, Frame, Situation, Step, Tree
from generator.routine.boxes import Box
from generator.routine.holding import taken_in


def frames_at(tree: Tree, situation: Situation, step: Step) -> list[Frame]:
    """Return the frames that attach to a step's action in those cases of the situation that it holds in."""
    return frames_in(tree, taken_in(tree, step, situation.facts), step.action)


def frames_in(tree: Tree, cases: Sequence[Box], action: str | None = None) -> list[Frame]:
    """Return the frames that attach to all these cases themselves, or to an action in all of them."""
    return [f for f in tree.frames if f.on.is_on(action) and have((f.on.facts,), cases)]


def have(sets: Sequence[FactSet], cases: Sequence[Box]) -> bool:
    """Tell whether all these cases have the facts of one of the sets, if there is any."""
    return not sets or all(any(_has(box, facts) for facts in sets) for box in cases or ({},))


def _has(box: Box, facts: FactSet) -> bool:
    return all(set(box.get(fact, ())) and set(box[fact]) <= set(values) for fact, values in facts.items())


def forces_of(tree: Tree, frame: Frame) -> list[Force]:
    """Return the forces that a line may sum a frame up by: none where a statement of it has none."""
    used = {statement.force for statement in frame.statements}
    return [force for force in tree.forces if force.id in used and None not in used]
