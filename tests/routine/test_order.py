"""Steps of several situations stand in the order that each situation has, unless they disagree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from generator.model import Question, Tree
from generator.routine.neighbours import neighbours_of
from generator.routine.order import in_order, is_own_order
from generator.routine.passages import passages
from generator.routine.shared_duties import SharedDuty, Varying, in_every_case, shared_duties
from generator.routine.steps import PlacedStep, placed_steps
from tests.views import TREES, made

Listed = Sequence[SharedDuty] | Sequence[Varying]


def lists(tree: Tree) -> Iterator[tuple[str, Listed]]:
    """Yield what stands in one list where an answer is missing, or where the routine has none, by page."""
    every = in_every_case(tree)
    for node in tree.nodes:
        passed = [p for p in passages(tree) if p.node == node.id]
        whole = shared_duties(tree, passed)
        page = f"vet-inte/{node.id}"
        yield from ((page, listed) for listed in (whole.always, whole.described, whole.varying))
        for option in tree.get(node.ask, Question).options:
            found = shared_duties(tree, passed, option)
            added = found.without(tree, whole)
            for certain in (True, False):
                yield page, [one for one in added if (one in found.certain) == certain]
    for gap in tree.end_gaps:
        near = neighbours_of(tree, gap)
        held = [one for one in near.shared if one.duty in every]
        alike = [one for one in near.shared if one not in held]
        each = (held, alike, *(one.shared for one in near.comparisons))
        yield from ((f"lucka/{gap.id}", listed) for listed in each)


def actions(listed: Listed) -> tuple[str, ...]:
    return tuple(str(one.steps[0].step.action) for one in listed if one.steps)


def firsts(steps: Sequence[PlacedStep]) -> dict[str, int]:
    """Return situation → the number of the first of the steps there."""
    found: dict[str, int] = {}
    for placed in steps:
        at = str(placed.situation.id)
        found[at] = min(placed.number, found.get(at, placed.number))
    return found


def turned(one: dict[str, int], other: dict[str, int]) -> set[bool]:
    """Return whether situations have the one after the other: both, when they disagree."""
    return {one[s] > other[s] for s in one.keys() & other.keys() if one[s] != other[s]}


@pytest.mark.parametrize("name", TREES)
def test_every_list_has_the_order_of_every_situation(name: str) -> None:
    tree, several = made(name)[0], 0
    for listed in (listed for _, listed in lists(tree)):
        each = [(item.steps, firsts(item.steps)) for item in listed]
        for at, (steps, one) in enumerate(each):
            for others, other in each[at + 1 :]:
                found = turned(one, other)
                assert found != {True}, (steps[0].id, others[0].id)
                several += found == {False}
    assert several


def test_only_where_situations_disagree_is_the_order_the_tool_s(tree: Tree) -> None:
    by_action: dict[str, list[PlacedStep]] = {}
    for placed in (p for s in tree.situations for p in placed_steps(tree, s)):
        by_action.setdefault(str(placed.step.action), []).append(placed)
    here = [p for p in by_action["kalla"] if p.situation.id == "barnfamilj-ekonomi-skuld"]
    there = [p for p in by_action["oanmalt-hembesok"] if p.situation.id == "barnfamilj-ekonomi-skuld"]
    before = [
        *there,
        *(p for p in by_action["aktualisera"] if p.situation.id == "barnfamilj-ekonomi-storning"),
    ]
    after = [*here, *(p for p in by_action["kalla"] if p.situation.id == "barnfamilj-ekonomi-storning")]
    assert in_order(tree, [there, here], list) == [here, there]
    assert not is_own_order([here, there])
    assert is_own_order([there, here])
    assert is_own_order(in_order(tree, [before, after], list))
