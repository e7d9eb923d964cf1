"""What differs between two trees, node by node and key by key, whatever the nodes are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model import Named, Node, Step, Tree
from generator.model.declared import Weight, declared, key_of, weight_of

PRESENT = "\N{CHECK MARK}"


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
    """A node that came, went, or has keys that changed.

    ``kind`` is its list in the tree; ``weight`` is what a node more or less in that list changes.
    """

    kind: str
    weight: Weight
    id: str
    before: Node | None
    after: Node | None
    keys: tuple[KeyChange, ...]

    @property
    def came_or_went(self) -> bool:
        """Whether only one version has the node."""
        return self.before is None or self.after is None

    @property
    def of_duty(self) -> bool:
        """Whether this changes what somebody has to do."""
        weights = {key.weight for key in self.keys} | ({self.weight} if self.came_or_went else set())
        return Weight.DUTY in weights


def node_changes(before: Tree, after: Tree) -> Iterator[NodeChange]:
    """Yield every node that differs, save for the steps of situations, which have sides of their own."""
    for f in declared(Tree):
        if f.name == "revisions":
            continue
        old, new = _nodes(getattr(before, f.name)), _nodes(getattr(after, f.name))
        for id in dict.fromkeys([*new, *old]):
            was, now = old.get(id), new.get(id)
            keys = tuple(_keys(weight_of(f), was, now)) if was and now else ()
            if keys or was is None or now is None:
                yield NodeChange(f.name, weight_of(f), id, was, now, keys)


def _nodes(value: object) -> dict[str, Node]:
    if isinstance(value, Node):
        return {"": value}
    nodes = value if isinstance(value, tuple) else ()
    return {_id(node, at): node for at, node in enumerate(nodes)}


def _id(node: object, at: int) -> str:
    return str(node.id) if isinstance(node, Named) else str(at + 1)


def _keys(whole: Weight, was: Node, now: Node) -> Iterator[KeyChange]:
    old, new = dict(_leaves(was)), dict(_leaves(now))
    for key in dict.fromkeys([*new, *old]):
        before, weight = old.get(key, ("", whole))
        after, weight = new.get(key, ("", weight))
        texts = _shown(before), _shown(after)
        if before != after or texts[0] != texts[1]:
            yield KeyChange(key, *texts, Weight.BESIDE if whole is Weight.BESIDE else weight)


def _leaves(node: Node, above: str = "") -> Iterator[tuple[str, tuple[object, Weight]]]:
    """Yield key path → (what it holds, what it weighs) for everything below a node."""
    for f in declared(type(node)):
        value, key = getattr(node, f.name), f"{above}{key_of(f)}"
        if value is None or value == ():
            continue
        if isinstance(value, tuple) and isinstance(value[0], Node):
            for at, item in enumerate(value):
                if not isinstance(item, Step):
                    below = f"{key}/{_id(item, at)}"
                    yield below, (PRESENT, weight_of(f))
                    yield from _leaves(item, f"{below}/")
        elif isinstance(value, Node):
            yield from _leaves(value, f"{key}/")
        else:
            yield key, (value, weight_of(f))


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_shown(held)}" for key, held in value.items())
    if isinstance(value, tuple):
        return ", ".join(_shown(item) for item in value)
    return str(value)
