"""Lines: the fields that are shown as a label and a value, wherever the node that has them is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.locale import capitalized, label_on, listed, t
from generator.model import Node, Tree
from generator.model.declared import declared, key_of


@dataclass(frozen=True)
class Line:
    """What a field is called, and what it says."""

    label: str
    value: str

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"


def lines(tree: Tree, node: Node) -> Iterator[Line]:
    """Yield the lines of a node, in the order of the model."""
    for f in declared(type(node)):
        value = getattr(node, f.name)
        if f.metadata.get("line") and value is not None and value != ():
            label = label_on(type(node).__name__, key_of(f))
            yield Line(capitalized(label), _read(tree, value, f.metadata.get("ref", ())))


def _read(tree: Tree, value: Any, kinds: tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return listed([_read(tree, item, kinds) for item in value])
    if isinstance(value, bool):
        return t("lines.yes" if value else "lines.no")
    return called(tree.get(value, *kinds)) if kinds else str(value)


def called(node: object) -> str:
    """Return what a reader knows a node by."""
    names = (getattr(node, name, None) for name in ("title", "label", "heading", "name", "text"))
    return str(next((name for name in names if name), ""))
