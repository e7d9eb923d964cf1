"""The matrix marks what qualifies its steps, on its page and in print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from generator.locale import t
from generator.model import DOCUMENT, Action, Condition, Gap, Situation, Text, Tree
from generator.pages.matrix import matrix
from generator.pages.site import Site
from generator.routine.cases import ways
from generator.routine.reservations import Reservation, Reservations, reservations, reservations_on
from generator.routine.steps import PlacedStep, placed_steps
from tests.every_case import all_cases
from tests.views import TREES, made, said, steps


def told(qualifies: Reservations) -> list[str]:
    """Return what stands for each reservation where there is room: a text, or a title."""
    return [_text(about) for _, about in qualifies.each()]


def _text(about: Reservation) -> str:
    if isinstance(about, Text):
        return str(about)
    return str(about.text if isinstance(about, Condition) else about.title)


def test_the_matrix_names_whom_each_step_names_and_how(tree: Tree) -> None:
    pages = made("real")[1]
    for situation in tree.situations:
        for column in tree.matrix:
            (cell,) = pages["matris"].xpath(f".//tr[@id='{situation.id}']/td[@data-column='{column.id}']")
            text = said(cell)
            for placed in placed_steps(tree, situation):
                if placed.step.action in column.actions:
                    picks = placed.step.to if column.shows == "to" else placed.step.who
                    assert all(str(u.label) in text for u in tree.units if u.id in picks)
                    assert str(tree.get(placed.step.action, Action).short or "") in text


@pytest.mark.parametrize("name", TREES)
def test_a_cell_of_the_matrix_marks_all_that_qualifies_its_steps(name: str) -> None:
    tree, pages, printed = made(name)
    page = pages["matris"]
    rows = printed["checklista/haftet.pdf"]["matrix"]["rows"]
    for situation, row in zip(tree.situations, rows, strict=True):
        for column, cell in zip(tree.matrix, row["cells"], strict=True):
            (td,) = page.xpath(f".//tr[@id='{situation.id}']/td[@data-column='{column.id}']")
            links = td.xpath(".//a[@data-mark]")
            there = {link.get("href")[1:]: said(link) for link in links}
            explained = " ".join(said(page.xpath(f".//*[@id='{id}']")[0]) for id in there)
            assert len({mark for part in cell for mark in part["marks"]}) == len(there)
            for placed, qualifies in steps(tree):
                if placed.situation is situation and placed.step.action in column.actions:
                    assert [t for t in told(qualifies) if t not in explained] == [], placed.id
        # What is unclear is marked somewhere in the row, also where no column is about the step.
        (tr,) = page.xpath(f".//tr[@id='{situation.id}']")
        marked = {link.get("href")[1:] for link in tr.xpath(".//a[@data-mark]")}
        explained = " ".join(said(page.xpath(f".//*[@id='{id}']")[0]) for id in marked)
        whole = reservations_on(tree, situation).gaps
        gaps = [g for p, q in steps(tree) if p.situation is situation for g in q.gaps]
        assert [str(gap.title) for gap in (*whole, *gaps) if gap.title not in explained] == []


@pytest.mark.parametrize("name", TREES)
def test_what_qualifies_one_step_of_a_cell_stands_with_those_whom_that_step_names(name: str) -> None:
    tree, pages, printed = made(name)
    page, rows = pages["matris"], printed["checklista/haftet.pdf"]["matrix"]["rows"]
    several = 0
    for situation, row in zip(tree.situations, rows, strict=True):
        card = pages[f"situation/{situation.id}"].xpath(".//section[@class='r-brief']//div")
        for column, cell in zip(tree.matrix, row["cells"], strict=True):
            (td,) = page.xpath(f".//tr[@id='{situation.id}']/td[@data-column='{column.id}']")
            here = [p for p in placed_steps(tree, situation) if p.step.action in column.actions]
            expected: dict[frozenset[str], set[str]] = {}
            for placed in here:
                qualifies = frozenset(told(reservations(tree, placed)))
                picks = {"to": ("to",), "who": ("who",), "who-and-with": ("who", "with_")}[column.shows]
                shown = [id for field in picks for id in getattr(placed.step, field)]
                expected.setdefault(qualifies, set()).update(map(str, shown))
            parts = td.xpath(".//*[@data-said]")
            found = {
                frozenset(texts_of(tree, page, part)): set(part.xpath(".//@data-line")) for part in parts
            }
            assert found == expected, (situation.id, column.id)
            assert not here or len(cell) == len(parts)
            lines = [div for div in card if said(div.find("dt")).startswith(str(column.label))]
            marks = {said(mark) for line in lines for mark in line.xpath(".//*[@class='r-mark']")}
            assert not here or marks == kinds_of(tree, here), (situation.id, column.id)
            if len(parts) > 1:
                (line,) = lines
                each = [kinds_of(tree, [p for p in here if set(p.step.who) <= ids]) for ids in found.values()]
                of_all = set.intersection(*each)
                assert {said(m) for m in line.xpath("./dt/*[@class='r-mark']")} == of_all
                shown_by = [
                    {said(m) for m in part.xpath(".//*[@class='r-mark']")}
                    for part in line.xpath("./dd/*[@data-said]")
                ]
                assert shown_by == [kinds - of_all for kinds in each]
                several += 1
    assert several or name != "real"


def kinds_of(tree: Tree, steps: list[PlacedStep]) -> set[str]:
    """Return the words on the card for what qualifies these steps."""
    kinds = {kind for placed in steps for kind, _ in reservations(tree, placed).each()}
    return {t(f"matrix.{kind}") for kind in kinds}


def texts_of(tree: Tree, page: Any, part: Any) -> Iterator[str]:
    """Yield what the marks of a part of a cell lead to, as it is told there."""
    every = {(kind, _text(about)) for _, qualifies in steps(tree) for kind, about in qualifies.each()}
    for link in part.xpath(".//a[@data-mark]"):
        (there,) = page.xpath(f".//*[@id='{link.get('href')[1:]}']")
        texts = (text for kind, text in every if kind == link.get("data-mark") and text in said(there))
        yield max(texts, key=len)


@pytest.mark.parametrize("name", TREES)
def test_a_dash_stands_only_where_no_case_of_the_situation_is_told_it(name: str) -> None:
    tree, pages, printed = made(name)
    told_of: dict[str, set[str]] = {str(situation.id): set() for situation in tree.situations}
    for case in all_cases(tree):
        ends = [tree.get(way.at, Situation) for way in ways(tree, case) if way.at in told_of]
        for end in ends if len(ends) == len(ways(tree, case)) else ():
            told_of[end.id].update(p.step.action for each in ends for p in placed_steps(tree, each))
    rows, page, unclear = printed["checklista/haftet.pdf"]["matrix"]["rows"], pages["matris"], 0
    for situation, row in zip(tree.situations, rows, strict=True):
        for column, cell in zip(tree.matrix, row["cells"], strict=True):
            (td,) = page.xpath(f".//tr[@id='{situation.id}']/td[@data-column='{column.id}']")
            is_told = not told_of[situation.id].isdisjoint(column.actions)
            places = {f"{situation.id}/{action}" for action in column.actions}
            gaps = [gap for gap in tree.gaps if gap.weight != DOCUMENT and places & {*gap.also_at}]
            is_dash = not is_told and not gaps
            assert bool(td.xpath(".//*[@class='r-none']")) == is_dash, (situation.id, column.id)
            assert (cell[0]["said"] == ["–"]) == is_dash
            if gaps and not is_told:
                marks = [page.xpath(f".//*[@id='{a[1:]}']")[0] for a in td.xpath(".//a[@data-mark]/@href")]
                assert [gap.title for gap in gaps if gap.title not in " ".join(map(said, marks))] == []
                unclear += 1
            for link in td.xpath(".//a[@data-elsewhere]/@href"):
                path, _, step = link.partition("#")
                assert not step or pages[path.removesuffix(".html")].xpath(f".//*[@id='{step}']")
    assert unclear or name != "real"


def test_a_gap_on_what_a_column_asks_makes_an_empty_cell_unclear(tree: Tree) -> None:
    here, gap = "barnfamilj-ekonomi-upprepad-skuld", "ersatter-upprepat-de-forsta-stegen"
    less = tuple(
        replace(s, steps=tuple(step for step in s.steps if step.action != "informera")) if s.id == here else s
        for s in tree.situations
    )
    shown = matrix(Site.of(replace(tree, situations=less), ""))
    (row,) = (row for band in shown.bands for row in band.rows if row.situation.id == here)
    cells = dict(zip((str(column.id) for column in tree.matrix), row.cells, strict=True))
    assert not cells["far-veta"].said
    assert [mark.about for mark in cells["far-veta"].unclear] == [tree.get(gap, Gap)]
    assert not cells["utser"].unclear


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
def test_the_matrix_says_what_is_urgent_with_the_rest_of_its_phase(name: str) -> None:
    tree, pages, printed = made(name)
    rows = printed["checklista/haftet.pdf"]["matrix"]["rows"]
    some = 0
    for situation, row in zip(tree.situations, rows, strict=True):
        steps = placed_steps(tree, situation)
        phases = {p.step.phase for p in steps if p.is_urgent}
        (head,) = pages["matris"].xpath(f".//tr[@id='{situation.id}']/th")
        there = {link.get("href")[1:] for link in head.xpath(".//a[@data-mark]")}
        explained = " ".join(said(pages["matris"].xpath(f".//*[@id='{id}']")[0]) for id in there)
        on_page = [said(td) for td in pages["matris"].xpath(f".//td[@data-also='{situation.id}']")]
        for text in (" ".join(on_page).casefold(), " ".join(row["also"]).casefold()):
            assert (f"{t('brief.today')}:".casefold() in text) == bool(phases)
            assert situation.continues is None or situation.continues.text.casefold() in text
            for placed in (p for p in steps if p.step.phase in phases):
                assert str(tree.get(placed.step.action, Action).label).casefold() in text
                assert placed.condition is None or placed.condition.text in explained
                assert (placed.step.note or "") in explained
                some += 1
    assert some
