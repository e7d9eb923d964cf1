"""What is new, on a site with two versions: for my unit, without script, and when a review is overdue."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.cli import main
from generator.routine.steps import concerns
from tests.ahead import put_away
from tests.built import built
from tests.conftest import checked
from tests.e2e import accessibility as a11y
from tests.e2e.conftest import open_page
from tests.playground import TREE, copy_playground
from tests.tiers import few

REVIEW = "2030-01-31"
NEWER = "2030-01-02.1"


@pytest.fixture(scope="module")
def revised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of the invented routine whose newest version weakens the first duty of a situation."""
    project = copy_playground(tmp_path_factory.mktemp("revised"))
    put_away(project)
    head, situations = TREE.read_text("utf-8").split("\nsituations:\n", 1)
    situations = re.sub(r"(\n        force: )must\n", r"\1should\n", situations, count=1)
    head = re.sub(r"\n  version: \S+\n", f"\n  version: {NEWER}\n", head, count=1)
    head = re.sub(r"\n  review_on: \S+\n", f"\n  review_on: {REVIEW}\n", head, count=1)
    entry = f"  - {{version: {NEWER}, date: 2030-01-02, note: En påhittad ändring.}}\n"
    head = head.replace("\nrevisions:\n", f"\nrevisions:\n{entry}", 1)
    (project / "tree" / TREE.name).write_text(f"{head}\nsituations:\n{situations}", "utf-8")
    shutil.copytree(built(project), project / "site", dirs_exist_ok=True)
    return project


def concerned(project: Path) -> tuple[set[str], set[str]]:
    """Return the units that the changed step concerns, and the others."""
    before, after = (checked(file.read_text("utf-8")) for file in (TREE, project / "tree" / TREE.name))
    each = ([step for s in tree.situations for step in s.steps] for tree in (before, after))
    (step,) = (new for old, new in zip(*each, strict=True) if old.force != new.force)
    mine = {str(unit.id) for unit in concerns(after, step)}
    return mine, {str(unit.id) for unit in after.units} - mine


def test_what_is_new_for_my_unit_follows_the_choice(page: Page, revised: Path) -> None:
    mine, others = concerned(revised)
    assert mine
    page.goto((revised / "site/andringar.html").as_uri())
    news = page.locator(".r-news").first
    for unit in sorted(mine) + sorted(others):
        page.locator("[data-unit-choice]").select_option(unit)
        expect(news.get_by_text("Styrka: ”Ska” blir ”Bör”")).to_be_visible()
        expect(news.locator(".r-news__more")).to_be_visible(visible=unit in mine)
    page.reload()
    expect(page.locator("[data-unit-choice]")).to_have_value((sorted(mine) + sorted(others))[-1])


def test_without_script_everything_new_stands_open(plain: Page, revised: Path) -> None:
    mine, _ = concerned(revised)
    plain.goto((revised / "site/andringar.html").as_uri())
    expect(plain.get_by_role("heading", level=2).first).to_contain_text(NEWER)
    news = plain.locator(".r-news").first
    expect(news.locator(".r-news__more")).to_be_visible()
    assert set((news.get_attribute("data-for") or "").split()) == mine


def test_a_change_leads_to_its_situation(page: Page, revised: Path) -> None:
    page.goto((revised / "site/andringar.html").as_uri())
    page.locator(".r-news a").first.click()
    expect(page.locator("article.r-page h1")).to_be_visible()


@pytest.mark.full
@pytest.mark.parametrize("name", ["andringar.html", "bevis.html"])
@pytest.mark.parametrize("width", [1280, 320])
def test_the_pages_are_accessible(page: Page, revised: Path, name: str, width: int) -> None:
    """This routine's site has one colour scheme; the real one's pages are looked at in both, as all are."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((revised / "site" / name).as_uri())
    a11y.open_all(page)
    assert a11y.check_axe(page) == []
    assert a11y.check(page, "reflow") == []


@pytest.mark.parametrize("name", few(["index.html", "matris.html", "navigator.html"]))
def test_a_review_that_is_overdue_is_told_on_every_page(browser: Browser, revised: Path, name: str) -> None:
    for day, overdue in ((f"{REVIEW}T12:00", False), ("2030-02-01T08:00", True)):
        context = browser.new_context(timezone_id="Europe/Stockholm")
        page = open_page(context)
        page.clock.set_fixed_time(day)
        page.goto((revised / "site" / name).as_uri())
        told = page.get_by_text(f"Rutinen skulle ha setts över senast {REVIEW}.")
        expect(told.first).to_be_visible(visible=overdue)
        context.close()


def test_a_routine_without_a_review_date_never_nags(context: BrowserContext, base: str) -> None:
    page = open_page(context)
    page.clock.set_fixed_time("2099-01-01")
    page.goto(base + "index.html")
    expect(page.locator("[data-overdue]")).to_have_count(0)


def test_the_page_for_the_meeting_stands_alone_and_is_accessible(page: Page, revised: Path) -> None:
    assert main(["--root", str(revised), "diff", "--save", "andringar"]) == 0
    page.goto((revised / "andringar/andringar.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('section')).borderTopStyle") == "solid"
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert a11y.check_axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_start_page_leads_to_what_is_new(page: Page, base: str) -> None:
    page.goto(base + "index.html")
    page.locator(".r-version a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vad är nytt")
