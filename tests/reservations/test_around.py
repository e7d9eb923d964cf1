"""A frame stands wherever something is told of its cases, and with what is unclear in what it says."""

from __future__ import annotations

import pytest

from generator.locale import t
from generator.model import DOCUMENT, Fact, Frame, Gap, Situation, Tree
from generator.pages.record.record import record
from generator.pages.site import Site
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
            values = (
                v for f in frame.on.facts for v in tree.get(f, Fact).values if v.id in frame.on.facts[f]
            )
            assert all(str(value.label).casefold() in line.casefold() for value in values)
            assert untold(page, link.getparent(), resting(tree, frame)) == []
            seen += 1
    assert seen or name != "real"


@pytest.mark.parametrize("name", TREES)
def test_a_frame_bears_what_is_unclear_in_it_wherever_it_stands(name: str) -> None:
    """One that points elsewhere bears what is unclear there, but not of questions that may not be asked."""
    tree, pages, _ = made(name)
    questions, seen = {str(q.id) for q in tree.questions}, set()
    in_one = ("situation/", "ova")  # where it stands in one situation: tests/reservations/test_frames.py
    elsewhere = [(path, page) for path, page in pages.items() if not path.startswith(in_one)]
    for path, page in elsewhere:
        for box in page.xpath(".//*[contains(concat(' ', @class, ' '), ' r-frame ')]"):
            title = said(box.xpath("./summary | ./*[@class='r-frame__title']")[0])
            (frame, *_) = [
                f for f in tree.frames if title.startswith(f.title) and str(f.statements[0].text) in said(box)
            ]
            asked = [g for g in resting(tree, frame) if frame.see and questions & {*g.concerns, *g.also_at}]
            gaps = [gap for gap in resting(tree, frame) if gap not in asked]
            duty = box.xpath("ancestor::li[1] | ancestor::div[@data-framed]")
            there = " ".join(map(said, (box, *duty)))
            links = {a.get("data-gap") for each in (box, *duty) for a in each.xpath(".//a[@data-gap]")}
            assert [g.id for g in gaps if g.title not in there and g.id not in links] == [], (path, frame.id)
            seen |= {path.split("/", maxsplit=1)[0]} if gaps else set()
    assert seen >= {"lucka", "vet-inte", "enhet", "avsnitt", "atgard", "matris", "ny-har"} or name != "real"


@pytest.mark.parametrize("name", TREES)
def test_a_frame_in_the_record_is_told_with_what_is_unclear_in_it(name: str) -> None:
    tree, _, _ = made(name)
    site, seen = Site.of(tree, ""), 0
    ends: list[Situation | Gap] = [*tree.situations, *(gap for gap in tree.end_gaps if gap.is_written)]
    for end in ends:
        for told in record(site, end)["frames"]:
            text = told["text"] if isinstance(told["text"], list) else [told["text"]]
            for frame in (f for f in tree.frames if text[0] == f"{f.title}:" and not f.see):
                marked = [t("record.gap", title=gap.title) for gap in resting(tree, frame)]
                assert [line for line in marked if line not in text] == [], (end.id, frame.id)
                seen += len(marked)
    assert seen or name != "real"
