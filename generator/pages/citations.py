"""Citations as they are read: in full, or in short where the page names the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.locale import capitalized, t
from generator.model import Citation, Section, Tree
from generator.routine import wording


def cited(tree: Tree, citations: Iterable[Citation]) -> str:
    """Return citations in full, each once, for a reader who comes from nowhere."""
    return "; ".join(dict.fromkeys(capitalized(wording.cited(tree, citation)) for citation in citations))


def cited_together(tree: Tree, citations: Iterable[Citation]) -> str:
    """Return citations in full, each section once with all its paragraphs."""
    return cited(tree, by_section(citations))


def by_section(citations: Iterable[Citation]) -> Iterable[Citation]:
    """Return one citation for each section, with all its paragraphs."""
    together: dict[str, Citation] = {}
    for one in citations:
        before = together.get(one.section)
        paragraphs = {*one.paragraphs, *(before.paragraphs if before else ())}
        together[one.section] = replace(one, paragraphs=tuple(sorted(paragraphs)))
    return together.values()


def cited_shortly(tree: Tree, citation: Citation) -> str:
    """Return a citation with only its nearest heading, for a page that names the rest."""
    section = tree.get(citation.section, Section)
    number = wording.section_number(tree, section)
    values = {
        "number": number,
        "heading": section.heading,
        "paragraphs": wording.paragraphs_of(citation),
        "pages": wording.page_numbers(section),
    }
    return capitalized(t("citation.in-section" if number else "citation.elsewhere", **values))


def cited_briefly(tree: Tree, citation: Citation) -> str:
    """Return a citation as short as can be, for the line that unfolds the whole of it."""
    section = tree.get(citation.section, Section)
    return t(
        "citation.brief",
        section=wording.section_number(tree, section) or section.heading,
        paragraphs=wording.paragraphs_of(citation),
        pages=wording.page_numbers(section),
    )


def section_title(section: Section) -> str:
    """Return a section's heading, after its number if it has one."""
    if not section.number:
        return str(section.heading)
    return t("site.section-title", number=section.number, heading=section.heading)


def chapter_of(tree: Tree, section_id: str) -> Section | None:
    """Return the section with a page of its own that this section stands in."""
    above = wording.headings(tree, tree.get(section_id, Section))
    return next((s for s in above if s.page_id), None)
