"""Where gaps are shown that say in which cases, and at which actions, and not in which situations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.model import Gap, Spot, Text, Tree, once
from generator.routine.frames import have
from generator.routine.holding import taken_in
from generator.routine.steps import own_and_shared


@once
def with_places(tree: Tree) -> Tree:
    """Return a tree whose gaps concern what they list and what their spots find, which a rule may ask first.

    So whatever asks what a gap concerns need not know of spots.
    """
    if not any(gap.on for gap in tree.gaps):
        return tree
    gaps = (replace(gap, concerns=_concerns(tree, gap)) if gap.on else gap for gap in tree.gaps)
    return replace(tree, gaps=tuple(gaps))


def _concerns(tree: Tree, gap: Gap) -> tuple[Text, ...]:
    found = (place for spot in gap.on for place in places(tree, spot))
    return tuple(dict.fromkeys((*gap.concerns, *found)))


def places(tree: Tree, spot: Spot) -> Iterator[Text]:
    """Yield the situations, or the steps of them, that a spot finds: all their cases have one of its sets."""
    for situation in tree.situations:
        if not spot.action and have(spot.facts, situation.facts):
            yield Text(situation.id, spot.pos)
        steps = own_and_shared(tree, situation) if spot.action else ()
        for action in spot.action:
            for step in (step for step in steps if step.action == action):
                if have(spot.facts, taken_in(tree, step, situation.facts)):
                    yield Text(f"{situation.id}/{step.key}", spot.pos)
