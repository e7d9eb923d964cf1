"""Keys with a closed choice of words hold one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from generator.model import CHOICES, Text, Tree
from generator.model.declared import each_of
from generator.reading.diagnostics import Diagnostic, did_you_mean, finding


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each word outside its choice."""
    for node in tree.parts:
        cls: type = type(node)
        for key, choice in _choices(cls):
            for word in each_of(getattr(node, key)):
                yield from _one_of(word, key, choice())


@cache
def _choices(cls: type) -> list[tuple[str, Callable[[], Sequence[str]]]]:
    return [(key, choice) for (of, key), choice in CHOICES.items() if issubclass(cls, of)]


def _one_of(word: Text, key: str, choice: Sequence[str]) -> Iterator[Diagnostic]:
    if word not in choice:
        hint = did_you_mean(word, choice)
        yield finding(word.pos, "known-word", hint=hint, key_=key, found=word, known=", ".join(choice))
