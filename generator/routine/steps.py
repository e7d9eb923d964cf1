"""A situation's steps as they are taken: in order of phase, the shared ones included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, replace
from functools import cached_property
from typing import Any

from generator.model import (
    DOCUMENT,
    Action,
    Condition,
    Frame,
    Gap,
    Otherwise,
    Situation,
    Step,
    Text,
    Tree,
    Unit,
    once,
)
from generator.model.declared import binding, declared, key_of
from generator.routine.frames import frames_at, frames_in
from generator.routine.holding import hanging_on, step_in
from generator.routine.lines import Line, lines
from generator.routine.wording import deadline, sentence


@dataclass(frozen=True)
class PlacedStep:
    """A step at its place in a situation, with its condition, frames and lines: what else is shown with it.

    The facts that it holds for are a part of the condition, and not of what it ``waits_for``.
    """

    situation: Situation
    number: int
    step: Step
    sentence: str
    condition: Condition | None = None
    lines: tuple[Line, ...] = ()
    waits_for: Condition | None = None
    frames: tuple[Frame, ...] = ()

    @cached_property
    def id(self) -> str:
        """The step's id in the whole routine, ``situation/step``."""
        return f"{self.situation.id}/{self.step.key}"

    @cached_property
    def duty(self) -> tuple[object, ...]:
        """What makes it one and the same duty as a step of another situation."""
        return same_duty(self.step)

    @property
    def with_condition(self) -> str:
        """The step as one text: its condition, if it has one, and its sentence."""
        return f"{self.condition.text}: {self.sentence}" if self.condition else self.sentence

    @property
    def within(self) -> str:
        """How long there is for the step, or nothing where the routine does not say."""
        return deadline(self.step.within) if self.step.within else ""

    @property
    def is_urgent(self) -> bool:
        """Whether its condition says that it is urgent."""
        return bool(self.condition and self.condition.urgent)


@once
def own_and_shared(tree: Tree, situation: Situation) -> tuple[Step, ...]:
    """Return the situation's steps by phase, those of ``same_steps_as`` before its own.

    An own step with the id of one that is left out takes its place. Of their facts, steps have those that
    the situation leaves open.
    """
    own = {step.key: step for step in situation.steps}
    others: dict[str, Otherwise] = {id: one for one in situation.except_ for id in one.step}
    steps: list[Step] = []
    for step in shared(tree, situation):
        if step.key not in situation.without:
            steps.append(_otherwise(step, others[step.key]) if step.key in others else step)
        elif step.key in own:
            steps.append(own.pop(step.key))
    held = (step_in(tree, step, situation.facts) for step in (*steps, *own.values()))
    return tuple(sorted((s for s in held if s), key=lambda step: phase_order(tree)[step.phase]))


@once
def phase_order(tree: Tree) -> dict[str, int]:
    """Return phase → its number in the order in which the phases come."""
    return {str(phase.id): number for number, phase in enumerate(tree.phases)}


def shared(tree: Tree, situation: Situation) -> tuple[Step, ...]:
    """Return the steps of the situation's ``same_steps_as``, as they stand there."""
    same = situation.same_steps_as
    if same is None or same == situation.id or same not in tree.ids("situations"):
        return ()
    return tree.get(same, Situation).steps


def _otherwise(step: Step, other: Otherwise) -> Step:
    left_out = (f for f in declared(Step) if key_of(f) in other.without)
    bare: dict[str, Any] = {f.name: {} if f.default is MISSING else f.default for f in left_out}
    # What is found wrong with it is told where it is changed.
    place = next(id.pos for id in other.step if id == step.key)
    changed: Step = replace(
        step, pos=other.pos, action=Text(step.action, place), **(bare | changed_by(other))
    )
    return changed


def changed_by(other: Otherwise) -> dict[str, Any]:
    """Return field → value for what is otherwise in a step."""
    names = (f.name for f in declared(Otherwise) if f.name not in ("step", "without"))
    return {name: value for name in names if (value := getattr(other, name))}


@once
def placed_steps(tree: Tree, situation: Situation) -> tuple[PlacedStep, ...]:
    """Return the situation's steps, numbered from 1, with their sentences."""
    steps = enumerate(own_and_shared(tree, situation), start=1)
    return tuple(_placed(tree, situation, number, step) for number, step in steps)


def _placed(tree: Tree, situation: Situation, number: int, step: Step) -> PlacedStep:
    when = condition_of(tree, step)
    parts = (when, tree.get(step.action, Action), step)
    shown = tuple(line for part in parts if part for line in lines(tree, part))
    condition = hanging_on(tree, step, when)
    frames = tuple(frames_at(tree, situation, step))
    return PlacedStep(situation, number, step, sentence(tree, step), condition, shown, when, frames)


@once
def reordered_phases(tree: Tree, situation: Situation) -> frozenset[str]:
    """Return the phases with a step that stands before one which the document has earlier."""
    return frozenset(str(step.phase) for step in _reordered(own_and_shared(tree, situation)))


def is_reordered(steps: Iterable[PlacedStep]) -> bool:
    """Tell whether one of these steps stands before another that the document has earlier."""
    return any(_reordered([placed.step for placed in steps]))


def _reordered(steps: Sequence[Step]) -> Iterator[Step]:
    """Yield the steps that stand before one that the document has earlier."""
    for at, step in enumerate(steps):
        for later in steps[at:]:
            if later.cite.section == step.cite.section and min(later.cite.paragraphs) < min(
                step.cite.paragraphs
            ):
                yield step


def condition_of(tree: Tree, step: Step) -> Condition | None:
    """Return when a step applies, or None if it always does."""
    return tree.get(step.when, Condition) if step.when else None


def steps_of(tree: Tree, ends: Sequence[str]) -> list[PlacedStep]:
    """Return the steps of those ends that are situations."""
    known = tree.ids("situations")
    return [p for end in ends if end in known for p in placed_steps(tree, tree.get(end, Situation))]


def frames_of(tree: Tree, end: Situation | Gap) -> list[Frame]:
    """Return the frames that attach to the situation or gap itself."""
    return frames_in(tree, end.facts or ())


def gaps_of(tree: Tree, place: str) -> Sequence[Gap]:
    """Return the gaps that concern a situation (``id``) or a step (``situation/step``)."""
    return _concerning(tree).get(place, ())


def gaps_at(tree: Tree, places: Iterable[str]) -> tuple[Gap, ...]:
    """Return the gaps that concern any of these places, each once, in the tree's order."""
    found = {gap.id for place in places for gap in gaps_of(tree, place)}
    return tuple(gap for gap in tree.gaps if gap.id in found) if found else ()


def open_gaps(tree: Tree, *places: str) -> tuple[Gap, ...]:
    """Return the gaps to show at these places, each once: not those that concern the document alone."""
    return tuple(gap for gap in gaps_at(tree, places) if gap.weight != DOCUMENT)


@once
def _concerning(tree: Tree) -> dict[str, list[Gap]]:
    found: dict[str, list[Gap]] = {}
    for gap in tree.gaps:
        for place in dict.fromkeys(gap.concerns):
            found.setdefault(str(place), []).append(gap)
    return found


def who_act(steps: Iterable[PlacedStep]) -> list[Text]:
    """Return who takes these steps, each once, in the order of the steps."""
    return list(dict.fromkeys(id for placed in steps for id in placed.step.who))


def units_in(tree: Tree, step: Step) -> list[Unit]:
    """Return the units that a step names, in the tree's order."""
    named = {*step.who, *step.with_, *step.to}
    return [unit for unit in tree.units if unit.id in named]


@once
def naming_beside(tree: Tree, placed: PlacedStep) -> list[PlacedStep]:
    """Return the steps that say which units are meant where a collective acts.

    They belong to the same phase, and answer the same column of the matrix.
    """
    if not _is_collective(tree, placed.step):
        return []
    asked = {a for column in tree.matrix if placed.step.action in column.actions for a in column.actions}
    steps = placed_steps(tree, placed.situation)
    beside = (p for p in steps if p.step.phase == placed.step.phase and p.step.action in asked)
    return [p for p in beside if acts(tree, p.step)]


def acts(tree: Tree, step: Step) -> bool:
    """Say whether a unit is to act, by its name."""
    return not tree.ids("units").isdisjoint(step.who)


def _is_collective(tree: Tree, step: Step) -> bool:
    together = {party.id for party in tree.parties if party.collective}
    return not together.isdisjoint(step.who) and not acts(tree, step)


def concerns(tree: Tree, step: Step) -> list[Unit]:
    """Return the units that a step concerns: those it names, or all when no unit is to act."""
    return units_in(tree, step) if acts(tree, step) else list(tree.units)


def units_of(tree: Tree, situation: Situation) -> list[Unit]:
    """Return the units that some step of a situation names, in the tree's order."""
    named = [unit for step in own_and_shared(tree, situation) for unit in units_in(tree, step)]
    return [unit for unit in tree.units if unit in named]


def collective_steps(tree: Tree, situation: Situation) -> list[PlacedStep]:
    """Return the steps that units have together: a collective acts."""
    return [p for p in placed_steps(tree, situation) if _is_collective(tree, p.step)]


def unnamed_steps(tree: Tree, situation: Situation) -> list[PlacedStep]:
    """Return the steps that neither a unit nor a collective is to take."""
    steps = placed_steps(tree, situation)
    return [p for p in steps if not acts(tree, p.step) and not _is_collective(tree, p.step)]


def bindings(step: Step) -> dict[str, object]:
    """Return field → value for all that binds somebody in a step; the order of several ids says nothing."""
    return {name: _without_order(getattr(step, name)) for name in binding(step)}


def _without_order(value: object) -> object:
    if isinstance(value, Mapping):
        return frozenset((key, _without_order(held)) for key, held in value.items())
    return frozenset(value) if isinstance(value, tuple) else value


def same_duty(step: Step) -> tuple[object, ...]:
    """Return what makes two steps of different situations one and the same duty, in whichever phase."""
    return tuple(value for name, value in bindings(step).items() if name != "phase")


def urgent_steps(tree: Tree, situation: Situation) -> tuple[list[PlacedStep], list[PlacedStep]]:
    """Return the steps that are urgent, and those that belong to the same phases."""
    steps = placed_steps(tree, situation)
    urgent = [placed for placed in steps if placed.is_urgent]
    phases = {placed.step.phase for placed in urgent}
    return urgent, [placed for placed in steps if placed.step.phase in phases and placed not in urgent]


def events_of(steps: Sequence[PlacedStep]) -> list[Condition]:
    """Return the conditions with an event that these steps wait for, each once."""
    found = {c.id: c for placed in steps if (c := placed.waits_for)}
    return [condition for condition in found.values() if condition.event]


def occurrences(tree: Tree, action: Action) -> Sequence[PlacedStep]:
    """Return every step with this action, in every situation."""
    return _by_action(tree).get(action.id, ())


@once
def _by_action(tree: Tree) -> dict[str, list[PlacedStep]]:
    found: dict[str, list[PlacedStep]] = {}
    for placed in (p for s in tree.situations for p in placed_steps(tree, s)):
        found.setdefault(str(placed.step.action), []).append(placed)
    return found
