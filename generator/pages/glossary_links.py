"""Words of the glossary, marked where they stand in a page and explained at its end.

A template says what is to be marked and where the explanations go; this works on the filled page, since
only then is it known which words stand there. Between the two, marks are characters of the private area.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import unescape

from markupsafe import Markup, escape

from generator.model import Term
from generator.routine.glossary import finder

_MARKED, _NAMED, _END, HERE, ALL = (chr(0xE000 + n) for n in range(5))
_OURS = re.compile(f"[{_MARKED}-{ALL}]")
# A section begins, a text to mark, or a text whose words are explained without being marked.
_PARTS = re.compile(f"<h[12][ >]|{_MARKED}([^{_END}]*){_END}|{_NAMED}([^{_END}]*){_END}")


@dataclass(frozen=True)
class Explained:
    """A word to explain on a page; ``marked`` when there is a place in the text to go back to."""

    term: Term
    marked: bool


def marked(text: str) -> Markup:
    """Return a text whose words shall be marked. Never use it inside a link, label, button or heading."""
    return _between(_MARKED, text)


def named(text: str) -> Markup:
    """Return a text whose words shall be explained on the page, but where no link can stand."""
    return _between(_NAMED, text)


def unmarked(html: str) -> str:
    """Return the page without any words marked or explained."""
    return _OURS.sub("", html)


def with_explanations(
    html: str, terms: Sequence[Term], shown: Callable[[Sequence[Explained], bool], str]
) -> str:
    """Return the page with its words marked, and what ``shown`` makes of them in the place for it.

    A word is marked once in each section, where a heading of the first or second level begins one.
    ``shown`` is given the words, and whether they are all there are. Raises ValueError when words are
    marked and the page has no place to explain them.
    """
    linker = _Linker(terms)
    made = linker.linked(html)
    if linker.on_page and HERE not in made and ALL not in made:
        raise ValueError("words are marked on a page that does not explain them")
    for place, whole in ((HERE, False), (ALL, True)):
        if place in made:
            made = made.replace(place, shown(linker.to_explain(whole), whole))
    return unmarked(made)


class _Linker:
    """Goes through one page from its beginning, and remembers which words have stood where."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = terms
        self._finds = finder(terms)
        self._in_section: set[str] = set()
        self.on_page: dict[str, bool] = {}  # id → whether there is a link to come back to

    def linked(self, html: str) -> str:
        """Return the page with a link at the first place of each word in a section."""
        return _PARTS.sub(self._part, html)

    def to_explain(self, whole: bool) -> list[Explained]:
        """Return the words of the page, or with ``whole`` all there are, in the glossary's order."""
        return [
            Explained(t, self.on_page.get(t.id, False)) for t in self._terms if whole or t.id in self.on_page
        ]

    def _part(self, found: re.Match[str]) -> str:
        marked, named = found.groups()
        # In the text as it was written: a word must not be found inside of what stands for a sign.
        if marked is not None:
            return self._with_links(unescape(marked))
        if named is not None:
            for _, term in self._finds(unescape(named)):
                self.on_page.setdefault(term.id, False)
            return named
        self._in_section.clear()
        return found[0]

    def _with_links(self, text: str) -> Markup:
        made, at = Markup(), 0
        for match, term in self._finds(text):
            made += escape(text[at : match.start()]) + self._link(match[0], term.id)
            at = match.end()
        return made + escape(text[at:])

    def _link(self, word: str, id: str) -> Markup:
        if id in self._in_section:
            return escape(word)
        self._in_section.add(id)
        place = Markup("") if self.on_page.get(id) else Markup(' id="ur-{}"').format(id)
        self.on_page[id] = True
        return Markup('<a class="r-term" data-word{} href="#ord-{}">{}</a>').format(place, id, word)


def _between(start: str, text: str) -> Markup:
    return escape(f"{start}{unmarked(text)}{_END}")
