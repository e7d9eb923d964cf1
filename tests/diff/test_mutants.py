"""Random changes of the real tree under its own version: nothing that somebody acts on changes in silence."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import get_type_hints

from generator.model import Named, Tree
from generator.model.base import is_node
from generator.model.declared import Weight, declared, item_of, weight_of
from tests.diff.mutants import SILENT, kept_with, may_pass, mutants, passes
from tests.tiers import full


def test_no_random_change_of_what_somebody_acts_on_passes(tree: Tree, real_text: str) -> None:
    """A seeded sample. What may pass is left out, so that all of the time goes to what may not."""
    kept = kept_with(tree, real_text)
    count = 1500 if full() else 40
    sample = islice((m for m in mutants(tree, seed=20) if not may_pass(m)), count)
    assert [(m.field, m.how) for m in sample if passes(m.tree, kept)] == []


def test_a_tree_that_did_not_change_passes(tree: Tree, real_text: str) -> None:
    assert passes(tree, kept_with(tree, real_text))


def test_what_may_change_in_silence_is_what_is_declared_to_bind_nobody() -> None:
    """Two lists by two hands: a field that becomes less than a duty or words is missed here."""
    assert {field for those in SILENT.values() for field in those} == set(_silent(Tree))


def _silent(cls: type, beside: bool = False) -> Iterator[str]:
    """Yield the fields that bind nobody and are no words, by their declarations; below ``beside``, all."""
    hints = get_type_hints(cls)
    for f in declared(cls):
        silent = beside or weight_of(f) in (Weight.BESIDE, Weight.REFERENCE)
        inner = item_of(hints[f.name])
        if silent and not (f.name == "id" and issubclass(cls, Named)):
            yield f"{cls.__name__}.{f.name}"
        if is_node(inner):
            yield from _silent(inner, beside or weight_of(f) is Weight.BESIDE)
