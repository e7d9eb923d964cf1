"""A unit is told of all that is about it, in situations that are its own and in others."""

from __future__ import annotations

import pytest

from generator.locale import t
from generator.model import DOCUMENT, Action, Frame, Situation, Tree, Unit
from generator.routine.steps import placed_steps, units_in, units_of
from generator.routine.wording import ranges
from tests.views import (
    TREES,
    WHOLE,
    beside_own_steps,
    is_collective,
    made,
    named_in,
    of,
    said,
    steps,
    untold,
    with_steps,
)


@pytest.mark.parametrize("name", WHOLE)
def test_a_unit_s_page_has_the_steps_of_the_situations_that_name_it(name: str) -> None:
    tree, pages, _ = made(name)
    for unit in tree.units:
        page = pages[f"enhet/{unit.id}"]
        shown = [li.get("data-brief") for li in page.xpath(".//li[@data-brief]")]
        mine = [p.id for p, _ in steps(tree) if unit in units_of(tree, p.situation) and of(tree, unit, p)]
        assert sorted(shown) == sorted(mine)
        for situation in tree.situations:
            whole = page.xpath(f".//*[@data-whole='{situation.id}']")
            gaps = beside_own_steps(tree, situation, unit)
            framed = framed_beside_own_steps(tree, situation, unit)
            listed = unit in units_of(tree, situation) or bool(gaps) or bool(framed)
            assert len(page.xpath(f".//h3[@id='i-{situation.id}']")) == listed
            assert len(whole) == (listed and bool(gaps))
            assert not whole or untold(page, whole[0], gaps) == []
        together = {p.situation.id for p, _ in steps(tree) if is_collective(tree, p)}
        links = page.xpath(".//p[@data-together]/a[not(@data-gap or @class)]/@href")
        assert links == [f"../situation/{s.id}.html" for s in tree.situations if s.id in together]
        assert together, "a tree without steps for all units together tests nothing"
        assert "Rutinen säger inte vilken enhet" in said(page.xpath(".//p[@data-together]")[0])
        assert len(page.xpath(".//a[@data-frame]")) == len(
            page.xpath(".//a[@data-frame][starts-with(@href, '#ram-')]")
        )


def framed_beside_own_steps(tree: Tree, situation: Situation, unit: Unit) -> dict[int, list[Frame]]:
    """Return the frames that name a unit at steps that do not, by the step's number."""
    found = {}
    for placed, qualifies in steps(tree):
        if placed.situation is situation and unit not in units_in(tree, placed.step):
            found[placed.number] = [frame for frame in qualifies.frames if unit in named_in(tree, frame)]
    return {number: frames for number, frames in found.items() if frames}


@pytest.mark.parametrize("name", TREES)
def test_a_unit_is_told_of_frames_about_it_in_situations_that_are_not_its_own(name: str) -> None:
    tree, pages, _ = made(name)
    marked = 0
    for unit in tree.units:
        page = pages[f"enhet/{unit.id}"]
        assert said(page.xpath(".//h2[@id='situationer']")[0]) == t("site.unit-situations")
        for situation in tree.situations:
            framed = framed_beside_own_steps(tree, situation, unit)
            numbers = ranges(framed) if framed else ""
            mark = t("brief.frame-at", steps=t("brief.steps", numbers=numbers))
            lines = page.xpath(f".//h3[@id='i-{situation.id}']/following-sibling::*[1][@data-framed]")
            assert len(lines) == bool(framed), (unit.id, situation.id)
            for line in lines:
                titles = {str(frame.title) for frames in framed.values() for frame in frames}
                assert mark in said(line)
                assert {said(link) for link in line.xpath(".//a[@data-frame]")} == titles
            marked += bool(framed)
    assert marked or name != "real"


@pytest.mark.parametrize("name", TREES)
def test_a_standing_duty_bears_the_gaps_that_rest_on_its_paragraph(name: str) -> None:
    tree, pages, _ = made(name)
    marked = 0
    for unit in tree.units:
        for duty in unit.duties:
            places = {(c.section, n) for c in duty.cite for n in c.paragraphs}
            gaps = [
                gap
                for gap in tree.gaps
                if gap.weight != DOCUMENT
                and places & {(c.section, n) for c in gap.cite for n in c.paragraphs}
            ]
            for path, page in pages.items():
                if path.startswith(("enhet/", "ny-har/", "situation/")):
                    for li in page.xpath(
                        ".//ul[@class='r-duties']/li | .//details[@class='r-after__unit']//li"
                    ):
                        if str(duty.text) in said(li):
                            assert [g.id for g in gaps] == li.xpath(".//a/@data-gap"), (path, duty.id)
                            here = path.startswith("situation/")
                            where = pages["luckor"] if here else page
                            ids = [h.rpartition("#")[2] for h in li.xpath(".//a[@data-gap]/@href")]
                            there = " ".join(said(e) for id in ids for e in where.xpath(f".//*[@id='{id}']"))
                            assert [g.id for g in gaps if g.title not in there] == []
                            marked += len(gaps)
    assert marked or name != "real"


@pytest.mark.parametrize("name", TREES)
def test_a_unit_s_line_names_all_its_steps_and_marks_those_with_a_condition(name: str) -> None:
    tree, pages, _ = made(name)
    marked = 0
    for situation in with_steps(tree):
        for unit in tree.units:
            (line,) = pages[f"situation/{situation.id}"].xpath(f".//*[@data-mine='{unit.id}'][dt]/dd")
            mine = {
                str(p.step.key): p for p in placed_steps(tree, situation) if unit in units_in(tree, p.step)
            }
            links = {a.get("href")[1:]: a for a in line.xpath("./a[starts-with(@href, '#')]")}
            assert set(links) == set(mine), (situation.id, unit.id)
            for key, placed in mine.items():
                told = f"{links[key].text_content()}{links[key].tail}"
                assert f"steg {placed.number}: {tree.get(placed.step.action, Action).label}" in told
                beside = links[key].itersiblings()
                if placed.within:
                    assert said(next(beside)) == placed.within
                after = next(beside, None)
                mark = after is not None and after.get("class") == "r-mark" and said(after)
                assert (mark == t("matrix.condition")) == bool(placed.condition), placed.id
                marked += bool(placed.condition)
    assert marked


@pytest.mark.parametrize("name", WHOLE)
def test_the_whole_responsibility_of_a_unit_has_what_all_have_together(name: str) -> None:
    tree, pages, _ = made(name)
    always = [str(s.text) for topic in tree.topics if topic.always for s in topic.statements]
    for unit in tree.units:
        assert [text for text in always if text not in said(pages[f"enhet/{unit.id}"])] == []
    assert always


@pytest.mark.parametrize("name", TREES)
def test_a_unit_s_page_lists_where_the_card_says_that_all_is_unclear_for_it(name: str) -> None:
    tree, pages, _ = made(name)
    mark, seen = t("brief.unclear-for", steps=t("brief.whole")), 0
    for unit in tree.units:
        own = pages[f"enhet/{unit.id}"]
        for situation in with_steps(tree):
            (line,) = pages[f"situation/{situation.id}"].xpath(f".//*[@data-mine='{unit.id}'][dt]/dd")
            if mark in [said(each) for each in line.xpath("./*[@class='r-mark']")]:
                assert own.xpath(f".//*[@id='i-{situation.id}']"), (unit.id, situation.id)
                assert own.xpath(f".//*[@data-whole='{situation.id}']/a[@data-gap]"), (unit.id, situation.id)
                seen += 1
    assert seen or name != "real"


def test_who_has_no_step_and_is_not_named_is_told_nothing_of_the_whole(tree: Tree) -> None:
    for id in ("utan-barn-ej-aktuell-storning", "utan-barn-ej-aktuell-upprepad-skuld"):
        page = made("real")[1][f"situation/{id}"]
        marks = {
            str(unit.id): t("brief.unclear-for", steps=t("brief.whole"))
            in said(page.xpath(f".//*[@data-mine='{unit.id}'][dt]/dd")[0])
            for unit in tree.units
        }
        assert marks == {"vuxen": True, "barn-unga": False, "ekonomi": False}, id


@pytest.mark.parametrize("name", TREES)
def test_every_unit_s_page_tells_what_is_unclear_about_steps_of_nobody_in_particular(name: str) -> None:
    tree, pages, _ = made(name)
    units, seen = {str(unit.id) for unit in tree.units}, 0
    for unit in tree.units:
        page = pages[f"enhet/{unit.id}"]
        for line in page.xpath(".//p[@data-together]"):
            for link in line.xpath("./a[not(@data-gap or @class)]"):
                (situation,) = (s for s in tree.situations if f"/{s.id}.html" in link.get("href"))
                nobodys = [p.id for p in placed_steps(tree, situation) if not units & set(p.step.who)]
                gaps = [g for g in tree.gaps if g.weight != DOCUMENT and {*nobodys} & {*g.concerns}]
                assert untold(page, line, gaps) == []
                seen += len(gaps)
    assert seen or name != "real"
