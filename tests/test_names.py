"""A name that takes part in some cases only: no view tells it as if it did in all, and none leaves it out."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from generator.data.rutin_json import export
from generator.data.rutin_schema import rutin_schema
from generator.diff.compare import compare
from generator.exercises.cases import everything_in
from generator.model import Situation, Text, Tree
from generator.pages.record.record import record
from generator.pages.report.changes import as_text, report
from generator.pages.report.decisions import decided
from generator.pages.site import Site
from generator.printing.documents import printed_documents
from generator.reading.diagnostics import render
from generator.reading.parse import parse
from generator.routine.cases import case_of, covers, ways
from generator.routine.steps import PlacedStep, placed_steps
from generator.routine.steps_on import steps_on
from generator.rules import check
from tests.conftest import checked
from tests.every_case import all_cases
from tests.many import TREE
from tests.test_step_facts import KNOWN, alone, steps_in
from tests.views import pages_of, said

TEXT = TREE.read_text("utf-8")
ROLES = ("who", "with_", "to")


@pytest.fixture(scope="module")
def outing() -> Tree:
    return checked(TEXT)


def hanging(tree: Tree) -> list[PlacedStep]:
    return [placed for s in tree.situations for placed in placed_steps(tree, s) if placed.step.only]


def test_every_case_has_those_names_whose_facts_it_has(outing: Tree) -> None:
    """Told one by one from what the file says."""
    fewer = none = 0
    for case in all_cases(outing):
        way, *_ = ways(outing, case)
        if way.at not in outing.ids("situations"):
            continue
        found = {placed.step.key: placed for placed in steps_on(outing, [way])}
        for step in outing.get(way.at, Situation).steps:
            left = {
                role: tuple(name for name in getattr(step, role) if covers(step.only.get(name, {}), case))
                for role in ROLES
            }
            is_step = covers(step.facts or {}, case) and all(
                left[role] or not getattr(step, role) for role in ("who", "to")
            )
            assert (step.key in found) == is_step, (case, step.key)
            none += not is_step and bool(step.only)
            if is_step:
                assert {role: getattr(found[step.key].step, role) for role in ROLES} == left
                assert not found[step.key].step.hangs
                assert found[step.key].condition is None
                fewer += any(left[role] != getattr(step, role) for role in ROLES)
    assert fewer
    assert none


def test_where_one_of_two_is_left_the_sentence_is_that_of_one(outing: Tree) -> None:
    case = {"langd": "dag", "behov-mat": "nej", "behov-buss": "nej", "behov-medicin": "nej"}
    told = {placed.step.key: placed.with_condition for placed in steps_on(outing, ways(outing, case))}
    assert told["duka"] == "Klassen ska duka."
    both = steps_on(outing, ways(outing, {**case, "behov-mat": "ja"}))
    assert "Klassen och köket ska gemensamt duka." in [placed.with_condition for placed in both]


def test_no_page_tells_the_names_without_what_they_hang_on(outing: Tree) -> None:
    seen = dict.fromkeys((placed.id for placed in hanging(outing)), 0)
    for path, page in pages_of(TEXT).items():
        whole = said(page)
        for known in (each for xpath in KNOWN for each in page.xpath(xpath)):
            whole = whole.replace(said(known), "")
        for placed in hanging(outing):
            assert alone(whole, placed) == [], (path, placed.id)
            seen[placed.id] += placed.sentence in whole
    assert min(seen.values()) >= 5


def test_no_paper_no_data_and_no_record_tells_them_without(outing: Tree) -> None:
    site = Site.of(outing, TEXT)
    papers = {doc.path: json.loads(doc.data) for doc in printed_documents(site)}
    data = export(site)
    for placed in hanging(outing):
        assert placed.condition
        told = [s for doc in papers.values() for s in steps_in(doc) if s["sentence"] == placed.sentence]
        assert len(told) >= 2
        assert {one["when"] for one in told} == {placed.condition.text}
        (step,) = (s for end in data["situations"] for s in end["steps"] if s["id"] == placed.id)
        assert step["sentence"] == placed.with_condition
        only = {str(n): {str(f): list(v) for f, v in own.items()} for n, own in placed.step.only.items()}
        assert step["only"] == only
        (kept,) = (one for one in record(site, placed.situation)["steps"] if one["at"] == [placed.id])
        assert placed.condition.text in kept["task"]
    schema = json.loads(rutin_schema(outing))
    jsonschema.validate(data, schema)
    assert "only" in schema["properties"]["situations"]["items"]["properties"]["steps"]["items"]["required"]


def test_what_tells_a_step_by_its_names_alone_marks_it(outing: Tree) -> None:
    pages = pages_of(TEXT)
    for placed in hanging(outing):
        page = pages[f"situation/{placed.situation.id}"]
        (lane,) = page.xpath(f".//tr[@data-swim='{placed.step.key}']")
        assert "villkor" in said(lane)
        for unit in (*placed.step.who, *placed.step.to):
            for line in page.xpath(f".//*[@data-mine='{unit}'][dt]/dd"):
                link = next(a for a in line.xpath("./a") if a.get("href") == f"#{placed.step.key}")
                assert said(link.getnext()) == "villkor", (placed.id, unit)
    (cell,) = pages["matris"].xpath(".//tr[@id='dagen']/td[@data-column='meddelas']")
    assert cell.xpath(".//a[@data-mark='condition']")


def test_who_does_not_know_is_told_of_nobody_as_sure() -> None:
    (certain,) = pages_of(TEXT)["vet-inte/behov-buss"].xpath(".//ul[@data-certain='always']")
    (row,) = certain.xpath("./li[@data-duty='meddela']")
    assert "Bussgaraget bara om" in said(row)


def test_practice_asks_of_a_case_its_own_names(outing: Tree) -> None:
    asked = 0
    for example in outing.examples:
        own = {p.id: p.with_condition for p in steps_on(outing, ways(outing, case_of(outing, example)))}
        for exercise in everything_in(outing, example):
            if "/" in exercise.place:
                assert exercise.place in own
                asked += 1
            shown = [c.text for c in (exercise.right, *exercise.wrong) if c.place == exercise.place]
            assert not [text for text in shown if " bara om " in text]
    assert asked


@pytest.mark.parametrize("only", [{}, {Text("kok"): {Text("behov-mat"): (Text("nej"),)}}])
def test_other_names_or_facts_of_them_are_a_change_of_duty(outing: Tree, only: Any) -> None:
    (end,) = outing.situations
    steps = tuple(replace(s, only=only) if s.action == "meddela" else s for s in end.steps)
    after = replace(outing, situations=(replace(end, steps=steps),))
    for difference in (compare(outing, after), compare(after, outing)):
        assert difference.of_duty
        (changed,) = (change for one in difference.situations for change in one.changes)
        assert changed.aspects == ("only",)
        assert "Bussgaraget bara om" in as_text(report(difference))
        (item,) = decided(difference, lambda s: {"title": str(s.title), "href": ""})
        assert "bussgaraget bara om ”Behövs: Buss” är ”Ja”" in item["label"]


OTHER = """  - id: natten-ute
    title: Utflykt en natt
    short: En natt
    facts: {langd: natt}
    source: "1"
    same_steps_as: dagen
    except:
      - EXCEPT
"""


@pytest.mark.parametrize(
    ("otherwise", "told"),
    [
        ("{step: meddela, only: {kok: {behov-buss: ja}}}", "Köket bara om ”Behövs: Buss” är ”Ja”:"),
        ("{step: meddela, without: only}", "Klassen ska meddela köket, bussgaraget och sjukan."),
    ],
)
def test_names_can_be_otherwise_in_another_situation(otherwise: str, told: str) -> None:
    text = TEXT.replace(
        "gaps:\n  - id: natten", f"{OTHER.replace('EXCEPT', otherwise)}gaps:\n  - id: natten", 1
    )
    tree = parse(text).tree
    assert tree
    steps = {p.step.key: p.with_condition for p in placed_steps(tree, tree.get("natten-ute", Situation))}
    assert steps["meddela"].startswith(told)


STEP = "only: {kok: {behov-mat: ja}, buss: {behov-buss: ja}, sjuka: {behov-medicin: ja}}"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (STEP, STEP.replace("buss: {", "klassen: {"), "står under ”only” men varken i"),
        (STEP, STEP.replace("behov-buss: ja", "langd: natt"), "”buss” är inte med i något av fallen"),
        (STEP, STEP.replace("behov-buss: ja", "langd: dag"), "”buss” är med i alla fall"),
        (STEP, STEP.replace("behov-buss: ja", "behov-buss: jo"), "[known-fact]"),
        (STEP, STEP.replace("behov-buss: ja", "behov-bus: ja"), "[known-fact]"),
        ('    text: "{who} {modal} duka {with}."\n', "", "saknar ”text”"),
    ],
)
def test_what_says_nothing_of_a_name_is_told(old: str, new: str, told: str) -> None:
    assert TEXT.count(old) == 1
    text = TEXT.replace(old, new)
    assert told in render(check(text)[1], "tree.yaml", text)


def test_a_case_in_which_nobody_is_left_is_told() -> None:
    text = TEXT.replace("who: [klass, kok]", "who: kok")
    text = text.replace(
        "{action: planera, who: klass, phase", "{action: planera, who: klass, facts: {behov-buss: ja}, phase"
    )
    told = render(check(text)[1], "tree.yaml", text)
    assert "utan något steg, till exempel langd=dag, behov-mat=nej, behov-buss=nej, behov-medicin=nej" in told
