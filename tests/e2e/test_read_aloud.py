"""What a screen reader is given: each step once, as the name of its box, and nothing that says nothing."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from generator.model import Tree
from generator.routine.steps import placed_steps

SITUATION = "barnfamilj-barn-unga-skuld"


def heard(page: Page) -> list[dict[str, Any]]:
    """Return what the browser gives to a screen reader, node by node."""
    found = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    return [node for node in found["nodes"] if not node["ignored"]]


def named(nodes: list[dict[str, Any]], role: str) -> list[str]:
    return [" ".join(n["name"]["value"].split()) for n in nodes if n["role"]["value"] == role]


def test_the_sentence_of_a_step_is_the_label_of_its_box(page: Page, base: str, tree: Tree) -> None:
    page.goto(f"{base}situation/{SITUATION}.html")
    steps = list(placed_steps(tree, tree.get(SITUATION, "situations")))
    assert named(heard(page), "checkbox") == [placed.told for placed in steps]
    # It is the text itself, which is not read a second time, and what is pressed there ticks the box.
    page.locator("li.r-step .r-text").nth(2).click(position={"x": 2, "y": 2})
    assert page.locator("li.r-step input").nth(2).is_checked()


def test_nothing_is_said_that_says_nothing(page: Page, base: str) -> None:
    for path in (f"situation/{SITUATION}.html", "enhet/ekonomi.html", "ova/fall/hyra-och-hog-musik.html"):
        page.goto(base + path)
        nodes = heard(page)
        assert not {"·", ",", "–"} & set(named(nodes, "StaticText")), path
        searching = [n for n in nodes if n["role"]["value"] in ("textbox", "searchbox")]
        invalid = [p["value"]["value"] for n in searching for p in n["properties"] if p["name"] == "invalid"]
        assert set(invalid) <= {"false"}, path
