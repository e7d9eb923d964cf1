"""Every answer leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from generator.locale import t
from generator.model import Incomplete, Tree
from generator.reading.diagnostics import Diagnostic, finding


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each option of a question that a node does not lead on from."""
    first = {str(question.id): question for question in reversed(tree.questions)}
    for node in tree.nodes:
        question = first.get(node.ask)
        for option in question.options if question and not isinstance(node.goto, Incomplete) else ():
            if option.id and option.id not in node.goto:
                hint, related = t("hints.add-goto", option=option.id), option.id.pos
                said = {"id": node.id, "option": option.id, "label": option.label}
                yield finding(node.id.pos, "dead-end", hint=hint, related=related, **said)
