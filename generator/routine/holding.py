"""In which cases a step holds, and who takes part: what of its facts a set of cases leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from generator.locale import capitalized, listed, t
from generator.model import Condition, Fact, FactSet, Incomplete, Party, Step, Text, Tree, Unit
from generator.routine.boxes import Box, both, domain, within

ROLES = ("who", "with_", "to")


def step_in(tree: Tree, step: Step, cases: Sequence[Box]) -> Step | None:
    """Return the step with the facts and names that these cases leave open; None if it holds in none."""
    if not step.hangs:
        return step
    taken = taken_in(tree, step, cases)
    if not taken:
        return None
    facts = _known(tree, step.facts)
    found = replace(step, facts=_left(tree, facts, cases) or None) if facts else step
    gone = {name for name, own in _names(tree, step) if not _meeting(tree, taken, own)}
    left = {name: _left(tree, own, taken) for name, own in _names(tree, step) if name not in gone}
    roles: dict[str, Any] = {r: tuple(name for name in getattr(step, r) if name not in gone) for r in ROLES}
    if any(getattr(step, role) and not roles[role] for role in ("who", "to")):
        return None
    found = replace(found, only={name: own for name, own in left.items() if own}, **roles)
    return step if found == step else found


def taken_in(tree: Tree, step: Step, cases: Sequence[Box]) -> Sequence[Box]:
    """Return those of the cases that the step holds in, as far as its own facts tell."""
    facts = _known(tree, step.facts)
    return _meeting(tree, cases, facts) if facts else cases


def held_in(tree: Tree, step: Step) -> Sequence[Box]:
    """Return the cases that a step holds in: those with its facts, and somebody to do it, and do it to."""
    held: Sequence[Box] = taken_in(tree, step, ({},))
    for names in someone_of(step):
        held = [box for own in names for box in _meeting(tree, held, own)]
    return held


def someone_of(step: Step) -> list[list[FactSet]]:
    """Return the facts of each who does it, and of each to whom, where none of them does in all cases."""
    roles = [getattr(step, role) for role in ("who", "to")]
    return [[step.only[name] for name in names] for names in roles if names and set(names) <= set(step.only)]


def _meeting(tree: Tree, cases: Sequence[Box], facts: FactSet) -> Sequence[Box]:
    return [box for each in cases if (box := both(domain(tree), each, facts))]


def _left(tree: Tree, facts: FactSet, cases: Sequence[Box]) -> FactSet:
    """Return those of the facts that not all of these cases have."""
    known = domain(tree)
    each = facts.items()
    return {f: values for f, values in each if not all(within(known, box, {f: values}) for box in cases)}


def _known(tree: Tree, facts: FactSet | None) -> FactSet | None:
    """Return facts, or None where there are none or they are still wrong."""
    is_right = facts and not isinstance(facts, Incomplete) and facts.keys() <= tree.ids("facts")
    return facts if is_right else None


def _names(tree: Tree, step: Step) -> list[tuple[Text, FactSet]]:
    return [(name, known) for name, own in step.only.items() if (known := _known(tree, own))]


def hanging_on(tree: Tree, step: Step, when: Condition | None) -> Condition | None:
    """Return as one condition what a step waits for and the facts that it and its names hold for, if any.

    So it stands wherever a condition stands.
    """
    if not step.hangs:
        return when
    parts = [t("steps.if", facts=as_clause(tree, step.facts))] if step.facts else []
    said = ". ".join([*parts, *map(capitalized, clauses_of_names(tree, step))])
    if when is None:
        return Condition(pos=step.pos, id=Text(said), text=Text(said))
    return replace(
        when, id=Text(f"{said} {when.id}"), text=Text(t("steps.if-when", facts=said, when=when.text))
    )


def clauses_of_names(tree: Tree, step: Step) -> list[str]:
    """Return for each name that takes part in some cases only in which it does."""
    only = ((tree.get(name, Unit, Party).name, as_clause(tree, own)) for name, own in step.only.items())
    return [t("steps.only", name=name, facts=facts) for name, facts in only]


def as_clause(tree: Tree, facts: FactSet) -> str:
    """Return facts as part of a sentence."""
    known = (tree.get(id, Fact) for id in domain(tree) if id in facts)
    return listed([t("steps.is", label=f.label, values=_values(f, facts)) for f in known])


def _values(fact: Fact, facts: FactSet) -> str:
    labels = [t("steps.value", label=value.label) for value in fact.values if value.id in facts[fact.id]]
    return f" {t('join.or')} ".join(labels)
