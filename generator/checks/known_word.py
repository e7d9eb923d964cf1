"""Keys with a closed choice of words hold one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from generator.diagnostics import Diagnostic, did_you_mean, finding
from generator.locale import strings
from generator.model import Column, Document, Lesson, Routine, Text, Tree, Unit, visit

# (class, key) → the words that the key can hold.
CHOICES: Mapping[tuple[type, str], Callable[[], Sequence[str]]] = {
    (Routine, "language"): lambda: ("sv",),  # the product's own words are in no other
    (Unit, "shape"): lambda: tuple(strings()["shapes"]),
    (Column, "shows"): lambda: ("to", "who", "who-and-with"),
    (Document, "kind"): lambda: tuple(strings()["documents"]),
    (Lesson, "shows"): lambda: ("units", "terms", "way", "situations", "frames", "practice"),
}


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each word outside its choice."""
    for node in visit(tree):
        for (cls, key), choice in CHOICES.items():
            if isinstance(node, cls):
                yield from _one_of(getattr(node, key), key, choice())


def _one_of(word: Text, key: str, choice: Sequence[str]) -> Iterator[Diagnostic]:
    if word and word not in choice:
        hint = did_you_mean(word, choice)
        yield finding(word.pos, "known-word", hint=hint, key_=key, found=word, known=", ".join(choice))
