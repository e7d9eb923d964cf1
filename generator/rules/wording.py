"""Every step can be said: its action has wording for it, and the wording leaves nothing out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.locale import t
from generator.model import Action, Force, Step, Tree
from generator.reading.diagnostics import Diagnostic, did_you_mean, finding
from generator.routine.steps import own_and_shared
from generator.routine.wording import SLOTS, slots_in, wording_for


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report unknown slots, missing wordings, and what a sentence would leave out."""
    for action in tree.actions:
        yield from _slots(action)
    for force in tree.forces:
        if (force.modal is None) == (force.opening is None):
            yield finding(force.id.pos, "wording", "modal-or-opening", id=force.id)
    reported: set[tuple[object, ...]] = set()
    for situation in tree.situations:
        for step in own_and_shared(tree, situation):
            for found in (found for one in _alone_or_not(step) for found in _step(tree, one)):
                # What a wording lacks is said at the first step that needs it.
                what = (found.message, found.related)
                if what not in reported:
                    reported.add(what)
                    yield found


def _alone_or_not(step: Step) -> Iterator[Step]:
    """Yield the step, and as it is where only one of several actors is left."""
    yield step
    if len(step.who) > 1 and step.only.keys() & set(step.who):
        yield replace(step, who=step.who[:1])


def _slots(action: Action) -> Iterator[Diagnostic]:
    for wording in filter(None, (action.text, action.joint, action.unnamed, action.infinitive)):
        for slot in slots_in(wording):
            if slot not in SLOTS:
                hint = did_you_mean(slot, SLOTS)
                yield finding(wording.pos, "wording", "slot", hint, slot=slot)


def _step(tree: Tree, step: Step) -> Iterator[Diagnostic]:
    action = tree.get(step.action, Action)
    force = tree.get(step.force, Force)
    wording = wording_for(action, len(step.who))
    if wording is None:
        key = "text" if step.who else "unnamed"
        yield finding(step.action.pos, "wording", f"missing-{key}", related=action.id.pos, id=action.id)
        return
    slots = slots_in(wording)
    needed = "modal" if force.modal else "opening"
    if [slot for slot in slots if slot in ("modal", "opening")] != [needed]:
        said = {"id": action.id, "force": force.id, "slot": needed}
        yield finding(step.force.pos, "wording", "force", related=wording.pos, **said)
    given = {"who": step.who, "to": step.to, "with": step.with_, "purpose": step.purpose}
    for slot, value in given.items():
        if value and slot not in slots:
            hint = t("hints.add-slot", slot=slot)
            yield finding(step.action.pos, "wording", "lost", hint, wording.pos, id=action.id, slot=slot)
    if "to" in slots and not step.to:
        yield finding(step.action.pos, "wording", "needs-to", related=wording.pos, id=action.id)
