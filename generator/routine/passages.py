"""Passages: the cases that pass a question, and what they still come to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.model import Tree
from generator.routine.boxes import Box
from generator.routine.routes import routes


@dataclass(frozen=True)
class Passage:
    """Cases that pass a node on the same route, and the ends they come to from there on."""

    node: str
    cases: Box
    ends: tuple[str, ...]


def passages(tree: Tree) -> list[Passage]:
    """Return every node on every route, with what its cases still come to.

    At a node that is only reached by going on from a situation, that situation's duties are shared, too.
    """
    ordinary: list[Passage] = []
    onward: list[tuple[str, Passage]] = []
    for route in routes(tree):
        way, *rest = route.legs
        ordinary += [Passage(str(a.node.id), route.box, route.ends) for a in way.answers]
        onward += [(way.at, Passage(str(a.node.id), on.box, (on.at,))) for on in rest for a in on.answers]
    known = {passage.node for passage in ordinary}
    return ordinary + [
        passage if passage.node in known else replace(passage, ends=(behind, *passage.ends))
        for behind, passage in onward
    ]
