"""The picture of any tree: nothing is on anything else, no line crosses another, and no room is wasted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Ask, Tree
from generator.pages.map.layout import Arrow, Block, Place, place
from generator.pages.map.picture import (
    BELOW,
    BESIDE,
    LINE,
    PADDING,
    DrawnBox,
    Edge,
    Picture,
    TextBox,
    TextRow,
    drawn,
    picture,
)
from generator.pages.site import Site
from tests.conftest import REAL, ROOT, TINY, checked
from tests.deep import deep_text
from tests.test_fuzz import tried

PLAYGROUND = ROOT / "tests" / "playground" / "tree" / "lekplats.yaml"
ENDLESS = "Hyresgästen har inte hört av sig trots upprepade försök att nå fram"
Point = tuple[int, int]
Branch = tuple[int, list[tuple[list[int], "Branch"]]]


def wordy_text(levels: int) -> str:
    """Return the text of a large tree, where some answers, questions and ends have many words."""
    tree = json.loads(deep_text(levels))
    for n, one in enumerate([*tree["situations"], *(o for q in tree["questions"] for o in q["options"])]):
        one["short"] += f" {ENDLESS}" if n % 3 == 0 else ""
    for question in tree["questions"][::2]:
        question["text"] = f"{ENDLESS}: {question['text']}"
    return json.dumps(tree)


TREES = {
    "real": REAL.read_text("utf-8"),
    "tiny": TINY.read_text("utf-8"),
    "playground": PLAYGROUND.read_text("utf-8"),
    "large": deep_text(4),
    "wordy": wordy_text(4),
}


@pytest.fixture(scope="module", params=TREES)
def shown(request: pytest.FixtureRequest) -> Picture:
    text = TREES[request.param]
    return picture(Site.of(checked(text), text))


def ends(line: str) -> list[Point]:
    """Return the corners of a line, without its rounding and its point."""
    path = line[: line.rindex("M")]
    numbers = [int(number) for number in re.findall(r"-?\d+", path)]
    x, y = numbers[:2]
    if "Q" not in path:
        return [(x, y), (numbers[2], y)]
    turn, to_y, to_x = numbers[3], numbers[-2], numbers[-1]
    return [(x, y), (turn, y), (turn, to_y), (to_x, to_y)]


def meet(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Tell whether two upright or level stretches have a point in common."""
    return all(max(min(a, b), min(c, d)) <= min(max(a, b), max(c, d)) for (a, b), (c, d) in _axes(one, other))


def _axes(
    one: tuple[Point, Point], other: tuple[Point, Point]
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for axis in (0, 1):
        yield (one[0][axis], one[1][axis]), (other[0][axis], other[1][axis])


def columns(shown: Picture) -> list[list[DrawnBox]]:
    """Return the boxes column by column, in the order that they are read."""
    return [[box for box in shown.boxes if box.x == x] for x in sorted({box.x for box in shown.boxes})]


def leads(shown: Picture) -> list[tuple[DrawnBox, DrawnBox, int]]:
    """Return each box that is led to, after the one that leads to it, with the first row that does."""
    at = {one.box.key: one for one in shown.boxes}
    edges = [(one, edge) for one in shown.boxes for edge in one.box.edges]
    return [
        (one, at[f"{one.box.place}/{edge.row}"], edge.row)
        for one, edge in edges
        if f"{one.box.place}/{edge.row}" in at
    ]


def level(tail: DrawnBox, head: DrawnBox, row: int) -> int:
    """Return where a box would stand for a straight line from a row of another."""
    part, first = tail.box.rows[row], head.box.rows[0]
    return tail.y + part.y + part.height // 2 - first.height // 2


def assert_nothing_is_on_anything(shown: Picture) -> None:
    assert min(box.y for box in shown.boxes) >= 0
    assert max(one.y + one.box.height for one in shown.boxes) <= shown.height
    assert max(box.x + shown.box_width for box in shown.boxes) <= shown.width
    for column in columns(shown):
        # Reading the boxes in their order is reading each column downwards.
        for upper, lower in pairwise(column):
            assert upper.y + upper.box.height + BELOW <= lower.y
    for left, right in pairwise(columns(shown)):
        assert left[0].x + shown.box_width + BESIDE == right[0].x


def assert_no_line_crosses(shown: Picture) -> None:
    lines = [ends(arrow.path) for arrow in shown.arrows]
    gaps = {box.x + shown.box_width for box in shown.boxes}
    for line in lines:
        # From one column to the next, and in between only sideways: no line runs through a box.
        assert line[0][0] in gaps
        assert line[-1][0] == line[0][0] + BESIDE
        assert all(line[0][0] < x < line[-1][0] for x, _ in line[1:-1])
    for n, one in enumerate(lines):
        for other in lines[n + 1 :]:
            if one[0][0] == other[0][0] and one[-1] != other[-1]:
                assert not any(meet(a, b) for a in pairwise(one) for b in pairwise(other))


def assert_no_room_is_wasted(shown: Picture) -> None:
    """Each box stands at the height of its row, or its branch touches what is above."""
    above = {
        lower.box.key: upper.y + upper.box.height + BELOW
        for column in columns(shown)
        for upper, lower in pairwise(column)
    }
    heads = leads(shown)
    assert len(heads) == len(shown.boxes) - 1
    branches = {one.box.key: [one] for one in shown.boxes}
    for tail, head, _ in reversed(heads):
        branches[tail.box.key] += branches[head.box.key]
    for tail, head, row in heads:
        highest = max(tail.y, level(tail, head, row))
        assert head.y >= highest
        if row == tail.box.edges[0].row:
            assert head.y == highest  # the first line is straight
        if head.y > highest:
            assert any(one.y == above.get(one.box.key) for one in branches[head.box.key])


def test_nothing_is_on_anything_else_and_all_is_read_in_order(shown: Picture) -> None:
    assert_nothing_is_on_anything(shown)


def test_no_line_crosses_another_or_a_box(shown: Picture) -> None:
    assert_no_line_crosses(shown)


def test_no_room_is_wasted(shown: Picture) -> None:
    assert_no_room_is_wasted(shown)
    # What the fullest column needs, and the steps down to it.
    fullest = max(sum(one.box.height + BELOW for one in column) for column in columns(shown))
    assert shown.height <= 1.5 * fullest


def test_a_place_led_to_by_answers_that_are_apart_has_a_box_for_each() -> None:
    text = TREES["playground"]
    tree: Tree = checked(text)
    start = tree.get(str(tree.routine.start), Ask)
    first, second, third, *_ = start.goto
    parted = replace(start, goto={**start.goto, third: start.goto[first]})
    assert start.goto[second] != start.goto[first]
    site = Site.of(replace(tree, nodes=tuple(parted if n is start else n for n in tree.nodes)), text)
    shown = picture(site)
    boxes = [head.box for tail, head, _ in leads(shown) if tail.box.place == start.id]
    assert [boxes[0].place, boxes[0].kind] == [boxes[2].place, "question"]
    assert boxes[2].kind == "again"
    assert_no_line_crosses(shown)


heights = st.integers(1, 5).map(lambda lines: lines * LINE + PADDING)
branches: st.SearchStrategy[Branch] = st.recursive(
    st.tuples(heights, st.just([])),
    lambda below: st.tuples(
        heights, st.lists(st.tuples(st.lists(heights, min_size=1, max_size=3), below), max_size=5)
    ),
    max_leaves=20,
)


def unfolded(branch: Branch, key: str = "") -> Iterator[TextBox]:
    """Yield the boxes of a branch; what stands in them and where they lead is made up."""
    first, below = branch
    place = f"p{key}"
    rows, edges, later = [TextRow([], 0, first)], [], []
    for several, head in below:
        later.append((head, f"{place}/{len(rows)}"))
        for height in several:
            edges.append(Edge(len(rows), "", later[-1][1]))
            rows.append(TextRow([], rows[-1].y + rows[-1].height, height))
    yield TextBox(key, place, "question", "", "", True, rows, edges)
    for head, at in later:
        yield from unfolded(head, at)


@tried(300)
@given(branches)
def test_boxes_of_any_size_are_placed_soundly(branch: Branch) -> None:
    shown = drawn(list(unfolded(branch)), 100)
    assert_nothing_is_on_anything(shown)
    assert_no_line_crosses(shown)
    assert_no_room_is_wasted(shown)


def test_a_picture_with_a_line_across_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def upside_down(blocks: Sequence[Block], arrows: Sequence[Arrow], below: int) -> dict[str, Place]:
        placed = place(blocks, arrows, below)
        return {
            block.key: Place(placed[block.key].column, -placed[block.key].y - block.height)
            for block in blocks
        }

    monkeypatch.setattr("generator.pages.map.picture.place", upside_down)
    with pytest.raises(AssertionError):
        assert_no_line_crosses(picture(Site.of(checked(TREES["real"]), TREES["real"])))
