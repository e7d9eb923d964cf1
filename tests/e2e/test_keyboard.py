"""The whole of the tool by keyboard alone: every part is reached, seen to have focus, and works."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has this name has the focus, and see that it shows."""
    script = """(e = document.activeElement) => [
      e.ariaLabel || [...(e.labels || [])].map((label) => label.innerText).join(" ") || e.innerText,
      getComputedStyle(e).outlineStyle, parseFloat(getComputedStyle(e).outlineWidth),
    ]"""
    for _ in range(120):
        page.keyboard.press("Tab")
        text, style, width = page.evaluate(f"() => ({script})()")
        if (text or "").strip().startswith(name):
            assert style != "none", name
            assert width >= 1, name
            return
    pytest.fail(f"Tab does not reach {name}")


@pytest.mark.engines
def test_from_the_first_question_to_the_text_for_the_record(page: Page, base: str) -> None:
    page.goto(base + "index.html")
    go_to_the_record(page)


@pytest.mark.engines
def test_not_knowing_and_back_again(page: Page, base: str) -> None:
    page.goto(base + "index.html")
    go_there_and_back(page)


def test_all_of_it_in_the_single_file(page: Page, base: str) -> None:
    page.goto(base + "navigator.html")
    go_there_and_back(page)
    go_to_the_record(page)


def go_to_the_record(page: Page) -> None:
    for name, then in (
        ("Underrättelse om hyresskuld eller obetald hyra", "Är det en barnfamilj?"),
        ("Ja, barnfamilj", "Var har hushållet ett aktuellt ärende?"),
        ("Bara på ekonomiskt bistånd", "Är det en upprepad hyresskuld?"),
        ("Nej, en enstaka", "Enstaka hyresskuld: barnfamilj med ärende på ekonomiskt bistånd"),
    ):
        tab_to(page, name)
        page.keyboard.press("Enter")
        expect(page.locator("h1:visible")).to_have_text(then)
    tab_to(page, "Alla")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Vuxenenheten").locator("visible=true")).to_be_checked()
    tab_to(page, "Vuxenenheten ska göra en aktualisering i Treserva.")
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox", name="göra en aktualisering").locator("visible=true")).to_be_checked()
    tab_to(page, "Ja, familjen kom")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Nej, familjen uteblev")).to_be_checked()
    tab_to(page, "1, st. 4")
    page.keyboard.press("Enter")
    expect(page.locator('[data-step$="/oanmalt-hembesok"]:visible .r-place > .r-cite')).to_be_visible()
    tab_to(page, "Kopiera till journalen")
    page.keyboard.press("Enter")
    expect(page.locator("[data-text]:visible")).to_have_count(1)
    tab_to(page, "Varför får jag det här?")
    page.keyboard.press("Enter")
    expect(page.locator("[data-reasons]:visible")).to_be_visible()


def go_there_and_back(page: Page) -> None:
    tab_to(page, "Vet inte")
    page.keyboard.press("Enter")
    expect(page.locator("h1:visible")).to_have_text("Vet inte: Vad har kommit in?")
    tab_to(page, "Jag vet nu")
    page.keyboard.press("Enter")
    expect(page.locator("h1:visible")).to_have_text("Vad har kommit in?")
