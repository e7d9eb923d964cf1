"""The whole tree as one picture: boxes with text at their places, and the arrows between them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.locale import t
from generator.model import Ask, Gap, Option, Question, Situation
from generator.pages.map.layout import Arrow, Block, place
from generator.pages.site import Site

# What the text takes up is reckoned in letters, so that the picture is the same on every machine.
# A letter's place leaves room for wide fonts.
LETTER = 7.2
LINE = 16
BASELINE = 12
PADDING = 8  # to the left and right of a line, and above and below it together
LEAST = 20  # letters to a line, or as many as the longest word has
BESIDE = 28
BELOW = 8
CORNER = 4
MARGIN = 2


@dataclass(frozen=True)
class Edge:
    """A way on from a place: what is answered there, and the place that it leads to.

    ``goes_on`` is the way from an end back to the questions, which nobody chooses.
    """

    row: int
    answer: str
    to: str
    goes_on: bool = False


@dataclass(frozen=True)
class TextRow:
    """A part of a box: its lines of text, and where it begins and ends, from the top of the box."""

    lines: list[str]
    y: int
    height: int
    left: int = PADDING

    def baseline(self, line: int) -> int:
        """Return where a line of the text stands, from the top of the box."""
        return self.y + PADDING // 2 + line * LINE + BASELINE


@dataclass(frozen=True)
class TextBox:
    """A box in the picture, with what stands in it. Only the first box of a place has ``edges``."""

    key: str
    place: str
    kind: str
    name: str
    href: str
    first: bool
    rows: list[TextRow]
    edges: list[Edge]

    @property
    def height(self) -> int:
        return sum(row.height for row in self.rows)

    @property
    def text(self) -> str:
        return " ".join(self.rows[0].lines)


@dataclass(frozen=True)
class DrawnBox:
    """A box at its place in the picture."""

    box: TextBox
    x: int
    y: int


@dataclass(frozen=True)
class DrawnArrow:
    """An arrow of the picture, as SVG writes it."""

    path: str
    goes_on: bool


@dataclass(frozen=True)
class Picture:
    """The picture: its size, the boxes' width, the boxes in order of reading, and the arrows."""

    width: int
    height: int
    box_width: int
    boxes: list[DrawnBox]
    arrows: list[DrawnArrow]


def edges(site: Site, id: str) -> list[Edge]:
    """Return the edges from a place, in the order that they are asked; none from most ends."""
    if id in site.tree.ids("nodes"):
        node = site.tree.get(id, Ask)
        options = site.tree.get(node.ask, Question).options
        numbered = enumerate(options, start=1)
        return [Edge(n, answer(node, o, str(o.short)), str(node.goto[o.id])) for n, o in numbered]
    continues = getattr(site.tree.get(id, Situation, Gap), "continues", None)
    return [Edge(1, t("site.continue"), str(continues.node), goes_on=True)] if continues else []


def answer(node: Ask, option: Option, text: str) -> str:
    """Return an answer in a place, marked where the way on from it is the tool's reading."""
    return t("map.own", answer=text) if option.id in node.own else text


def side_by_side(edges: Iterable[Edge]) -> list[list[Edge]]:
    """Return the edges, those together that stand side by side and lead to one place: they share a box."""
    return [list(group) for _, group in groupby(edges, key=lambda edge: edge.to)]


def text_boxes(site: Site) -> list[TextBox]:
    """Return the tree as boxes, each followed by those that it leads to.

    What several ways lead to is drawn in full at the end of the shortest way. The others end in a
    box of their own, so that no line has to cross the picture.
    """
    start = str(site.tree.routine.start)
    owners = {start: ""}
    queue = [start]
    for id in queue:  # grows while it is read
        for edge in edges(site, id):
            if edge.to not in owners:
                owners[edge.to] = _key(id, edge)
                queue.append(edge.to)
    letters = _letters(site, queue)

    def below(id: str, key: str) -> Iterator[TextBox]:
        first = owners[id] == key
        yield _box(site, id, key, first, letters)
        if first:
            for edge, *_ in side_by_side(edges(site, id)):
                yield from below(edge.to, _key(id, edge))

    return list(below(start, ""))


def _key(place: str, edge: Edge) -> str:
    """Return the key of the box that an edge leads to, if it is the first of those side by side."""
    return f"{place}/{edge.row}"


def _letters(site: Site, places: Sequence[str]) -> int:
    texts = [text_of(site, id) for id in places] + [edge.answer for id in places for edge in edges(site, id)]
    texts += [_again(site, id) for id in places]
    return max([LEAST, *(len(word) for text in texts for word in text.split())])


def _box(site: Site, id: str, key: str, first: bool, letters: int) -> TextBox:
    on = edges(site, id)
    again = bool(on) and not first
    texts = [_again(site, id)] if again else [text_of(site, id), *(edge.answer for edge in on)]
    rows: list[TextRow] = []
    for text in texts:
        y = rows[-1].y + rows[-1].height if rows else 0
        lines = textwrap.wrap(text, letters, break_long_words=False)
        rows.append(TextRow(lines, y, len(lines) * LINE + PADDING))
    kind = "again" if again else kind_of(site, id)
    href = f"#karta-{id}" if again else site.page_of(id, "nodes", "situations", "gaps")
    name = texts[0] if again else _name(site, id)
    return TextBox(key, id, kind, name, href, first, rows, on if first else [])


def kind_of(site: Site, id: str) -> str:
    """Return what a place is: question, situation or gap."""
    kinds = {"question": "nodes", "situation": "situations", "gap": "gaps"}
    return next(kind for kind, ids in kinds.items() if id in site.tree.ids(ids))


def title_of(site: Site, id: str) -> str:
    """Return the title of a place in full."""
    if id in site.tree.ids("nodes"):
        return str(site.tree.get(site.tree.get(id, Ask).ask, Question).text)
    return str(site.tree.get(id, Situation, Gap).title)


def text_of(site: Site, id: str) -> str:
    """Return what stands in a box: the way there says the rest."""
    if id in site.tree.ids("situations"):
        return str(site.tree.get(id, Situation).short)
    return title_of(site, id)


def _name(site: Site, id: str) -> str:
    """Return a box's name for whoever does not see the way there; what is seen is a part of it."""
    text, title = text_of(site, id), title_of(site, id)
    if id in site.tree.ids("nodes"):
        return f"{title} – {answers}" if (answers := answers_before(site, id)) else title
    return title if text.casefold() in title.casefold() else f"{text}. {title}"


def _again(site: Site, id: str) -> str:
    return t("map.again", answers=answers_before(site, id) or title_of(site, id))


def answers_before(site: Site, id: str) -> str:
    """Return the answers of the shortest way to a place, as one text."""
    return ", ".join(str(answer.option.short) for answer in site.answers_to(id))


def picture(site: Site) -> Picture:
    """Return the picture of the whole tree."""
    found = text_boxes(site)
    letters = _letters(site, [box.place for box in found])
    return drawn(found, round(letters * LETTER) + 2 * PADDING)


def drawn(boxes: Sequence[TextBox], width: int) -> Picture:
    """Return the picture of boxes of one width, each before those that it leads to."""
    by_key = {box.key: box for box in boxes}
    leads = [
        (box, edge, by_key[_key(box.place, together[0])])
        for box in boxes
        for together in side_by_side(box.edges)
        for edge in together
    ]
    blocks = [Block(box.key, tuple(row.height for row in box.rows)) for box in boxes]
    places = place(blocks, [Arrow(tail.key, edge.row, head.key) for tail, edge, head in leads], BELOW)
    at = {
        key: DrawnBox(by_key[key], column * (width + BESIDE) + MARGIN, y + MARGIN)
        for key, (column, y) in places.items()
    }
    arrows = [
        DrawnArrow(_path(at[tail.key], at[head.key], edge.row, width), edge.goes_on)
        for tail, edge, head in leads
    ]
    right = max(one.x + width for one in at.values())
    bottom = max(one.y + one.box.height for one in at.values())
    return Picture(right + MARGIN, bottom + MARGIN, width, [at[box.key] for box in boxes], arrows)


def _path(tail: DrawnBox, head: DrawnBox, row: int, width: int) -> str:
    """Return a line from a row of one box to the first of another, with the point of an arrow."""
    part, first = tail.box.rows[row], head.box.rows[0]
    x, y = tail.x + width, tail.y + part.y + part.height // 2
    to_x, to_y = head.x, head.y + first.height // 2
    point = f"M{to_x - 7} {to_y - 4}L{to_x} {to_y}L{to_x - 7} {to_y + 4}"
    if y == to_y:
        return f"M{x} {y}H{to_x}{point}"
    # A lower row turns sooner, so that no line crosses another on the way down.
    turn = x + BESIDE * (len(tail.box.rows) - row) // (len(tail.box.rows) + 1)
    corner = min(CORNER, abs(to_y - y) // 2)
    bend = corner if to_y > y else -corner
    down = f"H{turn - corner}Q{turn} {y} {turn} {y + bend}V{to_y - bend}"
    return f"M{x} {y}{down}Q{turn} {to_y} {turn + corner} {to_y}H{to_x}{point}"
