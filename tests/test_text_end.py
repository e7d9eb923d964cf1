"""An end with a text in the place of steps, and a way back from an end: what each view makes of them."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from generator.data.rutin_json import export
from generator.data.rutin_schema import rutin_schema
from generator.diff.compare import compare
from generator.model import Example, Situation, Tree
from generator.pages.proof import count
from generator.pages.report.changes import as_text, report
from generator.pages.site import Site
from generator.printing.documents import printed_documents
from generator.routine.cases import case_of, walk
from generator.rules import check
from tests.conftest import checked, generated
from tests.playground import TREE
from tests.views import made, said

TEXT = TREE.read_text("utf-8")
SAID = "Det finns inget att göra enligt rutinen. Den gäller bara det som är trasigt."
PLACE = "Avsnitt 1, Felanmälan, stycke 1, s. 3"
END = "situation/inget-trasigt"
# Every place that says what is to be done in a situation, besides its own page and the text for the record.
TOLD = ("matris", "avsnitt/felanmalan", "bevis", "vet-inte/start", "ova/fall/sanden", "ova/fall/los-sladd")
BACK = """    back:
      text: Lyser lampan fortfarande inte, börja om med frågan
      node: lampa
"""


@pytest.fixture(scope="module")
def views() -> tuple[Tree, dict[str, Any], dict[str, Any]]:
    return made("playground")


def test_its_page_says_the_text_and_where_it_stands_and_has_nothing_for_steps(views: Any) -> None:
    _, pages, printed = views
    (text,) = pages[END].xpath(".//*[@data-instead]")
    assert said(text) == SAID
    assert said(text.getnext()) == PLACE
    of_steps = "@data-step or @class='r-brief' or @data-printout or @data-unit-choice or @data-do='clear'"
    assert pages[END].xpath(f".//*[{of_steps}]") == []
    assert not pages[END].xpath(".//*[starts-with(@class, 'r-swim') or contains(@href, 'checklista/')]")
    assert [path for path in printed if path.startswith("checklista/inget-trasigt")] == []
    assert "checklista/inget-trasigt" not in generated(TEXT)["checklistor.md"]


@pytest.mark.parametrize("path", TOLD)
def test_every_view_of_what_to_do_says_it(views: Any, path: str) -> None:
    assert SAID in said(views[1][path])


def test_paper_and_data_say_it(views: Any) -> None:
    _, _, printed = views
    booklet = printed["checklista/haftet.pdf"]
    (row,) = (row for row in booklet["matrix"]["rows"] if row["situation"] == "Inget är trasigt")
    assert row["also"][0] == SAID
    assert "inget-trasigt" not in [one["id"] for one in booklet["checklists"]]
    assert SAID in json.dumps(printed["ova/fallhafte.pdf"], ensure_ascii=False)
    data = printed["rutin.json"]
    jsonschema.validate(data, json.loads(rutin_schema(views[0])), jsonschema.Draft202012Validator)
    told = {one["id"]: one for one in data["situations"]}
    assert (told["inget-trasigt"]["text"], told["inget-trasigt"]["steps"]) == (SAID, [])
    assert told["inget-trasigt"]["citations"][0]["heading"] == "Felanmälan"
    assert [told["trasig-lampa"][key] for key in ("text", "back", "citations")] == [None, None, []]


def test_the_record_says_it_short_and_whole(views: Any) -> None:
    (button,) = views[1][END].xpath(".//@data-record")
    record = json.loads(button)
    said = f"{SAID} ({PLACE})"
    assert {"at": [""], "text": said} in record["ways"]
    assert all([group["of"] for group in record[size]].count("ways") == 1 for size in ("short", "all"))
    assert (record["steps"], record["none"]) == ([], [])


def test_practice_asks_for_it_and_never_takes_it_for_steps(views: Any) -> None:
    tree, pages, _ = views
    page = pages["ova/fall/sanden"]
    assert "Vad säger rutinen att ni ska göra i det här fallet?" in said(page)
    assert walk(tree, case_of(tree, tree.get("sanden", Example))).at == "inget-trasigt"
    whole = " ".join(said(page) for path, page in pages.items() if path.startswith("ova/"))
    assert "Ta bara stegen för: Inget är trasigt" not in whole


def test_a_neighbour_of_a_gap_without_steps_says_its_text() -> None:
    way = "      - {label: Se stegen för lampa, as: {fel: lampa}}\n"
    text = TEXT.replace(way, f"{way}      - {{label: Svara som på en fråga, as: {{kom-in: fraga}}}}\n")
    page = generated(text)["lucka/redskap-och-lampa.md"]
    sides = page.split('data-side="inget-trasigt"')[1:]
    assert sides
    assert all(f"<p data-instead>{SAID}</p>" in side for side in sides)
    assert not any("<ol>" in side.partition("</div>")[0] for side in sides)


def test_steps_in_the_place_of_a_text_are_a_change_of_duty_and_other_words_one_of_words(views: Any) -> None:
    before = views[0]
    other = checked(TEXT.replace("Det finns inget att göra enligt rutinen.", "Det finns inget att göra."))
    words = compare(before, other)
    assert not words.of_duty
    assert [(one.id, one.key) for one in words.wordings] == [("inget-trasigt", "text")]
    steps = "    steps: [{action: registrera, who: kundcenter, phase: ta-emot, force: must, cite: 1/1}]\n"
    after = checked(TEXT.replace(f"    text: {SAID}\n    cite: 1/1\n", steps))
    for difference in (compare(before, after), compare(after, before)):
        assert difference.of_duty
        assert "Kundcenter ska registrera felet." in as_text(report(difference))


# --- The way back -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def again() -> tuple[Tree, str]:
    text = TEXT.replace("    same_steps_as: trasig-lampa\n", f"    same_steps_as: trasig-lampa\n{BACK}")
    return checked(text), text


def test_the_way_back_keeps_what_was_answered_before_the_question_and_no_more(again: Any) -> None:
    """A lamp may have come in by a report or an inspection, so only that it is one is known of all."""
    page = generated(again[1])["situation/upprepad-lampa.md"]
    link = '<a data-again href="../fraga/lampa.html#fel=lampa">Kan någon göra sig illa?</a></p>'
    assert f'<p class="r-onward">Lyser lampan fortfarande inte, börja om med frågan {link}' in page
    assert '<a data-again href="../index.html">Vad har kommit in?</a>' in generated(again[1])[f"{END}.md"]


def test_the_way_back_is_no_way_of_the_tree(views: Any, again: Any) -> None:
    before, (tree, _) = views[0], again
    assert count(tree) == count(before)
    both = [export(Site.of(one, "")) for one in (before, tree)]
    assert both[0]["ways"] == both[1]["ways"]
    (told,) = (one["back"] for one in both[1]["situations"] if one["id"] == "upprepad-lampa")
    assert told == {"text": "Lyser lampan fortfarande inte, börja om med frågan", "question": "lampa"}
    jsonschema.validate(json.loads(json.dumps(both[1])), json.loads(rutin_schema(tree)))
    assert compare(before, tree).of_duty


def test_paper_says_where_to_begin_again(again: Any) -> None:
    tree, text = again
    printed = {one.path: json.loads(one.data) for one in printed_documents(Site.of(tree, text))}
    line = "Lyser lampan fortfarande inte, börja om med frågan Kan någon göra sig illa?"
    assert line in printed["checklista/upprepad-lampa.pdf"]["checklist"]["lines"]
    assert line not in json.dumps(printed["checklista/trasig-lampa.pdf"], ensure_ascii=False)


def test_a_way_back_has_to_lead_back(again: Any) -> None:
    tree, text = again
    assert tree.get("upprepad-lampa", Situation).back is not None
    astray = text.replace("      node: lampa\n", "      node: redskap\n")
    assert [finding.rule for finding in check(astray)[1]] == ["loop"]
