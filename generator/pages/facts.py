"""A set of facts as it is read: its labels, and what people call its values."""

from __future__ import annotations

from collections.abc import Sequence

from generator.locale import listed, t
from generator.model import Fact, FactSet, FactSets, Step, Tree
from generator.routine.holding import someone_of
from generator.routine.in_all import in_all


def values_of(tree: Tree, facts: FactSet) -> list[tuple[str, str, str]]:
    """Return (fact's id, its label, its values' labels), in the tree's order."""
    labels = []
    for fact in tree.facts:
        chosen = [v.label for v in fact.values if v.id in facts.get(fact.id, ())]
        if chosen:
            labels.append((str(fact.id), str(fact.label), f" {t('join.or')} ".join(chosen)))
    return labels


def rows_of(tree: Tree, each: FactSets) -> list[tuple[str, str, str]]:
    """Return the same of one set of facts or several: what all have, and in a last row what each has besides.

    That one has no fact's id.
    """
    common = common_to(each)
    beside = [
        ", ".join(
            f"{label}: {values}" for fact, label, values in values_of(tree, facts) if fact not in common
        )
        for facts in each
    ]
    rows = values_of(tree, common)
    return [*rows, ("", t("facts.either"), t("facts.or").join(beside))] if all(beside) else rows


def common_to(each: Sequence[FactSet]) -> FactSet:
    """Return the facts that all sets have; none of none."""
    return dict(in_all([facts.items() for facts in each]))


def in_words(tree: Tree, facts: FactSet) -> str:
    """Return facts as a reader says them: a value, with its fact where others have one called the same."""
    labels = [str(value.label) for fact in tree.facts for value in fact.values]
    each = []
    for fact, label, values in values_of(tree, facts):
        alone = all(labels.count(str(v.label)) == 1 for v in tree.get(fact, Fact).values)
        each.append(values if alone else f"{label}: {values}")
    return listed(each)


def asked_for(tree: Tree, facts: FactSet) -> str:
    """Return facts as the script reads them, with "?" for those that it cannot know.

    On from a situation that goes on, they may be looked at as others.
    """
    replaced = {fact for s in tree.situations if s.continues for fact in s.continues.as_}
    known = (f"{fact}={','.join(values)}" for fact, values in facts.items() if fact not in replaced)
    return " ".join([*known, *(["?"] if replaced & facts.keys() else [])])


def names_asked_for(tree: Tree, step: Step) -> str:
    """Return, as the script reads them, the facts of names in a step, and those of which one has to hold."""
    groups = [list(step.only.values()), *someone_of(step)]
    return ";".join("|".join(asked_for(tree, own) for own in group) for group in groups)


def also_of(tree: Tree, *each: FactSet) -> list[str]:
    """Return what people call the facts' values when they search."""
    held = {(fact, id) for facts in each for fact, ids in facts.items() for id in ids}
    values = [v for fact in tree.facts for v in fact.values if (fact.id, v.id) in held]
    return list(dict.fromkeys(str(word) for value in values for word in value.also))
