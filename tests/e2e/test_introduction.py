"""The introduction and the words in a browser: progress on the device, there and back, and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.model import Tree
from tests.e2e.conftest import open_page
from tests.tiers import few

ANSWERS = "inkom=underrattelse&orsak=skuld&hushall=barnfamilj&arende-ekonomi=nej&arende-barn-unga=ja"
SITUATION = "situation/barnfamilj-barn-unga-skuld.html"
MARK = "a.r-term:visible"
BACK = "Tillbaka till texten"


@pytest.fixture
def unit(tree: Tree) -> str:
    return str(tree.units[0].id)


def boxes(page: Page) -> list[bool]:
    return [box.is_checked() for box in page.locator("[data-lesson] input").all()]


def test_progress_is_kept_on_the_device_and_per_unit(browser: Browser, base: str, tree: Tree) -> None:
    context = browser.new_context(locale="sv-SE")
    page = open_page(context)
    count = len(tree.introduction)
    first, second = (unit.id for unit in tree.units[:2])
    page.goto(f"{base}ny-har/{first}.html")
    expect(page.locator("[data-progress]")).to_have_text(f"0 av {count} steg är klara.")
    page.get_by_label("Klar med steg 2").check()
    expect(page.locator("[data-progress]")).to_have_text(f"1 av {count} steg är klara.")
    page.goto(f"{base}ny-har/{second}.html")
    assert not any(boxes(page))
    page.goto(base + "ny-har.html")
    expect(page.locator(f'[data-progress-of="{first}"]')).to_have_text(f"1 av {count} steg är klara.")
    expect(page.locator(f'[data-progress-of="{second}"]')).to_be_hidden()
    other = open_page(context)
    other.goto(f"{base}ny-har/{first}.html")
    assert boxes(other) == [False, True, *[False] * (count - 2)]
    assert other.evaluate("Object.keys(localStorage).filter((key) => key.includes('rutin'))") == [
        "/rutin.ny-har"
    ]
    context.close()


def test_one_button_clears_and_says_so(page: Page, base: str, unit: str) -> None:
    page.goto(f"{base}ny-har/{unit}.html")
    page.get_by_label("Klar med steg 1").check()
    page.get_by_role("button", name="Rensa bockarna").click()
    expect(page.locator("[data-progress]")).to_have_text("Bockarna är rensade.")
    assert not any(boxes(page))
    assert page.evaluate("localStorage.getItem('/rutin.ny-har')") is None
    page.reload()
    assert not any(boxes(page))


@pytest.mark.parametrize(
    "kept", few(["null", "{", "[]", '{"%s": "ova"}', "x" * 9999, '{"%s": [1, null, "finns-inte"]}'])
)
def test_whatever_is_kept_on_the_device_breaks_nothing(page: Page, base: str, unit: str, kept: str) -> None:
    page.goto(base + "ny-har.html")
    page.evaluate("(kept) => localStorage.setItem('/rutin.ny-har', kept)", kept.replace("%s", unit))
    page.goto(f"{base}ny-har/{unit}.html")
    assert not any(boxes(page))
    page.get_by_label("Klar med steg 1").check()
    page.reload()
    assert boxes(page)[0]


def test_it_works_where_storage_is_forbidden(browser: Browser, base: str, unit: str) -> None:
    context = browser.new_context(locale="sv-SE")
    page = context.new_page()  # the theme's own script complains
    forbid = "Object.defineProperty(window, '{}', {{ get() {{ throw new Error('forbidden'); }} }});"
    page.add_init_script(forbid.format("localStorage") + forbid.format("sessionStorage"))
    page.goto(f"{base}ny-har/{unit}.html")
    page.get_by_label("Klar med steg 3").check()
    expect(page.locator("[data-progress]")).to_contain_text("1 av")
    page.get_by_role("button", name="Rensa bockarna").click()
    assert not any(boxes(page))
    context.close()


def test_without_script_everything_is_there_but_the_boxes(plain: Page, base: str, tree: Tree) -> None:
    plain.goto(base + "ny-har.html")
    for unit in tree.units:
        plain.goto(base + "ny-har.html")
        plain.locator(f'.r-option[href="ny-har/{unit.id}.html"]').click()
        for lesson in tree.introduction:
            expect(plain.get_by_role("heading", name=lesson.title, exact=False).first).to_be_visible()
        expect(plain.locator("[data-lesson] input:visible")).to_have_count(0)
        expect(plain.get_by_role("button", name="Rensa bockarna")).to_be_hidden()
    plain.locator(MARK).first.click()
    expect(plain.locator(".r-words div:target")).to_be_visible()


def test_it_opens_from_a_file_and_remembers(page: Page, site: Path, unit: str) -> None:
    address = (site / "ny-har" / f"{unit}.html").as_uri()
    page.goto(address)
    page.get_by_label("Klar med steg 1").check()
    page.goto(address)
    assert boxes(page)[0]


def test_the_start_page_and_the_menu_lead_here(page: Page, base: str) -> None:
    page.goto(base + "index.html")
    assert page.locator('.r-cards a[href="ny-har.html"]').count() == 1
    page.locator(".md-nav").get_by_role("link", name="Ny här").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ny här")


def test_the_paper_is_one_link_away(page: Page, base: str, unit: str) -> None:
    page.goto(f"{base}ny-har/{unit}.html")
    link = page.get_by_role("link", name="Checklista att gå igenom med en mentor (PDF)")
    answer = page.request.get(f"{base}ny-har/{link.get_attribute('href').rpartition('/')[2]}")  # type: ignore[union-attr]
    assert answer.ok
    assert answer.body().startswith(b"%PDF")


@pytest.mark.parametrize(
    "place", [SITUATION, "fraga/skuld-barnfamilj.html", "vet-inte/skuld-barnfamilj.html"]
)
def test_a_word_leads_to_its_meaning_and_back_by_keyboard_and_the_answers_stay(
    page: Page, base: str, place: str
) -> None:
    page.goto(f"{base}{place}#{ANSWERS}")
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    mark = page.locator(MARK).last
    id = str(mark.get_attribute("href")).removeprefix("#ord-")
    mark.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == f"ord-{id}"
    expect(page.locator(f"#ord-{id}")).to_be_in_viewport()
    assert page.evaluate("location.hash") == f"#{ANSWERS}"
    page.keyboard.press("Tab")
    while BACK not in page.evaluate("document.activeElement.innerText"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert mark.evaluate("(mark) => mark === document.activeElement")
    assert page.evaluate("location.hash") == f"#{ANSWERS}"


def test_a_word_in_a_note_that_was_folded_again_is_unfolded(page: Page, base: str) -> None:
    page.goto(base + SITUATION)
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    mark = page.locator("details a.r-term:visible").first
    id = str(mark.get_attribute("href")).removeprefix("#ord-")
    mark.click()
    page.evaluate("document.querySelectorAll('details:not(.r-terms)').forEach((d) => { d.open = false; })")
    page.locator(f"#ord-{id}").get_by_role("link", name=BACK).click()
    expect(page.locator("a.r-term:focus")).to_be_visible()


def test_words_work_in_the_single_file_too(page: Page, plain: Page, site: Path) -> None:
    file = (site / "navigator.html").as_uri()
    page.goto(f"{file}#_sida=situation/barnfamilj-barn-unga-skuld&{ANSWERS}")
    heading = page.locator("h1:visible").inner_text()
    page.locator(MARK).first.click()
    assert str(page.evaluate("document.activeElement.id")).startswith(
        "situation-barnfamilj-barn-unga-skuld--ord-"
    )
    assert ANSWERS in page.evaluate("location.hash")
    expect(page.locator("h1:visible")).to_have_text(heading)
    plain.goto(f"{file}#situation-barnfamilj-barn-unga-skuld")
    plain.locator(MARK).first.click()
    expect(plain.locator(".r-words div:target")).to_be_visible()
    expect(plain.locator("h1:visible")).to_have_text(heading)


def test_on_paper_the_words_are_explained_and_nothing_is_to_click(page: Page, base: str, unit: str) -> None:
    for path in (SITUATION, f"ny-har/{unit}.html"):
        page.goto(base + path)
        page.emulate_media(media="print")
        words = page.locator(".r-words dd").first
        expect(words).to_be_visible() if "ny-har" in path else expect(words).to_be_hidden()
        assert (
            page.locator(".r-gap a.r-term, .r-lesson a.r-term, .r-step a.r-term").evaluate_all(
                "(all) => all.filter((mark) => getComputedStyle(mark).display === 'none').length"
            )
            == 0
        )
        expect(page.get_by_role("link", name=BACK).first).to_be_hidden()
        assert page.locator(".r-lesson__done:visible, [data-clear]:visible").count() == 0
        page.emulate_media(media="screen")
