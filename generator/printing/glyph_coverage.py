"""Letters that paper cannot show: whatever the tree says has to have a glyph in the font of the PDFs."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import fields

from generator.model import Node, Text, Tree, visit
from generator.reading.diagnostics import Diagnostic, finding


def unknown_letters(tree: Tree, known: Set[int]) -> Iterator[Diagnostic]:
    """Report each text with a letter that is not among the known code points."""
    for node in visit(tree):
        for f in fields(node) if isinstance(node, Node) else ():
            value = getattr(node, f.name)
            for text in value if isinstance(value, tuple) else (value,):
                if isinstance(text, Text) and (letter := unknown_letter(text, known)):
                    yield finding(text.pos, "letter", character=letter)


def unknown_letter(text: str, known: Set[int]) -> str:
    """Return a letter of the text that is not among the known code points, or nothing.

    Private and unassigned ones are among the unknown: no font says what they are, and the pages use some.
    """
    unknown = sorted(letter for letter in set(text) if letter not in "\t\n\r" and ord(letter) not in known)
    return unknown[0] if unknown else ""
