"""The walk: every case has one way, and one end."""

from __future__ import annotations

from generator.model import Tree
from generator.routine.boxes import domain
from generator.routine.cases import ends, go_on, paths, settled, walk
from tests.every_case import all_cases, covered_by


def test_every_combination_of_facts_is_counted(tree: Tree) -> None:
    assert len(list(all_cases(tree))) == domain(tree).size == 2 * 3 * 2 * 2 * 2 * 2


def test_every_case_ends_in_the_one_end_whose_facts_cover_it(tree: Tree) -> None:
    for case in all_cases(tree):
        covering = [end.id for end in ends(tree) if covered_by(end, case)]
        assert covering == [walk(tree, case).at]


def test_every_message_from_kronofogden_goes_on_to_a_situation_or_gap(tree: Tree) -> None:
    for case in all_cases(tree):
        onward = go_on(tree, case)
        assert (onward is not None) == (case["inkom"] == "kronofogden")
        if onward:
            as_notice = walk(tree, {**case, "inkom": "underrattelse"})
            assert onward.at == as_notice.at


def test_no_way_asks_more_than_four_questions_before_an_end(tree: Tree) -> None:
    assert max(len(walk(tree, case).answers) for case in all_cases(tree)) <= 4


def test_an_open_case_stops_at_its_question(tree: Tree) -> None:
    assert walk(tree, {}).at == tree.routine.start
    assert walk(tree, {"inkom": "underrattelse", "orsak": "skuld"}).at == "skuld"


def test_a_way_is_worked_out_once_and_keeps_what_it_was_asked_about(tree: Tree) -> None:
    case = next(all_cases(tree))
    way, open_way = walk(tree, case), walk(tree, {})
    assert walk(tree, dict(case)) is way
    assert walk(tree, case, start=way.answers[-1].node.id).answers == way.answers[-1:]
    assert open_way is not way
    before = dict(case)
    case.clear()
    assert way.facts == before
    assert walk(tree, before) is way


def test_every_path_leads_where_its_answers_lead(tree: Tree) -> None:
    for id, ways in paths(tree).items():
        direct = [way for way in ways if walk(tree, settled(way)).at == id]
        assert direct or id.startswith("kronofogden-")
