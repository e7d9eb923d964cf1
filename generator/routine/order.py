"""The order of steps of several situations: each situation's own, and the tool's where they disagree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from generator.model import Tree
from generator.routine.steps import PlacedStep, is_reordered, phase_order

T = TypeVar("T")


def in_order(tree: Tree, each: Iterable[T], steps: Callable[[T], Sequence[PlacedStep]]) -> list[T]:
    """Return each so that the order of every situation is kept, and else by phase, as they were given."""
    given, phases = list(each), phase_order(tree)
    places = [_places(steps(one)) for one in given]
    phase = [phases[steps(one)[0].step.phase] for one in given]
    left, ordered = list(range(len(given))), []
    while left:
        free = [n for n in left if not any(_is_first(places[other], places[n]) for other in left)]
        following = min(free or left, key=phase.__getitem__)
        left.remove(following)
        ordered.append(given[following])
    return ordered


def is_own_order(each: Iterable[Sequence[PlacedStep]]) -> bool:
    """Tell whether the order is the tool's: a situation has another, or the document has in a situation."""
    return any(
        is_reordered(steps) or [p.number for p in steps] != sorted(p.number for p in steps)
        for steps in _by_situation(each)
    )


def _by_situation(each: Iterable[Sequence[PlacedStep]]) -> Iterable[list[PlacedStep]]:
    found: dict[str, list[PlacedStep]] = {}
    for steps in each:
        for situation, placed in _firsts(steps).items():
            found.setdefault(situation, []).append(placed)
    return found.values()


def _places(steps: Sequence[PlacedStep]) -> dict[str, int]:
    """Return situation → the number of the first of these steps there."""
    return {situation: placed.number for situation, placed in _firsts(steps).items()}


def _firsts(steps: Sequence[PlacedStep]) -> dict[str, PlacedStep]:
    """Return situation → the first of these steps there."""
    return {str(p.situation.id): p for p in sorted(steps, key=lambda p: -p.number)}


def _is_first(one: Mapping[str, int], other: Mapping[str, int]) -> bool:
    """Tell whether the one comes before the other in some situation, and after it in none."""
    apart = [situation for situation in one.keys() & other.keys() if one[situation] != other[situation]]
    return bool(apart) and all(one[situation] < other[situation] for situation in apart)
