"""Every combination of facts ends in the one situation or gap that covers it.

It is asked of every route instead of every case: the routes are all cases, each in one of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.locale import t
from generator.model import Ask, Gap, Situation, Tree
from generator.reading.diagnostics import Diagnostic, finding
from generator.routine.boxes import Box, domain, without
from generator.routine.routes import MAX_ROUTES, Leg, boxes_of, routes, with_own
from generator.rules.loop import targets


def count(tree: Tree) -> Iterator[Diagnostic]:
    """Report that there are more ways than anybody can be asked to wait for."""
    if _ways_from(tree, tree.routine.start) > MAX_ROUTES or len(routes(tree)) > MAX_ROUTES:
        start = tree.get(tree.routine.start, Ask)
        yield finding(start.id.pos, "coverage", "too-many", t("hints.too-many-ways"), limit=MAX_ROUTES)


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report the cases that end nowhere, or somewhere that does not say it covers them."""
    yield from _reports(tree, ("open", "mismatch"))


def unanswered(tree: Tree) -> Iterator[Diagnostic]:
    """Report the cases of a draft that a question has no answer for: that is no branch left to write."""
    if tree.routine.draft:
        yield from _reports(tree, ("open",))


def _reports(tree: Tree, keys: tuple[str, ...]) -> Iterator[Diagnostic]:
    reported: set[tuple[str, str]] = set()
    for route in routes(tree):
        for leg in route.legs:
            if found := _problem(tree, leg):
                key, box = found
                if key in keys and (key, leg.at) not in reported:
                    reported.add((key, leg.at))
                    assumed = dict(leg.box.items() - route.box.items())
                    yield _report(tree, key, leg.at, with_own(box, route.box, assumed))
                break  # where a leg is wrong, so is what follows on it


def _ways_from(tree: Tree, start: str) -> int:
    """Return how many ways of answers there are from a node, without following them all."""
    counted: dict[str, int] = {}
    waiting = [start]
    while waiting:
        below = targets(tree, waiting[-1])
        ahead = [id for id in below if id not in counted]
        waiting += ahead
        if not ahead:
            counted[waiting.pop()] = sum(counted[id] for id in below) or 1
    return counted[start]


def _problem(tree: Tree, leg: Leg) -> tuple[str, Box] | None:
    """Return what is wrong with where a leg stops, and some of the cases that it is wrong for."""
    if leg.at in tree.ids("nodes"):
        return "open", leg.box
    end = tree.get(leg.at, Situation, Gap)
    uncovered = next(without(domain(tree), leg.box, *boxes_of(end)), None)
    return None if uncovered is None else ("mismatch", uncovered)


def _report(tree: Tree, key: str, id: str, box: Box) -> Diagnostic:
    example = ", ".join(f"{fact}={box[fact][0]}" for fact in domain(tree) if fact in box)
    node = tree.get(id, Ask, Situation, Gap)
    return finding(node.id.pos, "coverage", key, id=id, example=example)
