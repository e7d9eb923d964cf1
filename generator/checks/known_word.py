"""Keys with a closed choice of words hold one of them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic, did_you_mean, finding
from generator.locale import strings
from generator.model import Text, Tree

SHOWS = ("to", "who", "who-and-with")


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each word outside its choice."""
    words = strings()
    for unit in tree.units:
        yield from _one_of(unit.shape, "shape", tuple(words["shapes"]))
    for column in tree.matrix:
        yield from _one_of(column.shows, "shows", SHOWS)
    for document in tree.documents:
        yield from _one_of(document.kind, "kind", tuple(words["documents"]))


def _one_of(word: Text, key: str, choice: tuple[str, ...]) -> Iterator[Diagnostic]:
    if word and word not in choice:
        hint = did_you_mean(word, choice)
        yield finding(word.pos, "known-word", hint=hint, key_=key, found=word, known=", ".join(choice))
