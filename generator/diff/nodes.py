"""What differs between two trees, node by node and key by key, whatever the nodes are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import Enum

from generator.model import Citation, Force, Named, Node, Step, Text, Tree

# What describes the document, the site or the tree itself, and binds nobody.
_BESIDE = (
    *("routine", "source", "out_of_scope", "roles", "matrix", "documents", "topics", "examples"),
    *("terms", "introduction"),
)

# Keys that point somewhere for the reader's sake.
_POINTERS = ("known_by", "nearest", "concerns", "see", "source")
PRESENT = "\N{CHECK MARK}"


class Weight(Enum):
    """What a changed key changes."""

    DUTY = "duty"
    TEXT = "text"
    REFERENCE = "reference"
    BESIDE = "beside"


@dataclass(frozen=True)
class KeyChange:
    """A key below a node, and what it held and holds; an empty side means that it was not there.

    A key that stands for a whole node below holds ``PRESENT``.
    """

    key: str
    before: str
    after: str
    weight: Weight


@dataclass(frozen=True)
class NodeChange:
    """A node that came, went, or has keys that changed. ``kind`` is its list in the tree."""

    kind: str
    id: str
    before: Node | None
    after: Node | None
    keys: tuple[KeyChange, ...]

    @property
    def of_duty(self) -> bool:
        """Whether this changes what somebody has to do."""
        came_or_went = self.before is None or self.after is None
        return (came_or_went and self.kind not in _BESIDE) or any(k.weight is Weight.DUTY for k in self.keys)


def node_changes(before: Tree, after: Tree) -> Iterator[NodeChange]:
    """Yield every node that differs, save for the steps of situations, which have sides of their own."""
    for f in fields(Tree):
        if f.name in ("pos", "revisions"):
            continue
        old, new = _nodes(getattr(before, f.name)), _nodes(getattr(after, f.name))
        for id in dict.fromkeys([*new, *old]):
            was, now = old.get(id), new.get(id)
            keys = tuple(_keys(f.name, was, now)) if was and now else ()
            if keys or was is None or now is None:
                yield NodeChange(f.name, id, was, now, keys)


def _nodes(value: object) -> dict[str, Node]:
    if isinstance(value, Node):
        return {"": value}
    nodes = value if isinstance(value, tuple) else ()
    return {_id(node, at): node for at, node in enumerate(nodes)}


def _id(node: object, at: int) -> str:
    return str(node.id) if isinstance(node, Named) else str(at + 1)


def _keys(kind: str, was: Node, now: Node) -> Iterator[KeyChange]:
    old, new = dict(_leaves(was)), dict(_leaves(now))
    for key in dict.fromkeys([*new, *old]):
        before, after = old.get(key), new.get(key)
        weight = (after or before or ("", Weight.TEXT))[1]
        texts = (before[0] if before else "", after[0] if after else "")
        if texts[0] != texts[1]:
            yield KeyChange(key, *texts, Weight.BESIDE if kind in _BESIDE else weight)


def _leaves(node: Node, above: str = "") -> Iterator[tuple[str, tuple[str, Weight]]]:
    """Yield key path → (what it holds as text, what it weighs) for everything below a node."""
    for f in fields(node):
        value = getattr(node, f.name)
        key = f"{above}{f.name.rstrip('_')}"
        if f.name == "pos" or value is None or value == ():
            continue
        if isinstance(value, tuple) and isinstance(value[0], Node):
            for at, item in enumerate(value):
                if not isinstance(item, Step):
                    below = f"{key}/{_id(item, at)}"
                    yield below, (PRESENT, Weight.DUTY)
                    yield from _leaves(item, f"{below}/")
        elif isinstance(value, Node):
            yield from _leaves(value, f"{key}/")
        else:
            refers = bool(f.metadata.get("ref"))
            weight = Weight.REFERENCE if f.name in _POINTERS else _weight(node, refers, value)
            yield key, (_shown(value), weight)


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_shown(held)}" for key, held in value.items())
    if isinstance(value, tuple):
        return ", ".join(_shown(item) for item in value)
    return str(value)


def _weight(node: Node, refers: bool, value: object) -> Weight:
    first = value[0] if isinstance(value, tuple) else value
    if isinstance(first, Citation):
        return Weight.REFERENCE
    return (
        Weight.TEXT if isinstance(first, Text) and not refers and not isinstance(node, Force) else Weight.DUTY
    )
