"""Several routines in one site: a list that leads to each, a search over all, a memory for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from generator.build.disk import read_folder
from generator.commands.several import TAKEN
from generator.pages.editor.status import PAGE as STATUS
from tests.built import built
from tests.e2e import accessibility as a11y
from tests.e2e.conftest import serving
from tests.e2e.own_unit import choose_unit, chosen_unit
from tests.e2e.test_preview import Preview, until
from tests.e2e.test_search import RESULTS, enter
from tests.routines import copy_routines

CASE = "situation/utan-vatten.html#fel=vatten"


@pytest.fixture(scope="session")
def site(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two routines, built into a site by one engine."""
    return built(copy_routines(tmp_path_factory.mktemp("routines")), engine)


@pytest.fixture(scope="session")
def base(site: Path) -> Iterator[str]:
    with serving(site) as address:
        yield address


def tick(page: Page) -> Locator:
    return page.locator("li.r-step[value='1'] > .r-tick input")


@pytest.mark.parametrize("reader", ["page", "plain"])
def test_the_list_leads_to_each_and_each_back(request: pytest.FixtureRequest, base: str, reader: str) -> None:
    page: Page = request.getfixturevalue(reader)
    page.goto(base)
    for name in ("Kaffe", "Te"):
        page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Vad är fel?")
        page.goto(page.url.replace("index.html", CASE))
        page.get_by_role("contentinfo").get_by_role("link", name="Alla rutiner").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Rutiner")


@pytest.mark.parametrize("at", ["index.html", "kaffe/index.html", "te/situation/utan-vatten.html"])
@pytest.mark.parametrize("word", ["teblad", "fyller"])
def test_every_search_finds_in_all_routines(page: Page, site: Path, engine: str, at: str, word: str) -> None:
    page.goto((site / at).as_uri())  # from a file share, and so from a server
    enter(page, engine, word)
    found = page.locator(RESULTS[engine])
    expect(found.first).to_be_visible()
    page.wait_for_timeout(300)
    shown = {str(link.get_attribute("href")): link.inner_text().splitlines() for link in found.all()}
    paths = {
        href: href.removeprefix(f"{site.as_uri()}/").partition("#")[0].partition("?")[0] for href in shown
    }
    assert {path.partition("/")[0] for path in paths.values()} == (
        {"te"} if word == "teblad" else {"te", "kaffe"}
    )
    if engine == "mkdocs" and word == "fyller" and at.startswith("kaffe/"):  # both fit as well
        assert next(iter(paths.values())).startswith("kaffe/")
    for href, path in paths.items():
        of = path.partition("/")[0]
        assert (of.capitalize() in shown[href]) == (not at.startswith(f"{of}/"))
        assert (site / path).is_file()


def test_starting_over_in_one_leaves_the_ticks_of_the_other(page: Page, base: str) -> None:
    for routine in ("kaffe", "te"):
        page.goto(f"{base}{routine}/{CASE}")
        tick(page).check()
    page.get_by_role("link", name="Börja om").click()
    page.wait_for_url(f"{base}te/index.html")
    page.goto(f"{base}te/{CASE}")
    expect(tick(page)).not_to_be_checked()
    page.goto(f"{base}kaffe/{CASE}")
    expect(tick(page)).to_be_checked()


def test_one_s_own_unit_is_the_same_in_all(page: Page, base: str) -> None:
    page.goto(f"{base}kaffe/index.html")
    choose_unit(page, "kok")
    page.goto(f"{base}te/{CASE}")
    assert chosen_unit(page) == "kok"
    choose_unit(page, "")
    page.goto(f"{base}kaffe/index.html")
    assert chosen_unit(page) == ""


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_and_what_is_not_there_are_accessible(
    view: Page, base: str, width: int, scheme: str
) -> None:
    for path in ("index.html", "404.html"):
        view.goto(base + path)
        a11y.show(view, width, scheme)
        assert a11y.check_axe(view) == []
        assert a11y.check_keyboard(view) == []
        assert a11y.check_spacing(view) == []


@pytest.mark.full
def test_each_has_the_pages_data_and_papers_that_it_has_alone(
    site: Path, engine: str, tmp_path: Path
) -> None:
    alone = copy_routines(tmp_path)
    (alone / "tree/te.yaml").unlink()
    without, among = (_read(folder) for folder in (built(alone, engine), site / "kaffe"))
    assert set(without) ^ set(among) == {"404.html"}
    same = {path for path in among if not path.endswith(".html")} | {"navigator.html"}
    assert {path for path in same if without[path] != among[path]} == set()


def _read(site: Path) -> dict[str, bytes]:
    files = read_folder(site).items()
    return {path: content for path, content in files if path.endswith((".html", ".pdf", "rutin.json"))}


@pytest.mark.full
def test_a_second_build_gives_the_same_bytes(site: Path, engine: str, tmp_path: Path) -> None:
    again = copy_routines(tmp_path)
    (again / "anteckning.txt").write_text("Inget som blir något.", "utf-8")  # else the first is found
    assert read_folder(built(again, engine)) == read_folder(site)


def test_nothing_but_the_routines_folders_could_clash(site: Path) -> None:
    folders = {path.name for path in site.iterdir() if path.is_dir()}
    assert folders - {"kaffe", "te"} <= TAKEN


@pytest.mark.full
def test_the_preview_shows_all_and_follows_each(tmp_path: Path) -> None:
    preview = Preview(copy_routines(tmp_path))
    tea, coffee = preview.project / "tree/te.yaml", preview.project / "tree/kaffe.yaml"
    try:
        assert until(lambda: f"http://{preview.address}/te/{STATUS}" in preview.said()), preview.said()
        assert "kaffe/index.html" in preview.get("")
        tea.write_text(tea.read_text("utf-8").replace("Slut på teblad", "Slut på påsar"), "utf-8")
        assert until(lambda: "Slut på påsar" in preview.get("te/situation/utan-vatten.html"))
        assert preview.get_bytes("te/checklista/utan-vatten.pdf").startswith(b"%PDF")
        tea.write_text(tea.read_text("utf-8").replace("Rutin för tekokaren", "Rutin för tekannan"), "utf-8")
        assert until(lambda: "Rutin för tekannan" in preview.get(""))
        tea.write_text(tea.read_text("utf-8").replace("ask: fel", "ask: fell"), "utf-8")
        assert until(lambda: "[known-target]" in preview.said())
        coffee.write_text(coffee.read_text("utf-8").replace("Inget vatten", "Ingen mjölk"), "utf-8")
        assert until(lambda: "Ingen mjölk" in preview.get("kaffe/situation/utan-vatten.html"))
        assert "Slut på påsar" in preview.get("te/situation/utan-vatten.html")
        assert "fell" in preview.get(f"te/{STATUS}")
    finally:
        preview.stop()
