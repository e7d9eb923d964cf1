"""The changed duties, each once: for which units, and in which situations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.diff.compare import Change, Difference, all_units, concerned
from generator.model import Fact, Limit, Situation, Tree, Unit
from generator.reading.limits import limits_of
from generator.routine.boxes import domain, meets
from generator.routine.steps import units_of


@dataclass(frozen=True)
class Decision:
    """A duty that came, went or became another, whom it is about, and the situations that it stands in."""

    change: Change
    units: tuple[Unit, ...]
    situations: tuple[Situation, ...]


def decisions(difference: Difference) -> list[Decision]:
    """Return the duties that change where they stand, by situation."""
    found: dict[object, tuple[Change, list[Situation]]] = {}
    for changed in difference.situations:
        if changed.before and changed.after:
            for change in (c for c in changed.changes if c.of_duty):
                found.setdefault(change.mark, (change, []))[1].append(changed.after)
    sides = (difference.before, difference.after)
    return [Decision(change, concerned(*sides, change), tuple(places)) for change, places in found.values()]


@dataclass(frozen=True)
class LimitChange:
    """A limit with another number, the situations on either side of it, and the units with steps there."""

    before: Limit
    after: Limit
    units: tuple[Unit, ...]
    situations: tuple[Situation, ...]


def limit_changes(difference: Difference) -> Iterator[LimitChange]:
    """Yield the limits that both versions have and that count to another number."""
    was = {str(limit.id): limit for fact in difference.before.facts for limit in limits_of(fact)}
    for fact in difference.after.facts:
        for now in limits_of(fact):
            before = was.get(now.id)
            if before and before.count != now.count:
                parted = tuple(_parted(difference.after, fact, now))
                about = {unit.id for s in parted for unit in units_of(difference.after, s)}
                units = all_units(difference.before, difference.after)
                yield LimitChange(before, now, tuple(u for u in units if u.id in about), parted)


def _parted(tree: Tree, fact: Fact, limit: Limit) -> Iterator[Situation]:
    """Yield the situations that a fact tells apart, in cases where a limit counts."""
    for situation in tree.situations:
        if any(fact.id in box and meets(domain(tree), box, limit.facts or {}) for box in situation.facts):
            yield situation
