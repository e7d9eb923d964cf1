"""Limits with another number: what the cases in between come to, and the texts that follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from generator.diff.common import shared_domain
from generator.diff.compare import Change, Difference, all_units, changes_of_duty
from generator.diff.wordings import Rewording
from generator.model import Fact, Limit, Situation, Text, Tree, Unit
from generator.model.declared import each_of
from generator.reading.limits import SLOT, limits_of, number
from generator.routine.boxes import Box, both, domain, meets
from generator.routine.outcomes import outcome_of
from generator.routine.routes import MAX_ROUTES, routes_of
from generator.routine.steps import units_of

Ends = tuple[str, ...]


@dataclass(frozen=True)
class LimitChange:
    """A limit with another number, the situations on either side of it, and the units with steps there."""

    fact: Fact
    before: Limit
    after: Limit
    units: tuple[Unit, ...]
    situations: tuple[Situation, ...]


@dataclass(frozen=True)
class Moved:
    """Cases with one of these numbers that come to other ends, and the duties that change with that.

    ``unless`` are other limits that can hold the case where it was, if one of them is reached.
    """

    numbers: tuple[int, ...]
    before: Ends
    after: Ends
    changes: tuple[Change, ...]
    unless: tuple[Limit, ...]


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
                yield LimitChange(fact, before, now, tuple(u for u in units if u.id in about), parted)


def _parted(tree: Tree, fact: Fact, limit: Limit) -> Iterator[Situation]:
    """Yield the situations that a fact tells apart, in cases where a limit counts."""
    for situation in tree.situations:
        if any(fact.id in box and meets(domain(tree), box, limit.facts or {}) for box in situation.facts):
            yield situation


def moved(difference: Difference, one: LimitChange) -> Iterator[Moved]:
    """Yield what the cases between the two numbers came to and come to, each pair of ends once."""
    for (was, now), numbers in _values(difference, one).items():
        for ends, boxes in _ends(difference, one, was, now).items():
            changes = changes_of_duty(difference.before, difference.after, *ends)
            unless = tuple(_unless(difference, one, boxes))
            yield Moved(tuple(numbers), *ends, tuple(changes), unless)


def _values(difference: Difference, one: LimitChange) -> dict[tuple[Text, Text], list[int]]:
    """Return (value before, value after) → the numbers in between that have another value."""
    low, high = sorted((one.before.count, one.after.count))
    old = next((fact for fact in difference.before.facts if fact.id == one.fact.id), one.fact)
    values: dict[tuple[Text, Text], list[int]] = {}
    for count in range(low, high):
        was, now = _value_at(old, one.before, count), _value_at(one.fact, one.after, count)
        if was and now and was != now:
            values.setdefault((was, now), []).append(count)
    return values


def _value_at(fact: Fact, limit: Limit, count: int) -> Text | None:
    """Return which value a number of what the limit counts has: of those reached, the highest."""
    least = {value.id: own.count for value in fact.values for own in value.limits if own.more == limit.more}
    reached = [value for value in least if least[value] <= count]
    rest = [value.id for value in fact.values if value.id not in least]
    if reached:
        return max(reached, key=lambda value: least[value])
    return rest[0] if len(rest) == 1 else None


def _ends(
    difference: Difference, one: LimitChange, was: Text, now: Text
) -> dict[tuple[Ends, Ends], list[Box]]:
    """Return (ends before, ends after) → cases, where a value becomes another; only ends that differ."""
    found: dict[tuple[Ends, Ends], list[Box]] = {}
    for cases, before, after in _outcomes(difference, one, was, now):
        left, came = _beyond(before, after), _beyond(after, before)
        if left or came:
            found.setdefault((left or before, came or after), []).append(cases)
    return found


def _outcomes(
    difference: Difference, one: LimitChange, was: Text, now: Text
) -> Sequence[tuple[Box, Ends, Ends]]:
    """Return cases where a value becomes another, with both sides' ends; none if they are too many."""
    shared, fact = shared_domain(difference.before, difference.after), one.fact.id
    box = both(shared, shared, {**(one.after.facts or {}), fact: (was,)})
    if not all(shared.values()) or not box or now not in shared[fact]:
        return []
    pairs = (
        (before.box, outcome_of(before).ends, outcome_of(after).ends)
        for before in routes_of(difference.before, box)
        for after in routes_of(difference.after, {**before.box, fact: (now,)})
    )
    read = list(islice(pairs, MAX_ROUTES + 1))
    return read if len(read) <= MAX_ROUTES else []


def unmoved(difference: Difference, one: LimitChange) -> list[Situation]:
    """Return the situations that cases between the two numbers come to in both versions, if only in both."""
    every = [
        (set(before), set(after))
        for was, now in _values(difference, one)
        for _, before, after in _outcomes(difference, one, was, now)
    ]
    other = set[str]().union(*(before ^ after for before, after in every))
    same = set[str]().union(*(before & after for before, after in every)) - other
    about = {str(one.fact.id), *(one.after.facts or {})}
    return [
        situation
        for situation in difference.after.situations
        if situation.id in same and any(about & set(box) for box in situation.facts)
    ]


def _beyond(ends: Ends, others: Ends) -> Ends:
    return tuple(end for end in ends if end not in others)


def _unless(difference: Difference, one: LimitChange, boxes: Sequence[Box]) -> Iterator[Limit]:
    for other in limits_of(one.fact):
        counts = other.facts or {}
        if other.id != one.after.id and any(meets(domain(difference.after), box, counts) for box in boxes):
            yield other


def follows(one: LimitChange, text: Rewording) -> bool:
    """Tell whether a text changed only since it names the limit, or is a heading that states its number."""
    if (text.kind, text.key) == ("source", "heading"):
        old, new = number(one.before.count), number(one.after.count)
        return one.after.more in text.after and text.before.replace(f"{old} ", f"{new} ") == text.after
    before, after = (_texts(side) for side in text.held)
    slots = {slot.partition("/")[0] for each in after for slot in SLOT.findall(each.written)}
    same = [each.written for each in before] == [each.written for each in after]
    return bool(after) and same and not slots.isdisjoint((one.after.id, one.fact.id))


def _texts(held: object) -> list[Text]:
    return [each for each in each_of(held) if isinstance(each, Text)]
