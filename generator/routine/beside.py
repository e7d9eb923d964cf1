"""What is unclear beside steps: in the questions that decide on them, and in cases without steps."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from generator.locale import t
from generator.model import FactSet, Gap, Question, Tree, once
from generator.routine.afterwards import always
from generator.routine.boxes import domain, meets
from generator.routine.neighbours import ends_near
from generator.routine.passages import passages
from generator.routine.reservations import gaps_on
from generator.routine.routes import boxes_of
from generator.routine.shared_duties import Duty, duties_of, in_every_case
from generator.routine.steps import PlacedStep, open_gaps, placed_steps, steps_of

Told = list[tuple[str, Sequence[Gap]]]


def unclear_beside(tree: Tree, steps: Sequence[PlacedStep], among: FactSet | None = None) -> Told:
    """Return, with what leads to them, the gaps that bear on whether these steps are to be taken.

    They are those of the questions that the steps depend on, and of cases without steps where the case can be
    looked at as one that has them; where all of them hold all the same, that is said. ``among`` is what the
    cases have in common that are told of.
    """
    duties = {placed.duty for placed in steps}
    cases = [gap for gap in tree.end_gaps if gap.is_written and _bears_on(tree, gap, duties, among or {})]
    holds = duties <= in_every_case(tree).keys()
    found = (
        (t("site.unclear-questions"), open_gaps(tree, *_deciding(tree, steps, duties))),
        (t("site.unclear-anyway" if holds else "site.unclear-cases"), cases),
    )
    return [(lead, gaps) for lead, gaps in found if gaps]


def unclear_beside_all(tree: Tree) -> Told:
    """Return the same of all steps, and what is unclear in what always holds."""
    every = [statement for topic in always(tree) for statement in topic.statements]
    resting = [(t("site.unclear-always"), gaps)] if (gaps := gaps_on(tree, *every)) else []
    return [*unclear_beside(tree, [p for s in tree.situations for p in placed_steps(tree, s)]), *resting]


def _bears_on(tree: Tree, gap: Gap, duties: Collection[Duty], among: FactSet) -> bool:
    """Tell whether a gap's cases can be looked at as ones with such duties. One without ways bears on all."""
    if not any(meets(domain(tree), box, among) for box in boxes_of(gap)):
        return False
    near = ends_near(tree, gap)
    return not near or any(p.duty in duties for p in steps_of(tree, near))


def _deciding(tree: Tree, steps: Sequence[PlacedStep], duties: Collection[Duty]) -> Iterator[str]:
    """Yield the questions with a gap whose answer decides which of these duties there are."""
    hanging = {fact for placed in steps for fact in placed.step.facts or ()}
    for question, each in _outcomes(tree).items():
        settled = {fact for option in tree.get(question, Question).options for fact in option.facts}
        if hanging & settled or any(len({_taken(tree, ends, duties) for ends in one}) > 1 for one in each):
            yield question


def _taken(tree: Tree, ends: Sequence[str], duties: Collection[Duty]) -> frozenset[Duty]:
    """Return which of these duties there are at the ends that a case comes to."""
    known = tree.ids("situations")
    held = (duties_of(tree, end) if end in known else in_every_case(tree).keys() for end in ends)
    return frozenset(duty for each in held for duty in each if duty in duties)


@once
def _outcomes(tree: Tree) -> dict[str, list[list[Sequence[str]]]]:
    """Return question → for each node that asks it, what the cases there come to; of those with a gap."""
    passed: dict[str, dict[Sequence[str], None]] = {}
    for passage in passages(tree):
        passed.setdefault(passage.node, {})[passage.ends] = None
    found: dict[str, list[list[Sequence[str]]]] = {}
    for node in tree.nodes:
        if node.id in passed and open_gaps(tree, node.ask):
            found.setdefault(str(node.ask), []).append(list(passed[node.id]))
    return found
