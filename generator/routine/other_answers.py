"""What one other answer would have changed: where it leads, and which duties come and go with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.model import Frame, Gap, Option, Question, Situation, Tree
from generator.routine.cases import Answer, Case, Walk, ways, with_facts
from generator.routine.steps import PlacedStep, frames_of, open_gaps, same_duty
from generator.routine.steps_on import steps_on


@dataclass(frozen=True)
class OtherAnswer:
    """Where one other answer leads from a situation, and which duties come and go with it.

    ``at`` is a situation, a gap, or a node when more has to be asked; ``facts`` are those settled.
    Duties are compared only when ``compared``: when both ways end in steps. Gaps are those on
    the whole of a situation.
    """

    option: Option
    at: str
    facts: Case
    compared: bool = False
    added: tuple[PlacedStep, ...] = ()
    removed: tuple[PlacedStep, ...] = ()
    frames_added: tuple[Frame, ...] = ()
    frames_removed: tuple[Frame, ...] = ()
    gaps_added: tuple[Gap, ...] = ()


def other_answers(tree: Tree, situation: Situation, facts: Case, changed: Answer) -> list[OtherAnswer]:
    """Return where each other option of one given answer leads, the rest of the facts being equal."""
    options = tree.get(changed.node.ask, Question).options
    others = [option for option in options if option.id != changed.option.id]
    return [_other_answer(tree, situation, o, facts, with_facts(facts, o.facts)) for o in others]


def _other_answer(tree: Tree, situation: Situation, option: Option, given: Case, facts: Case) -> OtherAnswer:
    taken = ways(tree, facts)
    at = taken[0].at
    ends = (at,) if situation.continues else tuple(way.at for way in taken)
    if situation.text or not all(_has_steps(tree, end) for end in ends):
        return OtherAnswer(option, at, facts)
    own = Walk((), str(situation.id), given)
    here, there = steps_on(tree, [own]), steps_on(tree, [way for way in taken if way.at in ends])
    noted, noted_there = _noted(tree, (situation.id,)), _noted(tree, ends)
    return OtherAnswer(
        option,
        at,
        facts,
        compared=True,
        added=tuple(_beyond(there, here)),
        removed=tuple(_beyond(here, there)),
        frames_added=tuple(frame for frame in noted_there if frame not in noted),
        frames_removed=tuple(frame for frame in noted if frame not in noted_there),
        gaps_added=tuple(gap for gap in open_gaps(tree, *ends) if gap not in open_gaps(tree, situation.id)),
    )


def _has_steps(tree: Tree, end: str) -> bool:
    return end in tree.ids("situations") and not tree.get(end, Situation).text


def _noted(tree: Tree, ends: Sequence[str]) -> list[Frame]:
    """Return the notes on the ends themselves, but for those that only point elsewhere."""
    found = {f.id for end in ends for f in frames_of(tree, tree.get(end, Situation)) if not f.see}
    return [frame for frame in tree.frames if frame.id in found]


def _beyond(steps: Sequence[PlacedStep], others: Sequence[PlacedStep]) -> list[PlacedStep]:
    known = {same_duty(placed.step) for placed in others}
    return [placed for placed in steps if same_duty(placed.step) not in known]
