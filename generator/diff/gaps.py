"""Gaps that held for a case and no longer show there, though what they were about is still to be done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.diff.common import CommonCases
from generator.model import DOCUMENT, Gap, Tree
from generator.routine.outcomes import Outcome, gaps_met
from generator.routine.steps import open_gaps, steps_of


@dataclass(frozen=True)
class GapChange:
    """A gap that no longer shows, in how many cases, and the questions, ends or actions that it stood at."""

    gap: Gap
    cases: int
    places: tuple[str, ...]


def gap_changes(before: Tree, after: Tree, common: Sequence[CommonCases]) -> Iterator[GapChange]:
    """Yield the gaps that some case loses: as a whole, or where it still comes to."""
    lost: dict[str, tuple[int, dict[str, None]]] = {}
    for one in common:
        was, now, met = _shown(before, one.before), _shown(after, one.after), _met(after, one.after)
        for gap, places in _lost(was, now, met).items():
            cases_so_far, known = lost.get(gap, (0, {}))
            lost[gap] = (cases_so_far + one.cases, known | places)
    for node in before.gaps:
        if node.id in lost:
            yield GapChange(node, lost[node.id][0], tuple(lost[node.id][1]))


def _lost(
    was: frozenset[tuple[str, str]], now: frozenset[tuple[str, str]], met: frozenset[str]
) -> dict[str, dict[str, None]]:
    """Return gap → the places that it no longer shows at."""
    left = {gap for gap, _ in now}
    found: dict[str, dict[str, None]] = {}
    for gap, place in sorted(was - now):
        if gap not in left or place in met:
            found.setdefault(gap, {}).update({place: None} if place else {})
    return found


def _shown(tree: Tree, one: Outcome) -> frozenset[tuple[str, str]]:
    """Return the gaps that a case runs into, each for itself and with each place that it stands at."""
    found = {(str(gap.id), "") for gap in gaps_met(tree, [one]) if gap.weight != DOCUMENT}
    places = {id: id for id in (*one.questions, *one.ends)}
    places.update({placed.id: str(placed.step.action) for placed in steps_of(tree, one.ends)})
    found.update((str(gap.id), what) for place, what in places.items() for gap in open_gaps(tree, place))
    return frozenset(found)


def _met(tree: Tree, one: Outcome) -> frozenset[str]:
    return frozenset((*one.questions, *one.ends, *(str(p.step.action) for p in steps_of(tree, one.ends))))
