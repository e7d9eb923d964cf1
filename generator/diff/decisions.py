"""The changed duties, each once: for which units, and in which situations."""

from __future__ import annotations

from dataclasses import dataclass

from generator.diff.compare import Change, Difference
from generator.model import Situation, Unit


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
    units: dict[object, list[Unit]] = {}
    for counted in difference.units:
        units.setdefault(counted.change.mark, []).append(counted.unit)
    return [
        Decision(change, tuple(units.get(mark, ())), tuple(places))
        for mark, (change, places) in found.items()
    ]
