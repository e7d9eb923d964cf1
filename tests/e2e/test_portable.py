"""navigator.html: one file, no request, the site's own code; from a mail, a stick or a frame."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from generator.model import Tree
from generator.navigator.single_file import AFTER, ASSETS, MANY
from generator.routine.steps import open_gaps
from tests.conftest import ROOT
from tests.e2e.conftest import open_page
from tests.e2e.own_unit import choose_unit
from tests.tiers import few

ENGINES = ("mkdocs",)  # the file is ours, whatever builds the rest
FAMILY = "inkom=underrattelse&orsak=skuld&hushall=barnfamilj"
WHOLE = f"{FAMILY}&arende-ekonomi=ja&arende-barn-unga=nej&upprepad=nej"
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push(event.blockedURI));
"""


@pytest.fixture
def file(site: Path, tmp_path: Path) -> Path:
    """The file alone, as from a mail."""
    return Path(shutil.copy(site / "navigator.html", tmp_path))


def answer(page: Page, *labels: str) -> None:
    for label in labels:
        page.get_by_role("link", name=label, exact=True).click()


def test_it_holds_the_very_code_of_the_site(file: Path) -> None:
    text = file.read_text("utf-8")
    for name in ASSETS:
        needed = name != MANY  # no question of the real tree has boxes to tick
        assert ((ROOT / "site_overrides/assets" / name).read_text("utf-8") in text) == needed
    pages = (ROOT / "site_overrides/main.html").read_text("utf-8")
    assert all(name in pages for name in AFTER)


def test_it_asks_for_nothing(browser: Browser, file: Path) -> None:
    context = browser.new_context(locale="sv-SE")
    page = open_page(context)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108, a built-in cannot listen
    page.add_init_script(WATCH)
    page.goto(file.as_uri())
    answer(
        page,
        "Underrättelse om hyresskuld eller obetald hyra",
        "Ja, barnfamilj",
        "Bara på ekonomiskt bistånd",
        "Nej, en enstaka",
    )
    choose_unit(page, "ekonomi")
    page.get_by_role("radio", name="Nej, familjen uteblev").check()
    page.get_by_role("button", name="Kopiera till journalen").click()
    page.get_by_text("Varför får jag det här?").locator("visible=true").click()
    assert [request.url for request in asked if not request.url.startswith("data:")] == [file.as_uri()]
    assert page.evaluate("violations") == []
    context.close()


def test_its_policy_lets_no_other_script_in(browser: Browser, file: Path) -> None:
    page = browser.new_context().new_page()  # not watched, since the policy is called on
    text = file.read_text("utf-8")
    injected = text.replace("<main", "<script>window.injected = 1</script><b style='color:red'>x</b><main", 1)
    assert injected != text
    file.write_text(injected, "utf-8")
    page.add_init_script(WATCH)
    page.goto(file.as_uri())
    assert page.evaluate("window.injected") is None
    assert page.evaluate("violations") == ["inline", "inline"]
    expect(page.locator("h1:visible")).to_have_text("Vad har kommit in?")
    page.context.close()


def test_the_first_question_stands_first_in_its_html(plain: Page, file: Path) -> None:
    text = file.read_text("utf-8")
    assert text.index("Vad har kommit in?") < text.index('data-sheet="fraga/skuld"')
    plain.goto(file.as_uri())
    expect(plain.locator("h1:visible")).to_have_text("Vad har kommit in?")


def test_every_id_is_there_once(file: Path) -> None:
    ids = Counter(re.findall(r'\sid="([^"]+)"', file.read_text("utf-8")))
    assert [id for id, count in ids.items() if count > 1] == []
    assert len(ids) > 200


def test_it_opens_where_a_shared_address_points(page: Page, file: Path) -> None:
    page.goto(f"{file.as_uri()}#{FAMILY}")
    expect(page.locator("h1:visible")).to_have_text("Var har hushållet ett aktuellt ärende?")
    expect(page.locator("[data-trail]:visible li > span:first-child")).to_have_text(
        ["Hyresskuld", "Barnfamilj"]
    )
    assert page.title() == "Var har hushållet ett aktuellt ärende? - Förebygga avhysning: Navigator"


@pytest.mark.parametrize(
    "fragment",
    few(["#_sida=situation/finns-inte&x=1", "#_sida=%22%5D", "#_sida=", "#inkom=grannen", "#%F0", "#<b>"], 3),
)
def test_a_broken_address_ends_at_a_question(page: Page, file: Path, fragment: str) -> None:
    page.goto(file.as_uri() + fragment)
    expect(page.locator("h1:visible")).to_have_text("Vad har kommit in?")


def test_back_forward_and_change_work(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    answer(page, "Underrättelse om hyresskuld eller obetald hyra", "Ja, barnfamilj")
    page.go_back()
    expect(page.locator("h1:visible")).to_have_text("Är det en barnfamilj?")
    page.go_back()
    expect(page.locator("h1:visible")).to_have_text("Vad har kommit in?")
    page.go_forward()
    expect(page.locator("h1:visible")).to_have_text("Är det en barnfamilj?")
    page.get_by_role("link", name="Ändra svaret på: Vad har kommit in?").click()
    expect(page.locator("[data-option][aria-current]:visible")).to_have_text(
        "Underrättelse om hyresskuld eller obetald hyra"
    )
    assert page.evaluate("document.activeElement.innerText") == "Vad har kommit in?"


def test_starting_over_forgets_the_case(page: Page, file: Path) -> None:
    page.goto(f"{file.as_uri()}#_sida=situation/barnfamilj-ekonomi-skuld&{WHOLE}")
    page.locator(".r-tick input:visible").first.check()
    page.get_by_role("link", name="Börja om").click()
    expect(page.locator("h1:visible")).to_have_text("Vad har kommit in?")
    page.goto("about:blank")
    page.goto(f"{file.as_uri()}#_sida=situation/barnfamilj-ekonomi-skuld&{WHOLE}")
    expect(page.locator(".r-tick input:visible").first).not_to_be_checked()


def test_a_gap_s_name_leads_to_the_gap_in_the_same_file(page: Page, file: Path, tree: Tree) -> None:
    gap = open_gaps(tree, "barnfamilj-ekonomi-upprepad-skuld")[0]
    title = str(gap.title)
    page.goto(f"{file.as_uri()}#_sida=situation/barnfamilj-ekonomi-upprepad-skuld")
    page.get_by_text(title).locator("visible=true").first.click()
    page.locator(f"a[href='#luckor--{gap.id}']:visible").get_by_text("Läs mer om luckan").first.click()
    expect(page.locator("h1:visible")).to_have_text("Luckor i rutinen")
    expect(page.get_by_role("heading", name=title)).to_be_in_viewport()


def test_it_works_in_a_frame_that_forbids_storage(browser: Browser, base: str) -> None:
    context = browser.new_context(locale="sv-SE")
    page = open_page(context)
    page.goto(base + "404.html")
    frame_html = (
        f'<iframe sandbox="allow-scripts" src="{base}navigator.html" width="800" height="900"></iframe>'
    )
    page.evaluate("(html) => { document.body.innerHTML = html; }", frame_html)
    frame = page.frame_locator("iframe")
    for option in ("hyresskuld", "barnfamilj", "bara-barn-unga"):
        frame.locator(f'[data-option="{option}"]:visible').click()
    frame.locator("input[data-unit-choice][value=ekonomi]:visible").check()
    expect(frame.locator("li.r-others:visible").first).to_be_visible()
    frame.locator(".r-tick input:visible").first.check()
    frame.get_by_role("button", name="Rensa bockar och händelser").click()
    expect(frame.locator(".r-tick input:visible").first).not_to_be_checked()
    context.close()


def test_it_follows_the_reader_s_light_or_dark(page: Page, file: Path) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(file.as_uri())
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(color_scheme="light")
    page.wait_for_function("(dark) => getComputedStyle(document.body).backgroundColor !== dark", arg=dark)
