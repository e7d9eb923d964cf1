"""A version that comes beside the one in force: before the day and after it, without script, and on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.ahead import DAY, NEW, OLD, copy_ahead
from tests.built import built
from tests.e2e import accessibility as a11y
from tests.e2e.conftest import open_page

PAGE = "situation/trasigt-redskap.html"
COMES = f"Gäller från och med {DAY}. Till dess gäller version {OLD}."
CAME = f"Gäller sedan {DAY}."
IS = f"Version {OLD} gäller från och med 2023-04-01 till {DAY}. Då börjar version {NEW} gälla."
WAS = f"Gäller inte längre. Version {OLD} gällde till {DAY}. Nu gäller version {NEW}."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(copy_ahead(tmp_path_factory.mktemp("ahead")))


@pytest.mark.parametrize(
    ("now", "coming", "earlier"),
    [("2030-12-31T22:59:00Z", COMES, IS), ("2030-12-31T23:01:00Z", CAME, WAS)],
)
def test_the_lines_turn_on_the_day_by_the_readers_clock(
    browser: Browser, site: Path, now: str, coming: str, earlier: str
) -> None:
    context = browser.new_context(timezone_id="Europe/Stockholm")
    page = open_page(context)
    page.clock.set_fixed_time(now)
    for name in (PAGE, "index.html"):
        for folder, line in (("", coming), ("foregaende/", earlier)):
            page.goto((site / folder / name).as_uri())
            told = page.locator("[data-turns]")
            assert told.inner_text().startswith(line)
            is_in_force = line in (CAME, IS)
            assert ("r-overdue" in (told.get_attribute("class") or "")) is not is_in_force
            expect(page.locator("[data-other-version]:visible")).to_have_count(int(line != CAME))
            assert a11y.check_axe(page) == []
    context.close()


def test_answers_go_along_to_the_version_in_force_and_stay_there(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.locator("[data-option]").first.click()
    page.locator("[data-other-version]").click()
    page.wait_for_url("**/foregaende/index.html#*=*")
    expect(page.locator("[data-turns]")).to_contain_text(IS)
    while not re.search("/situation/|/lucka/", at := page.url):
        page.locator("[data-option]").last.click()
        expect(page).not_to_have_url(at)
    assert "/foregaende/" in page.url
    expect(page.locator("[data-turns]")).to_contain_text(IS)
    page.locator(".md-nav__link[href$='matris.html']").click()
    page.wait_for_url("**/foregaende/matris.html")


def test_without_script_both_dates_are_said(plain: Page, site: Path) -> None:
    plain.goto((site / PAGE).as_uri())
    told, way = plain.locator("[data-turns]"), plain.locator("[data-other-version]:visible")
    expect(told).to_have_text(f"{COMES} Samma sida i version {OLD}", use_inner_text=True)
    way.click()
    plain.wait_for_url(f"**/foregaende/{PAGE}")
    expect(told).to_have_text(f"{IS} Samma sida i version {NEW}", use_inner_text=True)
    way.click()
    plain.wait_for_url((site / PAGE).as_uri())


def test_on_paper_both_dates_are_said(page: Page, site: Path) -> None:
    page.goto((site / PAGE).as_uri())
    page.emulate_media(media="print")
    expect(page.get_by_text(COMES)).to_be_visible()
    for folder, line in (("", COMES), ("foregaende/", IS)):
        for paper in ("checklista/trasigt-redskap.pdf", "checklista/haftet.pdf"):
            for sheet in PdfReader(site / folder / paper).pages:
                assert line in " ".join(sheet.extract_text().split())
    assert COMES not in PdfReader(site / "checklista/trasig-lampa.pdf").pages[0].extract_text()


def test_the_file_that_holds_all_says_both_dates(page: Page, site: Path) -> None:
    for folder, line in (("", COMES), ("foregaende/", IS)):
        page.goto((site / folder / "navigator.html").as_uri())
        expect(page.get_by_text(line)).to_be_visible()


def test_search_and_the_site_map_know_each_page_once(site: Path) -> None:
    for name in ("search/search_index.json", "sitemap.xml"):
        text = (site / name).read_text("utf-8")
        assert "trasigt-redskap.html" in text
        assert "foregaende" not in text
    assert f"(gäller från och med {DAY})" in (site / "search/search_index.json").read_text("utf-8")
    assert '<meta name="robots" content="noindex">' in (site / "foregaende" / PAGE).read_text("utf-8")
