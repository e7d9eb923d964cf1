"""Why a situation is reached, as its page tells it: each answer on the way, and what each other leads to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.model import Question, Situation, Tree
from generator.pages.site import Site
from generator.routine.cases import Answer


@dataclass(frozen=True)
class Reason:
    """An answer in the case of a way to a situation, and what the page has of it."""

    situation: Situation
    case: dict[str, str]
    answer: Answer
    row: Any

    def others(self, tree: Tree) -> Iterator[tuple[str, dict[str, str], Any]]:
        """Yield each other option, the case that it makes, and what the page has of it."""
        options = {str(o.id): o for o in tree.get(self.answer.node.ask, Question).options}
        for told in self.row.xpath("./ul/li[@data-other]"):
            id = told.get("data-other")
            instead = {str(fact): str(values[0]) for fact, values in options.pop(id).facts.items()}
            yield id, self.case | instead, told


def reasons(tree: Tree, pages: Mapping[str, Any]) -> Iterator[Reason]:
    """Yield every reason that the situations' pages tell."""
    site = Site.of(tree, "")
    for situation in tree.situations:
        told = pages[f"situation/{situation.id}"].xpath(".//ol[@data-reasons]")
        for way, rows in zip(site.ways_to(situation), told, strict=True):
            case = {str(f): str(v[0]) for a in way for f, v in a.option.facts.items()}
            for answer, row in zip(way, rows.xpath("./li"), strict=True):
                yield Reason(situation, case, answer, row)
