"""Where the boxes of an unfolded tree stand: column by column, from left to right, in whole pixels.

A branch is a box with all that it leads to. Branches are moved whole, so no line needs to cross another: of
two boxes in a column, all that the upper one leads to stands above what the lower one leads to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Block:
    """What a box of the picture takes up: rows of these heights, one below the other."""

    key: str
    rows: tuple[int, ...]

    @property
    def height(self) -> int:
        return sum(self.rows)

    def middle(self, row: int) -> int:
        """Return the height at which a line begins or ends at a row, from the top of the box."""
        return sum(self.rows[:row]) + self.rows[row] // 2


@dataclass(frozen=True)
class Arrow:
    """A line from a row of one box to the first row of another."""

    tail: str
    row: int
    head: str


class Place(NamedTuple):
    """Where a box stands: in which column, and how far from the top of the picture."""

    column: int
    y: int


@dataclass(frozen=True)
class Outline:
    """A branch seen from above and from below: for each column, where its boxes begin and where they end."""

    tops: list[int]
    bottoms: list[int]


def place(blocks: Sequence[Block], arrows: Sequence[Arrow], below: int) -> Mapping[str, Place]:
    """Return the place of each box, ``below`` at least from the next in its column.

    The first box leads to all the others, each is led to from one before it, and a box's arrows run in the
    order of its rows and of the boxes.

    A box stands as high as it can, but no higher than the row that leads to it, or, if its own first row is
    tall, than the box with that row. So the first arrow from a box is straight and the others run downwards.
    Raises KeyError for an arrow from or to a box that is not there.
    """
    by_key = {block.key: block for block in blocks}
    ways: dict[str, dict[str, int]] = {block.key: {} for block in blocks}
    for arrow in arrows:
        ways[arrow.tail].setdefault(by_key[arrow.head].key, arrow.row)
    outlines: dict[str, Outline] = {}
    lower: dict[str, int] = {}  # how much lower a box stands than the one that leads to it
    for block in reversed(blocks):
        outline = Outline([], [])
        for head, row in ways[block.key].items():
            level = block.middle(row) - by_key[head].middle(0)
            lower[head] = max(level, _room(outline, outlines[head], below))
            outline = _joined(outline, outlines.pop(head), lower[head])
        outlines[block.key] = Outline([0, *outline.tops], [block.height, *outline.bottoms])
    places = {blocks[0].key: Place(0, 0)}
    for block in blocks:
        at = places[block.key]
        places |= {head: Place(at.column + 1, at.y + lower[head]) for head in ways[block.key]}
    return places


def _room(upper: Outline, branch: Outline, below: int) -> int:
    """Return how much lower than the box before them a branch begins, below another or with none above it."""
    pairs = zip(upper.bottoms, branch.tops, strict=False)
    return max((bottom + below - top for bottom, top in pairs), default=0)


def _joined(upper: Outline, branch: Outline, y: int) -> Outline:
    """Return the outline of a branch at ``y`` together with what stands above it."""
    tops, bottoms = ([y + edge for edge in edges] for edges in (branch.tops, branch.bottoms))
    columns = len(tops)
    return Outline(upper.tops + tops[len(upper.tops) :], bottoms + upper.bottoms[columns:])
