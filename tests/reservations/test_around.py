"""A frame stands wherever something is told of its cases, and with what is unclear in what it says."""

from __future__ import annotations

import pytest

from generator.model import DOCUMENT, Fact, Force, Frame, Gap, Tree
from generator.routine.cases import covers
from generator.routine.steps import placed_steps
from tests.every_case import all_cases, covered_by
from tests.views import TREES, made, said, untold


def resting(tree: Tree, frame: Frame) -> list[Gap]:
    """Return the gaps that rest on a paragraph of a frame."""
    own = {(c.section, n) for s in frame.statements for c in s.cite for n in c.paragraphs}
    cited = ((gap, {(c.section, n) for c in gap.cite for n in c.paragraphs}) for gap in tree.gaps)
    return [gap for gap, places in cited if own & places and gap.weight != DOCUMENT]


@pytest.mark.parametrize("name", TREES)
def test_an_action_s_page_names_the_frames_of_its_situations(name: str) -> None:
    tree, pages, _ = made(name)
    cases, seen = list(all_cases(tree)), 0
    held = {
        str(frame.id): {
            str(s.id)
            for s in tree.situations
            if all(covers(frame.on.facts, case) for case in cases if covered_by(s, case))
        }
        for frame in tree.frames
        if not frame.on.action and not frame.see
    }
    for action in tree.actions:
        page = pages[f"atgard/{action.id}"]
        there = {
            str(s.id)
            for s in tree.situations
            if any(p.step.action == action.id for p in placed_steps(tree, s))
        }
        lines = page.xpath(".//p[@data-around]")
        links = [link for line in lines for link in line.xpath("./a[@data-frame]")]
        assert [link.get("data-frame") for link in links] == [id for id, ids in held.items() if ids & there]
        for link in links:
            frame, line = tree.get(link.get("data-frame"), Frame), said(link.getparent())
            path, _, anchor = link.get("href").removeprefix("../").partition(".html#")
            (told,) = pages[path].xpath(f".//section[@aria-labelledby='{anchor}']")
            assert path.removeprefix("situation/") in there & held[str(frame.id)]
            assert all(str(s.text) in said(told) for s in frame.statements)
            forces = [str(tree.get(s.force, Force).label) for s in frame.statements if s.force]
            values = (
                v for f in frame.on.facts for v in tree.get(f, Fact).values if v.id in frame.on.facts[f]
            )
            assert [part for part in forces if part not in line] == []
            assert all(str(value.label).casefold() in line.casefold() for value in values)
            assert untold(page, link.getparent(), resting(tree, frame)) == []
            seen += 1
    assert seen or name != "real"
