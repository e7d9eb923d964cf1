"""Every combination of facts ends in the one situation or gap that covers it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Ask, Gap, Situation, Tree
from generator.reading.diagnostics import Diagnostic, finding
from generator.routine.cases import Walk, all_cases, covers, ends, number_of_cases, ways

MAX_CASES = 100_000


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report the cases that end nowhere, or somewhere that does not say it covers them."""
    if number_of_cases(tree) > MAX_CASES:
        yield finding(tree.facts[0].pos, "coverage", "too-many", limit=MAX_CASES)
        return
    known = {str(end.id) for end in ends(tree)}
    reported: set[tuple[str, str]] = set()
    for case in all_cases(tree):
        problem = next((p for way in ways(tree, case) if (p := _problem(tree, way, known))), None)
        if problem and problem not in reported:
            reported.add(problem)
            yield _report(tree, problem, case)


def _problem(tree: Tree, way: Walk, known: set[str]) -> tuple[str, str] | None:
    if way.at not in known:
        return "open", way.at
    end = tree.get(way.at, Situation, Gap)
    return None if covers(end.facts or {}, way.facts) else ("mismatch", way.at)


def _report(tree: Tree, problem: tuple[str, str], case: dict[str, str]) -> Diagnostic:
    key, id = problem
    example = ", ".join(f"{fact}={value}" for fact, value in case.items())
    node = tree.get(id, Ask, Situation, Gap)
    return finding(node.id.pos, "coverage", key, id=id, example=example)
