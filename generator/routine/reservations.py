"""Reservations: what qualifies a step where it stands, so that no view tells the one without the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import DOCUMENT, Condition, Duty, Frame, Gap, Situation, Text, Tree, Unit, once
from generator.routine.steps import PlacedStep, concerns, frames_of, open_gaps, placed_steps, units_of

Reservation = Condition | Frame | Text | Gap


@dataclass(frozen=True)
class Reservations:
    """The condition, the frames, the note and the gaps of a step, or of a situation as a whole."""

    condition: Condition | None
    frames: tuple[Frame, ...]
    note: Text | None
    gaps: tuple[Gap, ...]

    def each(self) -> Iterator[tuple[str, Reservation]]:
        """Yield the kind of each, and what it is."""
        if self.condition:
            yield "condition", self.condition
        yield from (("frame", frame) for frame in self.frames)
        if self.note:
            yield "note", self.note
        yield from (("gap", gap) for gap in self.gaps)


@once
def reservations(tree: Tree, placed: PlacedStep) -> Reservations:
    """Return what qualifies a step in its situation."""
    frames = frames_of(tree, placed.situation, placed.step.action)
    return Reservations(placed.condition, tuple(frames), placed.step.note, open_gaps(tree, placed.id))


@once
def reservations_on(tree: Tree, situation: Situation) -> Reservations:
    """Return what qualifies all of a situation; a frame that only points elsewhere qualifies nothing."""
    frames = tuple(frame for frame in frames_of(tree, situation) if not frame.see)
    return Reservations(None, frames, None, open_gaps(tree, situation.id))


def names(about: Frame | Gap, unit: Unit) -> bool:
    """Tell whether the words of a frame or gap name a unit."""
    said = [about.text] if isinstance(about, Gap) else [str(s.text) for s in about.statements]
    return any(unit.name.casefold() in text.casefold() for text in (about.title, *said))


def is_about(tree: Tree, situation: Situation, gap: Gap, unit: Unit) -> bool:
    """Tell whether a gap is about a unit, wherever it hangs: it names the unit, or none of them.

    One about the whole situation is about all who have a step there, too.
    """
    whole = gap in reservations_on(tree, situation).gaps
    silent = not any(names(gap, each) for each in tree.units)
    here = unit in units_of(tree, situation)
    return names(gap, unit) or (silent and whole) or (here and (silent or whole))


def gaps_on(tree: Tree, about: Duty | Frame) -> tuple[Gap, ...]:
    """Return the gaps that rest on the same paragraph as a standing duty or a frame."""
    cites = about.cite if isinstance(about, Duty) else [c for s in about.statements for c in s.cite]
    places = {place for citation in cites for place in citation.places}
    found = (gap for gap in tree.gaps if any(places & citation.places for citation in gap.cite))
    return tuple(gap for gap in found if gap.weight != DOCUMENT)


def beyond_own_steps(tree: Tree, situation: Situation, unit: Unit) -> tuple[Gap, ...]:
    """Return the gaps of the whole situation, and those about a unit at the steps of others."""
    others = (p for p in placed_steps(tree, situation) if unit not in concerns(tree, p.step))
    found = [g for p in others for g in reservations(tree, p).gaps if is_about(tree, situation, g, unit)]
    found += reservations_on(tree, situation).gaps
    return tuple(gap for gap in tree.gaps if gap in found)
