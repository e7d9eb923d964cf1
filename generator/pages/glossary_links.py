"""Words of the glossary, marked where they stand in a page and explained at its end.

A template says what is to be marked and where the explanations go; this works on the filled page, since
only then is it known which words stand there. Between the two, marks are letters of the private area.
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


def explained(html: str, terms: Sequence[Term], shown: Callable[[Sequence[Explained], bool], str]) -> str:
    """Return the page with its words marked, and what ``shown`` makes of them in the place for it.

    A word is marked once in each section, where a heading of the first or second level begins one.
    ``shown`` is given the words, and whether they are all there are. Raises ValueError when words are
    marked and the page has no place to explain them.
    """
    finds = finder(terms)
    in_section: set[str] = set()
    on_page: dict[str, bool] = {}

    def link(word: str, id: str) -> Markup:
        if id in in_section:
            return escape(word)
        in_section.add(id)
        first = not on_page.get(id)
        on_page[id] = True
        place = Markup(' id="ur-{}"').format(id) if first else ""
        return Markup('<a class="r-term" data-word{} href="#ord-{}">{}</a>').format(place, id, word)

    def mark(text: str) -> Markup:
        made, at = Markup(), 0
        for match, term in finds(text):
            made += escape(text[at : match.start()]) + link(match[0], term.id)
            at = match.end()
        return made + escape(text[at:])

    def part(found: re.Match[str]) -> str:
        # In the text as it was written: a word must not be found inside of what stands for a sign.
        if found[1] is not None:
            return mark(unescape(found[1]))
        if found[2] is not None:
            for _, term in finds(unescape(found[2])):
                on_page.setdefault(term.id, False)
            return found[2]
        in_section.clear()
        return found[0]

    made = _PARTS.sub(part, html)
    if on_page and HERE not in made and ALL not in made:
        raise ValueError("words are marked on a page that does not explain them")
    for place, whole in ((HERE, False), (ALL, True)):
        if place in made:
            words = [Explained(t, on_page.get(t.id, False)) for t in terms if whole or t.id in on_page]
            made = made.replace(place, shown(words, whole))
    return unmarked(made)


def _between(start: str, text: str) -> Markup:
    return escape(f"{start}{unmarked(text)}{_END}")
