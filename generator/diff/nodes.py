"""What differs between two trees, node by node and key by key, whatever the nodes are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.locale import shortened, t, title_of
from generator.model import Named, Node, Step, Tree
from generator.model.declared import Weight, declared, key_of, weight_of
from generator.model.position import Pos
from generator.routine.lines import called

PRESENT = "\N{CHECK MARK}"
# How much of their words nodes without ids have in common, at least, if one became the other.
ALIKE = 0.5
HEAD = 60  # letters of a text that stands for its node


@dataclass(frozen=True)
class KeyChange:
    """A key below a node, and what it held and holds; an empty side means that it was not there.

    A key that stands for a whole node below holds ``PRESENT``. ``title`` is the key in a reader's words,
    ``pos`` its place in the later version. ``held`` are both sides as they stand in the model, and ``kinds``
    those of the nodes that they name.
    """

    key: str
    title: str
    before: str
    after: str
    weight: Weight
    pos: Pos
    held: tuple[Any, Any] = (None, None)
    kinds: tuple[str, ...] = ()


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
        weight, sides = weight_of(f), [_nodes(getattr(tree, f.name)) for tree in (before, after)]
        for id, was, now in _pairs(*sides):
            if was is now:
                continue
            found = key_changes(was, now) if (was and now) or weight is Weight.WORDS else ()
            keys = tuple(replace(key, weight=_least(weight, key.weight)) for key in found)
            if keys or was is None or now is None:
                yield NodeChange(f.name, weight, id, was, now, keys)


def _nodes(value: object) -> Sequence[Node]:
    return value if isinstance(value, tuple) else (value,) if isinstance(value, Node) else ()


def _least(whole: Weight, weight: Weight) -> Weight:
    return whole if whole is Weight.BESIDE else weight


def key_changes(was: Node | None, now: Node | None, above: str = "", within: str = "") -> Iterator[KeyChange]:
    """Yield every key below a node that differs, save for the steps of situations.

    ``above`` and ``within`` are what stands before each key and each title.
    """
    for f in (f for f in declared(type(now or was)) if "short" not in f.metadata):
        old, new = (_held(side, f.name) for side in (was, now))
        key, weight, some = f"{above}{key_of(f)}", weight_of(f), old if new is None else new
        if isinstance(some, tuple) and isinstance(some[0], Node):
            yield from _below(key, within, weight, old or (), new or ())
        elif isinstance(some, Node):
            yield from key_changes(old, new, f"{key}/", within)
        elif old != new or _shown(old) != _shown(new):
            title = within + title_of(type(now or was).__name__, key_of(f))
            place = _place(new) or (now.pos if now else Pos())
            kinds = f.metadata.get("ref", ())
            yield KeyChange(key, title, _shown(old), _shown(new), weight, place, (old, new), kinds)


def _below(
    key: str, within: str, weight: Weight, old: Sequence[Node], new: Sequence[Node]
) -> Iterator[KeyChange]:
    for name, one, other in _pairs(old, new):
        title = f"{within}{_titled(other or one) or name}"
        if one is None or other is None:
            was, now = (PRESENT if side else "" for side in (one, other))
            yield KeyChange(f"{key}/{name}", title, was, now, weight, other.pos if other else Pos())
        yield from key_changes(one, other, f"{key}/{name}/", f"{title} – ")


def _titled(node: object) -> str:
    """Return what a node is headed by; one with an id that is no more than a text, by its beginning."""
    text = getattr(node, "text", None)
    if not text:
        return called(node)
    return shortened(str(text), HEAD) if isinstance(node, Named) else ""


def _pairs(old: Sequence[Node], new: Sequence[Node]) -> Iterator[tuple[str, Node | None, Node | None]]:
    """Yield each node's name, and what it was and is: the same id or, where there are no ids, content."""
    left = {_name(node, at): node for at, node in enumerate(old) if not isinstance(node, Step)}
    others = {_name(node, at): node for at, node in enumerate(new) if not isinstance(node, Step)}
    became = {name: name for name, node in others.items() if isinstance(node, Named) and name in left}
    became = became or _by_content(left, others)
    yield from ((name, left.get(became.get(name, "")), node) for name, node in others.items())
    yield from ((name, node, None) for name, node in left.items() if name not in became.values())


def _by_content(old: Mapping[str, Node], new: Mapping[str, Node]) -> dict[str, str]:
    """Return which of the new nodes without ids was which: the same, else one headed so, else most alike."""
    before, after = _words(old), _words(new)
    found: dict[str, str] = {}
    same: dict[frozenset[str], list[str]] = {}
    for other, words in before.items():
        same.setdefault(words, []).append(other)
    for name, words in after.items():
        if others := same.get(words):
            found[name] = name if name in others else others[0]
            others.remove(found[name])
    headed = {_titled(old[other]): other for other in before if other not in found.values()}
    for name in (name for name in after if name not in found and _titled(new[name])):
        if other := headed.pop(_titled(new[name]), ""):
            found[name] = other
    left = {other: words for other, words in before.items() if other not in found.values()}
    for name in [name for name in after if name not in found and left]:
        shares = {other: _share(after[name], words) for other, words in left.items()}
        best = max(shares, key=lambda other: shares[other], default="")
        if best and shares[best] >= ALIKE:
            found[name] = best
            del left[best]
    return found


def _words(nodes: Mapping[str, Node]) -> dict[str, frozenset[str]]:
    return {n: frozenset(_said(node).split()) for n, node in nodes.items() if not isinstance(node, Named)}


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / max(1, len(one) + len(other))


def _said(node: Node) -> str:
    return " ".join(change.after for change in key_changes(None, node))


def _name(node: Node, at: int) -> str:
    return str(node.id) if isinstance(node, Named) else str(at + 1)


def _held(node: Node | None, name: str) -> Any:
    value = getattr(node, name, None)
    return None if value == () else value


def _place(value: object) -> Pos | None:
    """Return where a text, or the first of several, stands."""
    if isinstance(value, (tuple, Mapping)):
        return _place(next(iter(value), None))
    return getattr(value, "pos", None)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_shown(held)}" for key, held in value.items())
    if isinstance(value, tuple):
        between = t("facts.or") if any(isinstance(item, Mapping) for item in value) else ", "
        return between.join(_shown(item) for item in value)
    return str(value)
