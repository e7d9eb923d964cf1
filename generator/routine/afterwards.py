"""What the routine says of every case, and of the time after what a step waits for has turned out well."""

from __future__ import annotations

from generator.model import Situation, Statement, Topic, Tree
from generator.routine.steps import events_of, placed_steps


def always(tree: Tree) -> list[Topic]:
    """Return what the routine says of every case."""
    return [topic for topic in tree.topics if topic.always]


def afterwards(tree: Tree, situation: Situation) -> list[Statement]:
    """Return the statements that always hold, and those that rest on what the situation's events point to."""
    cited = {
        place
        for condition in events_of(placed_steps(tree, situation))
        if condition.event
        for citation in condition.event.afterwards
        for place in citation.places
    }
    every = ((topic.always, statement) for topic in tree.topics for statement in topic.statements)
    return [s for always, s in every if always or any(cited & c.places for c in s.cite)]
