"""A checked tree with what its views share, under one name for templates and views."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from generator.model import Citation, Duty, FactSet, FactSets, Gap, Section, Situation, Statement, Tree
from generator.pages import addresses, citations, facts
from generator.pages.validity import Validity
from generator.routine import cases, routes, wording
from generator.routine.steps import open_gaps, placed_steps


def digest_of(text: str) -> str:
    """Return the content hash that every view of a tree bears, whatever the line endings."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


@dataclass(frozen=True)
class Site:
    """A checked tree, the hash of its text, and the ways to each of its nodes and ends.

    ``validity`` is there where another version stands beside this one.

    The methods only put the tree in: addresses, citations and facts have a module each.
    """

    tree: Tree
    digest: str
    paths: Mapping[str, list[tuple[cases.Answer, ...]]] = field(default_factory=dict)
    validity: Validity | None = None

    @staticmethod
    def of(tree: Tree, text: str) -> Site:
        """Make the site of a tree and the text it was read from."""
        return Site(tree, digest_of(text), cases.paths(tree))

    def answers_to(self, id: str) -> tuple[cases.Answer, ...]:
        """Return the shortest way of answers to a node or end; none to what a draft does not lead to yet."""
        return self.paths.get(id, [()])[0]

    def ways_to(self, situation: Situation) -> tuple[tuple[cases.Answer, ...], ...]:
        """Return the shortest way to a situation, or to each of its sets of facts where it has several."""
        several = routes.ways_to(self.tree, situation) if len(situation.facts) > 1 else ()
        return several or (self.answers_to(situation.id),)

    def questions_to(self, situation: Situation) -> tuple[str, ...]:
        """Return the questions on these ways, each once."""
        return tuple(dict.fromkeys(str(a.node.ask) for way in self.ways_to(situation) for a in way))

    def gaps_on_the_way_to(self, situation: Situation) -> tuple[Gap, ...]:
        """Return what is unclear about the questions that lead to a situation, save what is shown in it."""
        here = open_gaps(self.tree, situation.id, *(p.id for p in placed_steps(self.tree, situation)))
        return tuple(gap for gap in open_gaps(self.tree, *self.questions_to(situation)) if gap not in here)

    def page_of(self, id: str, *kinds: str) -> str:
        return addresses.page_of(self.tree, id, *kinds)

    def report_of(self, situation: Situation) -> str:
        return addresses.report_link(self.tree, situation)

    def report_text(self, situation: Situation) -> str:
        return "\n\n".join(addresses.letter(self.tree, situation))

    def cited(self, citation: Citation) -> str:
        return citations.cited(self.tree, (citation,))

    def cited_all(self, cite: Iterable[Citation]) -> str:
        return citations.cited(self.tree, cite)

    def cited_once(self, said: Sequence[Statement | Duty]) -> str:
        return citations.cited_together(self.tree, (citation for s in said for citation in s.cite))

    def cited_shortly(self, citation: Citation) -> str:
        return citations.cited_shortly(self.tree, citation)

    def cited_briefly(self, citation: Citation) -> str:
        return citations.cited_briefly(self.tree, citation)

    def heading_path(self, section: Section) -> list[Section]:
        return wording.headings(self.tree, section)

    def chapter_of(self, section_id: str) -> Section | None:
        return citations.chapter_of(self.tree, section_id)

    def values_of(self, given: FactSet) -> list[tuple[str, str, str]]:
        return facts.values_of(self.tree, given)

    def rows_of(self, each: FactSets) -> list[tuple[str, str, str]]:
        return facts.rows_of(self.tree, each)

    def also_of(self, *given: FactSet) -> list[str]:
        return facts.also_of(self.tree, *given)
