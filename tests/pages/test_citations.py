"""A citation in its short form still leads to the place."""

from __future__ import annotations

import re

from generator.model import Citation, Section, Tree, visit
from generator.pages.citations import cited_briefly
from generator.routine.wording import paragraphs_of, section_number


def test_a_short_citation_names_the_numbered_section_or_the_heading_itself(tree: Tree) -> None:
    cites = [node for node in visit(tree) if isinstance(node, Citation)]
    outside = [c for c in cites if not section_number(tree, tree.get(c.section, Section))]
    for cite in cites:
        section = tree.get(cite.section, Section)
        named = section.heading if cite in outside else section_number(tree, section)
        place = re.escape(f"{named}, st. {paragraphs_of(cite)}")
        assert re.fullmatch(
            rf"{place}(, s\. [0-9]+((–| och )[0-9]+| och framåt)?)?", cited_briefly(tree, cite)
        ), cite
    assert {"rutin", "lasanvisning"} < {str(cite.section) for cite in outside}
