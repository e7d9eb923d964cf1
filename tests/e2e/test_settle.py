"""Where the answers are known, a page shows the steps of that case: without reservation, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from generator.build import disk
from generator.model import Situation, Tree
from generator.navigator.single_file import ASSETS, navigator_html
from generator.pages.site import Site
from generator.routine.cases import ways
from generator.routine.steps import placed_steps
from generator.routine.steps_on import steps_on
from tests.conftest import ROOT
from tests.every_case import all_cases
from tests.several import TREE

ENGINES = ("mkdocs",)  # the file is ours, whatever builds the rest
TEXT = TREE.read_text("utf-8")


SWIMLANE = """(end) => {
  const lanes = Object.assign(document.createElement("details"), { className: "r-swim" });
  document.querySelector(`[data-end="${end}"]`).append(lanes);
  window.dispatchEvent(new Event("hashchange"));
  return lanes.hidden;
}"""


@pytest.fixture(scope="module")
def file(books: Tree, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("books") / "navigator.html"
    assets = disk.read_assets(ROOT / "site_overrides" / "assets", ASSETS)
    path.write_text(navigator_html(Site.of(books, TEXT), assets), "utf-8")
    return path


def shown(page: Page, end: str) -> dict[str, str]:
    """Return what is seen of each step of an end: what it hangs on or waits for, or nothing."""
    found: dict[str, str] = page.evaluate(
        """(end) => Object.fromEntries(
          [...document.querySelectorAll(`[data-end="${end}"] .r-step`)]
            .filter((step) => step.checkVisibility())
            .map((step) => [step.dataset.step, step.querySelector(".r-when:not([hidden])")?.innerText ?? ""])
            .map(([name, when]) => [name, when.replace(/:$/, "").trim()])
        )""",
        end,
    )
    return found


def test_every_case_sees_its_own_steps(page: Page, file: Path, books: Tree) -> None:
    parted = 0
    for case in all_cases(books):
        (way,) = ways(books, case)
        if way.at not in books.ids("situations"):
            continue
        answers = "&".join(f"{fact}={value}" for fact, value in case.items())
        page.goto(f"{file.as_uri()}#_sida=situation/{way.at}&{answers}")
        page.reload()
        expect(page.locator("h1:visible")).to_have_text(books.get(way.at, Situation).title)
        expected = {p.id: str(p.condition.text) if p.condition else "" for p in steps_on(books, [way])}
        assert shown(page, way.at) == expected, case
        fewer = len(expected) < len(books.get(way.at, Situation).steps)
        card = page.locator(f'[data-end="{way.at}"] .r-brief')
        assert card.is_visible() != fewer  # it names the steps of all cases
        assert page.evaluate(SWIMLANE, way.at) == fewer  # so does the swimlane
        parted += fewer
        for phase in page.locator(".r-phase:visible").all():
            assert phase.locator(".r-step:visible").count()
    assert parted


def test_what_no_answer_tells_keeps_its_reservation(page: Page, file: Path, books: Tree) -> None:
    for situation in books.situations:
        page.goto(f"{file.as_uri()}#_sida=situation/{situation.id}")
        page.reload()
        steps = placed_steps(books, situation)
        assert shown(page, situation.id) == {
            p.id: str(p.condition.text) if p.condition else "" for p in steps
        }


def test_a_step_that_is_not_there_is_not_in_the_record_nor_asked_about(page: Page, file: Path) -> None:
    asked = page.get_by_text("Har boken kommit tillbaka?")
    for booked in ("ja", "nej"):
        answers = f"lantagare=vuxen&bok=vanlig&paminnelse=inte&bokad={booked}"
        page.goto(f"{file.as_uri()}#_sida=situation/paminns&{answers}")
        page.reload()
        expect(asked).to_be_visible(visible=booked == "ja")
    page.get_by_role("button", name="Kopiera till journalen").click()
    text = page.locator("[data-text]:visible").input_value()
    assert "påminna" in text
    assert "köpa en ny bok" not in text
