"""What is unclear beside steps is told where it bears on them, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from generator.locale import t
from generator.model import DOCUMENT, Ask, Gap, Option, Question, Tree, once
from generator.routine.cases import Case, ways, with_facts
from generator.routine.shared_duties import in_every_case
from generator.routine.steps import PlacedStep, placed_steps, same_duty, steps_of, units_in
from tests.every_case import all_cases, covered_by
from tests.views import TREES, made, said

GAPS = ("skuld-och-storning", "barnfamilj-arende-pa-bada", "utan-barn-arende-barn-unga")

Wanted = Callable[[PlacedStep], bool]


def ends_of(tree: Tree, case: Case) -> list[str]:
    return [str(way.at) for way in ways(tree, case)]


@once
def passed(tree: Tree) -> dict[str, list[tuple[str, ...]]]:
    """Return node → what the cases that pass it still come to, counted case by case."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for case in all_cases(tree):
        first, *onward = ways(tree, case)
        for answer in first.answers:
            found.setdefault(str(answer.node.id), set()).add(tuple(ends_of(tree, case)))
        for way in onward:
            for answer in way.answers:
                found.setdefault(str(answer.node.id), set()).add((str(way.at),))
    return {node: sorted(ends) for node, ends in found.items()}


def coming_to(tree: Tree, node: Ask, option: Option) -> list[tuple[str, ...]]:
    """Return what the cases that choose an option at a node still come to."""
    found = set()
    for case in all_cases(tree):
        first, *onward = ways(tree, case)
        if (node.id, option.id) in {(a.node.id, a.option.id) for a in first.answers}:
            found.add(tuple(ends_of(tree, case)))
        for way in onward:
            if (node.id, option.id) in {(a.node.id, a.option.id) for a in way.answers}:
                found.add((str(way.at),))
    return sorted(found)


@once
def near(tree: Tree, gap: Gap) -> set[str]:
    """Return where the cases of a gap come to when they are looked at as its ways say."""
    cases = [case for case in all_cases(tree) if covered_by(gap, case)]
    return {ends_of(tree, with_facts(case, way.as_))[0] for case in cases for way in gap.ways}


def is_decided_by(tree: Tree, question: Question, wanted: Wanted) -> bool:
    """Whether the answer to a question, somewhere, decides which of the steps wanted there are."""
    known, every = tree.ids("situations"), in_every_case(tree)
    steps = [p for s in tree.situations for p in placed_steps(tree, s) if wanted(p)]
    duties = {same_duty(p.step) for p in steps}
    facts = {fact for option in question.options for fact in option.facts}
    if any(facts & set(p.step.facts or ()) for p in steps):
        return True
    for node in (node for node in tree.nodes if node.ask == question.id):
        taken = set()
        for ends in passed(tree).get(str(node.id), []):
            held = {same_duty(p.step) for p in steps_of(tree, ends)}
            held |= set(every) if not known.issuperset(ends) else set()
            taken.add(frozenset(held & duties))
        if len(taken) > 1:
            return True
    return False


def told_of(tree: Tree, wanted: Wanted) -> dict[str, set[str]]:
    """Return lead → the gaps that a page about these steps tells beside them."""
    steps = [p for s in tree.situations for p in placed_steps(tree, s) if wanted(p)]
    asked = {str(q.id) for q in tree.questions if is_decided_by(tree, q, wanted)}
    questions = {str(g.title) for g in tree.gaps if g.weight != DOCUMENT and asked & set(g.concerns)}
    ids = {str(p.situation.id) for p in steps}
    wide = {str(g.id): near(tree, g) for g in tree.end_gaps if g.is_written}
    having = {
        id
        for id, ends in wide.items()
        if not ends
        or any(
            same_duty(p.step) in {same_duty(q.step) for q in steps}
            for p in steps_of(tree, sorted(ends & ids))
        )
    }
    holds = all(same_duty(p.step) in in_every_case(tree) for p in steps)
    lead = t("site.unclear-anyway" if holds else "site.unclear-cases")
    found = {t("site.unclear-questions"): questions, lead: {str(tree.get(id, Gap).title) for id in having}}
    return {lead: titles for lead, titles in found.items() if titles}


def shown_on(page: Any) -> dict[str, set[str]]:
    lines = page.xpath(".//p[@data-unclear]")
    return {str(line.text).strip(): {said(a) for a in line.xpath("./a")} for line in lines}


def views(tree: Tree) -> Iterator[tuple[str, Wanted]]:
    for action in tree.actions:
        yield f"atgard/{action.id}", lambda p, id=action.id: p.step.action == id  # type: ignore[misc]
    for unit in tree.units:
        yield f"enhet/{unit.id}", lambda p, unit=unit: unit in units_in(tree, p.step)  # type: ignore[misc]


@pytest.mark.parametrize("name", TREES)
def test_what_is_unclear_beside_steps_stands_where_it_bears_on_them(name: str) -> None:
    """Counted case by case: a duty that no answer changes is clear, and what holds at a gap holds."""
    tree, pages, _ = made(name)
    seen: set[str] = set()
    for path, wanted in views(tree):
        expected = told_of(tree, wanted)
        assert shown_on(pages[path]) == expected, path
        seen |= expected.keys()
    assert seen >= {t("site.unclear-questions"), t("site.unclear-cases")} or name != "real"


def test_what_does_not_hang_on_the_answers_is_not_called_unclear(tree: Tree) -> None:
    """Read from the document: 3/1, 3/4 and 3/6 know no cases, cause or count, and some duties hold always."""
    _, pages, _ = made("real")
    ends = {str(gap.title) for gap in tree.end_gaps}
    household = str(tree.get("vad-ar-barnfamilj", Gap).title)
    of_message = {
        "bekrafta-till-kronofogden": {},
        "skicka-kopia-av-bekraftelsen": {},
        "narvara-alltid": {},
        "narvara": {t("site.unclear-questions"): {household}},
        "forbereda-barnet": {t("site.unclear-questions"): {household}},
    }
    expected: Mapping[str, Mapping[str, set[str]]] = {
        **of_message,
        "aktualisera": {t("site.unclear-anyway"): ends},
        "folja-checklistan": {t("site.unclear-anyway"): ends},
    }
    for action, lines in expected.items():
        assert shown_on(pages[f"atgard/{action}"]) == lines, action


def test_a_section_tells_only_of_gaps_in_its_own_cases(tree: Tree) -> None:
    _, pages, _ = made("real")
    both, family, without = (str(tree.get(id, Gap).title) for id in GAPS)
    own = {"barnfamiljer": {both, family}, "hushall-utan-barn": {both, without}, "kronofogden": set()}
    for section, gaps in own.items():
        assert shown_on(pages[f"avsnitt/{section}"]).get(t("site.unclear-cases"), set()) == gaps, section


@pytest.mark.parametrize("name", TREES)
def test_what_is_said_of_the_described_alone_is_not_done_in_every_case(name: str) -> None:
    tree, pages, _ = made(name)
    seen, lead = 0, t("unsure.in-described", count="").strip()
    gaps = {str(gap.id) for gap in tree.end_gaps}
    standing = {action for unit in tree.units for duty in unit.duties for action in duty.actions}
    for node in tree.nodes:
        branches = pages[f"vet-inte/{node.id}"].xpath(".//section[@data-branch]")
        for branch in branches:
            option = next(
                o for o in tree.get(node.ask, Question).options if o.id == branch.get("data-branch")
            )
            taken = [
                {p.step.action for p in steps_of(tree, ends)} | (standing if gaps & set(ends) else set())
                for ends in coming_to(tree, node, option)
            ]
            for group in branch.xpath(".//details[@data-added]"):
                described = said(group.find("summary")).startswith(lead)
                for action in group.xpath("./ul/li/@data-duty"):
                    in_all = all(action in actions for actions in taken)
                    assert in_all != described, (node.id, option.id, action)
                    seen += described
        for note in pages[f"vet-inte/{node.id}"].xpath(".//*[@data-at-gaps]"):
            (action,) = note.xpath("ancestor::li/@data-duty")
            ends = passed(tree)[str(node.id)]
            assert all(action in {p.step.action for p in steps_of(tree, each)} for each in ends), node.id
            seen += 1
    assert seen or name != "real"
