"""Every paragraph of the document is cited, or left out with a reason. Never both."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Citation, OutOfScope, Tree, visit
from generator.reading.diagnostics import Diagnostic, finding


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report paragraphs that nothing cites, and those both cited and left out."""
    left_out = _paragraphs(tree.out_of_scope)
    cited = _paragraphs(tuple(v for v in tree.parts if isinstance(v, Citation))) - left_out
    used = cited | left_out
    for section in tree.source:
        missing = [n for n in range(1, (section.paragraphs or 0) + 1) if (section.id, n) not in used]
        if missing:
            numbers = ", ".join(map(str, missing))
            id, heading = section.id, section.heading
            yield finding(id.pos, "cited", "missing", id=id, heading=heading, numbers=numbers)
    for entry in tree.out_of_scope:
        yield from _cited_after_all(tree, entry)


def _cited_after_all(tree: Tree, entry: OutOfScope) -> Iterator[Diagnostic]:
    own = {id(citation) for citation in entry.cite}  # the same paragraphs may be cited elsewhere
    elsewhere = [c for c in tree.parts if isinstance(c, Citation) and id(c) not in own]
    used = {(str(c.section), n): c.pos for c in reversed(elsewhere) for n in c.paragraphs}
    for citation in entry.cite:
        for n in citation.paragraphs:
            if related := used.get((citation.section, n)):
                yield finding(citation.pos, "cited", "both", related=related, id=f"{citation.section}/{n}")


def _paragraphs(value: object) -> set[tuple[str, int]]:
    citations = (v for v in visit(value) if isinstance(v, Citation))
    return {(c.section, n) for c in citations for n in c.paragraphs}
