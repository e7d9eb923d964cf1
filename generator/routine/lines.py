"""Lines: the fields that are shown as a label and a value, wherever the node that has them is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.locale import capitalized, label_on, listed, t
from generator.model import Action, Document, Node, Tree
from generator.model.declared import declared, each_of, key_of


@dataclass(frozen=True)
class Line:
    """What a field is called, and what it says; documents are told with their addresses, for paper."""

    label: str
    value: str
    documents: tuple[Document, ...] = ()

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"


def lines(tree: Tree, node: Node) -> Iterator[Line]:
    """Yield the lines of a node, in the order of the model."""
    for f in declared(type(node)):
        value = getattr(node, f.name)
        if f.metadata.get("line") and value is not None and value != ():
            label, kinds = capitalized(label_on(type(node).__name__, key_of(f))), f.metadata.get("ref", ())
            documents = _documents(tree, node, value) if kinds == ("documents",) else ()
            if documents:
                yield Line(label, listed([with_address(one) for one in documents]), documents)
            elif kinds != ("documents",):
                yield Line(label, _read(tree, value, kinds))


def _documents(tree: Tree, node: Node, value: Any) -> tuple[Document, ...]:
    """Return the documents of a field. That an action's has no address is told beside the sentence."""
    found = tuple(tree.get(id, Document) for id in each_of(value))
    return tuple(one for one in found if one.url) if isinstance(node, Action) else found


def with_address(document: Document) -> str:
    """Return a document's title with where it is, as it can be read on paper."""
    return f"{document.title} ({address_of(document) or t('document.unlinked')})"


def address_of(document: Document) -> str:
    """Return the address that a reader can write, or nothing."""
    return (document.url or "").removeprefix("mailto:")


def _read(tree: Tree, value: Any, kinds: tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return listed([_read(tree, item, kinds) for item in value])
    if isinstance(value, bool):
        return t("lines.yes" if value else "lines.no")
    return called(tree.get(value, *kinds)) if kinds else str(value)


def called(node: object) -> str:
    """Return what a reader knows a node by."""
    names = (getattr(node, name, None) for name in ("title", "label", "heading", "name", "term", "text"))
    return str(next((name for name in names if name), ""))
