"""A situation has steps, or a text in their place that says where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Situation, Tree
from generator.reading.diagnostics import Diagnostic, finding


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report texts beside steps, texts without a place or the reverse, and steps taken from a text."""
    for situation in tree.situations:
        text, cite, shared = situation.text, situation.cite, situation.same_steps_as
        if text and (situation.steps or shared):
            yield finding(text.pos, "text-end", "both", id=situation.id)
        elif text and not cite:
            yield finding(text.pos, "text-end", "uncited", id=situation.id)
        elif cite and not text:
            yield finding(cite[0].pos, "text-end", "alone", id=situation.id)
        if shared and tree.get(shared, Situation).text:
            yield finding(shared.pos, "text-end", "shared", id=situation.id, other=shared)
