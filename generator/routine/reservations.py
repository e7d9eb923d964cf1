"""Reservations: what qualifies a step where it stands, so that no view tells the one without the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import Condition, Frame, Gap, Situation, Text, Tree, once
from generator.routine.steps import PlacedStep, frames_of, open_gaps

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
