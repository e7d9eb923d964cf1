"""In which cases a step holds: which of its facts a set of cases leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.locale import listed, t
from generator.model import Condition, Fact, FactSet, Incomplete, Step, Text, Tree
from generator.routine.boxes import Box, both, domain, meets, within


def settled(tree: Tree, step: Step, cases: Sequence[Box]) -> Step | None:
    """Return the step with the facts that these cases leave open; None if it holds in none of them."""
    facts = _known(tree, step)
    if not facts:
        return step
    known = domain(tree)
    if not any(meets(known, box, facts) for box in cases):
        return None
    left = {
        fact: values
        for fact, values in facts.items()
        if not all(within(known, box, {fact: values}) for box in cases)
    }
    return step if left.keys() == facts.keys() else replace(step, facts=left or None)


def taken_in(tree: Tree, step: Step, cases: Sequence[Box]) -> Sequence[Box]:
    """Return those of the cases that the step holds in."""
    facts = _known(tree, step)
    return [box for each in cases if (box := both(domain(tree), each, facts))] if facts else cases


def _known(tree: Tree, step: Step) -> FactSet | None:
    """Return a step's facts, or None where it has none or they are still wrong."""
    facts = step.facts
    is_right = facts and not isinstance(facts, Incomplete) and facts.keys() <= tree.ids("facts")
    return facts if is_right else None


def hanging_on(tree: Tree, facts: FactSet | None, when: Condition | None) -> Condition | None:
    """Return as one condition what a step waits for and the facts that it holds for, if any.

    So it stands wherever a condition stands.
    """
    if not facts:
        return when
    said = t("steps.if", facts=told(tree, facts))
    if when is None:
        return Condition(pos=next(iter(facts)).pos, id=Text(said), text=Text(said))
    return replace(
        when, id=Text(f"{said} {when.id}"), text=Text(t("steps.if-when", facts=said, when=when.text))
    )


def told(tree: Tree, facts: FactSet) -> str:
    """Return facts as part of a sentence."""
    known = (tree.get(id, Fact) for id in domain(tree) if id in facts)
    return listed([t("steps.is", label=f.label, values=_values(f, facts)) for f in known])


def _values(fact: Fact, facts: FactSet) -> str:
    labels = [t("steps.value", label=value.label) for value in fact.values if value.id in facts[fact.id]]
    return f" {t('join.or')} ".join(labels)
