"""What to practise after a revision: only what has another right answer now, or was not asked before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.exercises.cases import CaseRound, everything_in, narrative
from generator.exercises.exercise import Exercise
from generator.exercises.next_steps import SituationRound, all_about
from generator.model import Tree


@dataclass(frozen=True)
class Changed:
    """The rounds of the newer version, with only the exercises that are not as they were."""

    situations: tuple[SituationRound, ...]
    cases: tuple[CaseRound, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing new to practise."""
        return not (self.situations or self.cases)


def changed(before: Tree, after: Tree) -> Changed:
    """Return the exercises of the newer tree whose answer the older one does not give."""
    known = {exercise.id: exercise.answer for exercise in _all(before)}

    def new(exercises: Iterator[Exercise] | list[Exercise]) -> tuple[Exercise, ...]:
        return tuple(e for e in exercises if e.wrong and (e.id not in known or known[e.id] != e.answer))

    situations = [SituationRound(s, new(all_about(after, s))) for s in after.situations]
    cases = [
        CaseRound(example, narrative(after, example), new(everything_in(after, example)))
        for example in after.examples
    ]
    return Changed(
        tuple(one for one in situations if one.exercises), tuple(one for one in cases if one.exercises)
    )


def _all(tree: Tree) -> Iterator[Exercise]:
    for situation in tree.situations:
        yield from all_about(tree, situation)
    for example in tree.examples:
        yield from everything_in(tree, example)
