"""Practice calls nothing wrong that the routine leaves open in the case, whichever case it is."""

from __future__ import annotations

import pytest

from generator.exercises import Exercise, all_about, everything_in
from generator.exercises.distractors import distractors
from generator.model import Step, Tree
from generator.routine.cases import ways
from generator.routine.outcomes import gaps_met, outcome
from generator.routine.steps import placed_steps, steps_of
from tests.conftest import checked
from tests.every_case import all_cases

TOLD = {"informera", "informera-for-kannedom", "ge-kopia"}
IN_DOUBT = ["hostens-tva-hyror", "en-pappa-som-garna-kommer", "avhysning-i-mars", "gral-i-trapphuset"]


def kinds(tree: Tree, step: Step) -> list[set[str]]:
    """Return what a step is an answer to: its action, and what the matrix asks in one cell."""
    own = [{str(a) for a in column.actions} for column in tree.matrix if step.action in column.actions]
    return own or [{str(step.action)}]


def test_no_wrong_step_answers_what_a_gap_leaves_open_in_the_case(tree: Tree) -> None:
    seen = 0
    for case in all_cases(tree):
        own = steps_of(tree, [way.at for way in ways(tree, case)])
        doubts = [
            (gap, kinds(tree, mine.step))
            for gap in gaps_met(tree, [outcome(tree, case)])
            for mine in own
            if mine.id in gap.concerns
        ]
        for wrong in distractors(tree, case):
            seen += 1
            for gap, open_kinds in doubts:
                touched = any(wrong.placed.step.action in kind for kind in open_kinds)
                assert not touched or wrong.placed.id in gap.concerns, (case, wrong.placed.id, gap.id)
    assert seen > 500


def test_nobody_is_wrongly_told_where_it_is_unclear_who_is(tree: Tree) -> None:
    """When it is repeated, the routine does not say whether ekonomiskt bistånd is told."""
    for case in all_cases(tree):
        ends = outcome(tree, case).ends
        if not any(end.startswith("barnfamilj-ekonomi-upprepad") for end in ends):
            continue
        wrong = [one.placed.step for one in distractors(tree, case)]
        assert wrong
        assert not [s for s in wrong if s.action in TOLD and "ekonomi" in s.to], case


@pytest.mark.parametrize("name", IN_DOUBT)
def test_no_exercise_of_such_a_case_does_so(tree: Tree, name: str) -> None:
    steps = {p.id: p.step for s in tree.situations for p in placed_steps(tree, s)}
    exercises = everything_in(tree, next(e for e in tree.examples if e.id == name))
    wrong = [steps[choice.key] for e in exercises for choice in e.wrong if choice.key in steps]
    assert wrong
    assert not [s for s in wrong if s.action in TOLD and "ekonomi" in s.to]


def whens(tree: Tree) -> list[Exercise]:
    return [e for s in tree.situations for e in all_about(tree, s) if e.id.endswith("/when")]


def test_when_a_step_is_taken_is_not_asked_where_a_gap_leaves_that_open(tree: Tree) -> None:
    open_steps = {place for gap in tree.gaps if gap.about_time for place in gap.concerns}
    conditions = {p.id: p.condition.id for s in tree.situations for p in placed_steps(tree, s) if p.condition}
    assert "kronofogden-barnfamilj/hjalpa-foraldrarna-beratta" in open_steps & conditions.keys()
    assert [e.id for e in whens(tree) if e.place in open_steps] == []
    # Nor is a time wrong whose meaning is open.
    assert [e.id for e in whens(tree) for choice in e.wrong if choice.place in open_steps] == []
    assert len(whens(tree)) > 30


def test_a_condition_is_not_wrong_for_one_that_means_nearly_the_same(real_text: str) -> None:
    seen = 0
    for like in ("    like: [vid-behov]\n", ""):
        tree = checked(
            real_text.replace("    about_time: true\n", "").replace("    like: [vid-behov]\n", like)
        )
        alike = {frozenset((c.id, other)) for c in tree.conditions for other in c.like}
        pairs = [{e.right.key, choice.key} for e in whens(tree) for choice in e.wrong]
        assert [pair for pair in pairs if frozenset(pair) in alike] == []
        seen += {"vid-behov", "i-forekommande-fall"} in pairs
    assert seen == 1  # without saying so, they would be set against each other
