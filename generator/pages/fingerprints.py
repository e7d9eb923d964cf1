"""Fingerprints: what a printed step, and what is printed beside the steps, is held against the page with."""

from __future__ import annotations

from hashlib import sha256
from json import dumps
from typing import Any

from generator.model import Action, Node, Phase, Situation, Step, Tree, once, visit
from generator.model.declared import binding
from generator.pages.checklist import beside_steps, beside_steps_of, parts_of
from generator.pages.printed_step import printed_step
from generator.pages.site import Site
from generator.routine.reservations import reservations
from generator.routine.steps import PlacedStep, same_duty, units_of

LENGTH = 4  # characters: short enough for a code on paper


def fingerprint_of(site: Site, placed: PlacedStep) -> str:
    """Return what changes when anything printed about the step does, save its number, or what it binds to."""
    tree, step = site.tree, placed.step
    printed = printed_step(site, placed) | {"number": None, "phase": str(tree.get(step.phase, Phase).label)}
    qualifies = reservations(tree, placed)
    parts = (step, qualifies.condition, tree.get(step.action, Action), *qualifies.frames)
    return _fingerprint([printed, *(_binding(part) for part in parts if part)])


def fingerprint_of_rest(site: Site, situation: Situation) -> str:
    """Return what changes when what is printed beside the steps does, on the checklist of any unit.

    Where a step is told as a line beside others, that it is counts; its words are in its own fingerprint.
    """
    return _of_rest(site.tree, site, situation)


@once
def _of_rest(tree: Tree, site: Site, situation: Situation) -> str:
    said: list[Any] = [beside_steps(site, situation)]
    for unit in (None, *units_of(tree, situation)):
        parts = parts_of(site, situation, unit)
        said.append(beside_steps_of(site, situation, unit, parts))
        said.append([part.group.phase.id for part in parts if part.group.reordered])
        said.append([(words, placed.id) for part in parts for words, placed in part.before])
    return _fingerprint(said)


def duty_of(step: Step) -> str:
    """Return what is the same for steps of different situations that are one and the same duty."""
    said = [_in_order(part) for part in same_duty(step)]
    return sha256(dumps(said).encode()).hexdigest()[:8]


def _in_order(part: object) -> Any:
    """Return what can be written down of a part of a duty."""
    if isinstance(part, tuple):
        return [_in_order(one) for one in part]
    return sorted(map(_in_order, part)) if isinstance(part, frozenset) else str(part or "")


def _binding(node: Node) -> list[str]:
    """Return what a node binds to, printed or not, but for the nodes below it."""
    values = (getattr(node, name) for name in binding(node))
    return [str(value) for value in values if not any(isinstance(part, Node) for part in visit(value))]


def _fingerprint(said: list[Any]) -> str:
    return sha256(dumps(said, ensure_ascii=False).encode()).hexdigest()[:LENGTH]
