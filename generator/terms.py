"""Where the words of the glossary stand: whole words only, the longest form first, in any case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from generator.model import (
    Action,
    Condition,
    Continuation,
    Duty,
    Gap,
    Lesson,
    Node,
    Purpose,
    Question,
    Statement,
    Step,
    Term,
    Text,
    Tree,
    Unit,
    visit,
)

# (class → keys) of the texts in which words are marked.
MARKED: Mapping[type[Node], Sequence[str]] = {
    Action: ("text", "joint", "unnamed"),
    Condition: ("text", "confirm"),
    Continuation: ("text",),
    Duty: ("text",),
    Gap: ("text",),
    Lesson: ("lead",),
    Purpose: ("text",),
    Question: ("why", "where"),
    Statement: ("text", "points"),
    Step: ("note",),
    Unit: ("summary",),
}


def texts(tree: Tree) -> Iterator[Text]:
    """Yield every text in which words are marked."""
    for node in visit(tree):
        for key in MARKED.get(type(node), ()):
            value = getattr(node, key)
            yield from value if isinstance(value, tuple) else (value,) if value else ()


def forms(term: Term) -> tuple[Text, ...]:
    """Return every form of a word, the one that names it first."""
    return (term.term, *term.forms)


def pattern(terms: Sequence[Term], written: Callable[[str], str] = str) -> re.Pattern[str]:
    """Return what finds any form as a whole word; ``written`` says how a form stands in the text."""
    known = sorted((written(form) for term in terms for form in forms(term)), key=len, reverse=True)
    return re.compile(f"(?<![\\w-])(?:{'|'.join(map(re.escape, known)) or '(?!)'})(?![\\w-])", re.IGNORECASE)


def by_form(terms: Sequence[Term], written: Callable[[str], str] = str) -> Mapping[str, Term]:
    """Return form in lower case → word, the first that has it."""
    return {written(form).lower(): term for term in reversed(terms) for form in forms(term)}


def in_text(terms: Sequence[Term], text: str) -> list[Term]:
    """Return the words that stand in a text, in order, each once."""
    known = by_form(terms)
    found = {known[match[0].lower()].id: known[match[0].lower()] for match in pattern(terms).finditer(text)}
    return list(found.values())
