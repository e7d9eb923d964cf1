"""A page as a screen reader goes through it, one stop after the other: what Chromium hands over, in order.

A heading and whatever can be pressed are one stop each, by their names, and so is the text between. Lists and
groups are told with what stands first in them. The label of a control is heard as its name; of it, only the
links are stops.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page, expect

from generator.locale import t
from generator.model import Question, Situation, Tree
from generator.routine.cases import paths
from generator.routine.steps import placed_steps

Node = dict[str, Any]
WHOLE = {
    "heading",
    "link",
    "button",
    "checkbox",
    "radio",
    "combobox",
    "textbox",
    "searchbox",
    "DisclosureTriangle",
}


def given(page: Page) -> list[Node]:
    """Return what the browser gives to a screen reader, node by node."""
    session = page.context.new_cdp_session(page)
    found: list[Node] = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return found


def stops(page: Page) -> list[tuple[str, str]]:
    """Return the role and the words of each stop of the open page."""
    nodes = {node["nodeId"]: node for node in given(page)}
    root = next(node for node in nodes.values() if "parentId" not in node)
    return [(role, words) for role, words in _read(root, nodes) if words]


def _read(node: Node, nodes: dict[str, Node], *, in_label: bool = False) -> Iterator[tuple[str, str]]:
    role = "" if node["ignored"] else _value(node, "role")
    if role in WHOLE:
        yield role, _value(node, "name")
    elif role == "StaticText":
        if not in_label:
            yield "text", _value(node, "name")
    else:
        for child in node.get("childIds", []):
            if child in nodes:
                yield from _read(nodes[child], nodes, in_label=in_label or role == "LabelText")


def _value(node: Node, key: str) -> str:
    return " ".join(str(node.get(key, {}).get("value", "")).split())


# Three answers lead to it, and it has more than eight steps.
SITUATION = "barnfamilj-barn-unga-skuld"
TO_FIRST_STEP, EIGHT_STEPS = 12, 60  # stops, at most


def listened(page: Page, base: str, tree: Tree) -> list[str]:
    """Go from the start page to the situation by its answers; return what is not heard as it should."""
    found = []
    page.goto(base + "index.html")
    for answer in paths(tree)[SITUATION][0]:
        question = tree.get(answer.node.ask, Question)
        read = stops(page)
        asked = read.index(("heading", str(question.text)))
        options = [str(option.label) for option in question.options]
        if [words for role, words in read[asked:] if role == "link" and words in options] != options:
            found.append(f"{question.text}: not each option, in order, after the question")
        page.locator(f'[data-option="{answer.option.id}"]:visible').click()
        expect(page.locator("h1:visible")).not_to_have_text(str(question.text))
        expect(page.locator("h1:visible")).to_be_focused()
    return found + _situation(page, tree)


def _situation(page: Page, tree: Tree) -> list[str]:
    situation = tree.get(SITUATION, Situation)
    steps = [("checkbox", placed.with_condition) for placed in placed_steps(tree, situation)]
    read = stops(page)
    heading = read.index(("heading", str(situation.title)))
    found = [f"not once: {words}" for role, words in steps if read.count((role, words)) != 1]
    if [stop for stop in read if stop in steps] != steps:
        found.append("the steps are not heard in their order")
    first = t("brief.step", number=1)
    links = (n for n, (role, words) in enumerate(read) if role == "link" and words.endswith(first))
    leads = next(n for n in links if n > heading)
    page.locator(".r-brief a:visible").first.click()
    expect(page.locator("li.r-step").first).to_be_focused()  # its box is the next stop
    if (count := leads - heading + 1) > TO_FIRST_STEP:
        found.append(f"{count} stops from the heading to the first step")
    if (count := read.index(steps[8]) - read.index(steps[0])) > EIGHT_STEPS:
        found.append(f"{count} stops for eight steps")
    return found
