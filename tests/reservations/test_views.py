"""What a view says of the routine, it says with what the routine leaves open, and as the other views do."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from generator.locale import t
from generator.model import DOCUMENT, Fact, Frame, Gap, Question, Situation, Tree
from generator.routine.cases import ways
from generator.routine.passages import passages
from generator.routine.steps import open_gaps, placed_steps
from tests.every_case import all_cases
from tests.views import TREES, WHOLE, made, said, untold


def goes_on(tree: Tree) -> set[tuple[str, str]]:
    """Return (from, to) for every situation that a case comes to by way of another, counted case by case."""
    known = {str(situation.id) for situation in tree.situations}
    found = [[str(way.at) for way in ways(tree, case)] for case in all_cases(tree)]
    return {(ends[0], ends[1]) for ends in found if len(ends) > 1 and known.issuperset(ends)}


@pytest.mark.parametrize("name", WHOLE)
def test_a_situation_says_also_how_a_case_came_in_that_went_on_to_it(name: str) -> None:
    tree, pages, _ = made(name)
    told = 0
    for here, to in goes_on(tree):
        before = tree.get(here, Situation)
        assert before.continues
        for fact in before.continues.as_:
            (row,) = pages[f"situation/{to}"].xpath(f".//dl[@data-facts]/div[@data-fact='{fact}']/dd")
            each = (*tree.get(to, Situation).facts, *before.facts)
            taken = {value for facts in each for value in facts[fact]}
            for value in tree.get(fact, Fact).values:
                assert (value.label in said(row)) == (value.id in taken)
                told += 1
    assert told


def title(tree: Tree, id: str) -> str:
    return str(tree.get(id, Situation).title)


@pytest.mark.parametrize("name", WHOLE)
def test_an_action_s_page_tells_where_it_is_unclear_that_the_action_is_left_out(name: str) -> None:
    tree, pages, _ = made(name)
    seen = 0
    for action in tree.actions:
        page = pages[f"atgard/{action.id}"]
        gaps = {
            str(s.id): [g for g in tree.gaps if f"{s.id}/{action.id}" in g.also_at and g.weight != DOCUMENT]
            for s in tree.situations
        }
        shown = {li.get("data-left-out"): li for li in page.xpath(".//li[@data-left-out]")}
        assert set(shown) == {id for id, found in gaps.items() if found}, action.id
        for id, li in shown.items():
            assert title(tree, id) in said(li)
            assert untold(page, li, gaps[id]) == []
            seen += 1
    assert seen


def test_what_a_first_time_has_and_a_repeated_one_has_not_is_told_as_a_gap(tree: Tree) -> None:
    """The routine says not whether the steps of the first time still hold: never by silence alone."""
    compared = 0
    for first in tree.situations:
        for again in tree.situations:
            facts = [{str(f): tuple(v) for f, v in s.facts[0].items()} for s in (first, again)]
            if facts[0].get("upprepad") == ("nej",) and facts[1] == {**facts[0], "upprepad": ("ja",)}:
                here, there = ({p.step.action for p in placed_steps(tree, s)} for s in (first, again))
                for action in here - there:
                    place = f"{again.id}/{action}"
                    assert any(place in gap.also_at for gap in tree.gaps), place
                    compared += 1
    assert compared


@pytest.mark.parametrize("name", WHOLE)
def test_an_action_s_page_tells_from_where_a_case_goes_on_to_its_steps(name: str) -> None:
    tree, pages, _ = made(name)
    pairs, unclear = goes_on(tree), 0
    for action in tree.actions:
        page = pages[f"atgard/{action.id}"]
        steps = [p for s in tree.situations for p in placed_steps(tree, s) if p.step.action == action.id]
        there = {str(p.situation.id) for p in steps}
        before = [s for s in tree.situations if any(here == s.id and to in there for here, to in pairs)]
        lines = page.xpath(".//p[@data-after-message]")
        assert len(lines) == bool(before), action.id
        for line in lines:
            links = [a.get("href") for a in line.xpath("./a[not(@data-gap or @class)]")]
            assert links == [f"../situation/{s.id}.html" for s in before]
            assert all(s.continues and s.continues.text in said(line) for s in before)
            unclear += len(line.xpath("./a[@data-gap]"))
            for link in line.xpath("./a[@data-gap]"):
                assert untold(page, line, [tree.get(link.get("data-gap"), Gap)]) == []
    assert pairs
    assert unclear or name != "real"


@pytest.mark.parametrize("name", TREES)
def test_what_is_unclear_about_the_questions_stands_before_the_answers_are_given(name: str) -> None:
    """Whoever comes by a link of old has met no question."""
    tree, pages, _ = made(name)
    asked = [gap for question in tree.questions for gap in open_gaps(tree, question.id)]
    seen = set()
    for situation in tree.situations:
        page = pages[f"situation/{situation.id}"]
        for row in page.xpath(".//dl[@data-facts]/div[@data-unclear]"):
            assert said(row.find("dt")) == "Oklart"
            seen |= {a.text_content() for a in row.xpath("./dd/a")}
    assert seen
    assert seen <= {gap.title for gap in asked}


@pytest.mark.parametrize("name", WHOLE)
def test_a_situation_leads_to_the_responsibility_of_each_unit(name: str) -> None:
    tree, pages, _ = made(name)
    without = 0
    for situation in tree.situations:
        (after,) = pages[f"situation/{situation.id}"].xpath(".//details[@id='efter-kontakt']")
        told = {each.get("data-for") for each in after.xpath(".//details[@data-for]")}
        linked = {
            href.split("/")[-1].removesuffix(".html") for href in after.xpath("./p[@data-others]/a/@href")
        }
        assert told | linked == {str(unit.id) for unit in tree.units}, situation.id
        assert not told & linked
        without += len(linked)
    assert without or name != "real"


def notes_in(tree: Tree, li: Any, ends: set[str]) -> dict[str, list[Situation]]:
    """Return note → situations, for all steps that a shared duty on a page stands for."""
    steps = [p for s in tree.situations if s.id in ends for p in placed_steps(tree, s)]
    text, least = said(li), t("unsure.least") in said(li)
    found: dict[str, list[Situation]] = {}
    for placed in steps:
        if placed.step.action == li.get("data-duty") and (
            least or placed.with_condition.split(": ", 1)[-1] in text
        ):
            found.setdefault(str(placed.step.note or ""), []).append(placed.situation)
    return found


@pytest.mark.parametrize("name", TREES)
def test_what_several_situations_share_has_each_note_with_its_situations(name: str) -> None:
    tree, pages, _ = made(name)
    shared = [
        (li, {side.get("data-side") for side in one.xpath(".//*[@data-side]")})
        for path in pages
        if path.startswith("lucka/")
        for one in pages[path].xpath(".//details[@data-compared]")
        for li in one.xpath("./ul[@data-alike]/li")
    ]
    every = passages(tree)
    for node in tree.nodes:
        ends = {str(end) for p in every if p.node == node.id for end in p.ends}
        shown = pages[f"vet-inte/{node.id}"].xpath(".//ul[@data-certain]/li[@data-for]")
        shared += [(li, ends) for li in shown]
    differ = 0
    for li, ends in shared:
        notes = notes_in(tree, li, ends)
        for note, situations in notes.items():
            assert note in said(li)
            if note and len(notes) > 1:
                (told,) = (p for p in li.xpath(".//p[@class='r-note']") if note in said(p))
                assert [said(a) for a in told.xpath("./a[contains(@href, 'situation/')]")] == [
                    str(s.title) for s in situations
                ]
                differ += 1
    assert shared
    assert differ or name != "real"


@pytest.mark.parametrize("name", TREES)
def test_shared_duties_stand_in_the_order_of_the_phases(name: str) -> None:
    tree, pages, _ = made(name)
    order = [str(phase.id) for phase in tree.phases]
    # A duty may belong to another phase in another situation: to one of these.
    phases: dict[str, set[int]] = {str(action.id): set() for action in tree.actions}
    for placed in (p for s in tree.situations for p in placed_steps(tree, s)):
        phases[str(placed.step.action)].add(order.index(placed.step.phase))
    several = 0
    for path in (path for path in pages if path.startswith(("vet-inte/", "lucka/"))):
        for shown in pages[path].xpath(".//ul[@data-certain='always' or @data-holds or @data-alike]"):
            taken = [phases[li.get("data-duty")] for li in shown.xpath("./li[@data-duty]")]
            assert [(a, b) for a, b in pairwise(taken) if min(a) > max(b)] == [], path
            several += len(taken) > 1
    assert several


@pytest.mark.parametrize("name", TREES)
def test_a_section_s_frames_stand_once_and_point_away_from_it(name: str) -> None:
    tree, pages, _ = made(name)
    pointing = 0
    for path in (path for path in pages if path.startswith("avsnitt/")):
        here = {each.get("data-situation") for each in pages[path].xpath(".//details[@data-situation]")}
        ids = [
            each.removeprefix("ram-") for each in pages[path].xpath(".//div[starts-with(@id, 'ram-')]/@id")
        ]
        frames = [tree.get(id, Frame) for id in ids]
        told = [(str(f.title), *(str(s.text) for s in f.statements)) for f in frames]
        assert len(told) == len(set(told)), path
        assert not here & {see for frame in frames for see in frame.see}, path
        pointing += sum(bool(frame.see) for frame in frames)
    assert pointing or name != "real"


def counts(situation: Situation) -> bool:
    return any("upprepad" in map(str, facts) for facts in situation.facts)


def test_what_points_to_kronofogden_tells_what_is_unclear_on_the_way_back(tree: Tree) -> None:
    """A message from Kronofogden may count as one more: that matters wherever it is asked how many."""
    _, pages, printed = made("real")
    gap = tree.get("kronofogden-upprepad", Gap)
    counting = {str(node.id): tree.get(node.ask, Question) for node in tree.nodes}
    asked = {id for id, q in counting.items() if any("upprepad" in option.facts for option in q.options)}
    for id in asked:
        links = pages[f"fraga/{id}"].xpath(f".//a[contains(@href, 'luckor.html#{gap.id}')]")
        assert [said(link) for link in links] == [str(gap.title)], id
    for situation in tree.situations:
        boxes = pages[f"situation/{situation.id}"].xpath(".//details[@data-see]")
        for box in boxes:
            links = box.xpath(f".//a[contains(@href, 'luckor.html#{gap.id}')]")
            assert bool(links) == counts(situation), situation.id
        for see in printed[f"checklista/{situation.id}.pdf"]["checklist"]["see"]:
            assert (str(gap.title) in see["gaps"]) == counts(situation)
    for path in (path for path in pages if path.startswith(("vet-inte/", "lucka/"))):
        linked = " ".join(pages[path].xpath(".//a/@href"))
        counted = any(f"/{s.id}.html" in linked and counts(s) for s in tree.situations)
        for box in pages[path].xpath(".//details[@data-see]"):
            assert (str(gap.title) in said(box)) == counted, path
    assert asked
