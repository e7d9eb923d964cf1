"""What another answer would have led to is told with what the routine leaves open between the two."""

from __future__ import annotations

from typing import Any

import pytest

from generator.locale import t
from generator.model import DOCUMENT, Action, Gap, Situation, Text, Tree
from generator.routine.cases import ways
from generator.routine.reservations import reservations
from generator.routine.steps import PlacedStep, placed_steps, same_duty
from tests.views import TREES, WHOLE, made, said
from tests.why import reasons


def listed_under(told: Any, lead: str) -> list[str]:
    lists = (p.getnext() for p in told.xpath(".//p") if said(p).startswith(lead))
    return [str(li.text).strip() for each in lists for li in each.xpath("./li")]


def ends_of(tree: Tree, case: dict[str, str], here: Situation) -> list[Situation]:
    taken = ways(tree, case)[: 1 if here.continues else None]
    return [tree.get(way.at, Situation) for way in taken]


@pytest.mark.parametrize("name", TREES)
def test_what_is_unclear_at_another_answer_is_not_said_to_be_dropped(name: str) -> None:
    tree, pages, _ = made(name)
    seen = 0
    for reason in reasons(tree, pages):
        for _, case, told in reason.others(tree):
            dropped = listed_under(told, t("why.removed"))
            unclear = {
                str(li.text).strip(): said(p)
                for p in told.xpath(".//p[@data-open]")
                for li in p.getnext().xpath("./li")
            }
            if not dropped and not unclear:
                continue
            ids = {str(end.id) for end in ends_of(tree, case, reason.situation)}
            for placed in placed_steps(tree, reason.situation):
                at = {f"{id}/{placed.step.action}" for id in ids}
                gaps = [gap for gap in tree.gaps if gap.weight != DOCUMENT and at & set(gap.also_at)]
                assert not gaps or placed.with_condition not in dropped, (reason.situation.id, placed.id)
                if gaps and placed.with_condition in unclear:
                    assert all(str(gap.title) in unclear[placed.with_condition] for gap in gaps)
                    seen += 1
            summary = said(told.xpath(".//details[@class='r-differs']/summary")[0])
            assert (t("why.differs-open", count=len(unclear)) in summary) == bool(unclear)
    assert seen or name != "real"


def test_nothing_of_the_first_time_is_dropped_when_it_is_repeated(tree: Tree) -> None:
    """In section 1, the document says not whether the steps at a repeated one replace those of the first."""
    _, pages, _ = made("real")
    gap, compared = tree.get("ersatter-upprepat-de-forsta-stegen", Gap), 0
    for reason in reasons(tree, pages):
        first = reason.answer.option.facts.get(Text("upprepad")) == ("nej",)
        if not first or not reason.situation.id.startswith("barnfamilj-"):
            continue
        for _, _, told in reason.others(tree):
            assert listed_under(told, t("why.removed")) == []
            assert listed_under(told, t("why.open"))
            assert all(str(gap.title) in said(p) for p in told.xpath(".//p[@data-open]"))
            compared += 1
    assert compared == 4


def kept(tree: Tree, placed: PlacedStep) -> set[tuple[str, str]]:
    return {
        (kind, str(about if isinstance(about, Text) else about.id))
        for kind, about in reservations(tree, placed).each()
    }


@pytest.mark.parametrize("name", WHOLE)
def test_the_same_steps_with_something_else_beside_them_are_said_to_differ(name: str) -> None:
    tree, pages, _ = made(name)
    seen = alike = 0
    for reason in reasons(tree, pages):
        here = {same_duty(p.step): p for p in placed_steps(tree, reason.situation)}
        for _, case, told in reason.others(tree):
            lines = told.xpath(".//p[@data-beside]")
            if not told.xpath("./details[@class='r-differs']") and t("why.same") not in said(told):
                assert lines == []
                continue
            there = {
                same_duty(p.step): p
                for e in ends_of(tree, case, reason.situation)
                for p in placed_steps(tree, e)
            }
            differing = {
                duty: {kind for kind, _ in kept(tree, here[duty]) ^ kept(tree, there[duty])}
                for duty in here
                if duty in there
            }
            expected = {t(f"matrix.{kind}") for kinds in differing.values() for kind in kinds}
            marks = {said(mark) for line in lines for mark in line.xpath("./span[@class='r-mark']")}
            assert marks == expected, (reason.situation.id, told.get("data-other"))
            for duty, kinds in differing.items():
                label = str(tree.get(here[duty].step.action, Action).label)
                assert not kinds or any(label in said(line) for line in lines)
            seen += bool(expected)
            alike += bool(expected) and t("why.same") in said(told)
    assert seen or name != "real"
    assert alike or name != "real"
