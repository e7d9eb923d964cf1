"""Questions that can be answered together have boxes to tick; without script, or one at a time, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from generator.build import disk
from generator.navigator.single_file import ASSETS, navigator_html
from generator.pages.site import Site
from generator.routine.cases import ways
from generator.routine.steps_on import steps_on
from tests.built import built
from tests.conftest import ROOT, checked
from tests.e2e.accessibility import check_axe
from tests.e2e.conftest import serving
from tests.many import TREE
from tests.playground import copy_playground
from tests.test_many import ASKED, ONE_BY_ONE, VALUES

ENGINES = ("mkdocs",)  # the script is ours, whatever builds the pages
TEXT = TREE.read_text("utf-8")
START = "#_sida=fraga/behov&langd=dag"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("outing") / "navigator.html"
    assets = disk.read_assets(ROOT / "site_overrides" / "assets", ASSETS)
    path.write_text(navigator_html(Site.of(checked(TEXT), TEXT), assets), "utf-8")
    return path.as_uri()


def answers(page: Page) -> dict[str, str]:
    pairs = re.sub("^#(_sida=[^&]*&)?", "", str(page.evaluate("location.hash"))).split("&")
    return dict(pair.split("=") for pair in pairs)


def steps(page: Page) -> list[str | None]:
    return [step.get_attribute("data-action") for step in page.locator("[data-step]:visible").all()]


def in_case(said: dict[str, str]) -> list[str]:
    tree = checked(TEXT)
    return [str(placed.step.action) for placed in steps_on(tree, ways(tree, {"langd": "dag", **said}))]


def box(page: Page, label: str) -> Locator:
    return page.locator("[data-many]").get_by_label(label)


def test_every_choice_leads_where_its_answers_one_by_one_do(page: Page, file: str) -> None:
    for chosen in product((True, False), repeat=3):
        page.goto("about:blank")
        page.goto(file + START)
        expect(page.locator("h1:visible")).to_have_text(ASKED)
        expect(page.locator("[data-option]:visible")).to_have_count(0)
        for one, yes in zip(ONE_BY_ONE, chosen, strict=True):
            box(page, one["label"]).set_checked(yes)
        page.get_by_role("link", name="Gå vidare").click()
        expect(page.locator("h1:visible")).to_have_text("Utflykt en dag")
        said = {f"behov-{id}": "ja" if yes else "nej" for id, yes in zip(VALUES, chosen, strict=True)}
        assert answers(page) == {"langd": "dag", **said}
        assert steps(page) == in_case(said)


def test_who_does_not_know_is_asked_one_at_a_time(page: Page, file: str) -> None:
    page.goto(file + START)
    page.get_by_role("button", name="en sak i taget").click()
    for one in ONE_BY_ONE:
        heading = page.locator("h1:visible")
        expect(heading).to_have_text(one["ask"])
        expect(page.locator("[data-unsure-link]:visible")).to_have_count(1)
        page.locator("[data-option=nej]:visible").click()
    expect(page.locator("h1:visible")).to_have_text("Utflykt en dag")
    assert steps(page) == in_case({f"behov-{id}": "nej" for id in VALUES})


def test_what_was_ticked_is_still_so_when_it_is_asked_again(page: Page, file: str) -> None:
    page.goto(f"{file}#_sida=situation/dagen&langd=dag&behov-mat=ja&behov-buss=nej&behov-medicin=ja")
    page.reload()
    page.get_by_role("link", name=re.compile("Ändra.*äta på vägen")).click()
    expect(page.locator("h1:visible")).to_have_text(ASKED)
    ticked = [box(page, one["label"]).is_checked() for one in ONE_BY_ONE]
    assert ticked == [True, False, True]
    box(page, "Buss").check()
    page.get_by_role("link", name="Gå vidare").click()
    expect(page.locator("h1:visible")).to_have_text("Utflykt en dag")
    assert steps(page) == in_case({f"behov-{id}": "ja" for id in VALUES})


def test_without_script_there_are_only_links(plain: Page, file: str) -> None:
    plain.goto(f"{file}#fraga-behov")
    for one in ONE_BY_ONE:
        expect(plain.locator("h1:visible")).to_have_text(one["ask"])
        expect(plain.locator("input[type=checkbox]:visible")).to_have_count(0)
        plain.locator("[data-option=ja]:visible").click()
    expect(plain.locator("h1:visible")).to_have_text("Utflykt en dag")


def test_a_name_stands_without_what_it_hangs_on_where_the_answers_say_so(page: Page, file: str) -> None:
    step = page.locator("[data-step='dagen/meddela']")
    for chosen in product(("ja", "nej"), repeat=3):
        known = {f"behov-{id}": yes for id, yes in zip(VALUES, chosen, strict=True)}
        page.goto("about:blank")
        page.goto(f"{file}#_sida=situation/dagen&langd=dag&{'&'.join(f'{f}={v}' for f, v in known.items())}")
        expect(page.locator("h1:visible")).to_have_text("Utflykt en dag")
        assert step.is_visible() == ("ja" in chosen)  # to nobody, it is no step
        hangs = step.locator("[data-hangs]")
        assert hangs.is_visible() == ("ja" in chosen and "nej" in chosen)  # to all, nothing is left open


def test_a_name_keeps_what_it_hangs_on_where_no_answer_says_so(page: Page, file: str) -> None:
    for answered in ("", "&langd=dag", "&langd=dag&behov-mat=nej&behov-buss=nej"):
        page.goto("about:blank")
        page.goto(f"{file}#_sida=situation/dagen{answered}")
        hangs = page.locator("[data-step='dagen/meddela'] [data-hangs]")
        expect(hangs).to_contain_text("Bussgaraget bara om ”Behövs: Buss” är ”Ja”")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site: Path = built(copy_playground(tmp_path_factory.mktemp("playground")))
    with serving(site) as address:
        yield address


def test_on_the_site_it_takes_the_place_of_the_question_before(page: Page, address: str) -> None:
    page.goto(f"{address}fraga/lampa.html#kom-in=anmalan&fel=lampa")
    page.locator("[data-option=nej]").click()
    heading = page.locator("h1:visible")
    expect(heading).to_have_text("Vad finns vid lampan?")
    expect(heading).to_be_focused()
    assert page.title().startswith("Vad finns vid lampan?")
    page.get_by_label("Rabatt").check()
    page.get_by_role("link", name="Gå vidare").click()
    expect(heading).to_have_text("Är det minst andra anmälan om samma fel?")
    assert page.url.endswith("fara=nej&vid-lampan-stolpe=nej&vid-lampan-rabatt=ja")
    page.go_back()
    expect(heading).to_have_text("Vad finns vid lampan?")
    expect(page.get_by_label("Rabatt")).not_to_be_checked()


def test_the_boxes_can_be_reached_and_ticked_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}fraga/lampans-plats.html")
    page.get_by_label("Hög stolpe").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Rabatt")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1:visible")).to_have_text("Är det minst andra anmälan om samma fel?")
    assert "vid-lampan-stolpe=ja&vid-lampan-rabatt=nej" in page.url


def test_the_page_with_boxes_is_accessible(view: Page, address: str) -> None:
    view.goto(f"{address}fraga/lampans-plats.html")
    expect(view.locator("[data-many]")).to_be_visible()
    assert check_axe(view) == []
