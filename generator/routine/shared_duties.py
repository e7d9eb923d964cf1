"""Shared duties: what holds while an answer is missing, and what one other answer would change.

Everything here is counted over whole cases: those that pass a question, each to its end, and past
an end that goes on to what follows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from generator.model import Action, Citation, Frame, Gap, Option, Question, Situation, Tree, once
from generator.routine.cases import Answer, Case, all_cases, covers, ways, with_facts
from generator.routine.lines import Line
from generator.routine.reservations import reservations
from generator.routine.steps import PlacedStep, frames_of, open_gaps, placed_steps, same_duty, steps_of

Duty = tuple[object, ...]


@dataclass(frozen=True)
class SharedDuty:
    """A duty that several outcomes share: one of its steps, and every place it rests on.

    Notes, lines and frames are those that all its steps have; gaps are those that any of them has.
    """

    placed: PlacedStep
    cites: tuple[Citation, ...]
    notes: tuple[str, ...]
    lines: tuple[Line, ...]
    frames: tuple[Frame, ...]
    gaps: tuple[Gap, ...]

    @property
    def duty(self) -> Duty:
        """What makes it the same duty wherever it stands."""
        return same_duty(self.placed.step)


@dataclass(frozen=True)
class SharedDuties:
    """What some outcomes have in common.

    ``always`` holds in every one of them. ``described`` holds in every one that the routine
    describes; where ``gaps`` lie, it says nothing. ``varying`` are actions that each of those
    takes, but not all in the same way. ``frames`` are the notes that hold for every case. Situations
    are those that a way can end in, not those on the way there.
    """

    always: tuple[SharedDuty, ...]
    described: tuple[SharedDuty, ...]
    varying: tuple[Action, ...]
    frames: tuple[Frame, ...]
    situations: tuple[Situation, ...]
    gaps: tuple[Gap, ...]

    def without(self, other: SharedDuties) -> list[SharedDuty]:
        """Return the shared duties that are not shared in the other."""
        known = {one.duty for one in (*other.always, *other.described)}
        return [one for one in (*self.always, *self.described) if one.duty not in known]


@dataclass(frozen=True)
class Passage:
    """A case that passes a node, and the ends it comes to from there on."""

    node: str
    case: Case
    ends: tuple[str, ...]


def passages(tree: Tree) -> list[Passage]:
    """Return every node that every case passes, with what it still comes to.

    What a case has come by is shared, too, at a node that no case reaches in another way.
    """
    ordinary: list[Passage] = []
    onward: list[tuple[str, Passage]] = []
    for case in all_cases(tree):
        way, *rest = ways(tree, case)
        ends = (way.at, *(on.at for on in rest))
        ordinary += [Passage(str(a.node.id), case, ends) for a in way.answers]
        onward += [(way.at, Passage(str(a.node.id), on.facts, (on.at,))) for on in rest for a in on.answers]
    known = {passage.node for passage in ordinary}
    return ordinary + [
        passage if passage.node in known else replace(passage, ends=(behind, *passage.ends))
        for behind, passage in onward
    ]


def shared_duties(tree: Tree, passed: Iterable[Passage], option: Option | None = None) -> SharedDuties:
    """Return what is shared by the cases that passed a node, or by those that take an option."""
    taken = [p for p in passed if option is None or covers(option.facts, p.case)]
    outcomes = list(dict.fromkeys(p.ends for p in taken))
    situations, gaps = _reached(tree, outcomes)
    silent = {gap.id for gap in gaps}
    described = [ends for ends in outcomes if silent.isdisjoint(ends)]
    shared = _shared(tree, described or outcomes, situations)
    in_every_outcome = _duties_of_all(tree, outcomes)
    varying = _varying(tree, described, shared)
    last = {ends[-1] for ends in outcomes}
    return SharedDuties(
        always=tuple(one for one in shared if one.duty in in_every_outcome),
        described=tuple(one for one in shared if one.duty not in in_every_outcome),
        varying=tuple(varying),
        frames=tuple(_frames(tree, taken, varying)),
        situations=tuple(situation for situation in situations if situation.id in last),
        gaps=tuple(gaps),
    )


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


def _frames(tree: Tree, taken: Sequence[Passage], varying: Sequence[Action]) -> list[Frame]:
    """Return the notes that hold for every case, on the case itself or on an action that varies.

    A note that only points elsewhere is none.
    """
    actions = {None, *(action.id for action in varying)}
    return [
        frame
        for frame in tree.frames
        if not frame.see and frame.on.action in actions and all(covers(frame.on.facts, p.case) for p in taken)
    ]


@once
def _duties_of(tree: Tree, end: str) -> frozenset[Duty]:
    return frozenset(same_duty(placed.step) for placed in steps_of(tree, (end,)))


def _duties_of_all(tree: Tree, outcomes: Sequence[Sequence[str]]) -> set[Duty]:
    """Return the duties that stand in every outcome, at whichever of its ends."""
    each = [set[Duty]().union(*(_duties_of(tree, end) for end in ends)) for ends in outcomes]
    return set.intersection(*each) if each else set()


def _shared(
    tree: Tree, outcomes: Sequence[Sequence[str]], situations: Sequence[Situation]
) -> list[SharedDuty]:
    """Return the duties of all outcomes, in the order that the first of them takes them."""
    common = _duties_of_all(tree, outcomes)
    places: dict[Duty, list[PlacedStep]] = {}
    for situation in situations:
        for placed in placed_steps(tree, situation):
            places.setdefault(same_duty(placed.step), []).append(placed)
    first = dict.fromkeys(same_duty(p.step) for p in (steps_of(tree, outcomes[0]) if outcomes else ()))
    return [_shared_duty(tree, places[duty]) for duty in first if duty in common]


def _shared_duty(tree: Tree, placed: Sequence[PlacedStep]) -> SharedDuty:
    cites = {str(p.step.cite): p.step.cite for p in placed}
    qualifies = [reservations(tree, p) for p in placed]
    notes = {str(q.note or "") for q in qualifies}
    frames = [q.frames for q in qualifies]
    return SharedDuty(
        placed[0],
        tuple(cites.values()),
        tuple(n for n in notes if n and len(notes) == 1),
        tuple(line for line in placed[0].lines if all(line in p.lines for p in placed)),
        tuple(frame for frame in frames[0] if all(frame in others for others in frames)),
        open_gaps(tree, *(p.id for p in placed)),
    )


def _varying(tree: Tree, outcomes: Sequence[Sequence[str]], shared: Sequence[SharedDuty]) -> list[Action]:
    taken = [{p.step.action for p in steps_of(tree, ends)} for ends in outcomes]
    same = {c.placed.step.action for c in shared}
    common = set.intersection(*taken) - same if taken else set()
    return [action for action in tree.actions if action.id in common]


@dataclass(frozen=True)
class OtherAnswer:
    """Where one other answer leads from a situation, and which duties come and go with it.

    ``at`` is a situation, a gap, or a node when more has to be asked; ``facts`` are those settled.
    Duties are compared only when ``compared``: when both ways end in situations.
    """

    option: Option
    at: str
    facts: Case
    compared: bool = False
    added: tuple[PlacedStep, ...] = ()
    removed: tuple[PlacedStep, ...] = ()
    frames_added: tuple[Frame, ...] = ()
    frames_removed: tuple[Frame, ...] = ()


def other_answers(tree: Tree, situation: Situation, facts: Case, changed: Answer) -> list[OtherAnswer]:
    """Return where each other option of one given answer leads, the rest of the facts being equal."""
    options = tree.get(changed.node.ask, Question).options
    others = [option for option in options if option.id != changed.option.id]
    return [_other_answer(tree, situation, o, with_facts(facts, o.facts)) for o in others]


def _other_answer(tree: Tree, situation: Situation, option: Option, facts: Case) -> OtherAnswer:
    taken = ways(tree, facts)
    at = taken[0].at
    ends = (at,) if situation.continues else tuple(way.at for way in taken)
    if not set(ends) <= tree.ids("situations"):
        return OtherAnswer(option, at, facts)
    here, there = list(placed_steps(tree, situation)), steps_of(tree, ends)
    noted, noted_there = _noted(tree, (situation.id,)), _noted(tree, ends)
    return OtherAnswer(
        option,
        at,
        facts,
        compared=True,
        added=tuple(_beyond(there, here)),
        removed=tuple(_beyond(here, there)),
        frames_added=tuple(frame for frame in noted_there if frame not in noted),
        frames_removed=tuple(frame for frame in noted if frame not in noted_there),
    )


def _noted(tree: Tree, ends: Sequence[str]) -> list[Frame]:
    """Return the notes on the ends themselves, but for those that only point elsewhere."""
    found = {f.id for end in ends for f in frames_of(tree, tree.get(end, Situation)) if not f.see}
    return [frame for frame in tree.frames if frame.id in found]


def _beyond(steps: Sequence[PlacedStep], others: Sequence[PlacedStep]) -> list[PlacedStep]:
    known = {same_duty(placed.step) for placed in others}
    return [placed for placed in steps if same_duty(placed.step) not in known]
