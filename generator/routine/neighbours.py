"""Neighbours of a gap: the steps of the situations next to it, what they share, and where they differ.

A gap that ends a way says by which other facts the case can be looked at. Each of these ways is followed
to its end, for every answer to the questions on it, and the ends are compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from operator import itemgetter

from generator.model import Frame, Gap, Option, Question, Situation, Tree, Way, once
from generator.routine.boxes import Box, by_first_case, domain, meets
from generator.routine.cases import Answer
from generator.routine.order import in_order
from generator.routine.reservations import reservations_on
from generator.routine.routes import boxes_of, choices, legs, looked_at_as, with_own
from generator.routine.shared_duties import SharedDuty, held_in_every_case, shared_by, varying_in
from generator.routine.steps import PlacedStep, frames_of, placed_steps

Answers = dict[str, Option]
MOST = 60  # comparisons; nobody finds the way among more


@dataclass(frozen=True)
class Side:
    """A situation that is compared, with its steps and its own frames that not all the others have."""

    situation: Situation
    steps: tuple[PlacedStep, ...]
    frames: tuple[Frame, ...]


@dataclass(frozen=True)
class Comparison:
    """The answers in a case, by question, and what each way on from the gap comes to in it.

    ``shared`` is what its situations share beyond what all situations next to the gap do.
    Where one of them comes to a gap, nothing is compared, and ``gaps`` are those.
    """

    answers: Answers
    shared: tuple[SharedDuty, ...] = ()
    frames: tuple[Frame, ...] = ()
    sides: tuple[Side, ...] = ()
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True)
class Neighbours:
    """What all situations next to a gap share, and each comparison of them.

    ``varying`` are the questions that are answered differently, in the tree's order.
    """

    shared: tuple[SharedDuty, ...]
    frames: tuple[Frame, ...]
    comparisons: tuple[Comparison, ...]
    varying: tuple[Question, ...]


@once
def neighbours_of(tree: Tree, gap: Gap) -> Neighbours:
    """Return what the situations next to a gap share, and how they differ."""
    found = tuple(_comparisons(tree, gap))
    ways = len(gap.ways) > 1  # one way alone says nothing of what would hold anyway
    reached = set(ends_near(tree, gap)) if ways else set()
    ends = [str(situation.id) for situation in tree.situations if situation.id in reached]
    varying = tuple(q for q in tree.questions if len({_answer(one, q) for one in found}) > 1)
    shared = _shared(tree, ends)
    known = {one.duty for one in shared}
    beyond = (replace(one, shared=tuple(d for d in one.shared if d.duty not in known)) for one in found)
    return Neighbours(shared, _frames(tree, ends), tuple(beyond), varying)


@once
def ends_near(tree: Tree, gap: Gap) -> tuple[str, ...]:
    """Return where the ways on from a gap lead in its cases."""
    return tuple(dict.fromkeys(end for way in gap.ways for _, end in _ends_by(tree, gap, way)))


def frames_near(tree: Tree, gap: Gap) -> list[Frame]:
    """Return the frames on what is done in the situations next to a gap that hold in some of its cases."""
    found = neighbours_of(tree, gap)
    near = [*found.frames, *(frame for one in found.comparisons for frame in one.frames)]
    return [
        frame
        for frame in tree.frames
        if frame.on.action and frame in near and holds_in_some(tree, gap, frame)
    ]


def holds_in_some(tree: Tree, gap: Gap, frame: Frame) -> bool:
    """Tell whether some cases of a gap are those of a frame."""
    return any(meets(domain(tree), box, frame.on.facts) for box in boxes_of(gap))


def _answer(one: Comparison, question: Question) -> str | None:
    option = one.answers.get(question.id)
    return option.id if option else None


def _comparisons(tree: Tree, gap: Gap) -> Iterator[Comparison]:
    """Yield a comparison for all answers that can be given together, or none if they are too many."""
    together: dict[tuple[str, ...], tuple[Answers, tuple[str, ...]]] = {(): ({}, ())}
    for way in gap.ways:
        joined: dict[tuple[str, ...], tuple[Answers, tuple[str, ...]]] = {}
        for (given, before), (own, end) in product(together.values(), _ends_by(tree, gap, way)):
            if all(given.get(question, option) is option for question, option in own.items()):
                answers, ends = {**given, **own}, tuple(dict.fromkeys((*before, end)))
                key = (*sorted(f"{q}={option.id}" for q, option in answers.items()), *ends)
                joined[key] = (answers, ends)
        if len(joined) > MOST:
            return
        together = joined
    for answers, ends in together.values():
        yield _comparison(tree, answers, ends)


def _ends_by(tree: Tree, gap: Gap, way: Way) -> list[tuple[Answers, str]]:
    """Return where a way leads from each case of the gap, with the case's own answers on it."""
    place = by_first_case(domain(tree))
    each = [
        (place(cases), own, leg.at)
        for box in boxes_of(gap)
        for leg in legs(tree, looked_at_as(box, way.as_), tree.routine.start)
        for cases, own in _own_answers(tree, with_own(leg.box, box, way.as_), leg.answers)
    ]
    found: dict[tuple[str, ...], tuple[Answers, str]] = {}
    for _, answers, at in sorted(each, key=itemgetter(0)):
        found.setdefault((at, *(option.id for option in answers.values())), (answers, at))
    return list(found.values())


def _own_answers(tree: Tree, box: Box, asked: Sequence[Answer]) -> list[tuple[Box, Answers]]:
    """Return the answers of cases to what was asked on a way, by boxes that answer alike."""
    found: list[tuple[Box, Answers]] = [(box, {})]
    for node in (answer.node for answer in asked):
        found = [
            (part, {**own, str(node.ask): option} if option else own)
            for cases, own in found
            for option, part in choices(tree, node, cases)
        ]
    return found


def _comparison(tree: Tree, answers: Answers, ends: Sequence[str]) -> Comparison:
    silent = tuple(tree.get(end, Gap) for end in ends if end in tree.ids("gaps"))
    if silent:
        return Comparison(answers, gaps=silent)
    shared = _shared(tree, ends)
    known = {one.duty for one in shared if not one.is_least}
    frames = _frames(tree, ends)
    sides = (
        Side(
            situation,
            tuple(p for p in placed_steps(tree, situation) if p.duty not in known),
            tuple(f for f in reservations_on(tree, situation).frames if f not in frames),
        )
        for situation in (tree.get(end, Situation) for end in ends)
    )
    return Comparison(answers, shared, frames, tuple(sides))


def _shared(tree: Tree, ends: Sequence[str]) -> tuple[SharedDuty, ...]:
    """Return the duties that all these situations share, and the least that others come to in all.

    One situation alone shares nothing but what a unit does in every case.
    """
    if len(ends) < 2:
        return tuple(held_in_every_case(tree))
    outcomes = [(end,) for end in ends]
    shared = shared_by(tree, outcomes)
    shared += [one.least for one in varying_in(tree, outcomes, shared) if one.least]
    return tuple(in_order(tree, shared, lambda one: one.steps))


def _frames(tree: Tree, ends: Sequence[str]) -> tuple[Frame, ...]:
    """Return the frames that hold in all these situations, for the situation or for an action in it."""
    each = [
        [
            frame.id
            for frames in (
                frames_of(tree, situation),
                *(p.frames for p in placed_steps(tree, situation) if not p.step.hangs),
            )
            for frame in frames
        ]
        for situation in (tree.get(end, Situation) for end in ends)
    ]
    together = len(each) > 1
    return tuple(f for f in tree.frames if together and not f.see and all(f.id in ids for ids in each))
