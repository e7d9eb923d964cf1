"""A situation's steps rest on its own section, on one that this stands under, or on one below it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Section, Tree
from generator.reading.diagnostics import Diagnostic, finding
from generator.routine.wording import headings


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each step that cites another section or, where most of them do, the situation's source."""
    for situation in tree.situations:
        source = situation.source
        own_cites = (*(one.cite for one in situation.except_), *(step.cite for step in situation.steps))
        cites = [cite for cite in own_cites if cite]
        astray = [cite for cite in cites if not _is_own(tree, source, cite.section)]
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


def _is_own(tree: Tree, source: str, cited: str) -> bool:
    return cited in _with_those_above(tree, source) or source in _with_those_above(tree, cited)


def _with_those_above(tree: Tree, section: str) -> list[str]:
    return [str(one.id) for one in headings(tree, tree.get(section, Section))]
