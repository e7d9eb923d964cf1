"""Texts that a reader acts on and that changed. Whether they mean the same is for people to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from generator.diff.nodes import KeyChange, NodeChange, key_changes
from generator.model import Action, Situation, Step, Tree, once
from generator.model.declared import Weight, declared, each_of
from generator.model.position import Pos
from generator.routine.lines import called
from generator.routine.steps import concerns, own_and_shared

MARK = 4  # letters


@dataclass(frozen=True)
class Rewording:
    """A text that changed: the node and key that hold it, what it was and is, and where it stands now.

    ``units`` are those with a step that it is a part of, or whose own it is; None when it is for all.
    """

    kind: str
    id: str
    name: str
    key: str
    title: str
    before: str
    after: str
    pos: Pos
    units: frozenset[str] | None
    held: tuple[Any, Any] = (None, None)

    @property
    def place(self) -> str:
        """The place in the tree, and a mark of both texts: what is said of them holds for no others."""
        digest = sha256(f"{self.before}\0{self.after}".encode()).hexdigest()
        return f"{self.kind}/{self.id}/{self.key} {digest[:MARK]}"


def wordings(
    before: Tree, after: Tree, nodes: Iterable[NodeChange], steps: Iterable[tuple[Step, Step]]
) -> Iterator[Rewording]:
    """Yield the texts that differ in nodes, and in steps that were and are, each once."""
    for node in nodes:
        units = _units(before, after, node.kind, node.id)
        name = called(node.after or node.before) or node.id
        yield from _below(node.kind, node.id, name, node.keys, units)
    owners = _owners(after)
    for was, now in {id(now): (was, now) for was, now in steps}.values():
        owner, title = owners[id(now)], after.get(now.action, Action).label
        keys = key_changes(was, now, f"steps/{now.key}/", f"{title} – ")
        both = ((before, was), (after, now))
        units = frozenset(str(u.id) for tree, step in both for u in concerns(tree, step))
        yield from _below("situations", str(owner.id), str(owner.title), keys, units)


@once
def _owners(tree: Tree) -> Mapping[int, Situation]:
    """Return whose each step is: of those that share it, the one where it stands."""
    shown = {id(step): s for s in tree.situations for step in own_and_shared(tree, s)}
    return shown | {id(step): s for s in tree.situations for step in s.steps}


def _below(
    kind: str, id: str, name: str, keys: Iterable[KeyChange], units: frozenset[str] | None
) -> Iterator[Rewording]:
    for key in keys:
        if key.weight is Weight.WORDS:
            whose = frozenset({id}) if kind == "units" and "/" in key.key else units
            yield Rewording(
                kind, id, name, key.key, key.title, key.before, key.after, key.pos, whose, key.held
            )


def _units(before: Tree, after: Tree, kind: str, node: str) -> frozenset[str] | None:
    """Return the units with a step that a node is a part of, in one of the versions."""
    each = [_units_by_part(tree) for tree in (before, after)]
    found = [units[kind, node] for units in each if (kind, node) in units]
    return frozenset().union(*found) if found else None


@once
def _units_by_part(tree: Tree) -> Mapping[tuple[str, str], frozenset[str]]:
    """Return (kind, id) → units, for all that steps refer to."""
    found: dict[tuple[str, str], set[str]] = {("units", str(unit.id)): {str(unit.id)} for unit in tree.units}
    for step in (step for situation in tree.situations for step in own_and_shared(tree, situation)):
        units = {str(unit.id) for unit in concerns(tree, step)}
        for f in declared(Step):
            for kind in f.metadata.get("ref", ()):
                for id in each_of(getattr(step, f.name)):
                    found.setdefault((kind, str(id)), set()).update(units)
    return {part: frozenset(units) for part, units in found.items()}
