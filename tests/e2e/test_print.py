"""On paper: everything of the plan and nothing of the screen, in black and white, on A4."""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import Literal

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import Page, expect

from benchmarks import situations
from generator.locale import t
from generator.model import Condition, Gap, Situation, Tree
from generator.routine.steps import placed_steps
from tests.e2e.overprinted import overprinted
from tests.e2e.own_unit import choose_unit

FAMILY = (
    "inkom=underrattelse&orsak=skuld&hushall=barnfamilj&arende-ekonomi=ja&arende-barn-unga=nej&upprepad=nej"
)
SITUATION = f"situation/barnfamilj-ekonomi-skuld.html#{FAMILY}"
PAPERS = [SITUATION, "matris.html", "avsnitt/hushall-utan-barn.html", "situation/kronofogden-barnfamilj.html"]
SCREEN_ONLY = [
    "Sök",
    "Frågorna",
    "Ändra",
    "Kopiera",
    "Stämmer inte",
    "Andra ord",
    "Om åtgärden",
    "Läs vidare",
]
# And what a situation's page folds last.
FOLDED_LAST = ["Ord på den här sidan", "Vem gör vad i vilken fas", "Varför får jag det här"]
Scheme = Literal["light", "dark"]
A4 = (595, 842)  # points


def paper(page: Page) -> list[str]:
    """Print the open page and return the text of each sheet of paper, none of which covers another."""
    printed = page.pdf(prefer_css_page_size=True)
    assert overprinted(printed) == []
    sheets = list(pdfium.PdfDocument(printed))
    for sheet in sheets:
        assert all(abs(got - wanted) < 2 for got, wanted in zip(sheet.get_size(), A4, strict=True))
    texts = [sheet.get_textpage().get_text_range() for sheet in sheets]
    return [without_space(text.replace("\ufffe", "-")) for text in texts]  # a hyphen that ends a line


def without_space(text: str) -> str:
    """Return text without white space and ligatures, which a PDF has wherever it likes, and units' shapes."""
    return re.sub(r"[\s●▲■◆★]+", "", unicodedata.normalize("NFKC", text))


def has(sheets: list[str], text: str) -> bool:
    return without_space(text) in "".join(sheets)


@pytest.mark.engines
def test_a_situation_has_its_plan_answers_and_place_in_the_routine(page: Page, base: str, tree: Tree) -> None:
    page.goto(base + SITUATION)
    sheets = paper(page)
    for placed in placed_steps(tree, tree.get("barnfamilj-ekonomi-skuld", Situation)):
        assert has(sheets, placed.sentence), placed.id
        if placed.step.when:
            assert has(sheets, tree.get(placed.step.when, Condition).text)
    for text in ("Dina svar", "Hyresskuld", "Enstaka hyresskuld", "Avsnitt 1, Juridiska ramar, stycke 2"):
        assert has(sheets, text)
    assert has(sheets, f"Version {tree.routine.version}. Senast reviderad {tree.routine.revised_on}.")
    assert has(sheets, f"Utskriven {datetime.date.today().isoformat()}.")


def test_what_is_folded_on_screen_is_not_lost_on_paper(page: Page, base: str, tree: Tree) -> None:
    page.goto(base + SITUATION)
    sheets = paper(page)
    assert has(sheets, tree.get("efter-oanmalt-hembesok", Gap).text)


def test_what_an_answer_puts_out_is_told_and_has_no_box(page: Page, base: str, tree: Tree) -> None:
    page.goto(base + SITUATION)
    page.locator("[data-asks]").first.get_by_text("Ja, familjen kom").click()
    sheets = paper(page)
    assert len(sheets) <= situations.SHEETS + 1  # with all that holds after contact
    assert has(sheets, t("case.off"))
    assert has(sheets, tree.get("nar-kontakten-lyckas", Gap).text)
    assert not has(sheets, tree.get("efter-oanmalt-hembesok", Gap).text)  # stands at a step that is out
    page.emulate_media(media="print")
    boxes = {"off": page.locator("[data-is=off] input"), "open": page.locator("[data-is=open] input")}
    shown = {is_: [box.is_visible() for box in found.all()] for is_, found in boxes.items()}
    assert shown["off"]
    assert not any(shown["off"])
    assert all(shown["open"])


@pytest.mark.parametrize("path", PAPERS)
def test_every_sheet_is_numbered_and_bears_nothing_of_the_screen(page: Page, base: str, path: str) -> None:
    page.goto(base + path)
    sheets = paper(page)
    for number, sheet in enumerate(sheets, start=1):
        assert f"{number}({len(sheets)})" in sheet
    for text in SCREEN_ONLY + (FOLDED_LAST if path.startswith("situation/") else []):
        assert not has(sheets, text), text


FOLDING = [
    "lucka/barnfamilj-arende-pa-bada",
    "vet-inte/skuld-barnfamilj",
    "enhet/ekonomi",
    "luckor",
    "atgard/kalla",
]


@pytest.mark.parametrize("name", FOLDING)
def test_what_unfolds_on_paper_covers_nothing(page: Page, base: str, name: str) -> None:
    page.goto(f"{base}{name}.html")
    page.locator("details").evaluate_all("(all) => all.forEach((one) => (one.open = true))")
    assert len(paper(page)) > 2


@pytest.mark.parametrize("script", [True, False])
def test_what_repeats_other_pages_is_on_paper_where_the_reader_opened_it(
    page: Page, plain: Page, base: str, script: bool
) -> None:
    view = page if script else plain
    view.goto(base + "lucka/barnfamilj-arende-pa-bada.html")
    compared = view.locator("[data-compared]").first
    heading, within = (compared.locator(part).first for part in ("summary", "[data-side] a"))
    sheets = paper(view)
    assert has(sheets, heading.inner_text())
    assert has(sheets, "Det som är hopfällt på sidan skrivs inte ut.")
    always = view.locator("[data-topic] > p:not([class], [data-no-search])").all_text_contents()
    assert always
    assert [said for said in always if not has(sheets, said)] == []
    title = without_space(within.text_content() or "")
    before = "".join(sheets).count(title)
    heading.click()
    assert "".join(paper(view)).count(title) > before


def test_what_a_step_follows_on_is_on_paper(page: Page, base: str) -> None:
    page.goto(base + "atgard/oanmalt-hembesok.html")
    follows = page.locator("[data-follows]").first.inner_text()
    assert has(paper(page), follows)


def test_what_is_folded_is_on_paper_without_a_script_too(plain: Page, base: str) -> None:
    plain.goto(base + "bevis.html")
    folded = plain.locator("details a").evaluate_all("(all) => all.map((link) => link.textContent)")
    assert len(folded) > 60
    sheets = paper(plain)
    assert [text for text in folded if not has(sheets, text)] == []


def test_a_whole_section_has_all_its_situations(page: Page, base: str, tree: Tree) -> None:
    page.goto(base + "avsnitt/hushall-utan-barn.html")
    sheets = paper(page)
    for situation in tree.situations:
        if situation.id.startswith("utan-barn"):
            for placed in placed_steps(tree, situation):
                assert has(sheets, placed.sentence), placed.id


def test_the_matrix_has_all_its_rows(page: Page, base: str, tree: Tree) -> None:
    page.goto(base + "matris.html")
    sheets = paper(page)
    assert all(has(sheets, situation.short) for situation in tree.situations)
    assert all(has(sheets, column.label) for column in tree.matrix)


def test_a_filtered_page_says_what_is_filtered(page: Page, base: str) -> None:
    page.goto(base + SITUATION)
    choose_unit(page, "ekonomi")
    sheets = paper(page)
    assert has(sheets, "Visar stegen för: Ekonomiskt bistånd.")
    assert has(sheets, "Vuxenenheten ska göra en aktualisering i Treserva.")
    page.goto(base + "matris.html")
    assert has(paper(page), "Markerat: Ekonomiskt bistånd.")


def boxes(page: Page) -> int:
    return int(
        page.evaluate(
            """() => [...document.querySelectorAll("li.r-step")].filter((step) => {
              const tick = step.querySelector(".r-tick input");
              const drawn = getComputedStyle(step.querySelector(".r-sentence"), "::before");
              const box = tick && tick.checkVisibility() ? getComputedStyle(tick) : drawn;
              const drawnAtAll = box.content !== "none" && parseFloat(box.borderTopWidth) > 0;
              return drawnAtAll && parseFloat(box.width) > 8;
            }).length"""
        )
    )


@pytest.mark.parametrize("path", [SITUATION, "avsnitt/hushall-utan-barn.html", "avsnitt/barnfamiljer.html"])
def test_every_step_has_a_box_to_tick(page: Page, base: str, path: str) -> None:
    page.goto(base + path)
    page.emulate_media(media="print")
    assert boxes(page) == page.locator("li.r-step").count() > 0


def test_the_steps_of_others_have_no_box(page: Page, base: str) -> None:
    page.goto(base + SITUATION)
    choose_unit(page, "ekonomi")
    page.emulate_media(media="print")
    others = page.locator("li.r-step.r-others").count()
    assert others == 3
    assert boxes(page) == page.locator("li.r-step").count() - others


def test_a_tick_shows_on_paper(page: Page, base: str) -> None:
    page.goto(base + SITUATION)
    page.get_by_role("checkbox").first.check()
    assert has(paper(page), "✓")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAPERS)
def test_it_is_black_on_white_and_nothing_is_cut(page: Page, base: str, path: str, scheme: Scheme) -> None:
    width = 688  # 182 mm, the width of the text on A4
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(base + path)
    page.emulate_media(media="print", color_scheme=scheme, reduced_motion="reduce")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    coloured = page.evaluate(
        """() => [...document.querySelectorAll(".r-page, .r-page *")].flatMap((part) => {
          const style = getComputedStyle(part);
          if (!part.checkVisibility()) return [];
          const rgb = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
          const ink = rgb(style.color);
          const clear = style.backgroundColor.endsWith(", 0)");
          const white = clear || Math.min(...rgb(style.backgroundColor)) > 240;
          const fine = new Set(ink).size === 1 && ink[0] < 90 && white;
          return fine ? [] : [part.className + " " + style.color + " on " + style.backgroundColor];
        })"""
    )
    assert coloured == []


def test_the_page_of_the_single_file_that_is_open_is_what_is_printed(
    page: Page, base: str, tree: Tree
) -> None:
    page.goto(f"{base}navigator.html#_sida=situation/barnfamilj-ekonomi-skuld&{FAMILY}")
    expect(page.locator("h1:visible")).to_have_count(1)
    sheets = paper(page)
    assert len(sheets) <= 2
    assert has(sheets, tree.get("barnfamilj-ekonomi-skuld", Situation).title)
    assert not has(sheets, "Vad har kommit in?")
    assert f"1({len(sheets)})" in sheets[0]
