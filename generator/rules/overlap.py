"""No case is covered by two ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model import Tree
from generator.reading.diagnostics import Diagnostic, finding
from generator.routine.cases import End, ends

Places = tuple[int, ...]


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each pair of situations or gaps whose facts allow the same case."""
    known = ends(tree)
    values = {str(fact.id): [str(value.id) for value in fact.values] for fact in tree.facts}
    for first, second in sorted(_meeting(known, values)):
        one, other = known[first], known[second]
        yield finding(other.id.pos, "overlap", related=one.id.pos, id=other.id, other=one.id)


def _meeting(known: Sequence[End], values: dict[str, list[str]]) -> set[tuple[int, int]]:
    """Return the pairs of ends that allow the same case.

    Ends are sorted out by one fact after another; only those that are never parted meet.
    """
    pairs: set[tuple[int, int]] = set()
    waiting: list[tuple[Places, tuple[str, ...]]] = [(tuple(range(len(known))), tuple(values))]
    while waiting:
        places, facts = waiting.pop()
        if not facts:
            pairs.update((one, other) for n, one in enumerate(places) for other in places[n + 1 :])
            continue
        fact, *rest = facts
        groups = dict.fromkeys(_allowing(known, places, fact, value) for value in values[fact])
        waiting += [(group, tuple(rest)) for group in groups if len(group) > 1]
    return pairs


def _allowing(known: Sequence[End], places: Places, fact: str, value: str) -> Places:
    allowed = ((known[at].facts or {}).get(fact) for at in places)  # type: ignore[call-overload]
    return tuple(at for at, these in zip(places, allowed, strict=True) if these is None or value in these)
