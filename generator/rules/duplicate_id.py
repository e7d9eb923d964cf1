"""An id stands for one thing. Nodes, situations and gaps share one space: all can be gone to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.locale import t
from generator.model import SHARED, Situation, Text, Tree
from generator.reading.diagnostics import Diagnostic, finding
from generator.reading.limits import limits_of
from generator.routine.steps import shared

# What is referred to in one space of ids.
_SPACES = (
    *SHARED,
    ("source",),
    ("forces",),
    ("roles",),
    ("questions",),
    ("phases",),
    ("conditions",),
    ("purposes",),
    ("actions",),
    ("matrix",),
    ("frames",),
    ("documents",),
    ("topics",),
    ("examples",),
    ("terms",),
    ("introduction",),
)


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each id used again, with the place of the first."""
    for kinds in _SPACES:
        yield from _twice(node.id for kind in kinds for node in getattr(tree, kind))
    yield from _twice(section.page_id for section in tree.source if section.page_id)
    yield from _twice(unit.shape for unit in tree.units if unit.shape)
    for unit in tree.units:
        yield from _twice(duty.id for duty in unit.duties)
    # Texts name facts and limits in the same way.
    yield from _twice(id for f in tree.facts for id in (f.id, *(limit.id for limit in limits_of(f))))
    for fact in tree.facts:
        yield from _twice(value.id for value in fact.values)
    for question in tree.questions:
        yield from _twice(option.id for option in question.options)
    for situation in tree.situations:
        yield from _twice(
            _step_ids(tree, situation), t("hints.same-steps") if situation.same_steps_as else ""
        )
        yield from _twice(id for one in situation.except_ for id in one.step)


def _step_ids(tree: Tree, situation: Situation) -> Iterator[Text]:
    kept = (step for step in shared(tree, situation) if step.key not in situation.without)
    for step in (*kept, *situation.steps):
        yield step.id or step.action


def _twice(ids: Iterable[Text], hint: str = "") -> Iterator[Diagnostic]:
    first: dict[str, Text] = {}
    for id in ids:
        if id in first:
            yield finding(id.pos, "duplicate-id", hint=hint, related=first[id].pos, id=id)
        elif id:
            first[id] = id
