"""Cases and the walk: a combination of facts, and where the tree takes it."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model import Ask, Example, FactSet, Gap, Option, Question, Situation, Tree, once

Case = Mapping[str, str]
End = Situation | Gap


@dataclass(frozen=True)
class Answer:
    """One question answered on the way: where it was asked, and the option chosen."""

    node: Ask
    option: Option


@dataclass(frozen=True)
class Walk:
    """The way a case takes. ``at`` is the id where it stopped: an end, or a node unanswered."""

    answers: tuple[Answer, ...]
    at: str
    facts: Case = field(default_factory=dict)


def ends(tree: Tree) -> tuple[End, ...]:
    """Return everything that a path through the tree can end in."""
    return (*tree.situations, *tree.end_gaps)


def covers(facts: FactSet, case: Case) -> bool:
    """Tell whether the declared facts hold for the case. A fact not declared may be anything."""
    for fact, values in facts.items():  # noqa: SIM110, asked more often than anything else
        if case.get(fact) not in values:
            return False
    return True


def chosen(tree: Tree, node: Ask, case: Case) -> Option | None:
    """Return the one option whose facts all hold for the case, or None."""
    options = [o for o in tree.get(node.ask, Question).options if covers(o.facts, case)]
    return options[0] if len(options) == 1 else None


def walk(tree: Tree, case: Case, start: str | None = None) -> Walk:
    """Follow a case, whole or partial, from the start until it ends or a question is open.

    Every view asks for the same ways again, so each is worked out once.
    """
    known = tree.remembered.setdefault(walk, {})
    key = (start, *case.items())
    if key not in known:
        known[key] = _followed(tree, dict(case), start or tree.routine.start)
    way: Walk = known[key]
    return way


def _followed(tree: Tree, case: Case, at: str) -> Walk:
    nodes = tree.ids("nodes")
    answers: list[Answer] = []
    seen: set[str] = set()
    while at in nodes and at not in seen:
        seen.add(at)
        node = tree.get(at, Ask)
        option = chosen(tree, node, case)
        if option is None or option.id not in node.goto:
            break
        answers.append(Answer(node, option))
        at = node.goto[option.id]
    return Walk(tuple(answers), at, case)


def go_on(tree: Tree, case: Case) -> Walk | None:
    """Follow the case past the situation it ends in, where that situation says how to go on."""
    end = tree.get(walk(tree, case).at, Ask, Situation, Gap)
    if not isinstance(end, Situation) or end.continues is None:
        return None
    return walk(tree, with_facts(case, end.continues.as_), start=end.continues.node)


def ways(tree: Tree, case: Case) -> tuple[Walk, ...]:
    """Return the case's way, and its way on from a situation that goes on."""
    onward = go_on(tree, case)
    return (walk(tree, case), onward) if onward else (walk(tree, case),)


def with_facts(case: Case, facts: FactSet) -> dict[str, str]:
    """Return the case with these facts in place of its own."""
    return {**case, **{str(fact): str(values[0]) for fact, values in facts.items()}}


def case_of(tree: Tree, example: Example) -> dict[str, str]:
    """Return an example's whole case, with the defaults of the facts that it does not name."""
    case = with_facts({}, example.facts)
    return case | {str(f.id): str(f.default) for f in tree.facts if f.default and f.id not in case}


def settled(answers: tuple[Answer, ...]) -> dict[str, str]:
    """Return the facts that the answers settle, in the order they were settled."""
    facts: dict[str, str] = {}
    for answer in answers:
        facts = with_facts(facts, answer.option.facts)
    return facts


@once
def paths(tree: Tree) -> dict[str, list[tuple[Answer, ...]]]:
    """Return node or end id → every way of answers that leads there, the start's first.

    Ways that go on from a situation begin anew with the answers that led to that situation.
    """
    found: dict[str, list[tuple[Answer, ...]]] = {}
    waiting: deque[tuple[str, tuple[Answer, ...]]] = deque([(tree.routine.start, ())])
    while waiting:
        at, answers = waiting.popleft()
        found.setdefault(at, []).append(answers)
        if at in tree.ids("nodes"):
            node = tree.get(at, Ask)
            for option in tree.get(node.ask, Question).options:
                waiting.append((node.goto[option.id], (*answers, Answer(node, option))))
        elif at in tree.ids("situations") and (way := tree.get(at, Situation).continues):
            waiting.append((way.node, answers))
    return found
