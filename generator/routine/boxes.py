"""Boxes: sets of cases told by which values each fact may have, so that nobody has to list the cases.

A fact that a box does not name may have any of its values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import prod

from generator.model import FactSet, Text, Texts, Tree, once

Box = FactSet


class Domain(dict[Text, Texts]):
    """The box of all cases: every fact with all its values, in the order that cases are counted in."""

    @cached_property
    def size(self) -> int:
        """How many cases there are."""
        return prod(len(values) for values in self.values())

    def __missing__(self, fact: Text) -> Texts:
        """Return no value for a fact that the tree does not know; only one with findings names such."""
        return ()


@once
def domain(tree: Tree) -> Domain:
    """Return all cases of a tree."""
    return Domain((fact.id, tuple(value.id for value in fact.values)) for fact in tree.facts)


def box_of(case: Mapping[str, str]) -> Box:
    """Return one case, as far as it is known."""
    return {Text(fact): (Text(value),) for fact, value in case.items()}


def both(domain: Domain, one: Box, other: Box) -> Box | None:
    """Return the cases that are in both boxes, or None."""
    met = dict(one)
    for fact, values in other.items():
        met[fact] = tuple(v for v in met.get(fact, domain[fact]) if v in values)
        if not met[fact]:
            return None
    return met


def meets(domain: Domain, one: Box, other: Box) -> bool:
    """Tell whether two boxes have a case in common."""
    return both(domain, one, other) is not None


def without(domain: Domain, box: Box, *others: Box) -> Iterator[Box]:
    """Yield boxes that have no case in common and make up what is in none of the others."""
    if not others:
        yield box
        return
    other, *rest = others
    left = dict(box)
    for fact, values in other.items():
        mine = left.get(fact, domain[fact])
        outside = tuple(v for v in mine if v not in values)
        if outside:
            yield from without(domain, {**left, fact: outside}, *rest)
        left[fact] = tuple(v for v in mine if v in values)
        if not left[fact]:
            return


def within(domain: Domain, box: Box, other: Box) -> bool:
    """Tell whether every case of a box is in the other."""
    return all(set(box.get(fact, domain[fact])) <= set(values) for fact, values in other.items())


def hull(domain: Domain, boxes: Iterable[Box]) -> Box:
    """Return the smallest box around others."""
    first, *others = boxes
    values = {fact: dict.fromkeys(of) for fact, of in first.items()}
    for box in others:
        values = {fact: {**of, **dict.fromkeys(box[fact])} for fact, of in values.items() if fact in box}
    return {fact: tuple(values[fact]) for fact in domain if fact in values}


def size(domain: Domain, box: Box) -> int:
    """Return how many cases a box has."""
    named = prod(len(domain[fact]) for fact in box)
    return domain.size // named * prod(len(values) for values in box.values())


def first_case(domain: Domain, box: Box) -> dict[str, str]:
    """Return the first of a box's cases."""
    return {str(fact): str(min(box.get(fact, values), key=values.index)) for fact, values in domain.items()}


def by_first_case(domain: Domain) -> Callable[[Box], tuple[tuple[int, int], ...]]:
    """Return the key that sorts boxes by their first case: the facts that it has not the first value of."""
    places = {
        fact: (-n, {v: rank for rank, v in enumerate(vs)}) for n, (fact, vs) in enumerate(domain.items())
    }

    def place(box: Box) -> tuple[tuple[int, int], ...]:
        found = ((places[f][0], min(places[f][1][v] for v in values)) for f, values in box.items())
        return tuple(sorted((one for one in found if one[1]), reverse=True))

    return place


class Index:
    """Many boxes, of which those that have a case in common with another box are found at once.

    Two boxes have one unless some fact parts them. For each value there is a number, with a bit for each box
    that allows it, so that a fact parts all of them in one operation.
    """

    def __init__(self, boxes: Sequence[Box]) -> None:
        """Take the boxes in."""
        self._all = (1 << len(boxes)) - 1
        self._allowing: dict[str, dict[str, int]] = {}
        self._open: dict[str, int] = {}
        for n, box in enumerate(boxes):
            for fact, values in box.items():
                allowing = self._allowing.setdefault(fact, {})
                self._open[fact] = self._open.get(fact, self._all) & ~(1 << n)
                for value in values:
                    allowing[value] = allowing.get(value, 0) | 1 << n

    def meeting(self, box: Box) -> Iterator[int]:
        """Yield the places of the boxes that have a case in common with this one, in order."""
        left = self._all
        for fact, values in box.items():
            allowed = self._open.get(fact, self._all)
            for value in values:
                allowed |= self._allowing.get(fact, {}).get(value, 0)
            left &= allowed
        while left:
            lowest = left & -left
            left ^= lowest
            yield lowest.bit_length() - 1
