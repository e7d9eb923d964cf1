"""Steps that are the tool's reading: the routine refers to those of another situation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.model import Situation, Tree
from generator.routine.shared_duties import in_every_case
from generator.routine.steps import PlacedStep, shared


def is_reading(tree: Tree, placed: PlacedStep) -> bool:
    """Tell whether a step stands in another situation, to which the routine refers."""
    here = placed.situation
    return here.as_in is not None and placed.step.key in {step.key for step in shared(tree, here)}


def read_in(tree: Tree, each: Iterable[Sequence[PlacedStep]]) -> list[Situation]:
    """Return the situations with such steps in a list of duties, but for what holds in every case."""
    every = in_every_case(tree)
    found = {p.situation.id for steps in each for p in steps if is_reading(tree, p) and p.duty not in every}
    return [situation for situation in tree.situations if situation.id in found]
