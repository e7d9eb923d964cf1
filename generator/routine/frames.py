"""Which frames hold in a set of cases: what else a routine says of them, or of an action in them."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import Frame, Situation, Step, Tree
from generator.routine.boxes import Box
from generator.routine.holding import taken_in


def frames_at(tree: Tree, situation: Situation, step: Step) -> list[Frame]:
    """Return the frames that attach to a step's action in those cases of the situation that it holds in."""
    return frames_in(tree, taken_in(tree, step, situation.facts), step.action)


def frames_in(tree: Tree, cases: Sequence[Box], action: str | None = None) -> list[Frame]:
    """Return the frames that attach to all these cases themselves, or to an action in all of them."""
    return [f for f in tree.frames if f.on.is_on(action) and _holds(f, cases or ({},))]


def _holds(frame: Frame, each: Sequence[Box]) -> bool:
    return all(
        set(facts.get(fact, ())) and set(facts[fact]) <= set(values)
        for facts in each
        for fact, values in frame.on.facts.items()
    )
