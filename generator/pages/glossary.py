"""The glossary as a page of its own, in Swedish order."""

from __future__ import annotations

from collections.abc import Iterator

from generator.locale import t
from generator.pages.page import Page
from generator.pages.search_words import in_swedish_order
from generator.pages.site import Site


def pages(site: Site) -> Iterator[Page]:
    """Yield the page of all words with their meanings."""
    terms = sorted(site.tree.terms, key=lambda term: in_swedish_order(term.term))
    yield Page("ordlista", t("terms.title"), "glossary.html.jinja", {"terms": terms})
