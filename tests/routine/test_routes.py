"""Routes against every case, one by one: on the real trees, and on small ones that are made up.

The made-up trees keep no rule on where their ways end, so that mistakes are counted twice, too.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from benchmarks.ways import tree as synthetic_tree
from generator.data.rutin_json import export
from generator.diff.compare import compare
from generator.model import Gap, Question, Situation, Tree
from generator.pages.proof import count
from generator.pages.site import Site
from generator.reading.diagnostics import render
from generator.reading.parse import parse
from generator.routine.boxes import domain, size
from generator.routine.cases import covers, ends, ways
from generator.routine.outcomes import all_outcomes, outcome
from generator.routine.passages import Passage, passages
from generator.routine.routes import routes
from generator.routine.shared_duties import shared_duties
from generator.rules import check, coverage, loop, overlap
from tests.conftest import REAL, TINY, checked
from tests.every_case import all_cases, covered_by
from tests.many import TREE as MANY
from tests.playground import TREE as PLAYGROUND
from tests.several import TREE as SEVERAL
from tests.test_fuzz import TREE as TINY_AS_DATA
from tests.test_fuzz import tried

REAL_TREES = [checked(path.read_text("utf-8")) for path in (REAL, PLAYGROUND, TINY, SEVERAL, MANY)]
Facts = dict[str, list[str]]
Problem = tuple[str, str]


def some_facts(draw: st.DrawFn, facts: Facts, least: int, most: int, values: int | None = None) -> Facts:
    names = draw(st.lists(st.sampled_from(sorted(facts)), min_size=least, max_size=most, unique=True))
    sets = {f: st.lists(st.sampled_from(facts[f]), min_size=1, max_size=values, unique=True) for f in names}
    return {fact: draw(strategy) for fact, strategy in sets.items()}


def some_sets(draw: st.DrawFn, facts: Facts, values: int | None) -> Facts | list[Facts]:
    """Return what an end declares: one set of facts, or several that may share cases."""
    drawn = [some_facts(draw, facts, 0, 4, values) for _ in range(draw(st.integers(1, 3)))]
    return drawn[0] if len(drawn) == 1 else drawn


@st.composite
def made_up(draw: st.DrawFn) -> Tree:
    """Make a tree of up to five questions; their options and the ends hold for whatever is drawn."""
    facts = {f"f{n}": ["a", "b", "c"][: draw(st.integers(2, 3))] for n in range(draw(st.integers(1, 4)))}
    known = [f"e{n}" for n in range(draw(st.integers(1, 4)))] + ["annat-fel"]
    values = draw(st.sampled_from([1, None]))  # that an end names of each of its facts, at most
    plain = draw(st.booleans())  # each question asks for one fact, as most do
    data = {**TINY_AS_DATA, "questions": [], "nodes": [], "situations": [], "examples": []}
    data["routine"] = {**data["routine"], "start": "n0"}
    as_named = [{"id": value, "label": value} for value in ("a", "b", "c")]
    data["facts"] = [{"id": f, "label": f, "values": as_named[: len(vs)]} for f, vs in facts.items()]
    number = draw(st.integers(1, 5))
    for n in range(number):
        fact = draw(st.sampled_from(sorted(facts)))
        settled: list[Facts] = [{fact: [value]} for value in facts[fact]]
        if not plain:
            settled = [some_facts(draw, facts, 1, 2, 1) for _ in range(draw(st.integers(2, 3)))]
        options = [{"id": f"o{m}", "label": "x", "short": "x", "facts": own} for m, own in enumerate(settled)]
        targets = [*[f"n{m}" for m in range(n + 1, number)] * 3, *known]
        goto = {option["id"]: draw(st.sampled_from(targets)) for option in options}
        data["questions"].append({**TINY_AS_DATA["questions"][0], "id": f"q{n}", "options": options})
        data["nodes"].append({"id": f"n{n}", "ask": f"q{n}", "goto": goto})
    steps = TINY_AS_DATA["situations"][0]["steps"]
    for id in known[:-1]:
        own = {
            "id": id,
            "facts": some_sets(draw, facts, values),
            "steps": draw(st.sampled_from([steps, steps[:1]])),
        }
        data["situations"].append({**TINY_AS_DATA["situations"][0], **own})
    if draw(st.booleans()):
        node, seen_as = f"n{draw(st.integers(0, number - 1))}", some_facts(draw, facts, 1, 2, 1)
        data["situations"][0]["continues"] = {"text": "På", "node": node, "as": seen_as}
    data["gaps"] = [{**TINY_AS_DATA["gaps"][0], "facts": some_sets(draw, facts, values), "ways": []}]
    frame = TINY_AS_DATA["frames"][0]
    data["frames"] = [{**frame, "on": {**frame["on"], "facts": some_facts(draw, facts, 1, 2)}}]
    tree = parse(json.dumps(data, ensure_ascii=False)).tree
    assert tree
    return tree


def on_trees(test: Callable[[Tree], None]) -> Callable[[Tree], None]:
    """Run a test on the real trees, and on made-up ones."""
    made: Callable[[Tree], None] = tried(150, 10)(given(made_up())(test))
    for tree in REAL_TREES:
        made = example(tree)(made)
    return made


def all_end(tree: Tree) -> bool:
    """Tell whether every case comes to an end, whether or not that says so."""
    return all(leg.at not in tree.ids("nodes") for route in routes(tree) for leg in route.legs)


@on_trees
def test_the_routes_are_all_cases_each_on_its_way(tree: Tree) -> None:
    assert sum(size(domain(tree), route.box) for route in routes(tree)) == domain(tree).size
    taken = []
    for case in all_cases(tree):
        (route,) = (one for one in routes(tree) if covers(one.box, case))
        way = ways(tree, case)
        assert [(leg.answers, leg.at) for leg in route.legs] == [(one.answers, one.at) for one in way]
        assert all(covers(leg.box, one.facts) for leg, one in zip(route.legs, way, strict=True))
        taken.append(route)
    assert list(dict.fromkeys(map(id, taken))) == list(map(id, routes(tree)))  # by their first cases
    assert all_outcomes(tree) == tuple(dict.fromkeys(outcome(tree, case) for case in all_cases(tree)))


def problem_of(tree: Tree, case: dict[str, str]) -> Problem | None:
    for way in ways(tree, case):
        if way.at in tree.ids("nodes"):
            return "stannar", way.at
        if not covered_by(tree.get(way.at, Situation, Gap), way.facts):
            return "leder", way.at
    return None


@on_trees
def test_coverage_finds_a_mistake_where_a_case_has_one(tree: Tree) -> None:
    assume(not list(loop.check(tree)))
    wrong = {problem for case in all_cases(tree) if (problem := problem_of(tree, case))}
    found = list(coverage.check(tree))
    assert bool(found) == bool(wrong)
    for finding in found:
        told = dict(re.findall(r"(\w+)=(\w+)", finding.message))
        (problem,) = re.findall(r"(stannar|leder).*?”([\w-]+)”", finding.message)
        cases = list(all_cases(tree, {fact: (value,) for fact, value in told.items()}))
        assert cases
        assert {problem_of(tree, case) for case in cases} == {problem}


@on_trees
def test_overlap_finds_the_ends_that_share_a_case(tree: Tree) -> None:
    holding = [[end.id for end in ends(tree) if covered_by(end, case)] for case in all_cases(tree)]
    shared = {pair for held in holding for pair in combinations(held, 2)}
    found = [re.findall(r"”([\w-]+)”", finding.message) for finding in overlap.check(tree)]
    assert sorted((one, other) for other, one in found) == sorted(shared)


@on_trees
def test_the_proof_counts_every_case(tree: Tree) -> None:
    assume(all_end(tree))
    proof, cases = count(tree), list(all_cases(tree))
    held = Counter(sum(covered_by(end, case) for end in ends(tree)) for case in cases)
    in_gaps = sum(ways(tree, case)[-1].at in tree.ids("gaps") for case in cases)
    assert (proof.cases, proof.uncovered, proof.covered) == (len(cases), held[0], held[1])
    assert (proof.in_gaps, proof.in_situations) == (in_gaps, len(cases) - in_gaps)


def one_by_one(tree: Tree) -> list[Passage]:
    """Return the passages as they are of each case by itself."""
    passed, onward = [], []
    for case in all_cases(tree):
        way, *rest = ways(tree, case)
        ids = tuple(str(one.at) for one in (way, *rest))
        passed += [Passage(str(answer.node.id), boxed(way.facts), ids) for answer in way.answers]
        onward += [(ids, str(answer.node.id), boxed(on.facts)) for on in rest for answer in on.answers]
    known = {passage.node for passage in passed}
    return passed + [Passage(node, box, ids[1:] if node in known else ids) for ids, node, box in onward]


def boxed(case: Any) -> Any:
    return {fact: (value,) for fact, value in case.items()}


@on_trees
def test_what_is_certain_is_what_every_case_has(tree: Tree) -> None:
    assume(all_end(tree))
    together, each = passages(tree), one_by_one(tree)
    for node in tree.nodes:
        options = tree.get(node.ask, Question).options
        for option in (None, *options):
            found, counted = (
                shared_duties(tree, [p for p in passed if p.node == node.id], option)
                for passed in (together, each)
            )
            assert found == counted


@on_trees
def test_the_data_has_one_way_for_every_case(tree: Tree) -> None:
    assume(all_end(tree))
    told = export(Site(tree, ""))["ways"]
    for case in all_cases(tree):
        (way,) = (one for one in told if covers(one["facts"], case))
        found = [*way["ends_in"].values(), *(way["then"] or {}).values()]
        assert tuple(found) == outcome(tree, case).ends


def cases_of_both(before: Tree, after: Tree) -> list[dict[str, str]]:
    values: dict[str, dict[str, None]] = {}
    for fact in (*after.facts, *before.facts):
        values.setdefault(str(fact.id), {}).update({str(value.id): None for value in fact.values})
    cases = (dict(zip(values, held, strict=True)) for held in product(*values.values()))
    return [case for case in cases if all(covers(domain(tree), case) for tree in (before, after))]


@tried(100, 10)
@given(made_up(), made_up())
def test_two_versions_are_compared_for_every_case_of_both(before: Tree, after: Tree) -> None:
    assume(all_end(before) and all_end(after))
    together: dict[tuple[tuple[str, ...], tuple[str, ...]], list[dict[str, str]]] = {}
    cases = cases_of_both(before, after)
    for case in cases:
        together.setdefault((outcome(before, case).ends, outcome(after, case).ends), []).append(case)
    difference = compare(before, after)
    told = {(one.before, one.after): (one.cases, one.example) for one in difference.outcomes}
    assert difference.cases == len(cases)
    assert told == {
        pair: (len(those), {str(fact.id): those[0][fact.id] for fact in after.facts})
        for pair, those in together.items()
        if pair[0] != pair[1]
    }


@pytest.mark.parametrize("chain", [False, True])
def test_a_tree_has_as_many_routes_as_ways_however_many_facts(chain: bool) -> None:
    tree = parse(synthetic_tree(102, chain=chain)).tree
    assert tree
    assert len(routes(tree)) == len(tree.situations) == 103
    assert domain(tree).size == 3**51
    assert not [*overlap.check(tree), *coverage.check(tree)]


def test_facts_that_part_few_ends_cost_no_more_where_they_come_first() -> None:
    text = synthetic_tree(102, chain=True)
    tree = parse(text).tree
    assert tree
    turned = replace(tree, facts=tree.facts[::-1])
    assert not list(overlap.check(turned))
    last = turned.situations[-1]
    less = replace(last, facts=tuple(dict(list(facts.items())[1:]) for facts in last.facts))
    found = list(overlap.check(replace(turned, situations=(*turned.situations[:-1], less))))
    assert found
    assert all(last.id in finding.message for finding in found)


def test_too_many_ways_are_told_at_the_first_question(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("generator.routine.routes", "generator.rules.coverage"):
        monkeypatch.setattr(f"{module}.MAX_ROUTES", 100)
    text = synthetic_tree(102)
    report = render(check(text)[1], "tree.yaml", text)
    assert "fler än 100 vägar" in report
    assert "Ställ bara frågor" in report
    (line,) = re.findall(r"^tree\.yaml:(\d+)", report, re.MULTILINE)
    assert text.splitlines()[int(line) - 1].startswith("nodes:")
