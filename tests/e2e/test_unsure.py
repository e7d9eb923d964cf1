"""Whoever does not know an answer sees what is certain, what is not, and how to find out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Page, expect

from generator.model import Question, Tree
from generator.routine.passages import passages
from generator.routine.shared_duties import SharedDuty, shared_duties
from tests.tiers import few

FAMILY = "inkom=underrattelse&orsak=skuld&hushall=barnfamilj"
TOOLS = ["index.html", "navigator.html"]


def sentences(page: Any, within: str) -> list[str]:
    return [text.text_content().strip() for text in page.xpath(f"//*[{within}]//*[@class='r-text']")]


def told(certain: tuple[SharedDuty, ...] | list[SharedDuty]) -> list[str]:
    return [c.placed.sentence for c in certain]


def test_each_page_says_what_the_model_is_certain_of(site: Path, tree: Tree) -> None:
    passed = passages(tree)
    for node in tree.nodes:
        page = html.parse(str(site / "vet-inte" / f"{node.id}.html"))
        mine = [p for p in passed if p.node == node.id]
        whole = shared_duties(tree, mine)
        assert sentences(page, "@data-certain='always'") == told(whole.always)
        assert sentences(page, "@data-certain='described'") == told(whole.described)
        shown = [li.get("data-duty") for li in page.xpath("//*[@data-certain='varying']//li")]
        assert shown == [str(one.action.id) for one in whole.varying]
        gaps = [li.get("data-gap") for li in page.xpath("//*[@data-certain='gaps']//li")]
        assert gaps == [str(gap.id) for gap in whole.gaps]
        for option in tree.get(node.ask, Question).options:
            part = shared_duties(tree, mine, option)
            added = part.without(tree, whole)  # what holds at the gaps, too, stands first
            added.sort(key=lambda one: one not in part.certain)
            assert sentences(page, f"@data-branch='{option.id}'") == told(added)


@pytest.mark.parametrize("tool", TOOLS)
def test_not_knowing_is_an_answer_to_every_question(page: Page, base: str, tree: Tree, tool: str) -> None:
    for node in few(tree.nodes, 3):
        path = f"fraga/{node.id}" if node.id != tree.routine.start else "index"
        page.goto("about:blank")
        page.goto(f"{base}{path}.html" if tool == "index.html" else f"{base}{tool}#{path.replace('/', '-')}")
        page.get_by_role("link", name="Vet inte", exact=True).click()
        question = tree.get(node.ask, Question).text
        expect(page.locator("h1:visible")).to_have_text(f"Vet inte: {question}")
        page.get_by_role("link", name="Jag vet nu, tillbaka till frågan").click()
        expect(page.locator("h1:visible")).to_have_text(question)


@pytest.mark.parametrize("tool", TOOLS)
def test_the_other_answers_are_kept_there_and_back(page: Page, base: str, tool: str) -> None:
    page.goto(f"{base}{tool}#{FAMILY}")
    page.get_by_role("link", name="Vet inte", exact=True).click()
    expect(page.locator("[data-trail]:visible li > span:first-child")).to_have_text(
        ["Hyresskuld", "Barnfamilj"]
    )
    page.locator('[data-branch="bara-ekonomi"]:visible a[data-option]').click()
    expect(page.locator("h1:visible")).to_have_text("Är det en upprepad hyresskuld?")
    assert f"{FAMILY}&arende-ekonomi=ja&arende-barn-unga=nej" in page.url
    page.go_back()
    page.locator("[data-back]:visible").click()
    expect(page.locator("h1:visible")).to_have_text("Var har hushållet ett aktuellt ärende?")
    assert FAMILY in page.url


def test_kronofogden_stays_in_sight_for_who_does_not_know(page: Page, base: str) -> None:
    page.goto(f"{base}index.html#inkom=kronofogden&hushall=barnfamilj&orsak=skuld")
    page.get_by_role("link", name="Vet inte", exact=True).click()
    page.wait_for_url("**/vet-inte/skuld-barnfamilj.html*")
    expect(page.locator("[data-trail] li > span:first-child")).to_have_text(
        ["Kronofogden", "Barnfamilj", "Hyresskuld"]
    )
    expect(page.locator("[data-message]")).to_contain_text("bekräftelse till Kronofogden")


def test_who_can_tell_and_what_is_unclear_is_said(page: Page, base: str) -> None:
    page.goto(f"{base}vet-inte/skuld-barnfamilj.html")
    text = page.locator(".r-unsure").inner_text()
    assert "Den som kan veta: ■ Ekonomiskt bistånd, ▲ Barn och unga" in text.replace("\u00a0", " ")
    assert "Råden här är verktygets egna" in text
    page.locator("#beror-pa-svaret ~ a[data-gap]").first.click()
    expect(page.locator("[data-gap-told=vad-ar-barnfamilj] strong")).to_be_visible()


def test_it_works_without_script(plain: Page, base: str) -> None:
    plain.goto(f"{base}fraga/skuld-barnfamilj.html")
    plain.get_by_role("link", name="Vet inte", exact=True).click()
    assert plain.locator("h1").inner_text() == "Vet inte: Var har hushållet ett aktuellt ärende?"
    assert plain.locator("[data-certain=always] li.r-duty").count() == 2
    plain.locator('[data-branch="bara-ekonomi"] a[data-option]').click()
    assert plain.locator("h1").inner_text() == "Är det en upprepad hyresskuld?"
