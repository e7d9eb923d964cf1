"""The swimlane: each step stands in the lanes of those it names, in the model's order."""

from __future__ import annotations

import re

import pytest

from generator.model import Action, Tree
from generator.pages.site import Site
from generator.pages.swimlane import NOBODY, Swimlane, swimlane
from generator.routine.steps import concerns, placed_steps, units_in
from tests.conftest import generated


@pytest.fixture(scope="module")
def site(tree: Tree, real_text: str) -> Site:
    return Site.of(tree, real_text)


@pytest.fixture(scope="module")
def made(site: Site) -> dict[str, Swimlane]:
    return {str(s.id): swimlane(site, s) for s in site.tree.situations}


def lanes_of(drawn: Swimlane) -> list[str]:
    return [str(lane.id) if lane else NOBODY for lane in drawn.lanes]


def test_each_step_stands_once_under_its_phase_in_the_model_s_order(
    site: Site, made: dict[str, Swimlane]
) -> None:
    for situation in site.tree.situations:
        shown = [(s.phase.id, r.placed.id) for s in made[situation.id].stages for r in s.rows]
        assert shown == [(p.step.phase, p.id) for p in placed_steps(site.tree, situation)]
        phases = [stage.phase.id for stage in made[situation.id].stages]
        assert len(phases) == len(set(phases))


def test_each_step_stands_in_the_lanes_of_those_it_names(site: Site, made: dict[str, Swimlane]) -> None:
    parts = set()
    for drawn in made.values():
        for row in (row for stage in drawn.stages for row in stage.rows):
            assert [cell.lane for cell in row.cells] == lanes_of(drawn)
            step = row.placed.step
            shown = {cell.lane: cell.part for cell in row.cells if cell.part}
            named = (("to", step.to), ("with", step.with_), ("who", step.who or (NOBODY,)))
            expected = {str(id): part for part, ids in named for id in ids if id in lanes_of(drawn)}
            assert set(step.who) <= set(lanes_of(drawn))
            assert shown == expected
            assert {str(unit.id) for unit in units_in(site.tree, step)} <= set(shown)
            parts |= set(shown.values())
    assert "who" in parts


def test_every_lane_has_something_in_it(made: dict[str, Swimlane]) -> None:
    for drawn in made.values():
        rows = [row for stage in drawn.stages for row in stage.rows]
        for n, _ in enumerate(drawn.lanes):
            assert any(row.cells[n].part for row in rows)


def test_the_lines_lead_from_each_step_s_actors_to_the_next_one_s(made: dict[str, Swimlane]) -> None:
    across = 0
    for drawn in made.values():
        rows = [row for stage in drawn.stages for row in stage.rows]
        for before, row in zip([None, *rows], rows, strict=False):
            where = {
                line: {n for n, cell in enumerate(row.cells) if line in cell.lines}
                for line in ("from", "into", "left", "right", "on")
            }
            here = {n for n, cell in enumerate(row.cells) if cell.part == "who"}
            there = {n for n, cell in enumerate(before.cells) if cell.part == "who"} if before else set()
            assert where["from"] == there
            assert where["into"] == (here if before else set())
            assert where["on"] == (here if row is not rows[-1] else set())
            # Every lane between the two ends is crossed, from the middle of one to that of the other.
            ends = sorted(here | there) if before else [0]
            assert where["right"] == set(range(ends[0], ends[-1]))
            assert where["left"] == {n + 1 for n in where["right"]}
            across += here != there
    assert across


def test_the_page_links_each_box_to_its_step_and_tells_whose_it_is(tree: Tree, real_text: str) -> None:
    pages = generated(real_text)
    for situation in tree.situations:
        page = pages[f"situation/{situation.id}.md"]
        part = page[page.index('class="r-swim"') : page.index('class="r-why"')]
        assert "style=" not in part
        rows = re.findall(r'<tr role="row" class="r-swim__step" data-swim="(.*?)" data-for="(.*?)">', part)
        steps = [placed.step for placed in placed_steps(tree, situation)]
        assert rows == [(s.key, " ".join(u.id for u in concerns(tree, s))) for s in steps]
        for placed in placed_steps(tree, situation):
            label = tree.get(placed.step.action, Action).label
            assert f'<a href="#{placed.step.key}">{placed.number}. {label}</a>' in part
            assert f'id="{placed.step.key}"' in page
        ids = re.findall(r'\bid="([^"]*)"', page)
        assert len(ids) == len(set(ids))


def test_what_several_do_is_handed_on_from_all_of_them(tiny: Tree, tiny_text: str) -> None:
    drawn = swimlane(Site.of(tiny, tiny_text), tiny.situations[0])
    assert lanes_of(drawn) == ["kok", "vakt", NOBODY]
    cells = [[(cell.part, cell.lines) for cell in row.cells] for row in drawn.stages[0].rows]
    assert cells == [
        [("who", ["on"]), ("with", []), ("", [])],
        [("", ["from", "right"]), ("", ["left", "right"]), ("who", ["left", "into"])],
    ]


def test_it_stays_out_of_the_single_file(tree: Tree, real_text: str) -> None:
    from generator.build.disk import read_assets
    from generator.navigator.single_file import ASSETS, navigator_html
    from tests.conftest import ROOT

    assets = read_assets(ROOT / "site_overrides" / "assets", ASSETS)
    assert 'class="r-swim' not in navigator_html(Site.of(tree, real_text), assets)
