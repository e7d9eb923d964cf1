"""Every view of some trees, read as a reader would, and what qualifies each step there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from lxml import html

from generator.model import Force, Frame, Gap, Party, Situation, Tree, Unit, once
from generator.pages.site import Site
from generator.printing.documents import printed_documents
from generator.routine.reservations import Reservations, reservations, reservations_on
from generator.routine.steps import PlacedStep, concerns, placed_steps, units_in, units_of
from tests.conftest import REAL, checked, generated
from tests.playground import TREE as PLAYGROUND
from tests.several import TREE as SEVERAL

TREES = {"real": REAL, "playground": PLAYGROUND, "several": SEVERAL}
WHOLE = ("real", "playground")  # those that have everything that a view can tell


@cache
def made(name: str) -> tuple[Tree, dict[str, Any], dict[str, Any]]:
    """Return a tree, its pages as HTML by path, and the data of its printed documents by path."""
    text = TREES[name].read_text("utf-8")
    tree = checked(text)
    files, pages = generated(text), pages_of(text)
    printed = {doc.path: json.loads(doc.data) for doc in printed_documents(Site.of(tree, text))}
    return tree, pages, printed | {"rutin.json": json.loads(files["rutin.json"])}


def pages_of(text: str) -> dict[str, Any]:
    """Return the pages of a tree as HTML by path."""
    return {
        path.removesuffix(".md"): html.fragment_fromstring(content.split("---\n", 2)[2], "div")
        for path, content in generated(text).items()
        if path.endswith(".md")
    }


@once
def steps(tree: Tree) -> list[tuple[PlacedStep, Reservations]]:
    """Return every step of every situation, with what qualifies it."""
    placed = (placed for situation in tree.situations for placed in placed_steps(tree, situation))
    return [(one, reservations(tree, one)) for one in placed]


def with_steps(tree: Tree) -> list[Situation]:
    """Return the situations with steps, not a text in their place."""
    return [situation for situation in tree.situations if not situation.text]


@cache
def said(node: Any) -> str:
    return re.sub(r"\s+", " ", node.text_content()).strip()


def in_full(frames: Iterable[Frame]) -> Iterator[str]:
    for frame in frames:
        yield str(frame.title)
        yield from (str(text) for s in frame.statements for text in (s.text, *s.points))


def untold(page: Any, node: Any, gaps: Iterable[Gap]) -> list[str]:
    """Return the gaps that are told neither at a place itself nor where it points to on the page."""
    ids = {link.get("href")[1:] for link in node.xpath(".//a[starts-with(@href, '#')]")}
    told_there = " ".join(said(there) for there in page.xpath(".//*[@id]") if there.get("id") in ids)
    here = f"{said(node)} {told_there}"
    return [str(gap.id) for gap in gaps for text in (gap.title, gap.text) if text not in here]


def bound(tree: Tree, placed: PlacedStep, li: Any) -> bool:
    """Whether a step is said with its force: as a label before it, or marked inside the sentence."""
    said_with = f"{tree.get(placed.step.force, Force).label} {placed.sentence}"
    inside = li.xpath(".//*[@class='r-text']//*[contains(@class, 'r-force')]")
    return said_with in said(li) or (bool(inside) and placed.sentence in said(li))


def named_in(tree: Tree, about: Gap | Frame) -> list[Unit]:
    """Return the units that a gap or frame names."""
    words = f"{about.title} {about.text}" if isinstance(about, Gap) else " ".join(in_full([about]))
    return [unit for unit in tree.units if unit.name.casefold() in words.casefold()]


@once
def is_about(tree: Tree, situation: Situation, gap: Gap, unit: Unit) -> bool:
    """Whether a gap is about a unit: it names it, or nobody and the situation has steps for it.

    One about the whole situation is about all with a step; where no step bears it, its title names others.
    """
    of_step = any(gap in q.gaps for p, q in steps(tree) if p.situation is situation)
    having = units_of(tree, situation)
    if gap in reservations_on(tree, situation).gaps:
        named = [u for u in tree.units if u.name in gap.title or (of_step and u.name in gap.text)]
        return unit in (*named, *having)
    return unit in (named_in(tree, gap) or having)


@once
def beside_own_steps(tree: Tree, situation: Situation, unit: Unit) -> list[Gap]:
    """Return the gaps about the unit on the whole situation, and on steps that are not its own."""
    found = {g.id for g in reservations_on(tree, situation).gaps if is_about(tree, situation, g, unit)}
    for placed, qualifies in steps(tree):
        if placed.situation is situation and not of(tree, unit, placed):
            found |= {gap.id for gap in qualifies.gaps if is_about(tree, situation, gap, unit)}
    return [gap for gap in tree.gaps if gap.id in found]


def is_collective(tree: Tree, placed: PlacedStep) -> bool:
    """Whether a step names a collective, and no unit."""
    who = [tree.get(id, Unit, Party) for id in placed.step.who]
    return any(isinstance(p, Party) and p.collective for p in who) and not [
        u for u in who if isinstance(u, Unit)
    ]


def named_beside(tree: Tree, placed: PlacedStep) -> list[Unit]:
    """Return who the routine says acts in a collective's step: those of its phase and matrix column."""
    if not is_collective(tree, placed):
        return []
    columns = [column.actions for column in tree.matrix if placed.step.action in column.actions]
    beside = [
        p.step
        for p in placed_steps(tree, placed.situation)
        if p.step.phase == placed.step.phase and any(p.step.action in actions for actions in columns)
    ]
    return [unit for unit in tree.units if any(unit.id in step.who for step in beside)]


def of(tree: Tree, unit: Unit, placed: PlacedStep) -> bool:
    return unit in units_in(tree, placed.step) or unit in concerns(tree, placed.step)
