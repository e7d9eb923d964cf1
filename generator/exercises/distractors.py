"""Distractors, wrong steps that are worth telling apart: those of a case in which one answer is another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.model import Citation, Gap, Option, Question, Step, Tree
from generator.routine.cases import Case, Walk, ways, with_facts
from generator.routine.outcomes import gaps_met, outcome
from generator.routine.steps import PlacedStep
from generator.routine.steps_on import steps_on


@dataclass(frozen=True)
class NearCase:
    """The ways that the case would take, had one question had another answer."""

    question: Question
    option: Option
    ways: tuple[Walk, ...]

    @property
    def ends(self) -> tuple[str, ...]:
        """Where they lead."""
        return tuple(str(way.at) for way in self.ways)


@dataclass(frozen=True)
class Distractor:
    """A step of a near case that this case has not."""

    placed: PlacedStep
    near_case: NearCase


def near_cases(tree: Tree, taken: Sequence[Walk]) -> Iterator[NearCase]:
    """Yield the near cases of a case, those that differ in the last answer first."""
    for way in taken:
        for answer in reversed(way.answers):
            question = tree.get(answer.node.ask, Question)
            for option in question.options:
                if option.id != answer.option.id:
                    changed = with_facts(way.facts, option.facts)
                    yield NearCase(question, option, ways(tree, changed))


def distractors(tree: Tree, case: Case) -> list[Distractor]:
    """Return the near cases' steps that the routine does not state for the case, and does not leave open.

    No two say the same.
    """
    taken = ways(tree, case)
    own = steps_on(tree, taken)
    met = gaps_met(tree, [outcome(tree, case)])
    found: dict[str, Distractor] = {}
    for near_case in near_cases(tree, taken):
        for placed in steps_on(tree, near_case.ways):
            own_too = any(alike(tree, mine.step, placed.step) for mine in own)
            if not own_too and not any(_leaves_open(tree, gap, own, placed) for gap in met):
                found.setdefault(placed.sentence, Distractor(placed, near_case))
    return list(found.values())


def alike(tree: Tree, one: Step, other: Step) -> bool:
    """Tell whether two steps could be taken for the same: the same action of and for the same units.

    An actor that the routine does not name can be any; other words for the household, another
    condition, purpose or force tell nobody apart.
    """
    if one.action != other.action:
        return False
    units = tree.ids("units")
    actors = [units & set(step.who) for step in (one, other)]
    same_actors = actors[0] == actors[1] or not all(actors)
    return same_actors and all(
        units & set(getattr(one, name)) == units & set(getattr(other, name)) for name in ("with_", "to")
    )


def _leaves_open(tree: Tree, gap: Gap, own: Sequence[PlacedStep], placed: PlacedStep) -> bool:
    """Tell whether a gap that the case meets doubts that this step of another situation is left out.

    It does when it is about a step of the case and this answers the same question in another way, or when
    it points to this step from a place that it is not about.
    """
    doubted = [mine for mine in own if mine.id in gap.concerns]
    if any(_same_question(tree, mine.step, placed.step) for mine in doubted):
        return placed.id not in gap.concerns
    if not any(overlap(citation, placed.step.cite) for citation in gap.cite):
        return False
    if doubted or any(mine.situation.id in gap.concerns for mine in own):
        return placed.situation.id not in gap.concerns
    return not {placed.id, placed.situation.id} & set(gap.concerns)


def _same_question(tree: Tree, one: Step, other: Step) -> bool:
    """Tell whether two steps answer one question: the same action, or those that one column is about."""
    both = {one.action, other.action}
    return len(both) == 1 or any(both <= set(column.actions) for column in tree.matrix)


def overlap(one: Citation, other: Citation) -> bool:
    """Tell whether two citations have a paragraph in common."""
    return one.section == other.section and bool({*one.paragraphs} & {*other.paragraphs})
