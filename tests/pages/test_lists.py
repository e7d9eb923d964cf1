"""A list of some of what there is says which: nobody takes it for all."""

from __future__ import annotations

import pytest

from generator.locale import strings, t
from generator.model import Gap
from generator.routine.cases import ways
from generator.routine.passages import passages
from tests.every_case import all_cases
from tests.views import TREES, made, said


@pytest.mark.parametrize("name", TREES)
def test_an_action_leads_to_what_else_answers_the_same_column(name: str) -> None:
    tree, pages, _ = made(name)
    for action in tree.actions:
        lines = pages[f"atgard/{action.id}"].xpath(".//p[@data-beside]")
        told = [[a.get("href").rpartition("/")[2].split(".")[0] for a in line.xpath("a")] for line in lines]
        beside = [[id for id in column.actions if id != action.id] for column in tree.matrix]
        here = [action.id in column.actions for column in tree.matrix]
        assert told == [ids for ids, is_here in zip(beside, here, strict=True) if ids and is_here]


def test_what_an_action_leaves_out_is_said_with_what_is_unclear_of_it() -> None:
    tree, pages, _ = made("real")
    found = 0
    for action in tree.actions:
        for li in pages[f"atgard/{action.id}"].xpath(".//li[@data-left-out]"):
            gaps = [gap for gap in tree.gaps if f"{li.get('data-left-out')}/{action.id}" in gap.also_at]
            found += len(gaps)
            assert all(tree.get(gap.id, Gap).title in said(li) for gap in gaps)
    assert found


@pytest.mark.parametrize("name", TREES)
def test_what_an_answer_adds_is_said_to_be_for_every_situation_where_there_are_several(name: str) -> None:
    tree, pages, _ = made(name)
    one, several, seen = t("unsure.added", count=""), t("unsure.added-in-all", count=""), 0
    for node in tree.nodes:
        for branch in pages[f"vet-inte/{node.id}"].xpath(".//section[@data-branch]"):
            heads = [said(head) for head in branch.xpath(".//summary")]
            many = any(head.startswith(t("unsure.could-be", count="")) for head in heads)
            assert not [h for h in heads if h.startswith(one if many else several)]
            seen += any(h.startswith(several if many else one) for h in heads)
    assert seen or name != "real"


@pytest.mark.parametrize("name", TREES)
def test_whoever_does_not_know_an_answer_is_not_led_to_where_every_such_case_comes_from(name: str) -> None:
    tree, pages, _ = made(name)
    passed = passages(tree)
    led = seen = 0
    for node in tree.nodes:
        ways = [set(passage.ends) for passage in passed if passage.node == node.id]
        behind = set.intersection(*ways) & {str(s.id) for s in tree.situations} if ways else set()
        pointed = " ".join(pages[f"vet-inte/{node.id}"].xpath(".//@data-see")).split()
        assert behind.isdisjoint(pointed), node.id
        led, seen = led + bool(pointed), seen + bool(behind)
    assert name != "real" or (led and seen)


@pytest.mark.parametrize("name", TREES)
def test_the_start_tells_how_many_questions_the_longest_case_has(name: str) -> None:
    tree, pages, _ = made(name)
    most = max(sum(len(way.answers) for way in ways(tree, case)) for case in all_cases(tree))
    told = said(pages["index"].xpath(".//p[@class='r-lead']")[0])
    assert f"{strings()['join']['numbers'][most]} {t('start.questions', count='').strip()}" in told
