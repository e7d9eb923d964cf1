"""The map and the swimlanes in a browser: nothing overlaps, nothing is cut, and the keyboard reaches all."""

from __future__ import annotations

from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from generator.model import Situation, Tree
from generator.routine.steps import placed_steps
from tests.e2e.own_unit import choose_unit
from tests.tiers import few

MAP = "karta.html"
SITUATION = "situation/barnfamilj-barn-unga-skuld.html"
MEASURE = """() => {
  const boxes = [...document.querySelectorAll(".r-tree__box")];
  const size = (e) => { const b = e.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; };
  return {
    frames: boxes.map((box) => size(box.querySelector(".r-tree__frame"))),
    texts: boxes.flatMap((box) => [...box.querySelectorAll(".r-tree__row")].map((row, n) => ({
      text: box.querySelectorAll(".r-tree__text")[n].textContent,
      row: size(row),
      lines: [...box.querySelectorAll(".r-tree__text")[n].querySelectorAll("tspan")].map(function (line) {
        const range = document.createRange();
        range.selectNodeContents(line);
        return size(range);
      }),
    }))),
  };
}"""


def test_no_box_overlaps_another_and_no_text_leaves_its_box(page: Page, base: str) -> None:
    page.goto(base + MAP)
    found = page.evaluate(MEASURE)
    frames = found["frames"]
    for n, (left, top, right, bottom) in enumerate(frames):
        for other in frames[n + 1 :]:
            assert right < other[0] or other[2] < left or bottom < other[1] or other[3] < top
    assert found["texts"]
    for row in found["texts"]:
        assert row["lines"]
        for left, top, right, bottom in row["lines"]:
            assert left >= row["row"][0], row["text"]
            assert right <= row["row"][2], row["text"]
            assert top >= row["row"][1] - 1, row["text"]
            assert bottom <= row["row"][3] + 1, row["text"]


@pytest.mark.parametrize("width", [320, 1280])
def test_only_the_picture_s_own_frame_scrolls_sideways(page: Page, base: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(base + MAP)
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wide
    if width == 320:
        page.locator(".r-unfold").first.click()
    frame = page.locator(".r-figure")
    scrolls = frame.evaluate("(e) => e.scrollWidth > e.clientWidth")
    assert scrolls == (width == 320)
    expect(page.locator(".r-map__narrow")).to_be_visible(visible=width == 320)
    if scrolls:
        frame.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("() => document.querySelector('.r-figure').scrollLeft > 0")


def test_the_keyboard_reaches_every_box_in_the_order_of_the_picture(page: Page, base: str) -> None:
    page.goto(base + MAP)
    links = page.locator(".r-tree__link")
    links.first.focus()
    for n in range(links.count()):
        link = links.nth(n)
        expect(link).to_be_focused()
        expect(link).to_be_in_viewport()
        assert link.evaluate("(e) => getComputedStyle(e).outlineStyle") != "none"
        page.keyboard.press("Tab")
    links.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/index.html")


def test_a_box_that_continues_elsewhere_marks_where(page: Page, base: str) -> None:
    page.goto(base + MAP)
    again = page.locator(".r-tree__box--again .r-tree__link")
    if again.count():
        again.first.click()
        expect(page.locator(".r-tree__box:target")).to_have_count(1)
        expect(page.locator(".r-tree__box:target .r-tree__link")).to_be_in_viewport()


def test_the_picture_is_all_on_the_first_sheet_of_paper(page: Page, base: str, tree: Tree) -> None:
    page.goto(base + MAP)
    sheets = [sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages]
    situations = [str(situation.short).split()[0] for situation in tree.situations]
    assert all(sheets[0].count(word) >= situations.count(word) for word in set(situations))
    assert "Samma sak som tabell" not in sheets[0]
    assert "Samma sak som tabell" in sheets[1]


def open_lanes(page: Page) -> None:
    page.locator(".r-swim > summary").click()


def test_the_wires_join_each_step_to_the_next(page: Page, base: str, tree: Tree) -> None:
    for situation in few(tree.situations, 5):
        page.goto(f"{base}situation/{situation.id}.html")
        open_lanes(page)
        gaps = page.evaluate(
            """() => {
              const rows = [...document.querySelectorAll(".r-swim__step")];
              const box = (e) => e.getBoundingClientRect();
              const of = (row, kind) => [...row.querySelectorAll(".r-wire--" + kind)].map(box);
              return rows.slice(1).flatMap(function (row, n) {
                const level = [...of(row, "left"), ...of(row, "right")].map((b) => b.top);
                const whose = (r) => [...r.querySelectorAll('[data-part="who"] .r-swim__box')].map(box);
                const on = of(rows[n], "on"), from = of(row, "from"), into = of(row, "into");
                return [
                  ...from.map((f, i) => Math.abs(f.top - on[i].bottom) + Math.abs(f.left - on[i].left)),
                  ...on.map((o, i) => Math.max(0, o.top - whose(rows[n])[i].bottom)),
                  ...into.map((t, i) => Math.abs(t.bottom - whose(row)[i].top)),
                  ...level.map((l) => Math.max(Math.abs(l - into[0].top), Math.abs(l - from[0].bottom))),
                ];
              });
            }"""
        )
        assert gaps
        assert max(gaps) <= 3, situation.id


def test_a_step_in_a_lane_leads_to_the_step_and_keeps_the_answers(page: Page, base: str, tree: Tree) -> None:
    situation = tree.get(SITUATION.removeprefix("situation/").removesuffix(".html"), Situation)
    steps = placed_steps(tree, situation)
    address = f"{base}{SITUATION}#inkom=underrattelse&orsak=skuld"
    page.goto(address)
    open_lanes(page)
    page.locator(f'.r-swim a[href="#{steps[0].step.key}"]').first.click()
    step = page.locator(f"#{steps[0].step.key}")
    expect(step).to_be_in_viewport()
    expect(step).to_be_focused()
    assert page.url == address
    waiting = page.locator("[data-is=waiting]").first.get_attribute("id")
    page.locator(f'.r-swim a[href="#{waiting}"]').first.click()
    expect(page.locator(f"#{waiting}")).to_be_focused()


def test_the_lanes_follow_one_s_own_unit(page: Page, base: str, tree: Tree) -> None:
    page.goto(base + SITUATION)
    unit = tree.units[1]
    choose_unit(page, str(unit.id))
    open_lanes(page)
    for row in page.locator(".r-swim__step").all():
        mine = unit.id in str(row.get_attribute("data-for")).split()
        assert ("r-others" in str(row.get_attribute("class"))) != mine


def test_the_lanes_are_not_on_paper(page: Page, base: str) -> None:
    page.goto(base + SITUATION)
    page.emulate_media(media="print")
    expect(page.locator(".r-swim")).to_be_hidden()
    page.emulate_media(media="screen")
    open_lanes(page)
    page.emulate_media(media="print")
    expect(page.locator(".r-swim__table")).to_be_hidden()


def test_without_script_the_lanes_open_too(plain: Page, base: str) -> None:
    plain.goto(base + SITUATION)
    open_lanes(plain)
    expect(plain.locator(".r-swim__table")).to_be_visible()
