"""Pages to read are taken in by a hurried reader: how high they are, and how much there is to choose from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

NARROW: ViewportSize = {"width": 360, "height": 740}
MIDDLE: ViewportSize = {"width": 980, "height": 740}
WIDE: ViewportSize = {"width": 1280, "height": 900}
KINDS = (
    "index.html",
    "fraga/skuld-barnfamilj.html",
    "situation/barnfamilj-ekonomi-upprepad-skuld.html",
    "lucka/skuld-och-storning.html",
    "vet-inte/start.html",
    "matris.html",
    "avsnitt/barnfamiljer.html",
    "ova.html",
)
BROKEN_WORDS = """
(within) => {
  const walker = document.createTreeWalker(document.querySelector(within), NodeFilter.SHOW_TEXT);
  const broken = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const clipped = node.parentElement.closest("thead, .r-hidden");
    if (!node.parentElement.checkVisibility() || clipped?.getBoundingClientRect().width <= 1) continue;
    for (const { 0: word, index } of node.data.matchAll(/[\\p{L}]{2,}/gu)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const tops = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
      if (tops.size > 1) broken.push(word);
    }
  }
  return broken;
}
"""


def height(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollHeight"))


def test_the_matrix_is_short_on_a_phone_until_a_group_is_opened(page: Page, base: str) -> None:
    page.set_viewport_size(NARROW)
    page.goto(base + "matris.html")
    group = page.locator("main").get_by_role("button", expanded=False).first
    expect(group).to_be_visible()
    assert height(page) <= 3500
    first = page.locator("tbody").first
    expect(first.locator("td").first).to_be_hidden()
    group.click()
    expect(first.locator("td").first).to_be_visible()
    expect(page.locator("tbody").last.locator("td").first).to_be_hidden()


def test_a_link_to_a_folded_row_opens_its_group(page: Page, base: str) -> None:
    page.set_viewport_size(NARROW)
    page.goto(base + "matris.html#kronofogden-barnfamilj")
    expect(page.locator("#kronofogden-barnfamilj td").first).to_be_visible()
    expect(page.locator("#kronofogden-barnfamilj")).to_be_in_viewport()


def test_the_matrix_is_whole_without_script_and_on_paper(plain: Page, page: Page, base: str) -> None:
    plain.set_viewport_size(NARROW)
    plain.goto(base + "matris.html")
    page.set_viewport_size(NARROW)
    page.goto(base + "matris.html")
    page.emulate_media(media="print")
    for view in (plain, page):
        assert view.locator("td").count() == view.locator("td:visible").count() > 0


@pytest.mark.parametrize("size", [NARROW, MIDDLE, WIDE], ids=str)
def test_no_word_of_the_matrix_is_broken(page: Page, base: str, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    page.goto(base + "matris.html")
    for closed in page.locator("main [data-fold-name] button").all():
        closed.click()
    assert page.evaluate(BROKEN_WORDS, ".r-matrix") == []


def test_a_section_is_an_overview_that_unfolds(page: Page, base: str) -> None:
    page.set_viewport_size(WIDE)
    page.goto(base + "avsnitt/barnfamiljer.html")
    assert height(page) <= 9000
    for frame in page.locator(".r-frame__title").all_inner_texts():
        assert page.locator(".r-frame__title", has_text=frame).count() == 1


def test_the_menu_has_seven_entries_and_the_foot_has_the_rest(page: Page, base: str) -> None:
    page.goto(base + "index.html")
    entries = page.locator(".md-nav--primary > .md-nav__list > .md-nav__item")
    assert 0 < entries.count() <= 7
    for link in ("Kartan", "Om verktyget", "Tillgänglighet", "Vad är nytt"):
        expect(page.locator("footer").get_by_role("link", name=link)).to_be_visible()


def test_the_choice_on_the_start_page_shows_what_it_does(page: Page, base: str) -> None:
    page.goto(base + "index.html")
    before = page.locator("main").inner_text()
    page.get_by_role("radio", name="Barn och unga").check(force=True)
    expect(page.locator(".r-first")).to_contain_text("Stegen för Barn och unga framhävs.")
    expect(page.get_by_role("link", name="Hela ansvaret: Barn och unga")).to_be_visible()
    assert page.locator("main").inner_text() != before
    page.goto(base + "matris.html")
    expect(page.locator("[data-unit-choice]")).to_have_value("barn-unga")


def test_a_unit_s_page_is_not_dimmed_by_another_unit(page: Page, base: str) -> None:
    page.goto(base + "enhet/ekonomi.html")
    page.locator("[data-unit-choice]").select_option("vuxen")
    expect(page.locator("[data-unit-page]")).to_be_visible()
    assert page.locator(".r-others").count() == 0


def test_my_unit_marks_its_own_line_in_the_matrix(page: Page, base: str) -> None:
    page.goto(base + "matris.html")
    page.locator("[data-unit-choice]").select_option("ekonomi")
    own = page.locator(".r-my-line").all_inner_texts()
    assert own
    assert all("Ekonomiskt bistånd" in line for line in own)
    assert page.locator(".r-my-line").count() == page.locator('td [data-line="ekonomi"]').count()


SIZES = """() => [...document.querySelectorAll(".r-page *")].filter((one) => one.checkVisibility()
  && !one.closest("h1, h2, h3, h4, code") && [...one.childNodes].some((n) => n.data?.trim()))
  .map((one) => parseFloat(getComputedStyle(one).fontSize))"""


@pytest.mark.parametrize("path", [*KINDS])
def test_text_has_three_sizes_below_the_headings(page: Page, base: str, path: str) -> None:
    page.set_viewport_size(WIDE)
    page.goto(base + path)
    sizes = set(page.evaluate(SIZES))
    assert sizes <= {14, 16, 18}
    assert len(sizes) > 1


def test_a_question_waits_for_one_style_and_one_script_of_ours(site: Path) -> None:
    """Beside the choice of light or dark, which stands where the theme asks for it."""
    head = (site / "index.html").read_text("utf-8").partition("<body")[0]
    own = re.compile(r'<(?:link rel="stylesheet" href|script src)="((?:\./)?assets/[^"]+\.(css|js))[^"]*">')
    assert [kind for _, kind in own.findall(head)] == ["js", "css"]
