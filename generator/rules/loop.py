"""No way leads back to where it has been."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Ask, Section, Situation, Text, Tree
from generator.reading.diagnostics import Diagnostic, finding


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each reference that closes a loop."""
    done: set[str] = set()
    for node in tree.nodes:
        yield from _follow(tree, node.id, done)
    for section in tree.source:
        yield from _parents(tree, section)
    for situation in tree.situations:
        yield from _back(tree, situation)
        shared = situation.same_steps_as
        further = tree.get(shared, Situation).same_steps_as if shared else None
        if shared == situation.id:
            yield finding(shared.pos, "loop", "itself", id=shared)
        elif shared and further:
            yield finding(shared.pos, "loop", "same-steps", related=further.pos, id=shared)


def _back(tree: Tree, situation: Situation) -> Iterator[Diagnostic]:
    """Report a way back that is none: a link to what was not asked before."""
    back = situation.back
    if not back or situation.id not in reached_from(tree, tree.routine.start):
        return  # what nothing leads to is told as that
    if situation.id not in reached_from(tree, back.node):
        yield finding(back.node.pos, "loop", "back", id=back.node, situation=situation.id)


def reached_from(tree: Tree, start: str) -> set[str]:
    """Return all that ways from a node lead to, the node itself among it."""
    reached: set[str] = set()
    waiting: list[str] = [start]
    while waiting:
        at = waiting.pop()
        if at not in reached:
            reached.add(at)
            waiting += targets(tree, at)
    return reached


def _parents(tree: Tree, section: Section) -> Iterator[Diagnostic]:
    trail: list[str] = [section.id]
    while section.parent:
        trail.append(section.parent)
        if section.parent in trail[:-1]:
            yield finding(section.parent.pos, "loop", "node", id=section.parent, way=" → ".join(trail))
            return
        section = tree.get(section.parent, Section)


def targets(tree: Tree, id: str) -> list[Text]:
    """Return the ids that a node, or a situation that goes on, leads to."""
    if id in tree.ids("nodes"):
        return list(tree.get(id, Ask).goto.values())
    way = tree.get(id, Situation).continues if id in tree.ids("situations") else None
    return [way.node] if way else []


def _follow(tree: Tree, start: str, done: set[str]) -> Iterator[Diagnostic]:
    stack: list[tuple[str, tuple[str, ...]]] = [] if start in done else [(start, ())]
    while stack:
        at, behind = stack.pop()
        for target in targets(tree, at):
            trail = (*behind, at)
            if target in trail:
                way = " → ".join((*trail[trail.index(target) :], target))
                related = tree.get(target, Ask, Situation).id.pos
                yield finding(target.pos, "loop", "node", related=related, id=target, way=way)
            elif target not in done:
                stack.append((target, trail))
        done.add(at)
