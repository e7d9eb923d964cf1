"""Glyph coverage: whatever the tree says has to have a glyph in the font of the PDF files."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import fields

from generator.model import Node, Text, Tree
from generator.model.declared import each_of
from generator.reading.diagnostics import Diagnostic, finding


def missing_glyphs(tree: Tree, known: Set[int]) -> Iterator[Diagnostic]:
    """Report each text with a character that is not among the known code points."""
    for node in tree.parts:
        for f in fields(node) if isinstance(node, Node) else ():
            for text in each_of(getattr(node, f.name)):
                if isinstance(text, Text) and (character := missing_glyph(text, known)):
                    yield finding(text.pos, "letter", character=character)


def missing_glyph(text: str, known: Set[int]) -> str:
    """Return a character of the text that is not among the known code points, or nothing.

    Private and unassigned ones are among the unknown: no font says what they are, and the pages use some.
    """
    unknown = sorted(
        character for character in set(text) if character not in "\t\n\r" and ord(character) not in known
    )
    return unknown[0] if unknown else ""
