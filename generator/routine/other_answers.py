"""What one other answer would have changed: where it leads, and which duties come and go with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.model import Frame, Gap, Option, Question, Section, Situation, Text, Tree
from generator.routine.cases import Answer, Case, Walk, ways, with_facts
from generator.routine.reservations import KINDS, Reservation, reservations, shown_also_at
from generator.routine.steps import PlacedStep, frames_of, open_gaps
from generator.routine.steps_on import steps_on


@dataclass(frozen=True)
class OtherAnswer:
    """Where one other answer leads from a situation, and which duties come and go with it.

    ``at`` is a situation, a gap, or a node when more has to be asked; ``facts`` are those settled.
    Duties are compared only when ``compared``: when both ways end in steps. ``open`` are those that do
    not stand there, by the gaps that say it is unclear whether they hold all the same. ``beside`` are steps
    in both whose condition, frames, note or gaps differ, each with which of these do. Gaps are those on the
    whole of a situation.
    """

    option: Option
    at: str
    facts: Case
    compared: bool = False
    added: tuple[PlacedStep, ...] = ()
    removed: tuple[PlacedStep, ...] = ()
    open: tuple[tuple[tuple[Gap, ...], tuple[PlacedStep, ...]], ...] = ()
    beside: tuple[tuple[PlacedStep, tuple[str, ...]], ...] = ()
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
    gone = _beyond(here, there)
    unclear = {p.id: _unclear_there(tree, p, ends) for p in gone}
    together = {tuple(gap.id for gap in gaps): gaps for gaps in unclear.values() if gaps}
    return OtherAnswer(
        option,
        at,
        facts,
        compared=True,
        added=tuple(_beyond(there, here)),
        removed=tuple(p for p in gone if not unclear[p.id]),
        open=tuple((gaps, tuple(p for p in gone if unclear[p.id] == gaps)) for gaps in together.values()),
        beside=tuple(_beside(tree, here, there)),
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
    known = {placed.duty for placed in others}
    return [placed for placed in steps if placed.duty not in known]


def _unclear_there(tree: Tree, placed: PlacedStep, ends: Sequence[str]) -> tuple[Gap, ...]:
    """Return the gaps that leave open whether a step holds where it does not stand.

    They are shown at its action there, or are about all of a situation under the same heading and rest on
    the step's own paragraph.
    """
    here = placed.situation
    there = [tree.get(end, Situation) for end in ends]
    beside = [situation for situation in there if _parent(tree, situation) == _parent(tree, here)]
    whole = open_gaps(tree, *(str(s.id) for s in beside))
    own = open_gaps(tree, str(here.id))

    also = [gap for end in ends for gap in shown_also_at(tree).get(f"{end}/{placed.step.action}", ())]

    def cites(gap: Gap) -> bool:
        return any(placed.step.cite.places & cited.places for cited in gap.cite)

    found = [*also, *(gap for gap in whole if gap not in own and cites(gap))]
    return tuple(gap for gap in tree.gaps if gap in found) if found else ()


def _parent(tree: Tree, situation: Situation) -> str | None:
    return tree.get(situation.source, Section).parent


def _beside(
    tree: Tree, here: Sequence[PlacedStep], there: Sequence[PlacedStep]
) -> Iterator[tuple[PlacedStep, tuple[str, ...]]]:
    """Yield each step that both have but not all beside it, with the kinds of what differs."""
    others = {placed.duty: placed for placed in there}
    for placed in here:
        if other := others.get(placed.duty):
            mine, its = ({(k, _told(r)) for k, r in reservations(tree, p).each()} for p in (placed, other))
            kinds = {kind for kind, _ in mine ^ its}
            if kinds:
                yield placed, tuple(kind for kind in KINDS if kind in kinds)


def _told(about: Reservation) -> str:
    return str(about if isinstance(about, Text) else about.id)
