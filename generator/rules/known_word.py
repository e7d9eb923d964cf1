"""Keys with a closed choice of words hold one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model import CHOICES, Text, Tree, visit
from generator.model.declared import texts_of
from generator.reading.diagnostics import Diagnostic, did_you_mean, finding


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each word outside its choice."""
    for node in visit(tree):
        for (cls, key), choice in CHOICES.items():
            if isinstance(node, cls):
                for word in texts_of(getattr(node, key)):
                    yield from _one_of(word, key, choice())


def _one_of(word: Text, key: str, choice: Sequence[str]) -> Iterator[Diagnostic]:
    if word not in choice:
        hint = did_you_mean(word, choice)
        yield finding(word.pos, "known-word", hint=hint, key_=key, found=word, known=", ".join(choice))
