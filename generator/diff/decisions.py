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
    """Return the duties that change, by situation, and then those that cases come to elsewhere."""
    found: dict[object, Decision] = {}

    def add(change: Change, unit: Unit | None, *situations: Situation) -> None:
        one = found.get(change.mark, Decision(change, (), ()))
        units = {u.id: u for u in (*one.units, *([unit] if unit else []))}
        places = {s.id: s for s in (*one.situations, *situations)}
        found[change.mark] = Decision(one.change, tuple(units.values()), tuple(places.values()))

    for changed in difference.situations:
        if changed.before and changed.after:
            for change in (c for c in changed.changes if c.of_duty):
                add(change, None, changed.after)
    for counted in difference.units:
        add(counted.change, counted.unit, *counted.situations)
    return list(found.values())
