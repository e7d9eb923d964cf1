"""One's own unit: chosen once, followed everywhere, on paper too, and nothing is out of sight."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.model import Tree
from generator.routine.steps import concerns, placed_steps, units_in
from tests.e2e.conftest import open_page, serving
from tests.e2e.own_unit import choose_unit, chosen_unit
from tests.tiers import few

SITUATION = "situation/barnfamilj-ekonomi-upprepad-skuld.html"


def choose(page: Page, unit: str) -> None:
    choose_unit(page, unit)


def others(page: Page) -> list[str]:
    steps = page.locator("li.r-step.r-others")
    return [str(id) for id in steps.evaluate_all("(all) => all.map((step) => step.dataset.step)")]


def test_each_situation_follows_the_unit(page: Page, base: str, tree: Tree) -> None:
    for situation in few(tree.situations, 6):
        page.goto(f"{base}situation/{situation.id}.html")
        for unit in tree.units:
            choose(page, unit.id)
            expected = [p.id for p in placed_steps(tree, situation) if unit not in concerns(tree, p.step)]
            assert others(page) == expected
        choose(page, "")


def test_steps_together_with_others_are_mine(page: Page, base: str) -> None:
    page.goto(base + SITUATION)
    choose(page, "ekonomi")
    hidden = others(page)
    assert "barnfamilj-ekonomi-upprepad-skuld/kalla" not in hidden
    assert "barnfamilj-ekonomi-upprepad-skuld/aviserat-hembesok" not in hidden
    assert "barnfamilj-ekonomi-upprepad-skuld/utse-handlaggare" in hidden


def test_the_steps_of_others_stand_in_brief_in_their_place(page: Page, base: str) -> None:
    page.goto(base + SITUATION)
    choose(page, "ekonomi")
    step = page.locator('[data-step$="/utse-handlaggare"]')
    expect(step.get_by_text("Enheten för barn och unga ska utse en ansvarig handläggare.")).to_be_visible()
    expect(step.locator(".r-place")).to_be_hidden()
    mine = page.locator('[data-step$="/kalla"]')
    expect(mine.locator(".r-place")).to_be_visible()


def test_a_legal_frame_stays_in_sight_at_the_step_of_others(page: Page, base: str) -> None:
    page.goto(base + "situation/barnfamilj-ekonomi-skuld.html")
    choose(page, "barn-unga")
    step = page.locator('[data-step$="/oanmalt-hembesok"]')
    expect(step).to_have_class("r-step r-row r-others")
    expect(step.get_by_text("inte befogat att enheten för barn och unga följer med")).to_be_visible()


def test_it_is_remembered_on_the_device(browser: Browser, base: str) -> None:
    context = browser.new_context(locale="sv-SE")
    first = open_page(context)
    first.goto(base + SITUATION)
    choose(first, "barn-unga")
    expect(first.locator("[data-filter]")).to_contain_text("Visar stegen för: Barn och unga.")
    second = open_page(context)
    second.goto(base + "matris.html")
    assert chosen_unit(second) == "barn-unga"
    expect(second.locator("[data-filter]")).to_contain_text("Markerat: Barn och unga.")
    choose(second, "")
    expect(first.locator("[data-filter]")).to_have_text("")
    assert others(first) == []
    context.close()


def test_the_matrix_marks_what_names_the_unit(page: Page, base: str) -> None:
    page.goto(base + "matris.html")
    choose(page, "barn-unga")
    for cell in page.locator("td[data-for]").all():
        named = re.search("Barn och unga|Socialtjänsten", cell.inner_text()) is not None
        assert ("r-others" in (cell.get_attribute("class") or "")) != named


def test_the_unit_pages_say_whose_they_are(page: Page, base: str) -> None:
    page.goto(base + "enhet/ekonomi.html")
    expect(page.locator("[data-unit-page]")).to_be_hidden()
    choose(page, "ekonomi")
    expect(page.locator("[data-unit-page]")).to_contain_text("Det här är din enhet.")
    choose(page, "vuxen")
    page.locator("[data-unit-page]").get_by_role("link", name="Vuxenenheten").click()
    page.wait_for_url("**/enhet/vuxen.html")
    expect(page.locator("[data-unit-page]")).to_contain_text("Det här är din enhet.")
    page.goto(base + "enheter.html")
    assert page.get_by_text("Det här är din enhet.").locator("visible=true").count() == 1


@pytest.mark.parametrize("kept", few(["grannen", "null", "x" * 9999, "'\"]<b>"]))
def test_whatever_is_kept_on_the_device_breaks_nothing(page: Page, base: str, kept: str) -> None:
    page.goto(base + "matris.html")
    page.evaluate("(kept) => localStorage.setItem('/rutin.enhet', kept)", kept)
    page.goto(base + SITUATION)
    assert chosen_unit(page) == ""
    expect(page.locator("h1")).to_be_visible()
    assert others(page) == []


def test_another_copy_at_the_same_host_keeps_its_own(page: Page, site: Path, tmp_path: Path) -> None:
    for name in ("ett", "tva"):
        (tmp_path / name).symlink_to(site)
    with serving(tmp_path) as base:
        page.goto(f"{base}ett/matris.html")
        choose(page, "ekonomi")
        page.goto(f"{base}tva/matris.html")
        assert not page.evaluate("document.documentElement.matches('.r-one-unit')")
        page.goto(f"{base}ett/navigator.html")  # the same copy, the other tool
        assert page.evaluate("document.documentElement.matches('.r-one-unit')")


def test_what_comes_back_as_it_was_left_is_read_anew(page: Page, base: str) -> None:
    page.goto(base + "matris.html")
    choose(page, "ekonomi")
    page.evaluate("localStorage.clear()")
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert not page.evaluate("document.documentElement.matches('.r-one-unit')")


def test_it_works_where_storage_is_forbidden(browser: Browser, base: str) -> None:
    context = browser.new_context(locale="sv-SE")
    page = context.new_page()  # the theme's own script complains
    forbid = "Object.defineProperty(window, '{}', {{ get() {{ throw new Error('forbidden'); }} }});"
    page.add_init_script(forbid.format("localStorage") + forbid.format("sessionStorage"))
    page.goto(base + SITUATION)
    choose(page, "ekonomi")
    assert others(page)
    page.locator(".r-tick input").first.check()
    page.locator("[data-do=clear]").click()
    expect(page.locator(".r-tick input").first).not_to_be_checked()
    context.close()


def test_a_filtered_page_moves_nothing_after_it_is_shown(page: Page, base: str) -> None:
    page.goto(base + SITUATION)
    choose(page, "ekonomi")
    page.add_init_script(
        """
        window.shifts = 0;
        new PerformanceObserver((list) => { for (const e of list.getEntries()) shifts += e.value; })
          .observe({ type: "layout-shift", buffered: true });
        """
    )
    page.reload()
    page.wait_for_timeout(300)
    assert page.evaluate("shifts") < 0.01


def test_without_script_there_is_no_choice_but_the_unit_s_page(plain: Page, base: str) -> None:
    plain.goto(base + SITUATION)
    expect(plain.locator("[data-unit-choice]").first).to_be_hidden()
    plain.goto(base + "enhet/barn-unga.html")
    duty = "Enheten för barn och unga ska utse en ansvarig handläggare."
    plain.locator("details", has_text=duty).first.locator("summary").first.click()
    expect(plain.get_by_text(duty).first).to_be_visible()


def test_the_card_tells_where_one_s_own_unit_begins(page: Page, base: str, tree: Tree) -> None:
    for situation in few(tree.situations, 4):
        page.goto(f"{base}situation/{situation.id}.html")
        expect(page.locator(".r-brief__own:visible")).to_have_count(0)
        for unit in tree.units:
            choose(page, unit.id)
            mine = [p for p in placed_steps(tree, situation) if unit in units_in(tree, p.step)]
            line = page.locator(".r-brief__own:visible dd")
            if mine:  # before any other that names the unit itself
                own = ", ".join(f"a[href='#{placed.step.key}']" for placed in mine)
                expect(line.locator(own).first).to_have_attribute("href", f"#{mine[0].step.key}")
            else:
                expect(line).to_contain_text("nämner inte enheten")
        choose(page, "")
