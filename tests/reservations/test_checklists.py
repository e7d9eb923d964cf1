"""A checklist has every step with what qualifies it, and names what else to take."""

from __future__ import annotations

import pytest

from generator.model import Gap, Situation
from generator.routine.cases import ways
from tests.every_case import all_cases
from tests.views import TREES, made, said, steps, with_steps


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
def test_paper_says_which_checklists_to_take_besides(name: str) -> None:
    tree, pages, printed = made(name)
    for situation in with_steps(tree):
        checklist = printed[f"checklista/{situation.id}.pdf"]["checklist"]
        assert (checklist["onward"] is None) == (situation.continues is None)
        if situation.continues:
            there = {
                w[1].at
                for case in all_cases(tree)
                if len(w := ways(tree, case)) > 1 and w[0].at == situation.id
            }
            titles = {str(tree.get(id, Situation, Gap).title) for id in there}
            onward = checklist["onward"]
            assert {*onward["checklists"], *onward["gaps"]} == titles
            links = pages[f"situation/{situation.id}"].xpath(".//*[@data-onward-to]//a")
            assert {said(link) for link in links} == titles
