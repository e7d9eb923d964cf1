"""Where the boxes of a tree stand: Graphviz places them, and nothing else of it is used.

It runs inside the process, on sizes that are given. No font is measured and no file is read, so
the same boxes come to stand in the same places on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor

import pygraphviz

POINTS = 72  # to an inch; one of Graphviz' points is one of our pixels
STRAIGHT = 100  # how much more a straight line is worth than a short one


@dataclass(frozen=True)
class Box:
    """A box to place: rows of these heights, one below the other."""

    key: str
    width: int
    rows: tuple[int, ...]

    @property
    def height(self) -> int:
        return sum(self.rows)


@dataclass(frozen=True)
class Arrow:
    """A line from a row of one box to the first row of another."""

    tail: str
    row: int
    head: str


@dataclass(frozen=True)
class Layout:
    """The whole size, and the upper left corner of each box, in pixels from the upper left."""

    width: int
    height: int
    corners: Mapping[str, tuple[int, int]]


def place(boxes: Sequence[Box], arrows: Sequence[Arrow], beside: int, below: int) -> Layout:
    """Return a layout that runs from left to right and keeps the order of the arrows.

    The first arrow from a box runs straight, so that the beginning stands at the top, where
    reading begins.
    ``beside`` and ``below`` are the least distances between boxes. Raises KeyError for an arrow
    from or to a box that is not there.
    """
    names = {box.key: f"b{n}" for n, box in enumerate(boxes)}
    graph = pygraphviz.AGraph(
        strict=False,
        directed=True,
        rankdir="LR",
        ordering="out",
        ranksep=beside / POINTS,
        nodesep=below / POINTS,
    )
    for box in boxes:
        graph.add_node(names[box.key], shape="plain", label=_rows(box))
    led: set[str] = set()
    for arrow in arrows:
        weight = 1 if arrow.tail in led else STRAIGHT
        led.add(arrow.tail)
        ports = {"tailport": f"r{arrow.row}:e", "headport": "r0:w"}
        graph.add_edge(names[arrow.tail], names[arrow.head], weight=weight, **ports)
    graph.layout("dot")
    _, _, width, height = (_whole(part) for part in graph.graph_attr["bb"].split(","))
    corners = {box.key: _corner(graph, names[box.key], box, height) for box in boxes}
    return Layout(width, height, corners)


def _rows(box: Box) -> str:
    """Return a box as Graphviz' own table, without a word in it: only its size and ports."""
    cell = '<tr><td fixedsize="true" width="{}" height="{}" port="r{}"></td></tr>'
    cells = "".join(cell.format(box.width, height, n) for n, height in enumerate(box.rows))
    return f'<<table border="0" cellborder="0" cellspacing="0" cellpadding="0">{cells}</table>>'


def _corner(graph: pygraphviz.AGraph, name: str, box: Box, height: int) -> tuple[int, int]:
    x, y = (float(part) for part in graph.get_node(name).attr["pos"].split(","))
    return _whole(x - box.width / 2), _whole(height - y - box.height / 2)


def _whole(number: float | str) -> int:
    """Round, a half always up, also where another processor's arithmetic ends a hair below it."""
    return floor(float(number) + 0.5 + 1e-6)
