"""A step that holds in some cases only: no view tells it as if it held in all, and none leaves it out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from generator.diff.compare import compare
from generator.exercises.cases import everything_in
from generator.model import Situation, Text, Tree
from generator.pages import situations
from generator.pages.message import before_json
from generator.pages.record.record import record
from generator.pages.rendering import body_of
from generator.pages.report.changes import as_text, report
from generator.pages.report.decisions import decided
from generator.pages.site import Site
from generator.reading.diagnostics import render
from generator.routine.cases import Case, Walk, case_of, covers, walk, ways
from generator.routine.passages import passages
from generator.routine.reservations import reservations
from generator.routine.shared_duties import in_every_case
from generator.routine.steps import PlacedStep, placed_steps, same_duty
from generator.routine.steps_on import steps_on
from generator.routine.unclear import unclear
from generator.rules import check
from tests.conftest import checked
from tests.every_case import all_cases, covered_by
from tests.several import TREE
from tests.views import made, said
from tests.why import reasons

TEXT = TREE.read_text("utf-8")
# Where it is known which case it is, so that a step stands as it is in that case.
KNOWN = (".//details[@class='r-why']", ".//*[@data-exercise]")


def hanging(tree: Tree) -> Iterator[PlacedStep]:
    """Yield the steps that hold in some of the cases of their situation only."""
    for situation in tree.situations:
        yield from (placed for placed in placed_steps(tree, situation) if placed.step.facts)


def alone(text: str, placed: PlacedStep) -> list[str]:
    """Return what stands before each place where a step is told without what it hangs on."""
    assert placed.condition
    before = re.compile(rf"{re.escape(placed.condition.text)}:? *(- )?(?:(?:Ska|Kan) )?$")
    parts = re.split(f"(?i){re.escape(placed.sentence)}", text)
    return [part[-120:] for part in parts[:-1] if not before.search(part)]


def test_no_page_tells_the_step_without_what_it_hangs_on() -> None:
    tree, pages, _ = made("several")
    seen = dict.fromkeys((placed.id for placed in hanging(tree)), 0)
    for path, page in pages.items():
        whole = said(page)
        for known in (each for xpath in KNOWN for each in page.xpath(xpath)):
            whole = whole.replace(said(known), "")
        for placed in hanging(tree):
            assert alone(whole, placed) == [], (path, placed.id)
            seen[placed.id] += placed.sentence in whole
    assert min(seen.values()) >= 5  # its situation, section, action, units, and who does not know


def test_no_paper_and_no_data_tells_it_without() -> None:
    tree, _, printed = made("several")
    texts = {path: json.dumps(found, ensure_ascii=False) for path, found in printed.items()}
    papers = [path for path, text in texts.items() if path.startswith("checklista/") and '"sentence"' in text]
    assert papers
    for placed in hanging(tree):
        found = 0
        for path in papers:
            for step in steps_in(printed[path]):
                if step["sentence"] == placed.sentence and f"{placed.situation.id}" in path:
                    assert placed.condition
                    assert step["when"] == placed.condition.text
                    found += 1
        assert found >= 2, placed.id  # all, and a unit's
        assert placed.sentence in texts["rutin.json"]
        assert alone(texts["rutin.json"], placed) == []


def steps_in(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every printed step below a value."""
    if isinstance(value, dict):
        if "sentence" in value and "when" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from steps_in(item)


def test_what_tells_a_step_by_its_action_alone_marks_it(books: Tree) -> None:
    _, pages, _ = made("several")
    for placed in hanging(books):
        page = pages[f"situation/{placed.situation.id}"]
        (lane,) = page.xpath(f".//tr[@data-swim='{placed.step.key}']")
        assert "villkor" in said(lane), placed.id
        for unit in (*placed.step.who, *placed.step.to):
            for line in page.xpath(f".//*[@data-mine='{unit}'][dt]/dd"):
                link = next(a for a in line.xpath("./a") if a.get("href") == f"#{placed.step.key}")
                assert said(link.getnext()) == "villkor", (placed.id, unit)
        (row,) = pages["matris"].xpath(f".//tr[@id='{placed.situation.id}']")
        columns = [column.id for column in books.matrix if placed.step.action in column.actions]
        assert columns
        for column in columns:
            (cell,) = row.xpath(f"./td[@data-column='{column}']")
            assert cell.xpath(".//a[@data-mark='condition']"), (placed.id, column)
    today = pages["situation/ersatts"].xpath(".//*[@class='r-brief__today']/dd")
    assert "villkor" in said(today[0])  # its time is told by the label alone


def test_what_is_urgent_after_a_situation_goes_on_with_what_it_hangs_on(books: Tree) -> None:
    end = books.get("ersatts", Situation)
    on = "    continues: {text: På, node: barn, as: {lantagare: barn}}\n"
    text = TEXT.replace("    title: Boken ersätts\n", f"    title: Boken ersätts\n{on}")
    tree, _ = check(text)
    assert tree
    told = json.loads(before_json(Site.of(tree, text)))[end.id]
    assert ">Om ”Bokad” är ”Av någon annan”. Genast: " in told


def test_the_text_for_the_record_tells_it_with_what_it_hangs_on(books: Tree) -> None:
    site = Site.of(books, TEXT)
    for placed in hanging(books):
        (told,) = (one for one in record(site, placed.situation)["steps"] if one["at"] == [placed.id])
        assert placed.condition
        assert placed.condition.text in told["task"]
        assert placed.condition.text in told["all"][0]


# --- Where the case is known ---


def held(situation: Situation, case: Case) -> list[str]:
    """Return the steps of a case, told one by one from what the file says."""
    return [s.key for s in situation.steps if covers(s.facts or {}, case)]


def test_a_case_has_the_steps_whose_facts_it_has_and_no_other(books: Tree) -> None:
    parted = 0
    for case in all_cases(books):
        (way,) = ways(books, case)
        if way.at in books.ids("situations"):
            found = steps_on(books, [way])
            situation = books.get(way.at, Situation)
            assert [placed.step.key for placed in found] == held(situation, case)
            assert not any(placed.step.facts for placed in found)
            parted += len(found) < len(situation.steps)
    assert parted


def test_a_situation_s_steps_leave_open_what_tells_its_cases_apart(books: Tree) -> None:
    for situation in books.situations:
        cases = [case for case in all_cases(books) if covered_by(situation, case)]
        told = {placed.step.key: placed.step for placed in placed_steps(books, situation)}
        for step in situation.steps:
            holding = [covers(step.facts or {}, case) for case in cases]
            assert (step.key in told) == any(holding)
            left = told[step.key].facts or {}
            assert [covers(left, case) for case in cases] == holding
            assert all(not all(covers({fact: values}, c) for c in cases) for fact, values in left.items())


def test_why_tells_what_another_answer_changes_in_the_steps_of_the_case(books: Tree) -> None:
    _, pages, _ = made("several")
    same = 0
    for reason in reasons(books, pages):
        here = steps_on(books, [Walk((), reason.situation.id, reason.case)])
        for _, instead, other in reason.others(books):
            there = walk(books, instead)
            if there.at in books.ids("situations"):
                others = steps_on(books, [there])
                come = [p.with_condition for p in others if not_in(p, here)]
                go = [p.with_condition for p in here if not_in(p, others)]
                shown = [said(li) for li in other.xpath(".//details[@class='r-differs']//li")]
                assert [text for text in (*come, *go) if not any(s.startswith(text) for s in shown)] == []
                assert len(shown) == len(come) + len(go)
                same += there.at == reason.situation.id and bool(shown)
    assert same  # an answer that leads to the same page, with other steps


def not_in(placed: PlacedStep, others: list[PlacedStep]) -> bool:
    return all(same_duty(placed.step) != same_duty(other.step) for other in others)


def test_practice_asks_of_a_case_its_own_steps_and_calls_no_other_right(books: Tree) -> None:
    asked = 0
    for example in books.examples:
        case = case_of(books, example)
        own = {p.id: p.with_condition for p in steps_on(books, ways(books, case))}
        for exercise in everything_in(books, example):
            if "/" in exercise.place:
                assert exercise.place in own, (example.id, exercise.id)
                asked += 1
            own_told = [c for c in exercise.wrong if c.text == own.get(c.place)]
            assert not own_told or exercise.id.endswith("/today"), exercise.id
    assert asked


def test_who_does_not_know_is_told_of_no_case_what_it_has_not(books: Tree) -> None:
    _, pages, _ = made("several")
    told = 0
    for node in books.nodes:
        cases = [c for p in passages(books) if p.node == node.id for c in all_cases(books, p.cases)]
        each = [steps_on(books, ways(books, case)) for case in cases]
        described = [found for found in each if found]
        for item in pages[f"vet-inte/{node.id}"].xpath(".//ul[@data-certain]/li[@data-duty]"):
            if "Om ”" not in said(item):
                action = item.get("data-duty")
                assert all(any(p.step.action == action for p in found) for found in described), node.id
                told += 1
    assert told


def test_what_a_unit_does_in_some_cases_it_does_not_do_in_every_one() -> None:
    duties = "    duties: [{id: kopa, force: must, actions: [kopa], text: Köper böcker., cite: 1/1}]\n"
    text = TEXT.replace("    summary: Köper böckerna.\n", f"    summary: Köper böckerna.\n{duties}")
    assert text != TEXT
    assert in_every_case(checked(text)) == {}


# --- Comparison ---


@pytest.mark.parametrize("facts", [None, {Text("bokad"): (Text("nej"),)}])
def test_other_facts_of_a_step_are_a_change_of_duty(books: Tree, facts: Any) -> None:
    end = books.get("ersatts", Situation)
    steps = tuple(replace(s, facts=facts) if s.action == "kopa" else s for s in end.steps)
    after = replace(
        books, situations=tuple(replace(s, steps=steps) if s is end else s for s in books.situations)
    )
    for difference in (compare(books, after), compare(after, books)):
        assert difference.of_duty
        (changed,) = (change for one in difference.situations for change in one.changes)
        assert changed.aspects == ("facts",)
        told = as_text(report(difference))
        assert "Om ”Bokad” är ”Av någon annan”. Genast" in told
        (item,) = decided(difference, lambda s: {"title": str(s.title), "href": ""})
        assert " – fall: " in item["label"] if facts else " bara när " in item["label"]
        assert "”Bokad” är ”Av någon annan”" in item["label"]


# --- What is wrong ---

STEP = next(line for line in TEXT.splitlines(keepends=True) if "when: genast, facts" in line)
WITHOUT_CONDITION = "who: [forrad, skola], phase"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (STEP, STEP.replace("bokad: ja", "bok: vanlig"), "inte i något av fallen"),
        (STEP, STEP.replace("bokad: ja", "bok: dyr"), "i alla fall i"),
        (STEP, STEP.replace("bokad: ja", "bokad: nja"), "[known-fact]"),
        (STEP, STEP.replace("bokad: ja", "bokade: ja"), "[known-fact]"),
        (
            WITHOUT_CONDITION,
            "who: [forrad, skola], facts: {bokad: ja}, phase",
            "utan något steg, till exempel lantagare=barn, bok=vanlig, paminnelse=skickad, bokad=nej",
        ),
    ],
)
def test_facts_that_say_nothing_or_leave_a_case_without_steps_are_told(old: str, new: str, told: str) -> None:
    assert TEXT.count(old) == 1
    text = TEXT.replace(old, new)
    assert told in render(check(text)[1], "tree.yaml", text)


def test_a_question_on_which_neither_way_nor_step_depends_is_told() -> None:
    text = re.sub(r" facts: \{[^}]*bokad: ja\},", "", TEXT)
    assert "[same-way]" in render(check(text)[1], "tree.yaml", text)


FRAME = """  - id: vid-kop
    title: Vid köp
    on: {action: kopa, facts: {bok: vanlig}}
    statements: [{text: Köp samma upplaga., cite: 1/4}]
"""


def test_a_frame_on_what_the_step_hangs_on_stands_at_the_step() -> None:
    tree = checked(TEXT.replace("situations:\n", f"{FRAME}situations:\n", 1))
    (placed,) = (p for p in hanging(tree) if p.id == "paminns/kopa")
    assert [frame.id for frame in reservations(tree, placed).frames] == ["vid-kop"]
    site = Site.of(tree, TEXT)
    (page,) = (page for page in situations.pages(site) if page.path == "situation/paminns")
    assert "Köp samma upplaga." in body_of(site, page)
    known = {"lantagare": "vuxen", "bok": "vanlig", "paminnelse": "inte", "bokad": "ja"}
    settled = [p for p in steps_on(tree, ways(tree, known)) if p.step.action == "kopa"]
    assert [frame.id for p in settled for frame in reservations(tree, p).frames] == ["vid-kop"]


def test_what_is_unclear_for_several_steps_is_not_told_at_one_that_some_cases_do_not_have() -> None:
    concerned = "concerns: [paminnelse, paminns/kopa, paminns/meddela, avskrivs/kopa]"
    text = TEXT.replace("concerns: [paminnelse]", concerned, 1)
    text = text.replace("who: lan, to: skola, facts: {lantagare: barn}", "who: lan, to: skola", 1)
    tree = checked(text)
    found = unclear(tree, tree.get("paminns", Situation))
    assert [gap.id for gap in found.at["paminns/meddela"]] == ["ofta"]
    assert [gap.id for gap in found.at["paminns/kopa"]] == ["ofta"]
    assert not any(found.told_at.values())
    assert {p.id for p in found.steps} == {"paminns/kopa", "paminns/meddela"}
