"""What a field of the tree held, as a reader knows it: nodes by their names, and not by their ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.locale import t
from generator.model import Ask, Citation, Node, Question, Tree
from generator.routine.holding import as_clause
from generator.routine.lines import called
from generator.routine.wording import cited

PLACES = ("questions", "situations", "gaps", "nodes")


def before_and_after(
    trees: Sequence[Tree], nodes: Sequence[Node | None], held: Sequence[Any], kinds: Sequence[str] = ()
) -> list[str]:
    """Return what a field below a node held in each of two trees."""
    return [in_words(*side, kinds) for side in zip(trees, nodes, held, strict=True)]


def node_of(tree: Tree, kind: str, id: str) -> Node | None:
    """Return the node of a kind with an id, if there is one."""
    known = tree.ids(kind) if isinstance(getattr(tree, kind), tuple) else ()
    return tree.get(id, kind) if id in known else None


def name_of(tree: Tree, node: Node | None) -> str:
    """Return what a reader knows a node by; one in the tree by the question that is asked there."""
    if isinstance(node, Ask) and node.ask in tree.ids("questions"):
        return str(tree.get(node.ask, Question).text)
    return called(node)


def in_words(tree: Tree, node: Node | None, held: Any, kinds: Sequence[str]) -> str:
    """Return what a field below a node held; ``kinds`` are those of the nodes that it names."""
    if held is None:
        return ""
    if isinstance(held, bool):
        return t("lines.yes" if held else "lines.no")
    if isinstance(held, Citation):
        return cited(tree, held) if held.section in tree.ids("source") else str(held)
    if isinstance(held, Mapping):
        if set(held) <= tree.ids("facts"):
            return as_clause(tree, held)
        pairs = (
            (_named(tree, node, key, ()), in_words(tree, node, value, kinds)) for key, value in held.items()
        )
        return "; ".join(f"{key}: {value}" for key, value in pairs)
    if isinstance(held, tuple):
        return "; ".join(in_words(tree, node, each, kinds) for each in held)
    return _named(tree, node, str(held), kinds)


def _named(tree: Tree, node: Node | None, id: str, kinds: Sequence[str]) -> str:
    """Return the name of what an id stands for, or the text itself where it stands for nothing."""
    if isinstance(node, Ask) and node.ask in tree.ids("questions"):
        for option in tree.get(node.ask, Question).options:
            if option.id == id:
                return str(option.label)
    of, _, action = id.partition("/")
    if action in tree.ids("actions") and of in tree.ids("situations"):
        return f"{_named(tree, None, of, ())} – {_named(tree, None, action, ('actions',))}"
    for kind in kinds or PLACES:
        if id in tree.ids(kind):
            return name_of(tree, tree.get(id, kind)) or id
    return id
