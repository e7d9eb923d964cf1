"""What changes from one version of a routine to the next: for which cases, for whom, and in which words.

Ids are promises, so they tell what is the same. A change in anything that has a closed meaning (who,
when, how strongly, which way) changes duties. A change in prose is only that to a machine; whether
it means something else is for people to read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.diff.common import CommonCases, common_cases
from generator.diff.gaps import GapChange, gap_changes
from generator.diff.nodes import NodeChange, node_changes
from generator.diff.wordings import Rewording, wordings
from generator.model import Situation, Step, Tree, Unit, once
from generator.model.declared import Weight, named
from generator.routine.cases import Case
from generator.routine.steps import PlacedStep, bindings, concerns, placed_steps, steps_of


@dataclass(frozen=True)
class Change:
    """A step that came (no ``before``), went (no ``after``), or became another.

    ``aspects`` are the parts of the duty that differ. Without any, only its words do, or where it points
    (``references``), or the step's id (``renamed``).
    """

    before: PlacedStep | None
    after: PlacedStep | None
    aspects: tuple[str, ...] = ()
    references: tuple[str, ...] = ()

    @property
    def renamed(self) -> bool:
        """Whether the step has another id."""
        return bool(self.before and self.after and self.before.step.key != self.after.step.key)

    @property
    def of_duty(self) -> bool:
        """Whether more than words changed."""
        return self.before is None or self.after is None or bool(self.aspects)

    @property
    def mark(self) -> object:
        """What tells it from other changes wherever it stands: the duty and its words, before and after."""
        return tuple(p and (_duty(p.step), _said(p)) for p in (self.before, self.after))


@dataclass(frozen=True)
class SituationChange:
    """What changes in one situation; one that came or went has only one side."""

    before: Situation | None
    after: Situation | None
    changes: tuple[Change, ...]
    reordered: bool = False

    @property
    def of_duty(self) -> bool:
        """Whether more than words changed."""
        return self.reordered or any(change.of_duty for change in self.changes)


@dataclass(frozen=True)
class OutcomeChange:
    """Cases that now end elsewhere: ids of the ends before and after, how many, and one of them.

    ``units`` have other duties there.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    cases: int
    example: Case
    units: tuple[Unit, ...]


@dataclass(frozen=True)
class Difference:
    """Everything that differs between two versions. ``cases`` can occur in both of them."""

    before: Tree
    after: Tree
    cases: int
    situations: tuple[SituationChange, ...]
    outcomes: tuple[OutcomeChange, ...]
    nodes: tuple[NodeChange, ...]
    wordings: tuple[Rewording, ...]
    gaps: tuple[GapChange, ...]

    @property
    def of_duty(self) -> bool:
        """Whether anything but words, citations and what describes the document changed."""
        return bool(
            self.outcomes
            or any(change.of_duty for change in self.situations)
            or any(change.of_duty for change in self.nodes)
        )

    @property
    def empty(self) -> bool:
        """Whether nothing differs at all."""
        return not (self.outcomes or self.situations or self.nodes)


def compare(before: Tree, after: Tree) -> Difference:
    """Return what changes between two checked versions of a routine."""
    return _compared(after, before)


@once
def _compared(after: Tree, before: Tree) -> Difference:
    """Compare once, and let the later tree remember it: of an earlier one, a preview keeps what it read."""
    both = common_cases(before, after)
    situations, nodes = tuple(_situations(before, after)), tuple(node_changes(before, after))
    changed = (change for situation in situations for change in situation.changes)
    steps = ((one.before.step, one.after.step) for one in changed if one.before and one.after)
    return Difference(
        before,
        after,
        sum(one.cases for one in both),
        situations,
        tuple(_outcomes(before, after, both)),
        nodes,
        tuple(wordings(before, after, nodes, steps)),
        tuple(gap_changes(before, after, both)),
    )


def _situations(before: Tree, after: Tree) -> Iterator[SituationChange]:
    old = {str(s.id): s for s in before.situations}
    new = {str(s.id): s for s in after.situations}
    for id in dict.fromkeys([*new, *old]):
        was, now = old.get(id), new.get(id)
        steps = list(placed_steps(before, was)) if was else []
        others = list(placed_steps(after, now)) if now else []
        pairs = _pairs(steps, others)
        changes = [c for one, other in pairs if (c := _change(one, other))]
        reordered = _reordered(pairs)
        if changes or reordered or was is None or now is None:
            yield SituationChange(was, now, tuple(changes), reordered)


Pair = tuple[PlacedStep | None, PlacedStep | None]


def _pairs(steps: Sequence[PlacedStep], others: Sequence[PlacedStep]) -> list[Pair]:
    """Return each step with what it became: the same duty first, else the same id, action or place."""
    left, right = list(steps), dict(enumerate(others))
    found: dict[int, Pair] = {}
    for same in (_duty, _key, _action, _place):
        at = defaultdict[object, list[int]](list)
        for number, other in right.items():
            at[same(other.step)].append(number)
        for one in list(left):
            if numbers := at.get(same(one.step)):
                left.remove(one)
                number = numbers.pop(0)
                found[number] = (one, right.pop(number))
    found.update({number: (None, other) for number, other in right.items()})
    return [found[number] for number in sorted(found)] + [(one, None) for one in left]


def _duty(step: Step) -> tuple[object, ...]:
    return (step.key, *bindings(step).values())


def _key(step: Step) -> object:
    return step.key


def _action(step: Step) -> object:
    return step.action


def _place(step: Step) -> object:
    """Return where a duty stands, and whose it is: another action there is the same duty, changed."""
    return (step.phase, frozenset(step.who), frozenset(step.to), step.cite.places)


def _reordered(pairs: Sequence[Pair]) -> bool:
    before = [one.number for one, other in pairs if one and other]
    return before != sorted(before)


def _change(one: PlacedStep | None, other: PlacedStep | None) -> Change | None:
    if one is None or other is None:
        return Change(one, other)
    old, new = bindings(one.step), bindings(other.step)
    aspects = tuple(name for name in {**old, **new} if old.get(name) != new.get(name))
    names = [name for name in named(other.step, Weight.REFERENCE) if name != "id"]
    references = tuple(name for name in names if getattr(one.step, name) != getattr(other.step, name))
    change = Change(one, other, aspects, references)
    return change if aspects or references or change.renamed or _said(one) != _said(other) else None


def _said(placed: PlacedStep) -> tuple[object, ...]:
    """Return a step in words: its sentence with its condition, and every text of its own."""
    step = placed.step
    return (placed.with_condition, *(getattr(step, name) for name in named(step, Weight.WORDS)))


def changes_of_duty(before: Tree, after: Tree, was: Sequence[str], now: Sequence[str]) -> Iterator[Change]:
    """Yield the duties that differ between the steps of ends before, and those of ends after."""
    for pair in _pairs(steps_of(before, was), steps_of(after, now)):
        change = _change(*pair)
        if change and change.of_duty:
            yield change


def units_concerned(before: Tree, after: Tree, *changes: Change) -> tuple[Unit, ...]:
    """Return the units that one of the changes is about, in the version of either side."""
    sides = [(tree, p) for c in changes for tree, p in ((before, c.before), (after, c.after)) if p]
    about = {unit.id for tree, placed in sides for unit in concerns(tree, placed.step)}
    return tuple(unit for unit in all_units(before, after) if unit.id in about)


def _outcomes(before: Tree, after: Tree, common: Sequence[CommonCases]) -> Iterator[OutcomeChange]:
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], list[CommonCases]] = {}
    became = before.ids("gaps") ^ after.ids("gaps")  # a gap that is a situation now may have kept its id
    for one in common:
        if one.before.ends != one.after.ends or not became.isdisjoint(one.after.ends):
            found.setdefault((one.before.ends, one.after.ends), []).append(one)
    for (was, now), those in found.items():
        units = units_concerned(before, after, *changes_of_duty(before, after, was, now))
        example = _facts(after, those[0].first)
        yield OutcomeChange(was, now, sum(one.cases for one in those), example, units)


def all_units(before: Tree, after: Tree) -> list[Unit]:
    """Return the units of both versions, as the later one has them."""
    return list({str(u.id): u for u in (*after.units, *before.units, *after.units)}.values())


def _facts(tree: Tree, case: Case) -> Mapping[str, str]:
    return {str(fact.id): case[fact.id] for fact in tree.facts}
