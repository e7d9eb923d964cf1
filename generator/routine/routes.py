"""Routes: all cases that are answered alike, taken through the tree together.

At every question a box of cases is split into those that choose the same option. The routes have no case
in common and make up all cases, so what holds along every route holds for every case (ADR 35). They are as
many as the ways through the tree, however many facts there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from generator.model import Ask, Option, Question, Situation, Tree, once
from generator.routine.boxes import Box, Domain, both, by_first_case, domain, meets, without
from generator.routine.cases import Answer, End

MAX_ROUTES = 100_000


@dataclass(frozen=True)
class Leg:
    """A way from a node: the answers, where it stops, and the cases that take it.

    ``at`` is an end, or a node where these cases choose no option.
    """

    answers: tuple[Answer, ...]
    at: str
    box: Box


@dataclass(frozen=True)
class Route:
    """Cases that take the same way, and where they go: also on from a situation that goes on.

    A leg on from a situation has its cases as they are looked at there.
    """

    box: Box
    legs: tuple[Leg, ...]

    @property
    def ends(self) -> tuple[str, ...]:
        """Where the legs stop."""
        return tuple(str(leg.at) for leg in self.legs)


@once
def routes(tree: Tree) -> Sequence[Route]:
    """Return the routes in the order of their first cases. Of too many, only one more than there may be."""
    place = by_first_case(domain(tree))
    return sorted(islice(routes_of(tree, {}), MAX_ROUTES + 1), key=lambda route: place(route.box))


def routes_of(tree: Tree, box: Box) -> Iterator[Route]:
    """Yield the routes of the cases of a box, each with those of them that take it."""
    for leg in legs(tree, box, tree.routine.start):
        end = tree.get(leg.at, Ask, Situation) if leg.at not in tree.ids("gaps") else None
        if isinstance(end, Situation) and end.continues:
            seen_as = end.continues.as_
            for onward in legs(tree, looked_at_as(leg.box, seen_as), end.continues.node):
                yield Route(with_own(onward.box, leg.box, seen_as), (leg, onward))
        else:
            yield Route(leg.box, (leg,))


def looked_at_as(box: Box, facts: Box) -> Box:
    """Return the cases with these facts in place of their own."""
    return {**box, **{fact: values[:1] for fact, values in facts.items()}}


def with_own(box: Box, own: Box, facts: Box) -> Box:
    """Return the cases with their own facts again, in place of those that they were looked at with."""
    return {f: vs for f, vs in box.items() if f not in facts} | {f: own[f] for f in facts if f in own}


def legs(tree: Tree, box: Box, start: str) -> Iterator[Leg]:
    """Yield where the cases of a box go from a node, as legs that have no case in common."""
    nodes = tree.ids("nodes")
    waiting = [iter([(Leg((), start, box), start in nodes)])]
    while waiting:
        leg, goes_on = next(waiting[-1], (None, False))
        if leg is None:
            waiting.pop()
        elif goes_on:
            waiting.append(_next(tree, leg))
        else:
            yield leg


def _next(tree: Tree, leg: Leg) -> Iterator[tuple[Leg, bool]]:
    """Yield a leg one question on for each option that cases choose, and whether it goes on from there."""
    node = tree.get(leg.at, Ask)
    been = {answer.node.id for answer in leg.answers}
    for option, box in choices(tree, node, leg.box):
        to = node.goto.get(option.id) if option else None
        if option is None or to is None:
            yield replace(leg, box=box), False
        else:
            yield (
                Leg((*leg.answers, Answer(node, option)), to, box),
                to in tree.ids("nodes") and to not in been,
            )


def choices(tree: Tree, node: Ask, box: Box) -> Iterator[tuple[Option | None, Box]]:
    """Split cases by the one option whose facts all hold for them; None where it is none or several."""
    return _split(domain(tree), box, tree.get(node.ask, Question).options, None)


def _split(
    domain: Domain, box: Box, options: Sequence[Option], taken: Option | None
) -> Iterator[tuple[Option | None, Box]]:
    if not options:
        yield taken, box
        return
    first, *rest = options
    inside = both(domain, box, first.facts)
    if inside is not None:
        yield from [(None, inside)] if taken else _split(domain, inside, rest, first)
    for outside in without(domain, box, first.facts):
        yield from _split(domain, outside, rest, taken)


@once
def ways_to(tree: Tree, end: End) -> tuple[tuple[Answer, ...], ...]:
    """Return the shortest way of answers to each of an end's sets of cases, each way once."""
    came = [
        (tuple(answer for each in route.legs[: n + 1] for answer in each.answers), leg.box)
        for route in routes(tree)
        for n, leg in enumerate(route.legs)
        if leg.at == end.id
    ]
    came.sort(key=lambda one: len(one[0]))
    found = (next((w for w, box in came if meets(domain(tree), box, own)), None) for own in boxes_of(end))
    return tuple({tuple((a.node.id, a.option.id) for a in way): way for way in found if way}.values())


def boxes_of(end: End) -> tuple[Box, ...]:
    """Return the cases that a situation or gap says it covers."""
    return end.facts or ()
