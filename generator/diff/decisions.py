"""The changed duties, each once: for which units, and in which situations."""

from __future__ import annotations

from dataclasses import dataclass

from generator.diff.compare import Change, Difference, units_concerned
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
    sides = (difference.before, difference.after)
    return [
        Decision(change, units_concerned(*sides, change), tuple(places)) for change, places in found.values()
    ]
