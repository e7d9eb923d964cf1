"""Practice: questions with one right answer each, made from a tree and from nothing else.

What is right is looked up in the model. What is wrong comes from situations that look alike, so that
the questions train the distinctions that are easy to miss. Exercises that have nothing to choose
between are made too, without wrong choices: they are only compared, never shown.
"""

from generator.exercises.cases import CaseRound, case_round, everything_in, most_like
from generator.exercises.changed import Changed, changed
from generator.exercises.exercise import Choice, Exercise
from generator.exercises.next_steps import SituationRound, all_about, situation_rounds

__all__ = [
    "CaseRound",
    "Changed",
    "Choice",
    "Exercise",
    "SituationRound",
    "all_about",
    "case_round",
    "changed",
    "everything_in",
    "most_like",
    "situation_rounds",
]
