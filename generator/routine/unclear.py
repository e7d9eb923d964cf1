"""Where the unclear points of a situation stand on its page: once, at the first step that each concerns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model import STOPS, Frame, Gap, Situation, Tree, Unit, once
from generator.routine.reservations import is_about, mentions, reservations, reservations_on
from generator.routine.steps import PlacedStep, concerns, placed_steps

MOST_LINES = 3


@dataclass(frozen=True)
class Unclear:
    """The points about the whole situation, and those of each step by the step's id.

    ``told_at`` has the points of a step that stand at an earlier one, with that step. ``steps`` are those
    that bear a mark: what is unclear stands at the step itself or at the one that it points to. ``folded``
    are steps whose points stand behind their mark alone: where more lines than a reader takes in would stand
    open, those that leave nobody without an answer, the last first.
    """

    whole: tuple[Gap, ...]
    at: Mapping[str, tuple[Gap, ...]]
    told_at: Mapping[str, tuple[tuple[Gap, PlacedStep], ...]]
    steps: tuple[PlacedStep, ...]
    folded: frozenset[str]


@once
def unclear(tree: Tree, situation: Situation) -> Unclear:
    """Return the unclear points of a situation, each at the first step that it concerns in all its cases.

    A step that some cases do not have tells its points itself.
    """
    first: dict[str, PlacedStep] = {}
    steps = placed_steps(tree, situation)
    found = {p.id: reservations(tree, p).gaps for p in steps}
    for placed in (p for p in steps if not p.step.hangs):
        for gap in found[placed.id]:
            first.setdefault(str(gap.id), placed)

    def there(gap: Gap, placed: PlacedStep) -> PlacedStep:
        told = first.get(gap.id, placed)
        return told if told.number < placed.number else placed

    at = {p.id: tuple(g for g in found[p.id] if there(g, p) is p) for p in steps}
    told_at = {p.id: tuple((g, there(g, p)) for g in found[p.id] if there(g, p) is not p) for p in steps}
    of_steps = {gap.id for gaps in found.values() for gap in gaps}
    whole = tuple(g for g in reservations_on(tree, situation).gaps if g.id not in of_steps)
    # What waits for an event is out of sight.
    lines = [p.id for p in steps if at[p.id] and not (p.condition and p.condition.event)]
    light = [id for id in reversed(lines) if all(gap.weight != STOPS for gap in at[id])]
    folded = frozenset(light[: max(0, len(lines) + bool(whole) - MOST_LINES)])
    return Unclear(whole, at, told_at, tuple(p for p in steps if found[p.id]), folded)


@once
def framed_before(tree: Tree, placed: PlacedStep) -> list[tuple[Frame, PlacedStep]]:
    """Return the frames of a step that stand at an earlier one of its situation, each with that step."""
    steps = placed_steps(tree, placed.situation)
    before = [p for p in steps if p.number < placed.number and not p.step.hangs]
    there = {f.id: p for p in reversed(before) for f in reservations(tree, p).frames}
    return [(f, there[f.id]) for f in reservations(tree, placed).frames if f.id in there]


def unclear_for(tree: Tree, situation: Situation, unit: Unit) -> list[PlacedStep]:
    """Return the steps that something is unclear about for a unit: its own, and those with a gap about it."""

    def is_theirs(placed: PlacedStep) -> bool:
        gaps = reservations(tree, placed).gaps
        return unit in concerns(tree, placed.step) or any(is_about(tree, situation, g, unit) for g in gaps)

    return [placed for placed in unclear(tree, situation).steps if is_theirs(placed)]


def unclear_whole_for(tree: Tree, situation: Situation, unit: Unit) -> bool:
    """Tell whether something about the whole situation is unclear for a unit."""
    return any(is_about(tree, situation, gap, unit) for gap in unclear(tree, situation).whole)


def framed_for(tree: Tree, situation: Situation, unit: Unit) -> list[PlacedStep]:
    """Return the steps with a frame that a unit has to heed: its own, and those where one names it."""
    named = framed_by_name(tree, situation, unit)
    framed = [p for p in placed_steps(tree, situation) if reservations(tree, p).frames]
    return [p for p in framed if p in named or unit in concerns(tree, p.step)]


def framed_by_name(tree: Tree, situation: Situation, unit: Unit) -> list[PlacedStep]:
    """Return the steps with a frame that names a unit, also those that the unit is not at."""
    steps = placed_steps(tree, situation)
    return [p for p in steps if any(mentions(frame, unit) for frame in reservations(tree, p).frames)]
