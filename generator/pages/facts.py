"""A set of facts as it is read: its labels, and what people call its values."""

from __future__ import annotations

from generator.locale import t
from generator.model import FactSet, Tree


def values_of(tree: Tree, facts: FactSet) -> list[tuple[str, str, str]]:
    """Return (fact's id, its label, its values' labels), in the tree's order."""
    labels = []
    for fact in tree.facts:
        chosen = [v.label for v in fact.values if v.id in facts.get(fact.id, ())]
        if chosen:
            labels.append((str(fact.id), str(fact.label), f" {t('join.or')} ".join(chosen)))
    return labels


def also_of(tree: Tree, facts: FactSet) -> list[str]:
    """Return what people call the facts' values when they search."""
    values = [v for fact in tree.facts for v in fact.values if v.id in facts.get(fact.id, ())]
    return list(dict.fromkeys(str(word) for value in values for word in value.also))
