"""Reservations: what qualifies a step where it stands, so that no view tells the one without the other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.model import (
    DOCUMENT,
    Action,
    Condition,
    Duty,
    Frame,
    Gap,
    Situation,
    Statement,
    Text,
    Tree,
    Unit,
    once,
)
from generator.routine.steps import (
    PlacedStep,
    concerns,
    frames_of,
    occurrences,
    open_gaps,
    placed_steps,
    units_of,
)

Reservation = Condition | Frame | Text | Gap
KINDS = ("condition", "frame", "note", "gap")


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


def kinds_at(tree: Tree, steps: Iterable[PlacedStep]) -> list[str]:
    """Return which kinds of reservations some of these steps have."""
    found = {kind for placed in steps for kind, _ in reservations(tree, placed).each()}
    return [kind for kind in KINDS if kind in found]


@once
def reservations(tree: Tree, placed: PlacedStep) -> Reservations:
    """Return what qualifies a step in its situation."""
    return Reservations(placed.condition, placed.frames, placed.step.note, open_gaps(tree, placed.id))


@once
def reservations_on(tree: Tree, situation: Situation) -> Reservations:
    """Return what qualifies all of a situation; a frame that only points elsewhere qualifies nothing."""
    frames = tuple(frame for frame in frames_of(tree, situation) if not frame.see)
    return Reservations(None, frames, None, open_gaps(tree, situation.id))


def mentions(about: Frame | Gap, unit: Unit) -> bool:
    """Tell whether the words of a frame or gap name a unit."""
    said = [about.text] if isinstance(about, Gap) else [str(s.text) for s in about.statements]
    return any(unit.name.casefold() in text.casefold() for text in (about.title, *said))


def is_about(tree: Tree, situation: Situation, gap: Gap, unit: Unit) -> bool:
    """Tell whether a gap is about a unit there: it names the unit, or none of them and the unit has a step.

    One about the whole situation alone is about all who have a step and whom its title names: what its text
    mentions may be another situation's.
    """
    named = [each for each in tree.units if mentions(gap, each)]
    here = unit in units_of(tree, situation)
    if any(gap in reservations(tree, placed).gaps for placed in placed_steps(tree, situation)):
        whole = gap in reservations_on(tree, situation).gaps
        return unit in named or (here and (whole or not named))
    return here or unit.name.casefold() in gap.title.casefold()


def gaps_on(tree: Tree, *said: Duty | Statement) -> tuple[Gap, ...]:
    """Return the gaps that rest on the same paragraph as a standing duty, or what holds in every case."""
    places = {place for each in said for citation in each.cite for place in citation.places}
    found = {id(gap) for place in places for gap in _resting_on(tree).get(place, ())}
    return tuple(gap for gap in tree.gaps if id(gap) in found) if found else ()


@once
def _resting_on(tree: Tree) -> Mapping[tuple[str, int], list[Gap]]:
    """Return the gaps that rest on a place in the document, by place."""
    found: dict[tuple[str, int], list[Gap]] = {}
    for gap in filter(is_open, tree.gaps):
        for place in {place for citation in gap.cite for place in citation.places}:
            found.setdefault(place, []).append(gap)
    return found


def gaps_at_frame(tree: Tree, frame: Frame, situation: Situation | None = None) -> tuple[Gap, ...]:
    """Return the gaps that rest on a frame's paragraphs, so that they stand wherever it does.

    In a situation, one about steps that have the frame in others alone is not about it. Nor is one at a
    question, where the frame points elsewhere: on the way from there, it may not be asked.
    """
    resting = gaps_on(tree, *frame.statements)
    if situation is None:
        return resting
    elsewhere = {p.id for id in frame.on.action for p in occurrences(tree, tree.get(id, Action))}
    elsewhere |= {str(question.id) for question in tree.questions if frame.see}

    def is_here(gap: Gap) -> bool:
        return any(place.partition("/")[0] == situation.id for place in gap.concerns)

    return tuple(
        gap for gap in resting if is_here(gap) or elsewhere.isdisjoint((*gap.concerns, *gap.also_at))
    )


@once
def gaps_at_question(tree: Tree, question: str) -> tuple[Gap, ...]:
    """Return the gaps that concern a question, and those that are also shown at it."""
    found = (*open_gaps(tree, question), *shown_also_at(tree).get(question, ()))
    return tuple(gap for gap in tree.gaps if gap in found) if found else ()


@once
def shown_also_at(tree: Tree) -> Mapping[str, list[Gap]]:
    """Return the gaps that are also shown at a place, by place."""
    found: dict[str, list[Gap]] = {}
    for gap in filter(is_open, tree.gaps):
        for place in gap.also_at:
            found.setdefault(str(place), []).append(gap)
    return found


def left_out(tree: Tree, action: Action) -> list[tuple[Situation, tuple[Gap, ...]]]:
    """Return the situations without a step for an action, where a gap says that this is unclear."""
    found = ((s, shown_also_at(tree).get(f"{s.id}/{action.id}")) for s in tree.situations)
    return [(situation, tuple(gaps)) for situation, gaps in found if gaps]


def unclear_on_the_way(tree: Tree, before: Collection[str], asked: Collection[str]) -> tuple[Gap, ...]:
    """Return the gaps of situations that a case comes from which are shown at one of the questions asked."""
    return tuple(
        gap
        for gap in tree.gaps
        if any(place.partition("/")[0] in before for place in gap.concerns)
        and any(gap in gaps_at_question(tree, question) for question in asked)
    )


def concerned(tree: Tree, gap: Gap) -> list[tuple[Situation, list[PlacedStep]]]:
    """Return the situations that a gap concerns, in order, each with its steps if it is about these alone."""
    found = []
    for situation in tree.situations:
        whole = situation.id in gap.concerns
        steps = [] if whole else [p for p in placed_steps(tree, situation) if p.id in gap.concerns]
        if whole or steps:
            found.append((situation, steps))
    return found


def is_open(gap: Gap) -> bool:
    """Tell whether a gap is shown at its places: not one that concerns the document alone."""
    return gap.weight != DOCUMENT


def beyond_own_steps(tree: Tree, situation: Situation, unit: Unit) -> tuple[Gap, ...]:
    """Return the gaps about a unit on the whole situation, and at the steps of others."""
    others = (p for p in placed_steps(tree, situation) if unit not in concerns(tree, p.step))
    places = (reservations_on(tree, situation), *(reservations(tree, p) for p in others))
    found = [gap for each in places for gap in each.gaps if is_about(tree, situation, gap, unit)]
    return tuple(gap for gap in tree.gaps if gap in found)
