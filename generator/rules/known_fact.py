"""Facts and their values are those declared under ``facts``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.locale import t
from generator.model import Fact, FactSet, Incomplete, Texts, Tree
from generator.model.declared import declared
from generator.reading.diagnostics import Diagnostic, did_you_mean, finding


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each unknown fact or value, and each answer or example that leaves a fact open."""
    for fact in tree.facts:
        if fact.default:
            yield from _values(tree, fact.id, (fact.default,))
    for node in tree.parts:
        for f in declared(type(node)):
            settles = "settles" in f.metadata
            for facts in _sets(getattr(node, f.name)) if f.name in ("facts", "as_", "only") else ():
                if isinstance(facts, Incomplete) or not isinstance(facts, Mapping):
                    continue
                if not facts and settles:
                    yield finding(node.pos, "known-fact", "none")
                yield from _facts(tree, facts, settles)


def _sets(held: Any) -> Iterable[Any]:
    """Return the sets of facts that a key holds: one, several, or one for each name."""
    by_name = isinstance(held, Mapping) and any(isinstance(one, Mapping) for one in held.values())
    return held.values() if by_name else held if isinstance(held, tuple) else (held,)


def _facts(tree: Tree, facts: FactSet, settles: bool) -> Iterator[Diagnostic]:
    for fact, values in facts.items():
        if fact not in tree.ids("facts"):
            hint = did_you_mean(fact, tree.ids("facts"))
            if not hint and tree.is_sure_of("facts"):
                hint = t("hints.choice", known=", ".join(f.id for f in tree.facts))
            if hint:
                yield finding(fact.pos, "known-fact", "fact", hint, id=fact)
            continue
        yield from _values(tree, fact, values)
        if settles and len(values) != 1:
            yield finding(fact.pos, "known-fact", "one-value", id=fact)


def _values(tree: Tree, fact: str, values: Texts) -> Iterator[Diagnostic]:
    known = [v.id for v in tree.get(fact, Fact).values]
    for value in values:
        if value not in known and known and all(known):
            hint, choice = did_you_mean(value, known), ", ".join(known)
            yield finding(value.pos, "known-fact", "value", hint, id=value, fact=fact, known=choice)
