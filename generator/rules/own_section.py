"""A situation's steps rest on its own section, or on one that this stands under."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Section, Situation, Tree
from generator.reading.diagnostics import Diagnostic, finding


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each step that cites another section or, where most of them do, the situation's source."""
    for situation in tree.situations:
        own, source = _with_those_above(tree, situation), situation.source
        own_cites = (*(one.cite for one in situation.except_), *(step.cite for step in situation.steps))
        cites = [cite for cite in own_cites if cite]
        astray = [cite for cite in cites if cite.section not in own]
        if len(astray) > max(1, len(cites) / 2):
            first = astray[0]
            yield finding(
                source.pos, "own-section", "source", related=first.pos, id=source, cited=first.section
            )
        else:
            for cite in astray:
                yield finding(
                    cite.pos, "own-section", "cite", related=source.pos, id=cite.section, own=source
                )


def _with_those_above(tree: Tree, situation: Situation) -> set[str]:
    section = tree.get(situation.source, Section)
    found = {str(section.id)}
    while section.parent:
        section = tree.get(section.parent, Section)
        found.add(str(section.id))
    return found
