"""The glossary: a form belongs to one word, a word stands in some text, and the routine's are cited."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Text, Tree
from generator.reading.diagnostics import Diagnostic, finding
from generator.routine.glossary import finder, forms, texts


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report forms that two words share, words that stand nowhere, and explanations without a source."""
    first: dict[str, Text] = {}
    doubtful: set[str] = set()
    for term in tree.terms:
        for form in forms(term):
            related = first.setdefault(form.lower(), form)
            if related is not form:
                doubtful.add(term.id)
                yield finding(form.pos, "term", "twice", related=related.pos, form=form)
        if not term.own and not term.cite:
            yield finding(term.id.pos, "term", "uncited", id=term.id)
    finds = finder(tree.terms)
    found = {term.id for text in texts(tree) for _, term in finds(text)}
    for term in tree.terms:
        if term.id not in found | doubtful:
            yield finding(term.id.pos, "term", "unused", id=term.id)
