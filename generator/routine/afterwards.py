"""What the routine says of the time after what a step waits for has turned out well."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Citation, Situation, Statement, Tree
from generator.routine.steps import events_of, placed_steps


def afterwards(tree: Tree, situation: Situation) -> list[Statement]:
    """Return the statements of the routine that rest on what the situation's events point to."""
    cited = {
        place
        for condition in events_of(placed_steps(tree, situation))
        if condition.event
        for citation in condition.event.afterwards
        for place in _places(citation)
    }
    every = (statement for topic in tree.topics for statement in topic.statements)
    return [s for s in every if any(place in cited for c in s.cite for place in _places(c))]


def _places(citation: Citation) -> Iterator[tuple[str, int]]:
    return ((str(citation.section), paragraph) for paragraph in citation.paragraphs)
