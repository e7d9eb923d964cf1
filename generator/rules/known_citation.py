"""Citations point into the document: a section of its outline, and a paragraph that it has."""

from __future__ import annotations

from collections.abc import Iterator

from generator.locale import t
from generator.model import Citation, Tree
from generator.reading.diagnostics import Diagnostic, did_you_mean, finding


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each citation outside the document's outline."""
    first = {str(section.id): section for section in reversed(tree.source)}
    for citation in tree.parts:
        if not isinstance(citation, Citation) or not citation.section:
            continue
        section = first.get(citation.section)
        if section is None:
            hint = did_you_mean(citation.section, tree.ids("source")) or _by_heading(tree, citation.section)
            if hint or tree.is_sure_of("source"):
                yield finding(citation.pos, "known-citation", "section", hint, id=citation.section)
            continue
        last = section.paragraphs
        wrong = [n for n in citation.paragraphs if n < 1 or (last is not None and n > last)]
        if wrong:
            related, count = section.id.pos, last
            yield finding(
                citation.pos,
                "known-citation",
                "paragraph",
                "",
                related,
                number=wrong[0],
                id=section.id,
                count=count,
            )


def _by_heading(tree: Tree, written: str) -> str:
    """Return the hint for a section that was written as its heading."""
    found = next((s.id for s in tree.source if s.heading.lower().startswith(written.lower())), None)
    return t("hints.did-you-mean", word=found) if found else ""
