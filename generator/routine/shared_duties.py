"""Shared duties: what holds while an answer is missing, counted over all cases that pass a question."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from generator.model import (
    Action,
    Citation,
    Frame,
    Gap,
    Option,
    Situation,
    Text,
    Tree,
    Unit,
    once,
)
from generator.routine.boxes import domain, meets
from generator.routine.in_all import in_all
from generator.routine.least import least_of
from generator.routine.lines import Line
from generator.routine.order import in_order
from generator.routine.passages import Passage
from generator.routine.reservations import reservations
from generator.routine.shared_frames import shared_frames
from generator.routine.steps import PlacedStep, concerns, open_gaps, steps_of

Duty = tuple[object, ...]


@dataclass(frozen=True)
class Note:
    """A note, and the situations whose steps have it, where not all have."""

    text: Text
    situations: tuple[Situation, ...]

    def __str__(self) -> str:
        titles = "; ".join(situation.title for situation in self.situations)
        return f"{self.text} ({titles})" if titles else str(self.text)


@dataclass(frozen=True)
class SharedDuty:
    """A duty that several outcomes share: one of its steps, all of them, and every place it rests on.

    Lines and frames are those that all its steps have; notes, gaps and units are those of any of them.
    ``is_least`` when its steps are not the same duty, and it is what all of them come to.
    """

    placed: PlacedStep
    steps: tuple[PlacedStep, ...]
    cites: tuple[Citation, ...]
    notes: tuple[Note, ...]
    lines: tuple[Line, ...]
    frames: tuple[Frame, ...]
    gaps: tuple[Gap, ...]
    units: tuple[Unit, ...]
    is_least: bool = False

    @property
    def duty(self) -> Duty:
        """What makes it the same duty wherever it stands."""
        return self.placed.duty


@dataclass(frozen=True)
class Varying:
    """An action that is taken in several ways, its steps, and the least that all come to, if there is any.

    ``in_every`` when cases that come to a gap take one of the steps, too.
    """

    action: Action
    steps: tuple[PlacedStep, ...]
    least: SharedDuty | None
    in_every: bool = False


@dataclass(frozen=True)
class UnclearWhole:
    """A gap on whole situations, and those of the possible ones that bear it: all, when ``in_all``."""

    gap: Gap
    situations: tuple[Situation, ...]
    in_all: bool


@dataclass(frozen=True)
class SharedDuties:
    """What some outcomes have in common.

    ``always`` holds in every one of them. ``described`` holds in every one that the routine
    describes; where ``gaps`` lie, it gives no steps. ``varying`` are actions that each of those
    takes, but not all in the same way. ``frames`` are the notes that hold for every case. Situations
    are those that a way can end in, not those on the way there.
    """

    always: tuple[SharedDuty, ...]
    described: tuple[SharedDuty, ...]
    varying: tuple[Varying, ...]
    frames: tuple[Frame, ...]
    situations: tuple[Situation, ...]
    gaps: tuple[Gap, ...]
    unclear: tuple[UnclearWhole, ...]

    @property
    def least(self) -> tuple[SharedDuty, ...]:
        """The least that actions come to which are taken in several ways."""
        return tuple(one.least for one in self.varying if one.least)

    @property
    def certain(self) -> tuple[SharedDuty, ...]:
        """What stands in every outcome, also where it comes to a gap."""
        return (*self.always, *(one.least for one in self.varying if one.least and one.in_every))

    def without(self, tree: Tree, other: SharedDuties) -> list[SharedDuty]:
        """Return the shared duties that are not shared in the other, as they are taken."""
        known = {one.duty for one in (*other.always, *other.described, *other.least)}
        mine = (one for one in (*self.always, *self.described, *self.least) if one.duty not in known)
        return in_order(tree, mine, lambda one: one.steps)


def shared_duties(tree: Tree, passed: Iterable[Passage], option: Option | None = None) -> SharedDuties:
    """Return what is shared by the cases that passed a node, or by those that take an option."""
    taken = [p for p in passed if option is None or meets(domain(tree), p.cases, option.facts)]
    outcomes = list(dict.fromkeys(p.ends for p in taken))
    situations, gaps = _reached(tree, outcomes)
    silent = {gap.id for gap in gaps}
    described = [ends for ends in outcomes if silent.isdisjoint(ends)]
    shared = shared_by(tree, described or outcomes, silent)
    in_every_outcome = _duties_of_all(tree, outcomes, silent)
    varying = varying_in(tree, described, shared)
    last = {ends[-1] for ends in outcomes}
    return SharedDuties(
        always=tuple(one for one in shared if one.duty in in_every_outcome),
        described=tuple(one for one in shared if one.duty not in in_every_outcome),
        varying=tuple(replace(one, in_every=_is_taken(tree, outcomes, one)) for one in varying),
        frames=tuple(shared_frames(tree, taken, [one.action for one in varying])),
        situations=tuple(situation for situation in situations if situation.id in last),
        gaps=tuple(gaps),
        unclear=tuple(_unclear(tree, situations)),
    )


def _is_taken(tree: Tree, outcomes: Sequence[Sequence[str]], one: Varying) -> bool:
    """Tell whether an action is taken in every outcome, in one of its steps and in no other way."""
    ids = {placed.id for placed in one.steps}
    each = [[p.id for p in steps_of(tree, ends) if p.step.action == one.action.id] for ends in outcomes]
    return all(taken and ids.issuperset(taken) for taken in each)


def _unclear(tree: Tree, situations: Sequence[Situation]) -> Iterator[UnclearWhole]:
    for gap in open_gaps(tree, *(str(situation.id) for situation in situations)):
        bearing = tuple(situation for situation in situations if gap in open_gaps(tree, situation.id))
        yield UnclearWhole(gap, bearing, len(bearing) == len(situations))


def _reached(tree: Tree, outcomes: Sequence[Sequence[str]]) -> tuple[list[Situation], list[Gap]]:
    """Return the situations and the gaps that the outcomes come to, in the tree's order."""
    places = _places(tree)
    ids = sorted({end for ends in outcomes for end in ends}, key=lambda id: places[id])
    ends = [tree.get(id, Situation, Gap) for id in ids]
    return [e for e in ends if isinstance(e, Situation)], [e for e in ends if isinstance(e, Gap)]


@once
def _places(tree: Tree) -> dict[str, int]:
    """Return id → place in the tree, for everything that a way can end in."""
    return {str(end.id): n for n, end in enumerate((*tree.situations, *tree.gaps))}


@once
def duties_of(tree: Tree, end: str) -> frozenset[Duty]:
    """Return the duties of an end."""
    return frozenset(placed.duty for placed in steps_of(tree, (end,)))


def _duties_of_all(tree: Tree, outcomes: Sequence[Sequence[str]], silent: Collection[str] = ()) -> set[Duty]:
    """Return the duties that stand in every outcome, at whichever of its ends.

    At a ``silent`` end, only those stand that a unit has in every case.
    """
    known = set(in_every_case(tree))
    each = [
        set[Duty]().union(*(known if end in silent else duties_of(tree, end) for end in ends))
        for ends in outcomes
    ]
    return set.intersection(*each) if each else set()


@once
def in_every_case(tree: Tree) -> dict[Duty, tuple[Citation, ...]]:
    """Return the duties that a unit has in every case, and where the routine says so."""
    found: dict[Duty, tuple[Citation, ...]] = {}
    for unit in tree.units:
        cites = {action: duty.cite for duty in unit.duties for action in duty.actions}
        for placed in steps_of(tree, [s.id for s in tree.situations]):
            if placed.step.who == (unit.id,) and placed.step.action in cites and not placed.step.hangs:
                found[placed.duty] = cites[placed.step.action]
    return found


def shared_by(
    tree: Tree, outcomes: Sequence[Sequence[str]], silent: Collection[str] = ()
) -> list[SharedDuty]:
    """Return the duties of all outcomes as their situations take them."""
    reached = list({p.id: p for ends in outcomes for p in steps_of(tree, ends)}.values())
    alike = _by_duty(reached)
    duties = _duties_of_all(tree, outcomes, silent)
    shared = (
        _shared_duty(tree, alike.get(duty) or _everywhere(tree)[duty])
        for duty in dict.fromkeys([*alike, *in_every_case(tree)])
        if duty in duties
    )
    return in_order(tree, shared, lambda one: one.steps)


def held_in_every_case(tree: Tree) -> list[SharedDuty]:
    """Return the duties that a unit has in every case, also where the routine gives no steps."""
    return shared_by(tree, [("",)], silent=("",))


@once
def _everywhere(tree: Tree) -> dict[Duty, list[PlacedStep]]:
    return _by_duty(steps_of(tree, [s.id for s in tree.situations]))


def _by_duty(steps: Iterable[PlacedStep]) -> dict[Duty, list[PlacedStep]]:
    found: dict[Duty, list[PlacedStep]] = {}
    for placed in steps:
        found.setdefault(placed.duty, []).append(placed)
    return found


def _shared_duty(tree: Tree, placed: Sequence[PlacedStep], least: PlacedStep | None = None) -> SharedDuty:
    """Return what several steps have in common; ``least`` when they are not the same duty."""
    told = least or placed[0]
    cites = {str(c): c for c in in_every_case(tree).get(told.duty, ())}
    cites |= {str(p.step.cite): p.step.cite for p in placed}
    return SharedDuty(
        told,
        tuple(placed),
        tuple(cites.values()),
        tuple(_notes(tree, placed)),
        tuple(in_all([p.lines for p in placed])),
        tuple(in_all([reservations(tree, p).frames for p in placed])),
        open_gaps(tree, *(p.id for p in placed)),
        tuple(unit for unit in tree.units if any(unit in concerns(tree, p.step) for p in placed)),
        is_least=least is not None,
    )


def _notes(tree: Tree, steps: Sequence[PlacedStep]) -> Iterator[Note]:
    for text in dict.fromkeys(p.step.note for p in steps if p.step.note):
        having = [p.situation.id for p in steps if p.step.note == text]
        in_some = len(having) < len(steps)
        yield Note(text, tuple(s for s in tree.situations if in_some and s.id in having))


def varying_in(tree: Tree, outcomes: Sequence[Sequence[str]], shared: Sequence[SharedDuty]) -> list[Varying]:
    """Return the actions that every outcome takes, in their order, but for those of the shared duties."""
    # What hangs on facts is not taken in every case that comes there.
    taken = [{p.step.action for p in steps_of(tree, ends) if not p.step.hangs} for ends in outcomes]
    same = {c.placed.step.action for c in shared}
    common = set.intersection(*taken) - same if taken else set()
    reached = {p.id: p for ends in outcomes for p in steps_of(tree, ends)}.values()
    varying = (
        Varying(a, tuple(p for p in reached if p.step.action == a.id), _least(tree, outcomes, a))
        for a in tree.actions
        if a.id in common
    )
    return in_order(tree, varying, lambda one: one.steps)


def _least(tree: Tree, outcomes: Sequence[Sequence[str]], action: Action) -> SharedDuty | None:
    """Return the least that an action comes to in every outcome."""
    each = [[p for p in steps_of(tree, ends) if p.step.action == action.id] for ends in outcomes]
    if any(len(found) > 1 for found in each):
        return None
    placed = list({found[0].id: found[0] for found in each}.values())
    least = least_of(tree, placed)
    return _shared_duty(tree, placed, least) if least else None
