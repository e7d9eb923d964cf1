"""A fact travels with its reservations: no view shows a step without what qualifies it there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from lxml import html

from generator.model import Condition, Frame, Gap, Situation, Text, Tree
from generator.outputs import outputs
from generator.pages.matrix import matrix
from generator.pages.site import Site
from generator.printing.documents import printed_documents
from generator.routine.cases import all_cases, ways
from generator.routine.reservations import Reservation, Reservations, reservations
from generator.routine.steps import PlacedStep, placed_steps
from tests.conftest import REAL, checked
from tests.playground import TREE as PLAYGROUND

TREES = {"real": REAL, "playground": PLAYGROUND}


@cache
def made(name: str) -> tuple[Tree, dict[str, Any], dict[str, Any]]:
    """Return a tree, its pages as HTML by path, and the data of its printed documents by path."""
    text = TREES[name].read_text("utf-8")
    tree = checked(text)
    files = outputs(tree, text)
    pages = {
        path.removesuffix(".md"): html.fromstring(content.split("---\n", 2)[2])
        for path, content in files.items()
        if path.endswith(".md")
    }
    printed = {doc.path: json.loads(doc.data) for doc in printed_documents(Site.of(tree, text))}
    return tree, pages, printed | {"rutin.json": json.loads(files["rutin.json"])}


def steps(tree: Tree) -> Iterator[tuple[PlacedStep, Reservations]]:
    for situation in tree.situations:
        yield from ((placed, reservations(tree, placed)) for placed in placed_steps(tree, situation))


def said(node: Any) -> str:
    return re.sub(r"\s+", " ", node.text_content())


def told(qualifies: Reservations) -> list[str]:
    """Return what stands for each reservation where there is room: a text, or a title."""
    return [_text(about) for _, about in qualifies.each()]


def _text(about: Reservation) -> str:
    if isinstance(about, Text):
        return str(about)
    return str(about.text if isinstance(about, Condition) else about.title)


def lacking(tree: Tree, name: str, page: str, xpath: str, shown: Any) -> list[tuple[str, str]]:
    """Return the steps found on a page without one of their reservations."""
    by_id = {placed.id: qualifies for placed, qualifies in steps(tree)}
    found = made(name)[1][page].xpath(xpath)
    shown.extend(found)
    return [
        (node.get("data-step") or node.get("data-brief"), text)
        for node in found
        for text in told(by_id[node.get("data-step") or node.get("data-brief")])
        if text not in said(node)
    ]


@pytest.mark.parametrize("name", TREES)
@pytest.mark.parametrize("kind", ["situation", "atgard", "avsnitt", "enhet", "ny-har"])
def test_a_page_tells_every_step_with_all_that_qualifies_it(name: str, kind: str) -> None:
    tree, pages, _ = made(name)
    shown: list[Any] = []
    for path in (path for path in pages if path.startswith(f"{kind}/")):
        assert lacking(tree, name, path, "//li[@data-step or @data-brief]", shown) == [], path
    assert shown


@pytest.mark.parametrize("name", TREES)
def test_a_unit_s_page_has_in_full_the_frames_that_its_steps_name(name: str) -> None:
    tree, pages, _ = made(name)
    for unit in tree.units:
        page = pages[f"enhet/{unit.id}"]
        for link in page.xpath("//a[@data-frame]"):
            (there,) = page.xpath(f"//*[@id='{link.get('href')[1:]}']")
            frame = tree.get(link.get("data-frame"), Frame)
            assert all(str(s.text) in said(there) for s in frame.statements)


@pytest.mark.parametrize("name", TREES)
def test_a_unit_s_page_has_no_step_of_a_situation_that_does_not_name_it(name: str) -> None:
    tree, pages, _ = made(name)
    for unit in tree.units:
        shown = {
            li.get("data-brief").split("/")[0] for li in pages[f"enhet/{unit.id}"].xpath("//li[@data-brief]")
        }
        for situation in (s for s in tree.situations if s.id in shown):
            named = [{*p.step.who, *p.step.with_, *p.step.to} for p in placed_steps(tree, situation)]
            assert any(unit.id in ids for ids in named), (unit.id, situation.id)


@pytest.mark.parametrize("name", TREES)
def test_what_is_certain_is_told_with_all_that_qualifies_it(name: str) -> None:
    """A duty stands for several steps: its condition is theirs, and each of the rest is one's at least."""
    tree, pages, _ = made(name)
    duties = [(path, li) for path in pages for li in pages[path].xpath("//li[@data-duty][@class='r-duty']")]
    assert duties
    for path, li in duties:
        sentence = said(li.xpath(".//*[@class='r-text']")[0])
        places = said(li)
        candidates = [
            (placed, qualifies)
            for placed, qualifies in steps(tree)
            if placed.sentence == sentence and (not placed.condition or placed.condition.text in places)
        ]
        assert any(all(text in places for text in told(q)) for _, q in candidates), (path, sentence)


@pytest.mark.parametrize("name", TREES)
def test_a_cell_of_the_matrix_marks_all_that_qualifies_its_steps(name: str) -> None:
    tree, pages, printed = made(name)
    page = pages["matris"]
    rows = printed["checklista/haftet.pdf"]["matrix"]["rows"]
    for situation, row in zip(tree.situations, rows, strict=True):
        for column, cell in zip(tree.matrix, row["cells"], strict=True):
            (td,) = page.xpath(f"//tr[@id='{situation.id}']/td[@data-column='{column.id}']")
            links = td.xpath(".//a[@data-mark]")
            there = {link.get("href")[1:]: said(link) for link in links}
            explained = " ".join(said(page.xpath(f"//*[@id='{id}']")[0]) for id in there)
            assert cell["marks"] == list(there.values())
            for placed, qualifies in steps(tree):
                if placed.situation is situation and placed.step.action in column.actions:
                    assert [t for t in told(qualifies) if t not in explained] == [], placed.id
                    assert all(f.title in there.values() for f in qualifies.frames)


@pytest.mark.parametrize("name", TREES)
def test_a_dash_stands_only_where_no_case_of_the_situation_is_told_it(name: str) -> None:
    tree, pages, printed = made(name)
    told_of: dict[str, set[str]] = {str(situation.id): set() for situation in tree.situations}
    for case in all_cases(tree):
        ends = [tree.get(way.at, Situation) for way in ways(tree, case) if way.at in told_of]
        for end in ends if len(ends) == len(ways(tree, case)) else ():
            told_of[end.id].update(p.step.action for each in ends for p in placed_steps(tree, each))
    rows = printed["checklista/haftet.pdf"]["matrix"]["rows"]
    for situation, row in zip(tree.situations, rows, strict=True):
        for column, cell in zip(tree.matrix, row["cells"], strict=True):
            (td,) = pages["matris"].xpath(f"//tr[@id='{situation.id}']/td[@data-column='{column.id}']")
            is_told = not told_of[situation.id].isdisjoint(column.actions)
            assert bool(td.xpath(".//*[@class='r-none']")) != is_told, (situation.id, column.id)
            assert (cell["said"] == ["–"]) != is_told
            for link in td.xpath(".//a[@data-elsewhere]/@href"):
                path, _, step = link.partition("#")
                assert not step or pages[path.removesuffix(".html")].xpath(f"//*[@id='{step}']")


def test_a_gap_on_what_a_column_asks_makes_an_empty_cell_unclear(tree: Tree) -> None:
    here, gap = "barnfamilj-ekonomi-upprepad-skuld", "ersatter-upprepat-de-forsta-stegen"
    less = tuple(
        replace(s, steps=tuple(step for step in s.steps if step.action != "informera")) if s.id == here else s
        for s in tree.situations
    )
    shown = matrix(Site.of(replace(tree, situations=less), ""))
    (row,) = (row for band in shown.bands for row in band.rows if row.situation.id == here)
    cells = dict(zip((str(column.id) for column in tree.matrix), row.cells, strict=True))
    assert not cells["far-veta"].is_said
    assert [mark.about for mark in cells["far-veta"].marks] == [tree.get(gap, Gap)]
    assert not cells["utser"].marks


@pytest.mark.parametrize("name", TREES)
def test_what_explains_a_mark_in_the_booklet_says_it_in_full(name: str) -> None:
    tree, _, printed = made(name)
    legend = [m for part in printed["checklista/haftet.pdf"]["matrix"]["legend"] for m in part["marks"]]
    frames = {m["frame"]["title"] for m in legend if "frame" in m}
    texts = {m["text"] for m in legend if "frame" not in m}
    for placed, qualifies in steps(tree):
        if any(placed.step.action in column.actions for column in tree.matrix):
            assert {str(f.title) for f in qualifies.frames} <= frames
            rest = Reservations(qualifies.condition, (), qualifies.note, qualifies.gaps)
            assert set(told(rest)) <= texts


@pytest.mark.parametrize("name", TREES)
def test_paper_tells_every_step_with_all_that_qualifies_it(name: str) -> None:
    tree, _, printed = made(name)
    whole = [data["checklist"] for path, data in printed.items() if "checklist" in data]
    checklists = [*whole, *printed["checklista/haftet.pdf"]["checklists"]]
    qualifying = {(p.situation.id, p.number): q for p, q in steps(tree)}
    for checklist in checklists:
        for step in (step for phase in checklist["phases"] for step in phase["steps"]):
            qualifies = qualifying[checklist["id"], step["number"]]
            assert step["when"] == (qualifies.condition and qualifies.condition.text)
            assert step["note"] == qualifies.note
            assert [frame["title"] for frame in step["frames"]] == [f.title for f in qualifies.frames]
            assert step["gaps"] == [gap.title for gap in qualifies.gaps]


@pytest.mark.parametrize("name", TREES)
def test_paper_of_one_unit_has_the_gaps_and_frames_of_steps_that_it_leaves_out(name: str) -> None:
    tree, _, printed = made(name)
    for checklist in (data["checklist"] for data in printed.values() if "checklist" in data):
        gaps = {gap["title"] for gap in checklist["gaps"]}
        in_steps = [frame for phase in checklist["phases"] for s in phase["steps"] for frame in s["frames"]]
        frames = {frame["title"] for frame in (*checklist["frames"], *in_steps)}
        for placed, qualifies in steps(tree):
            if placed.situation.id == checklist["id"]:
                assert {str(gap.title) for gap in qualifies.gaps} <= gaps
                assert {str(frame.title) for frame in qualifies.frames} <= frames


@pytest.mark.parametrize("name", TREES)
def test_the_data_has_every_step_with_all_that_qualifies_it(name: str) -> None:
    tree, _, printed = made(name)
    data = printed["rutin.json"]
    exported = {step["id"]: step for situation in data["situations"] for step in situation["steps"]}
    conditions = {c["id"]: c["text"] for c in data["conditions"]}
    gaps = {gap["id"]: gap["concerns"] for gap in data["gaps"]}
    frames = {frame["id"]: frame["on"] for frame in data["frames"]}
    for placed, qualifies in steps(tree):
        step = exported[placed.id]
        if qualifies.condition:
            assert conditions[step["when"]] == qualifies.condition.text
        assert step.get("note") == qualifies.note
        assert all(placed.id in gaps[gap.id] for gap in qualifies.gaps)
        assert all(frames[frame.id]["action"] == placed.step.action for frame in qualifies.frames)
