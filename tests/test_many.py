"""A fact that can have several of its values at once: read as a fact of yes or no for each."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import product

import jsonschema
import pytest

from generator.data.rutin_json import export
from generator.data.rutin_schema import rutin_schema
from generator.diff.compare import compare
from generator.model import Question, Tree
from generator.pages.editor.form import form_data
from generator.pages.report.changes import as_text, report
from generator.pages.site import Site
from generator.reading.parse import parse
from generator.routine.cases import ways
from generator.routine.routes import routes
from generator.routine.steps_on import steps_on
from tests.conftest import checked, generated
from tests.many import TREE
from tests.views import pages_of, said

TEXT = TREE.read_text("utf-8")
ASKED = "Vad behövs på utflykten?"
VALUES = {"mat": "packa", "buss": "kora", "medicin": "folja"}
NODES = ("behov", "behov-buss", "behov-medicin")
# What the file says in one place each, as somebody writes it who does not know of "many".
FACT = """  - id: behov-{id}
    label: "Behövs: {label}"
    values: [{{id: ja, label: Ja{also}}}, {{id: nej, label: Nej}}]
"""
QUESTION = """  - id: behov-{id}
    text: {ask}
    short: "Behov: {label}"
    why: Det avgör vilka som är med.
    where: Läs klassens lista.
    cite: 1/2
    options:
      - {{id: ja, label: Ja, short: {label}, facts: {{behov-{id}: ja}}}}
      - {{id: nej, label: Nej, short: "{label}: nej", facts: {{behov-{id}: nej}}}}
"""
NODE = "  - {{id: {node}, ask: behov-{id}, goto: {{ja: {to}, nej: {to}}}}}\n"
ONE_BY_ONE = (
    {"id": "mat", "label": "Mat", "ask": "Ska någon äta på vägen?", "also": ", also: [matsäck]"},
    {"id": "buss", "label": "Buss", "ask": "Åker klassen buss?", "also": ""},
    {"id": "medicin", "label": "Medicin", "ask": "Behöver någon medicin?", "also": ""},
)


@pytest.fixture(scope="module")
def outing() -> Tree:
    return checked(TEXT)


def by_hand() -> str:
    text = TEXT
    places = (
        (text[text.index("  - id: behov\n    label") : text.index("questions:\n")], FACT),
        (text[text.index("  - id: behov\n    text") : text.index("nodes:\n")], QUESTION),
        ("  - {id: behov, ask: behov, then: dagen}\n", NODE),
    )
    for old, new in places:
        assert text.count(old) == 1
        rows = zip(ONE_BY_ONE, NODES, (*NODES[1:], "dagen"), strict=True)
        text = text.replace(old, "".join(new.format(**one, node=node, to=to) for one, node, to in rows))
    return text.replace("concerns: [behov]", "concerns: [behov-mat, behov-buss, behov-medicin]")


def test_it_is_read_as_what_somebody_would_write_by_hand(outing: Tree) -> None:
    assert [q.together for q in outing.questions] == [None, ASKED, ASKED, ASKED]
    alone = replace(outing, questions=tuple(replace(q, together=None) for q in outing.questions))
    assert alone == checked(by_hand())


def test_only_the_page_of_the_first_question_has_the_boxes() -> None:
    made, hand = generated(TEXT), generated(by_hand())
    assert made.keys() == hand.keys()
    tick = [path for path, text in made.items() if "data-many" in text]
    assert tick == ["assets/navigator-data.js", "fraga/behov.md"]
    pages = pages_of(TEXT)
    for place, one in zip(NODES, ONE_BY_ONE, strict=True):
        page = pages[f"fraga/{place}"]
        assert said(page.xpath(".//h1")[0]) == one["ask"]
        assert said(page.xpath(".//*[@class='r-kicker']")[0]) == ASKED
        assert len(page.xpath(".//ul[@class='r-options'][not(ancestor::form)]//a[@data-option]")) == 2
    (form,) = pages["fraga/behov"].xpath(".//form")
    assert form.get("hidden") is not None  # without script, it is not there
    assert [said(label) for label in form.xpath(".//label")] == ["Mat", "Buss", "Medicin"]
    assert "many: true" in made["fraga/behov.md"]
    assert "many: true" not in hand["fraga/behov.md"]


def test_each_choice_has_its_own_steps(outing: Tree) -> None:
    for chosen in product(("ja", "nej"), repeat=3):
        case = {"langd": "dag", **{f"behov-{id}": yes for id, yes in zip(VALUES, chosen, strict=True)}}
        steps = {placed.step.key for placed in steps_on(outing, ways(outing, case))}
        taken = {action for action, yes in zip(VALUES.values(), chosen, strict=True) if yes == "ja"}
        assert steps == {"planera", "duka", *taken, *(["meddela"] if taken else [])}
    assert len(routes(outing)) == 2**3 + 1


def test_a_gap_about_the_question_stands_at_each_of_them() -> None:
    pages = pages_of(TEXT)
    for place in NODES:
        assert "Hur mycket" in said(pages[f"fraga/{place}"])


def test_data_says_what_can_be_asked_together_and_promises_it(outing: Tree) -> None:
    data, schema = export(Site.of(outing, TEXT)), json.loads(rutin_schema(outing))
    assert [q.get("together") for q in data["questions"]] == [None, ASKED, ASKED, ASKED]
    jsonschema.validate(data, schema)
    assert schema["properties"]["questions"]["items"]["properties"]["together"]["description"]


LAST = "      - {id: medicin, label: Medicin, ask: Behöver någon medicin?}\n"


@pytest.mark.parametrize(
    ("old", "new", "of_duty", "told"),
    [
        ("ask: Åker klassen buss?", "ask: Åker klassen i buss?", False, "Åker klassen i buss?"),
        (f"text: {ASKED}", "text: Vad behöver klassen?", False, "Vad behöver klassen?"),
        (LAST, f"{LAST}      - {{id: talt, label: Tält, ask: Sover de?}}\n", True, "Sover de?"),
    ],
)
def test_what_changes_is_told(outing: Tree, old: str, new: str, of_duty: bool, told: str) -> None:
    assert TEXT.count(old) == 1
    after = parse(TEXT.replace(old, new)).tree
    assert after
    difference = compare(outing, after)
    assert difference.of_duty is of_duty
    assert told in as_text(report(difference))


def test_the_form_has_no_place_for_what_does_not_stand_in_the_file_as_it_is_asked(outing: Tree) -> None:
    _, groups = form_data(outing, TEXT)
    titles = [title for _, parts in groups for _, title in parts]
    assert "Hur länge är klassen borta?" in titles
    assert not [title for title in titles if title in (ASKED, *(one["ask"] for one in ONE_BY_ONE))]


def test_its_answers_are_in_the_language_of_the_tree() -> None:
    tree = parse(TEXT.replace("language: sv", "language: en")).tree
    assert tree
    question = tree.get("behov-buss", Question)
    told = [("yes", "Yes", "Buss"), ("no", "No", "Buss: no")]
    assert [(o.id, o.label, o.short) for o in question.options] == told
