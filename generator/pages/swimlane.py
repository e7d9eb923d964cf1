"""Who does what in which phase: a situation's steps in lanes, with the order handed from lane to lane."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.locale import t
from generator.model import Named, Party, Phase, Situation, Step, Unit
from generator.pages.site import Site
from generator.routine.reservations import reservations
from generator.routine.steps import PlacedStep, placed_steps, units_in

# The lane of steps for which the routine names nobody who acts. No unit or party has this id.
NOBODY = ""


@dataclass(frozen=True)
class LaneCell:
    """A step in one lane: what the lane's party is in it, if anything, and the lines through it.

    ``part`` is ``who``, ``with`` or ``to``, or empty where the step is none of theirs. ``lines``
    are ``from`` (the step before was here), ``left`` and ``right`` (the order passes on that side),
    ``into`` (it comes here) and ``on`` (it goes on from here).
    """

    lane: str
    part: str
    lines: list[str]


@dataclass(frozen=True)
class StepRow:
    """A step, with what each kind of its reservations is called, and one cell for each lane."""

    placed: PlacedStep
    marks: list[str]
    cells: list[LaneCell]


@dataclass(frozen=True)
class Stage:
    """A phase with its rows."""

    phase: Phase
    rows: list[StepRow]


@dataclass(frozen=True)
class Swimlane:
    """The lanes, in order, as units and parties, with None for nobody; and the phases."""

    lanes: Sequence[Named | None]
    stages: list[Stage]


def swimlane(site: Site, situation: Situation) -> Swimlane:
    """Return a situation's steps in lanes.

    There is a lane for each unit that a step names, each party that acts, and nobody. A collective
    has a lane of its own: what it does is for every unit to know of, but not for each of them to do.
    """
    steps = placed_steps(site.tree, situation)
    lanes = _lanes(site, [placed.step for placed in steps])
    rows = [
        StepRow(placed, _marks(site, placed), _cells(lanes, placed.step, before, is_last=placed is steps[-1]))
        for before, placed in zip([None, *(p.step for p in steps)], steps, strict=False)
    ]
    stages = [
        Stage(site.tree.get(phase, Phase), list(group))
        for phase, group in groupby(rows, key=lambda row: row.placed.step.phase)
    ]
    parties = [site.tree.get(lane, Unit, Party) if lane else None for lane in lanes]
    return Swimlane(parties, stages)


def _marks(site: Site, placed: PlacedStep) -> list[str]:
    kinds = dict.fromkeys(kind for kind, _ in reservations(site.tree, placed).each())
    return [t(f"matrix.{kind}") for kind in kinds]


def _lanes(site: Site, steps: Sequence[Step]) -> list[str]:
    acting = {id for step in steps for id in _acting(step)}
    named = {str(unit.id) for step in steps for unit in units_in(site.tree, step)}
    order = [str(party.id) for party in (*site.tree.units, *site.tree.parties)]
    return [id for id in (*order, NOBODY) if id in acting | named]


def _acting(step: Step) -> tuple[str, ...]:
    return tuple(str(id) for id in step.who) or (NOBODY,)


def _part(step: Step, lane: str) -> str:
    if lane in _acting(step):
        return "who"
    return "with" if lane in step.with_ else "to" if lane in step.to else ""


def _cells(lanes: list[str], step: Step, before: Step | None, is_last: bool) -> list[LaneCell]:
    here = {lanes.index(id) for id in _acting(step)}
    there = {lanes.index(id) for id in _acting(before)} if before else set()
    ends = sorted(here | there) if before else []
    return [
        LaneCell(lane, _part(step, lane), list(_lines(n, here, there, ends, is_last)))
        for n, lane in enumerate(lanes)
    ]


def _lines(lane: int, here: set[int], there: set[int], ends: list[int], is_last: bool) -> Iterator[str]:
    if lane in there:
        yield "from"
    if ends and ends[0] < lane <= ends[-1]:
        yield "left"
    if ends and ends[0] <= lane < ends[-1]:
        yield "right"
    if ends and lane in here:
        yield "into"
    if lane in here and not is_last:
        yield "on"
