"""Whoever comes by the link of an old print sees at once whether it still holds."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from generator.model import Tree
from generator.steps import placed_steps
from generator.views.site import Site

PAGE = "situation/barnfamilj-ekonomi-skuld.html"


@pytest.fixture
def marks(tree: Tree) -> list[str]:
    site = Site.of(tree, "")
    return [site.mark_of(p) for p in placed_steps(tree, tree.get("barnfamilj-ekonomi-skuld", "situations"))]


def told(page: Page, base: str, link: str) -> str:
    page.goto("about:blank")
    page.goto(f"{base}{PAGE}#_utskrift={link}")
    expect(page.locator("[data-printout] p").first).to_be_visible()
    assert page.locator("[data-message]").inner_text() == ""
    return page.locator("[data-printout]").inner_text()


def test_a_print_of_this_version_holds(page: Page, base: str, tree: Tree, marks: list[str]) -> None:
    version = tree.routine.version
    said = told(page, base, f"{version}~{''.join(marks)}")
    assert said == f"Utskriften från version {version} stämmer. Inga steg har ändrats."


def test_an_old_print_whose_steps_are_the_same_holds(page: Page, base: str, marks: list[str]) -> None:
    said = told(page, base, f"2021-12-16.1~{''.join(marks)}")
    assert "Utskriften är från version 2021-12-16.1. Nu gäller version" in said
    assert "Inga steg har ändrats." in said


def test_what_is_new_and_what_is_gone_is_said(page: Page, base: str, marks: list[str]) -> None:
    old = [marks[0], "0000", *marks[3:]]
    said = told(page, base, f"2021-12-16.1~{''.join(old)}")
    assert "Nya eller ändrade steg: 2, 3." in said
    assert "Steg på utskriften som inte gäller längre: 2." in said
    assert "stämmer" not in said


def test_another_order_is_said(page: Page, base: str, marks: list[str]) -> None:
    assert "en annan ordning" in told(page, base, f"2021-12-16.1~{''.join(reversed(marks))}")


@pytest.mark.parametrize("link", ["", "x", "1~", "1~xyz", "<b>~0000", "1~000", "%F0~0000"])
def test_a_broken_link_says_so(page: Page, base: str, link: str) -> None:
    assert "går inte att läsa" in told(page, base, link)


def test_a_chat_program_s_signs_are_read(page: Page, base: str, tree: Tree, marks: list[str]) -> None:
    assert "stämmer" in told(page, base, f"{tree.routine.version}%7E{''.join(marks)}")


def test_a_mark_follows_what_the_step_says(tree: Tree) -> None:
    site = Site.of(tree, "")
    by_mark: dict[str, set[str]] = {}
    for situation in tree.situations:
        for placed in placed_steps(tree, situation):
            by_mark.setdefault(site.mark_of(placed), set()).add(f"{placed.sentence}{placed.step.when}")
    assert all(len(said) == 1 for said in by_mark.values())


def test_each_situation_leads_to_its_checklists(page: Page, base: str, tree: Tree) -> None:
    page.goto(base + PAGE)
    links = page.locator(".r-papers a")
    assert links.all_inner_texts() == ["Alla enheter", "Vuxenenheten", "Ekonomiskt bistånd"]
    for link in links.all():
        response = page.request.get(str(link.evaluate("(a) => a.href")))
        assert response.ok
        assert response.body().startswith(b"%PDF-")
    page.goto(base + "checklistor.html")
    assert page.locator("h2").count() == len(tree.situations)
