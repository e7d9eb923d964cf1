"""The words people use, each with where it leads: for the search, and as a page without a script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.locale import capitalized, t
from generator.model import Ask, Question
from generator.pages.citations import section_title
from generator.pages.page import Page
from generator.pages.site import Site

_LAST = str.maketrans({"å": "{", "ä": "|", "ö": "}"})  # what follows z, in Swedish order


@dataclass(frozen=True)
class Link:
    """A page that a word leads to."""

    title: str
    href: str


@dataclass(frozen=True)
class SearchWord:
    """A word with its pages, the first of them foremost."""

    word: str
    links: list[Link]


def pages(site: Site) -> Iterator[Page]:
    """Yield the page of all words."""
    # The pages themselves are what a search should find.
    yield Page("ord", t("words.title"), "words.html.jinja", {"entries": entries(site)}, search_weight=0)


def in_swedish_order(word: str) -> str:
    """Return what to sort words by."""
    return word.lower().translate(_LAST)


def entries(site: Site) -> list[SearchWord]:
    """Return every word that the tree gives for something, and every name, in Swedish order."""
    found: dict[str, dict[str, Link]] = {}
    for word, link in _words(site):
        found.setdefault(capitalized(word), {})[link.href] = link
    words = sorted(found, key=in_swedish_order)
    return [SearchWord(word, list(found[word].values())) for word in words]


def with_words(site: Site, pages: Iterable[Page]) -> list[Page]:
    """Return the pages with the words that a search finds them by."""
    first_for: dict[str, list[str]] = {}
    also_for: dict[str, list[str]] = {}
    for entry in entries(site):
        for index, link in enumerate(entry.links):
            (also_for if index else first_for).setdefault(link.href, []).append(entry.word.lower())
    return [
        replace(
            page,
            first_for=tuple(first_for.get(f"{page.path}.html", ())),
            also_for=tuple(also_for.get(f"{page.path}.html", ())),
        )
        for page in pages
    ]


def _words(site: Site) -> Iterator[tuple[str, Link]]:
    """Yield words with where they lead; a word that several things have leads to the first of them first."""
    tree = site.tree
    for section in tree.source:
        for word in section.also:
            yield word, Link(section_title(section), site.page_of(section.id, "source"))
    for unit in tree.units:
        for word in (unit.label, *unit.also):
            yield word, Link(unit.label, site.page_of(unit.id, "units"))
    for party in tree.parties:
        for word in party.also:
            yield word, Link(t("site.units"), "enheter.html")
    yield from _answers(site)
    yield from _questions(site)
    for action in tree.actions:
        for word in (action.label, *action.also):
            yield word, Link(action.question, site.page_of(action.id, "actions"))
    for situation in tree.situations:
        for name in site.also_of(*situation.facts):
            yield name, Link(situation.title, site.page_of(situation.id, "situations"))


def _questions(site: Site) -> Iterator[tuple[str, Link]]:
    """Yield what people call something that a question has to settle first: it leads to that question."""
    for node in site.tree.nodes:
        question = site.tree.get(node.ask, Question)
        for word in question.also:
            behind = ", ".join(str(answer.option.short) for answer in site.answers_to(node.id))
            title = f"{behind}: {question.text}" if behind else str(question.text)
            yield word, Link(title, site.page_of(node.id, "nodes"))


def _answers(site: Site) -> Iterator[tuple[str, Link]]:
    """Yield what people call the answers to the first question: they lead to the question that comes next."""
    tree = site.tree
    start = tree.get(tree.routine.start, Ask)
    for option in tree.get(start.ask, Question).options:
        if start.goto[option.id] in tree.ids("nodes"):
            after = tree.get(start.goto[option.id], Ask)
            title = f"{option.short}: {tree.get(after.ask, Question).text}"
            for word in site.also_of(option.facts):
                yield word, Link(title, site.page_of(after.id, "nodes"))
