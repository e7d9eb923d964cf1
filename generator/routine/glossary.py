"""Where the words of the glossary stand: whole words only, the longest form first, in any case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from generator.model import Node, Term, Text, Tree
from generator.model.declared import declared, each_of


def texts(tree: Tree) -> Iterator[Text]:
    """Yield every text in which words are marked."""
    for node in tree.parts:
        for f in declared(type(node)) if isinstance(node, Node) else ():
            if f.metadata.get("marked"):
                yield from each_of(getattr(node, f.name))


def forms(term: Term) -> tuple[Text, ...]:
    """Return every form of a word, the one that names it first."""
    return (term.term, *term.forms)


def pattern(terms: Sequence[Term]) -> re.Pattern[str]:
    """Return what finds any form as a whole word, each form a group of its own."""
    known = "|".join(f"({re.escape(form)})" for form, _ in _by_length(terms))
    # Looked for first: few words begin as a form does, and there are many forms to try.
    begins = "|".join(sorted({re.escape(form[:3]) for term in terms for form in forms(term)}))
    return re.compile(f"(?<![\\w-])(?={begins})(?:{known or '(?!)'})(?![\\w-])", re.IGNORECASE)


def finder(terms: Sequence[Term]) -> Callable[[str], list[tuple[re.Match[str], Term]]]:
    """Return what finds each place in a text where a form stands, with the word that it is a form of.

    The group tells which form it is: in another case, its letters can be others than the form's.
    """
    finds, known = pattern(terms), _by_length(terms)
    return lambda text: [(found, known[(found.lastindex or 1) - 1][1]) for found in finds.finditer(text)]


def _by_length(terms: Sequence[Term]) -> list[tuple[Text, Term]]:
    """Return every form with its word, the longest first, and of two alike the first word's."""
    return sorted(((form, term) for term in terms for form in forms(term)), key=lambda pair: -len(pair[0]))
