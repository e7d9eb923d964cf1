"""A text in brackets is the draft's own, to be replaced by the routine's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from generator.model import Node, Text, Tree
from generator.model.declared import each_of
from generator.reading.diagnostics import Diagnostic, finding


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each text that is a placeholder from its first letter to its last."""
    for node in tree.parts:
        for f in fields(node) if isinstance(node, Node) else ():
            for text in each_of(getattr(node, f.name)):
                if isinstance(text, Text) and text[:1] == "[" and text[1:2].isupper() and text[-1:] == "]":
                    yield finding(text.pos, "placeholder", text=text)
