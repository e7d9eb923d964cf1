"""What a routine may do without: it is left out, and nothing stands in its place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import jsonschema
import pytest

from generator.locale import strings
from generator.model import Tree
from generator.outputs import outputs
from generator.pages.site import Site
from generator.printing.documents import printed_documents
from generator.routine.steps import units_of
from generator.rules import check
from tests.conftest import checked
from tests.playground import TREE

FULL = TREE.read_text("utf-8")


def without_pages(text: str) -> str:
    return re.sub(r', pages: ("[^"]*"|[^,}]+)', "", text)


def without_numbers(text: str) -> str:
    return re.sub(r', number: "[^"]*"', "", text)


def without_counts(text: str) -> str:
    return re.sub(r", paragraphs: \d+", "", text)


def without_owners(text: str) -> str:
    return text.replace("  owners: [lekplatsansvarig]\n", "")


def without_duties(text: str) -> str:
    return re.sub(r"    duties:\n(?:      .*\n)+", "", text)


LESS = (without_pages, without_numbers, without_counts, without_owners, without_duties)


def bare() -> str:
    text = FULL
    for less in LESS:
        shorter = less(text)
        assert shorter != text, less
        text = shorter
    return text


@pytest.fixture(scope="module")
def tree() -> Tree:
    return checked(bare())


@pytest.fixture(scope="module")
def made(tree: Tree) -> dict[str, str]:
    return dict(outputs(tree, bare()))


def test_nothing_stands_in_the_place_of_what_is_left_out(tree: Tree, made: dict[str, str]) -> None:
    printed = {one.path: one.data for one in printed_documents(Site.of(tree, bare()))}
    full = "".join(outputs(checked(FULL), FULL).values())
    for said in (", s. 3–4", 'id="sidor"', 'id="ansvar"', "<dt>Dokumentansvariga</dt>"):
        assert said in full
        found = [path for path, text in {**made, **printed}.items() if said in text]
        assert found == []
    empty = re.compile(r"\bNone\b|, ?s\. ?[<\"]|title: \"\.")
    assert [path for path, text in {**made, **printed}.items() if empty.search(text)] == []


def test_the_proof_claims_nothing_of_paragraphs_that_nobody_counted(made: dict[str, str]) -> None:
    assert "Inget stycke är bortglömt" not in made["bevis.md"]
    assert 'data-proof="paragraphs">0<' in made["bevis.md"]


def test_the_data_says_what_is_not_known(made: dict[str, str]) -> None:
    data = json.loads(made["rutin.json"])
    jsonschema.validate(data, json.loads(made["rutin.schema.json"]), jsonschema.Draft202012Validator)
    assert {step["citation"]["page"] for s in data["situations"] for step in s["steps"]} == {None}
    assert {s["citation"]["paragraph"] for s in data["situations"]} == {None}
    assert data["routine"]["owners"] == []
    assert {len(unit["duties"]) for unit in data["units"]} == {0}


@pytest.mark.parametrize("less", LESS)
def test_each_can_be_left_out_alone(less: Callable[[str], str]) -> None:
    assert check(less(FULL))[1] == []


# --- Units ------------------------------------------------------------------------------------------


def without_shapes(text: str) -> str:
    return re.sub(r"    shape: .*\n", "", text)


def test_a_unit_without_a_shape_has_its_initials_in_its_place() -> None:
    text = without_shapes(FULL)
    tree = checked(text)
    initials = {"kundcenter": "KU", "parkdrift": "PA", "belysning": "BE"}
    assert {str(unit.id): unit.form for unit in tree.units} == initials
    pages = dict(outputs(tree, text))
    for id, said in initials.items():
        assert f'<span aria-hidden="true">{said}\u00a0</span>' in pages[f"enhet/{id}.md"]
    shapes = "".join(strings()["shapes"].values())
    assert not [path for path, page in pages.items() if path.endswith(".md") and set(shapes) & set(page)]
    printed = "".join(one.data for one in printed_documents(Site.of(tree, text)))
    assert '"shape": "KU"' in printed
    assert "None" not in printed


def test_there_can_be_any_number_of_units() -> None:
    unit = """  - id: enhet-{0}
    name: enhet {0}
    label: Enhet {0}
    summary: Gör något.
    cite: roller-belysning/1
"""
    more = "".join(unit.format(number) for number in range(1, 31))
    text = FULL.replace("\nparties:\n", f"\n{more}parties:\n", 1)
    tree = checked(text)
    assert len(tree.units) == 33
    assert "E3" in outputs(tree, text)["enhet/enhet-30.md"]


def test_where_to_turn_to_a_unit_stands_where_one_needs_it(tree: Tree, made: dict[str, str]) -> None:
    reached = ("000-123 45", "belysning@example.org", "Lampgatan 1")
    assert all(way in made["enhet/belysning.md"] for way in reached)
    assert "data-reach" not in made["enhet/parkdrift.md"]
    for situation in tree.situations:
        named = any(unit.id == "belysning" for unit in units_of(tree, situation))
        line = f"Belysningen: {', '.join(reached)}"
        assert (line in made[f"situation/{situation.id}.md"]) == named
    wrong = FULL.replace("email: belysning@example.org", "email: belysning")
    assert [finding.rule for finding in check(wrong)[1]] == ["url"]


# --- Words ------------------------------------------------------------------------------------------


def test_what_the_work_is_documented_in_is_the_routine_s_word() -> None:
    text = FULL.replace("  record: felanmälan\n", "  record: felregistret\n")
    tree = checked(text)
    pages = {path: page for path, page in outputs(tree, text).items() if path.endswith(".md")}
    printed = {one.path: json.loads(one.data)["footer"] for one in printed_documents(Site.of(tree, text))}
    assert not [path for path, said in {**pages, **printed}.items() if "journal" in said.lower()]
    assert all("Kopiera till felregistret" in pages[f"situation/{s.id}.md"] for s in tree.situations)
    assert sum("ersätter inte felregistret" in said for said in printed.values()) > len(tree.situations)
    without = text.replace("  record: felregistret\n", "")
    assert "Kopiera till journalen" in outputs(checked(without), without)["situation/trasig-lampa.md"]
