"""A situation's steps as they are taken: in order of phase, the shared ones included."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.model import Action, Condition, Frame, Gap, Situation, Step, Tree, Unit, once
from generator.routine.wording import sentence


@dataclass(frozen=True)
class PlacedStep:
    """A step at its place in a situation."""

    situation: Situation
    number: int
    step: Step
    sentence: str

    @property
    def id(self) -> str:
        """The step's id in the whole routine, ``situation/step``."""
        return f"{self.situation.id}/{self.step.key}"


@once
def own_and_shared(tree: Tree, situation: Situation) -> tuple[Step, ...]:
    """Return the situation's steps by phase, those of ``same_steps_as`` before its own."""
    steps: list[Step] = list(situation.steps)
    if situation.same_steps_as:
        steps = [*tree.get(situation.same_steps_as, Situation).steps, *steps]
    order = {phase.id: n for n, phase in enumerate(tree.phases)}
    return tuple(sorted(steps, key=lambda step: order[step.phase]))


@once
def placed_steps(tree: Tree, situation: Situation) -> tuple[PlacedStep, ...]:
    """Return the situation's steps, numbered from 1, with their sentences."""
    steps = enumerate(own_and_shared(tree, situation), start=1)
    return tuple(PlacedStep(situation, n, step, sentence(tree, step)) for n, step in steps)


def frames_of(tree: Tree, situation: Situation, action: str | None = None) -> list[Frame]:
    """Return the frames that attach to the situation itself, or to an action in it."""
    return [f for f in tree.frames if f.on.action == action and _holds(f, situation)]


def _holds(frame: Frame, situation: Situation) -> bool:
    return all(
        set(situation.facts.get(fact, ())) and set(situation.facts[fact]) <= set(values)
        for fact, values in frame.on.facts.items()
    )


def gaps_of(tree: Tree, place: str) -> Sequence[Gap]:
    """Return the gaps that concern a situation (``id``) or a step (``situation/step``)."""
    return _concerning(tree).get(place, ())


def gaps_at(tree: Tree, places: Iterable[str]) -> tuple[Gap, ...]:
    """Return the gaps that concern any of these places, each once, in the tree's order."""
    found = {gap.id for place in places for gap in gaps_of(tree, place)}
    return tuple(gap for gap in tree.gaps if gap.id in found) if found else ()


@once
def _concerning(tree: Tree) -> dict[str, list[Gap]]:
    found: dict[str, list[Gap]] = {}
    for gap in tree.gaps:
        for place in dict.fromkeys(gap.concerns):
            found.setdefault(str(place), []).append(gap)
    return found


def units_in(tree: Tree, step: Step) -> list[Unit]:
    """Return the units that a step names, in the tree's order."""
    named = {*step.who, *step.with_, *step.to}
    return [unit for unit in tree.units if unit.id in named]


def concerns(tree: Tree, step: Step) -> list[Unit]:
    """Return the units that a step concerns: those it names, or all when no unit is to act."""
    acting = tree.ids("units") & set(step.who)
    return units_in(tree, step) if acting else list(tree.units)


def units_of(tree: Tree, situation: Situation) -> list[Unit]:
    """Return the units that some step of a situation names, in the tree's order."""
    named = [unit for step in own_and_shared(tree, situation) for unit in units_in(tree, step)]
    return [unit for unit in tree.units if unit in named]


def same_duty(step: Step) -> tuple[object, ...]:
    """Return what makes two steps of different situations one and the same duty."""
    people = (frozenset(step.who), frozenset(step.with_), frozenset(step.to))
    return (step.action, *people, step.purpose, step.when, step.force)


def events_of(tree: Tree, steps: Sequence[PlacedStep]) -> list[Condition]:
    """Return the conditions with an event that these steps wait for, each once."""
    ids = dict.fromkeys(placed.step.when for placed in steps if placed.step.when)
    conditions = [tree.get(id, Condition) for id in ids]
    return [condition for condition in conditions if condition.event]


def occurrences(tree: Tree, action: Action) -> Sequence[PlacedStep]:
    """Return every step with this action, in every situation."""
    return _by_action(tree).get(action.id, ())


@once
def _by_action(tree: Tree) -> dict[str, list[PlacedStep]]:
    found: dict[str, list[PlacedStep]] = {}
    for placed in (p for s in tree.situations for p in placed_steps(tree, s)):
        found.setdefault(str(placed.step.action), []).append(placed)
    return found
