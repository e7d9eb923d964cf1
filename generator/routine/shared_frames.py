"""Shared frames: the notes that hold while an answer is missing, for every case or for some."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from generator.model import Action, FactSet, Frame, Tree
from generator.routine.boxes import domain, meets, within
from generator.routine.passages import Passage


def shared_frames(tree: Tree, taken: Sequence[Passage], varying: Sequence[Action]) -> list[Frame]:
    """Return the notes that hold for every case, on the case itself or on an action that varies.

    A note that only points elsewhere is none.
    """
    actions = (None, *(action.id for action in varying))
    return [
        frame
        for frame in tree.frames
        if not frame.see and any(map(frame.on.is_on, actions)) and _holds_in_all(tree, frame.on.facts, taken)
    ]


def possible_frames(
    tree: Tree, passed: Sequence[Passage], actions: Collection[str]
) -> list[tuple[FactSet, list[Frame]]]:
    """Return the notes that hold for some cases and not for others, by the facts that they hang on there.

    They are on the case itself or on one of the ``actions``. A note that only points elsewhere is none.
    """
    found: dict[str, tuple[FactSet, list[Frame]]] = {}
    for frame in (f for f in tree.frames if not f.see and any(map(f.on.is_on, (None, *actions)))):
        if any(meets(domain(tree), p.cases, frame.on.facts) for p in passed):
            declared = frame.on.facts.items()
            unsettled = {f: ids for f, ids in declared if not _holds_in_all(tree, {f: ids}, passed)}
            if unsettled:
                found.setdefault(str(unsettled), (unsettled, []))[1].append(frame)
    return list(found.values())


def _holds_in_all(tree: Tree, facts: FactSet, passed: Sequence[Passage]) -> bool:
    return all(within(domain(tree), p.cases, facts) for p in passed)
