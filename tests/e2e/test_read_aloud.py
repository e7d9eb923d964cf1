"""What a screen reader is given: each step once, as its box, soon, and nothing that says nothing."""

from __future__ import annotations

from pathlib import Path

from lxml import html
from playwright.sync_api import Page

from generator.model import Situation, Tree
from generator.routine.steps import placed_steps
from tests.e2e.reader import SITUATION, given, listened, stops


def test_the_sentence_of_a_step_is_the_label_of_its_box(page: Page, base: str, tree: Tree) -> None:
    page.goto(f"{base}situation/{SITUATION}.html")
    steps = list(placed_steps(tree, tree.get(SITUATION, Situation)))
    assert [words for role, words in stops(page) if role == "checkbox"] == [
        placed.with_condition for placed in steps
    ]
    # It is the text itself, which is not read a second time, and what is pressed there ticks the box.
    page.locator("li.r-step .r-text").nth(2).click(position={"x": 2, "y": 2})
    assert page.locator("li.r-step input").nth(2).is_checked()


def test_nothing_is_said_that_says_nothing(page: Page, base: str) -> None:
    for path in (f"situation/{SITUATION}.html", "enhet/ekonomi.html", "ova/fall/hyra-och-hog-musik.html"):
        page.goto(base + path)
        assert not {"·", ",", "–"} & {words for _, words in stops(page)}, path
        # What is told later is no place to stop at before: a status without text would be.
        assert "status" not in {node["role"]["value"] for node in given(page) if not node["ignored"]}, path
        searching = [
            n for n in given(page) if not n["ignored"] and n["role"]["value"] in ("textbox", "searchbox")
        ]
        invalid = [p["value"]["value"] for n in searching for p in n["properties"] if p["name"] == "invalid"]
        assert set(invalid) <= {"false"}, path


def test_from_the_first_question_to_the_first_step_it_is_soon_heard(
    page: Page, base: str, tree: Tree
) -> None:
    assert listened(page, base, tree) == []


def test_the_first_link_of_the_card_leads_to_the_first_step(site: Path, tree: Tree) -> None:
    """It is the way past the card, by keyboard as well."""
    for situation in tree.situations:
        page = html.parse(site / f"situation/{situation.id}.html")
        link, first = page.find(".//*[@class='r-brief']//a"), page.find(".//li[@data-step]")
        assert link.get("href") == f"#{first.get('id')}", situation.id


def test_what_is_heard_twice_or_late_is_noticed(page: Page, base: str, tree: Tree) -> None:
    page.add_init_script("""addEventListener("DOMContentLoaded", () => {
      document.querySelector(".r-situation h1")?.insertAdjacentHTML("afterend", "<p>Text</p>".repeat(12));
    })""")
    found = listened(page, base, tree)
    assert [line for line in found if line.endswith("to the first step")]
