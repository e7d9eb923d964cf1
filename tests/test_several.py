"""An end that is reached in ways which have nothing in common: every view tells all of them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from generator.data.rutin_json import export
from generator.data.rutin_schema import rutin_schema
from generator.diff.compare import compare
from generator.model import Question, Situation, Tree
from generator.navigator.data import data
from generator.pages.report.changes import as_text, report
from generator.pages.site import Site
from generator.reading.diagnostics import render
from generator.routine.cases import covers, ends, walk
from generator.rules import check
from tests.every_case import all_cases
from tests.several import TREE
from tests.views import made, said
from tests.why import reasons

TEXT = TREE.read_text("utf-8")
# What its page says that the situation is for, beside what all its cases have.
EITHER = "Låntagare: Vuxen, Boken: Vanlig; eller Låntagare: Barn, Påminnelse: Inte skickad"
OF_GAP = TEXT[
    TEXT.index("    facts:\n      - {lantagare: barn, bok: dyr") : TEXT.index("    cite: 1/2\n    nearest")
]
SET = "      - {lantagare: klass, bok: vanlig}\n"
BESIDE = "Låntagare: Barn, Påminnelse: Skickad; eller Låntagare: Skolklass"


def facts_on(page: Any) -> list[tuple[str, str]]:
    return [
        (said(row.find("dt")), said(row.find("dd")))
        for row in page.xpath(".//dl[@data-facts]/div[@data-fact]")
    ]


def test_its_page_says_all_that_it_is_for() -> None:
    _, pages, _ = made("several")
    assert ("Antingen", EITHER) in facts_on(pages["situation/paminns"])
    assert facts_on(pages["situation/avskrivs"]) == [("Boken", "Vanlig"), ("Antingen", BESIDE)]
    assert facts_on(pages["situation/ersatts"]) == [("Låntagare", "Vuxen"), ("Boken", "Dyr")]


def test_paper_and_the_text_for_the_record_say_it_too() -> None:
    _, pages, printed = made("several")
    assert printed["checklista/avskrivs.pdf"]["checklist"]["facts"] == [
        ["Boken", "Vanlig"],
        ["Antingen", BESIDE],
    ]
    (button,) = pages["situation/paminns"].xpath(".//*[@data-record]/@data-record")
    unanswered = [one["text"] for one in json.loads(button)["facts"] if one["at"] == ["answers=none"]]
    assert unanswered == [f"Antingen: {EITHER}."]


def test_why_follows_every_way_there_and_what_each_other_answer_leads_to(books: Tree) -> None:
    _, pages, _ = made("several")
    site, several = Site.of(books, TEXT), 0
    for situation in books.situations:
        ways = site.ways_to(situation)
        lists = pages[f"situation/{situation.id}"].xpath(".//ol[@data-reasons]")
        told = [each.xpath("./li/@data-reason") for each in lists]
        assert told == [[f"{a.node.ask}/{a.option.id}" for a in way] for way in ways]
        for facts in situation.facts:
            settled = [{str(f): str(v[0]) for a in way for f, v in a.option.facts.items()} for way in ways]
            assert any(walk(books, {**one}).at == situation.id and covers(facts, one) for one in settled)
        several += len(ways) > 1
    assert several == 2
    for reason in reasons(books, pages):
        others = list(reason.others(books))
        question = books.get(reason.answer.node.ask, Question)
        assert [id for id, _, _ in others] == [o.id for o in question.options if o != reason.answer.option]
        for _, instead, other in others:
            assert walk(books, instead).at == other.get("data-neighbour")


def test_the_data_lists_the_sets_and_is_as_promised(books: Tree) -> None:
    exported = json.loads(json.dumps(export(Site.of(books, TEXT))))
    jsonschema.validate(exported, json.loads(rutin_schema(books)), jsonschema.Draft202012Validator)
    told = {one["id"]: one["facts"] for one in (*exported["situations"], *exported["gaps"])}
    for end in ends(books):
        sets = told[end.id] if isinstance(told[end.id], list) else [told[end.id]]
        assert len(sets) == len(end.facts or ())
        for case in all_cases(books):
            assert any(covers(facts, case) for facts in sets) == (walk(books, case).at == end.id)


def test_what_was_answered_before_a_gap_is_told_only_where_all_its_cases_share_it(books: Tree) -> None:
    """A class and a child come to the same gap: nobody knows which of them went on as for an adult."""
    (way,) = data(Site.of(books, TEXT))["ends"]["oklart"]["ways"]
    assert way == {"as": {"lantagare": "vuxen"}, "was": {"lantagare": ""}}


def test_one_set_more_or_less_is_a_change_of_duty(books: Tree) -> None:
    end = books.get("avskrivs", Situation)
    less = replace(
        books, situations=tuple(replace(s, facts=s.facts[:1]) if s is end else s for s in books.situations)
    )
    for before, after in ((books, less), (less, books)):
        difference = compare(before, after)
        assert difference.of_duty
        assert "”Låntagare” är ”Skolklass” och ”Boken” är ”Vanlig”" in as_text(report(difference))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (SET, "", "[coverage]"),
        (SET, "      - {lantagare: klass}\n", "[overlap]"),
        (SET, "      - {lantagare: klas, bok: vanlig}\n", "[known-fact]"),
        (SET, "      - klass\n", "[type]"),
        (OF_GAP, "    facts: []\n", "[empty-list]"),
    ],
)
def test_a_set_that_is_wrong_is_told(old: str, new: str, told: str) -> None:
    assert old in TEXT
    text = TEXT.replace(old, new)
    report = render(check(text)[1], "tree.yaml", text)
    assert told in report
