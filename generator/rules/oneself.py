"""A step names nobody twice: nobody does something with or to oneself."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Step, Text, Tree
from generator.model.declared import declared, each_of, key_of
from generator.reading.diagnostics import Diagnostic, finding
from generator.routine.steps import own_and_shared

_NAMING = [f for f in declared(Step) if "units" in f.metadata.get("ref", ())]


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each unit or party that a step names once more."""
    for step in (step for situation in tree.situations for step in own_and_shared(tree, situation)):
        named: dict[str, Text] = {}
        for key, id in ((key_of(f), id) for f in _NAMING for id in each_of(getattr(step, f.name))):
            first = named.setdefault(id, id)
            if first is not id:
                yield finding(id.pos, "oneself", related=first.pos, id=id, key_=key)
