"""The words people use, each with where it leads: the search, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.locale import capitalized, t
from generator.pages.page import Page
from generator.pages.site import Site

_LAST = str.maketrans({"å": "{", "ä": "|", "ö": "}"})  # what follows z, in Swedish order


@dataclass(frozen=True)
class Link:
    """A page that a word leads to."""

    title: str
    href: str


@dataclass(frozen=True)
class Entry:
    """A word with its pages."""

    word: str
    links: list[Link]


def pages(site: Site) -> Iterator[Page]:
    """Yield the page of all words."""
    # The pages themselves are what a search should find.
    yield Page("ord", t("words.title"), "words.html.jinja", {"entries": entries(site)}, search_weight=0)


def in_swedish_order(word: str) -> str:
    """Return what to sort words by."""
    return word.lower().translate(_LAST)


def entries(site: Site) -> list[Entry]:
    """Return every word that the tree gives for something, and every name, in Swedish order."""
    found: dict[str, dict[str, Link]] = {}
    for word, link in _words(site):
        found.setdefault(capitalized(word), {})[link.href] = link
    words = sorted(found, key=in_swedish_order)
    return [Entry(word, list(found[word].values())) for word in words]


def _words(site: Site) -> Iterator[tuple[str, Link]]:
    tree = site.tree
    for unit in tree.units:
        for word in (unit.label, *unit.also):
            yield word, Link(unit.label, site.page_of(unit.id, "units"))
    for action in tree.actions:
        for word in (action.label, *action.also):
            yield word, Link(action.question, site.page_of(action.id, "actions"))
    for situation in tree.situations:
        for name in site.also_of(situation.facts):
            yield name, Link(situation.title, site.page_of(situation.id, "situations"))
