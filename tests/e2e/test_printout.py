"""Whoever comes by the link of an old print sees at once whether it still holds."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from generator.diff.history import comparable
from generator.model import Situation, Tree
from generator.pages.fingerprints import fingerprint_of, fingerprint_of_rest
from generator.pages.site import Site
from generator.routine.steps import placed_steps
from tests.tiers import few

PAGE = "situation/barnfamilj-ekonomi-skuld.html"


@pytest.fixture
def fingerprints(tree: Tree) -> list[str]:
    site = Site.of(tree, "")
    return [
        fingerprint_of(site, p) for p in placed_steps(tree, tree.get("barnfamilj-ekonomi-skuld", Situation))
    ]


@pytest.fixture
def rest(tree: Tree) -> str:
    return fingerprint_of_rest(Site.of(tree, ""), tree.get("barnfamilj-ekonomi-skuld", Situation))


def told(page: Page, base: str, link: str) -> str:
    page.goto("about:blank")
    page.goto(f"{base}{PAGE}#_utskrift={link}")
    expect(page.locator("[data-printout] p").first).to_be_visible()
    assert page.locator("[data-message]").inner_text() == ""
    return page.locator("[data-printout]").inner_text()


def test_a_print_of_this_version_holds(
    page: Page, base: str, tree: Tree, fingerprints: list[str], rest: str
) -> None:
    version = tree.routine.version
    said = told(page, base, f"{version}~{''.join(fingerprints)}.{rest}")
    assert said == f"Utskriften från version {version} stämmer. Inga steg har ändrats."


def test_an_old_print_whose_steps_are_the_same_holds(
    page: Page, base: str, fingerprints: list[str], rest: str
) -> None:
    said = told(page, base, f"2021-12-16.1~{''.join(fingerprints)}.{rest}")
    assert "Utskriften är från version 2021-12-16.1. Nu gäller version" in said
    assert "Inga steg har ändrats." in said


def test_what_is_new_and_what_is_gone_is_said(
    page: Page, base: str, fingerprints: list[str], rest: str
) -> None:
    old = [fingerprints[0], "0000", *fingerprints[3:]]
    said = told(page, base, f"2021-12-16.1~{''.join(old)}.{rest}")
    assert "Nya eller ändrade steg: 2, 3." in said
    assert "Steg på utskriften som inte gäller längre: 2." in said
    assert "stämmer" not in said


def test_what_stands_beside_the_steps_counts_too(page: Page, base: str, fingerprints: list[str]) -> None:
    said = told(page, base, f"2021-12-16.1~{''.join(fingerprints)}.0000")
    assert "Det som står utöver stegen har ändrats" in said
    assert "stämmer" not in said


def test_another_order_is_said(page: Page, base: str, fingerprints: list[str], rest: str) -> None:
    assert "en annan ordning" in told(page, base, f"2021-12-16.1~{''.join(reversed(fingerprints))}.{rest}")


@pytest.mark.parametrize(
    "link", few(["", "x", "1~", "1~xyz", "1~000.0000", "1~0000", "%F0~0000.0000", "<b>~0000.0000"], 3)
)
def test_a_broken_link_says_so(page: Page, base: str, link: str) -> None:
    assert "går inte att läsa" in told(page, base, link)


def test_a_chat_program_s_signs_are_read(
    page: Page, base: str, tree: Tree, fingerprints: list[str], rest: str
) -> None:
    assert "stämmer" in told(page, base, f"{tree.routine.version}%7E{''.join(fingerprints)}.{rest}")


def paper(tree: Tree, place: str) -> tuple[str, str]:
    """Return the fingerprint of a step, by situation and key, and of all beside it."""
    situation, _, key = place.partition("/")
    found = tree.get(situation, Situation)
    placed = next(p for p in placed_steps(tree, found) if p.step.key == key)
    site = Site.of(tree, "")
    return fingerprint_of(site, placed), fingerprint_of_rest(site, found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("text: Om behållaren är tom", "text: Om behållaren är helt tom"),
        ("confirm: Den är tom", "confirm: Den är helt tom"),
        ("note: Kallt vatten.", "note: Iskallt vatten."),
        ("text: Vattnet kan vara hett.", "text: Vattnet är hett."),
        ("cite: 1-vatten/1-2", "cite: 1-vatten/1"),
        ("label: Ska", "label: Måste"),
        ("label: Först", "label: Sist"),
        ("name: köket", "name: pentryt"),
    ],
)
def test_a_mark_follows_all_that_paper_says_about_the_step(tiny_text: str, old: str, new: str) -> None:
    assert old in tiny_text
    before, after = (comparable(text) for text in (tiny_text, tiny_text.replace(old, new, 1)))
    assert before
    assert after
    place = "utan-vatten/fylla"
    assert paper(before, place)[0] != paper(after, place)[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('title: "Stopp: inget vatten"', 'title: "Stopp: vatten saknas"'),
        ("label: Inget vatten}, {id: annat", "label: Vatten saknas}, {id: annat"),
        ("pages: 2–3", "pages: 3–4"),
    ],
)
def test_a_mark_follows_what_stands_beside_the_steps(tiny_text: str, old: str, new: str) -> None:
    assert old in tiny_text
    before, after = (comparable(text) for text in (tiny_text, tiny_text.replace(old, new, 1)))
    assert before
    assert after
    assert paper(before, "utan-vatten/trosta")[1] != paper(after, "utan-vatten/trosta")[1]


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
