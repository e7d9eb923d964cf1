"""Two flows of GOV.UK have one end for each outcome, however many ways lead to it."""

from __future__ import annotations

import json

import pytest

from generator.model import Option, Question, Tree
from generator.pages.site import Site
from generator.reading.diagnostics import render
from generator.routine.cases import walk
from generator.routine.routes import MAX_ROUTES, routes
from generator.rules import check
from tests.conftest import checked, generated
from tests.govuk import FLOWS
from tests.views import pages_of, said

# What inherits_someone_dies_without_will_flow.rb asks, from "radio :region? do" to
# "radio :more_than_one_child? do", and its outcomes, from "outcome :outcome_1" to "outcome :outcome_68".
INHERITS_ASKS = """region partner estate_over_250000 estate_over_270000 children parents
    siblings siblings_including_mixed_parents grandparents aunts_or_uncles half_siblings
    half_aunts_or_uncles great_aunts_or_uncles more_than_one_child"""
INHERITS = "1 2 3 4 5 6 20 23 24 25 40 41 42 43 44 45 46 60 61 62 63 64 65 66 67 68"
# What uk_benefits_abroad_flow.rb asks, from "radio :going_or_already_abroad? do" to
# "radio :is_british_or_irish? do", and its outcomes, from "outcome :pension_going_abroad_outcome" to
# "outcome :db_going_abroad_ireland_outcome".
BENEFITS_ASKS = """going_or_already_abroad which_benefit which_country working_for_a_uk_employer
    eligible_for_smp employer_paying_ni do_either_of_the_following_apply
    working_for_uk_employer_ssp eligible_for_tax_credits tax_credits_children
    tax_credits_currently_claiming tax_credits_why_going_abroad iidb_already_claiming
    is_claiming_benefits is_either_of_the_following is_abroad_for_treatment is_work_or_sick_pay
    is_any_of_the_following_apply tax_credits_how_long_abroad esa_how_long_abroad
    db_how_long_abroad is_how_long_abroad worked_in_eea_or_switzerland
    parents_lived_in_eea_or_switzerland born_before_23_September_1958
    you_or_partner_get_a_benefit_in_the_country
    you_or_partner_get_a_means_tested_benefit_in_the_country is_british_or_irish"""
BENEFITS = """pension_going_abroad jsa_social_security_going_abroad jsa_not_entitled
    maternity_benefits_maternity_allowance maternity_benefits_social_security_going_abroad
    maternity_benefits_not_entitled child_benefit_fy_going_abroad child_benefit_ss
    child_benefit_entitled child_benefit_not_entitled ssp_going_abroad_entitled
    ssp_going_abroad_not_entitled

    jsa_eea_already_abroad jsa_social_security_already_abroad pension_already_abroad
    maternity_benefits_eea_entitled maternity_benefits_social_security_already_abroad
    child_benefit_fy_already_abroad child_benefit_jtu ssp_already_abroad_entitled
    ssp_already_abroad_not_entitled tax_credits_crown_servant tax_credits_cross_border_worker
    tax_credits_unlikely tax_credits_eea_entitled tax_credits_holiday
    esa_going_abroad_under_a_year_medical esa_going_abroad_under_a_year_other
    esa_going_abroad_eea esa_going_abroad_other iidb_going_abroad_eea iidb_going_abroad_ss
    db_going_abroad_temporary db_going_abroad_other db_going_abroad_eea bb_going_abroad_other
    bb_going_abroad_eea bb_going_abroad_ss is_more_than_a_year is_under_a_year_medical
    is_claiming_benefits is_abroad_for_treatment is_not_eligible

    tax_credits_medical_death esa_already_abroad_under_a_year_medical
    esa_already_abroad_under_a_year_other esa_already_abroad_eea esa_already_abroad_ss
    esa_already_abroad_other iidb_maybe iidb_already_abroad_eea iidb_already_abroad_ss
    iidb_already_abroad_other db_already_abroad_temporary db_already_abroad_other
    db_already_abroad_eea bb_already_abroad_eea bb_already_abroad_ss bb_already_abroad_other
    is_already_abroad

    jsa_eea_going_abroad_maybe jsa_ireland

    wfp_ireland wfp_maybe wfp_not_eligible

    db_going_abroad_ireland"""
# Outcomes and questions that no answers lead to, in the flow itself.
UNREACHED = """iidb_already_abroad_other wfp_ireland wfp_maybe db_going_abroad_ireland
    born_before_23_September_1958 you_or_partner_get_a_benefit_in_the_country
    you_or_partner_get_a_means_tested_benefit_in_the_country"""


def ids(names: str, of: str = "{}") -> list[str]:
    """Return ids of the flow's names, but for those that no answers lead to."""
    reached = [name for name in names.split() if name not in UNREACHED.split()]
    return [of.format(name).replace("_", "-").lower() for name in reached]


# What each asks, where it ends, and how many ways of answers there are.
FLOW = {
    "inherits": (ids(INHERITS_ASKS), ids(INHERITS, "outcome_{}"), 37),
    "benefits": (ids(BENEFITS_ASKS), ids(BENEFITS, "{}_outcome"), 528),
}


def text(name: str) -> str:
    return (FLOWS / f"{name}.yaml").read_text("utf-8")


def table(name: str) -> list[tuple[list[str], str]]:
    """Return the ways as read from the flow: the answers, each after its question, and the outcome."""
    lines = (FLOWS / f"{name}.txt").read_text("utf-8").splitlines()
    rows = [line.split(" -> ") for line in lines if line and not line.startswith("#")]
    return [(answers.split(), outcome) for answers, outcome in rows]


def test_the_numbers_of_questions_and_ends_are_the_flows() -> None:
    assert (len(INHERITS_ASKS.split()), len(INHERITS.split())) == (14, 26)
    assert (len(BENEFITS_ASKS.split()), len(BENEFITS.split())) == (28, 66)
    assert [(len(asks), len(ends)) for asks, ends, _ in FLOW.values()] == [(14, 26), (25, 62)]


@pytest.mark.parametrize("name", FLOW)
def test_every_question_and_every_outcome_stands_once(name: str) -> None:
    asks, outcomes, _ = FLOW[name]
    tree = checked(text(name))
    assert [str(question.id) for question in tree.questions] == asks
    assert [str(situation.id) for situation in tree.situations] == outcomes
    assert all(situation.text and not situation.steps for situation in tree.situations)
    assert tree.gaps == ()


@pytest.mark.parametrize("name", FLOW)
def test_the_ways_of_the_flow_lead_where_it_says(name: str) -> None:
    tree, rows = checked(text(name)), table(name)
    for answers, outcome in rows:
        given = [option(tree, *answer.split("=")) for answer in answers]
        way = walk(tree, {str(fact): str(values[0]) for one in given for fact, values in one.facts.items()})
        assert ([f"{a.node.ask}={a.option.id}" for a in way.answers], way.at) == (answers, outcome)
    assert {outcome for _, outcome in rows} == set(FLOW[name][1])
    assert len({tuple(answers) for answers, _ in rows}) == len(rows)


def option(tree: Tree, question: str, id: str) -> Option:
    (found,) = [o for o in tree.get(question, Question).options if o.id == id]
    return found


def test_the_table_of_the_first_has_every_way() -> None:
    assert len(table("inherits")) == FLOW["inherits"][2]


@pytest.mark.parametrize("name", FLOW)
def test_there_are_as_many_ways_as_answers_make_far_below_the_limit(name: str) -> None:
    tree = checked(text(name))
    ends = [route.legs[-1].at for route in routes(tree)]
    assert len(ends) == FLOW[name][2] < MAX_ROUTES / 100
    assert set(ends) == set(FLOW[name][1])


def test_what_is_reached_in_unrelated_ways_is_one_end_with_several_sets_of_facts() -> None:
    sets = {str(s.id): len(s.facts) for s in checked(text("inherits")).situations if len(s.facts) > 1}
    assert sets == {"outcome-1": 3, "outcome-3": 2, "outcome-5": 3, "outcome-6": 3}


def test_an_outcome_that_no_answers_lead_to_is_found() -> None:
    old = "  - id: iidb-already-abroad-ss-outcome\n"
    new = """  - id: iidb-already-abroad-other-outcome
    title: Unreached
    short: Unreached
    facts: {going-or-already-abroad: already-abroad, which-benefit: iidb, iidb-already-claiming: "no"}
    source: outcomes
    text: Nobody reads this.
    cite: outcomes/1
"""
    before = text("benefits")
    assert before.count(old) == 1
    after = before.replace(old, new + old)
    told = render(check(after)[1], "benefits.yaml", after)
    assert "[reachable]" in told


@pytest.mark.parametrize("name", FLOW)
def test_every_outcome_is_one_page_that_tells_all_its_ways(name: str) -> None:
    tree, made, pages = checked(text(name)), generated(text(name)), pages_of(text(name))
    site = Site.of(tree, text(name))
    assert sorted(page for page in pages if page.startswith("situation/")) == sorted(
        f"situation/{outcome}" for outcome in FLOW[name][1]
    )
    for situation in tree.situations:
        page = pages[f"situation/{situation.id}"]
        assert str(situation.text) in said(page)
        assert len(page.xpath(".//ol[@data-reasons]")) == len(site.ways_to(situation))
        either = [said(row) for row in page.xpath(".//dl[@data-facts]/div") if said(row).startswith("Either")]
        sets = [len(situation.facts)] if len(situation.facts) > 1 else []
        assert [row.count("; or ") + 1 for row in either] == sets
    assert len(json.loads(made["rutin.json"])["ways"]) == FLOW[name][2]
