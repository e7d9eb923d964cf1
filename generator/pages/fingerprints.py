"""Fingerprints: what a printed step, and what is printed beside the steps, is held against the page with."""

from __future__ import annotations

from hashlib import sha256
from json import dumps
from typing import TYPE_CHECKING, Any

from generator.model import Condition, Force, Frame, Phase, Section, Situation
from generator.routine.steps import PlacedStep, frames_of, gaps_of, placed_steps
from generator.routine.wording import names

if TYPE_CHECKING:
    from generator.pages.site import Site

LENGTH = 4  # characters: short enough for a code on paper


def fingerprint_of(site: Site, placed: PlacedStep) -> str:
    """Return what changes when anything on paper about the step does, save its number."""
    step, tree = placed.step, site.tree
    when = tree.get(step.when, Condition) if step.when else None
    phase, force = tree.get(step.phase, Phase).label, tree.get(step.force, Force).label
    said: list[Any] = [placed.sentence, phase, force, step.note, site.cited_shortly(step.cite)]
    said += [names(tree, ids) for ids in (step.who, step.with_, step.to)]
    said += [when.text, when.urgent, when.confirm, names(tree, when.confirm_with)] if when else []
    said += [_frame(frame) for frame in frames_of(tree, placed.situation, step.action)]
    return _fingerprint([*said, *(gap.title for gap in gaps_of(tree, placed.id))])


def fingerprint_of_rest(site: Site, situation: Situation) -> str:
    """Return what changes when what stands on paper beside the steps does."""
    tree = site.tree
    places = (situation.id, *(placed.id for placed in placed_steps(tree, situation)))
    gaps = [gap for place in places for gap in gaps_of(tree, place)]
    frames = frames_of(tree, situation)
    source = tree.get(situation.source, Section)
    said: list[Any] = [situation.title, site.values_of(situation.facts), source.heading, source.pages]
    return _fingerprint([*said, *map(_frame, frames), *([gap.title, gap.text] for gap in gaps)])


def _frame(frame: Frame) -> list[object]:
    return [frame.title, [[s.force, s.text] for s in frame.statements]]


def _fingerprint(said: list[Any]) -> str:
    return sha256(dumps(said, ensure_ascii=False).encode()).hexdigest()[:LENGTH]
