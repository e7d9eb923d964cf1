"""The navigator as it is used: answers changed, ways back, shared and broken addresses, keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import open_page

FAMILY = "inkom=underrattelse&orsak=skuld&hushall=barnfamilj"
WHOLE = f"{FAMILY}&arende-ekonomi=ja&arende-barn-unga=nej&upprepad=nej"


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


def trail(page: Page) -> list[str]:
    items = page.locator("[data-trail] li > span:first-child")
    return [text.strip() for text in items.all_inner_texts()]


def choose(page: Page, *labels: str) -> None:
    for label in labels:
        page.get_by_role("link", name=label, exact=True).click()


def change(page: Page, question: str) -> None:
    page.get_by_role("link", name=f"Ändra svaret på: {question}").click()


def test_the_first_question_is_in_the_html(plain: Page, base: str) -> None:
    plain.goto(base + "index.html")
    assert heading(plain) == "Vad har kommit in?"
    assert plain.locator("[data-option]").count() == 4


def test_answers_stand_above_the_question(page: Page, base: str) -> None:
    page.goto(base + "index.html")
    choose(page, "Underrättelse om hyresskuld eller obetald hyra", "Ja, barnfamilj")
    assert heading(page) == "Var har hushållet ett aktuellt ärende?"
    assert trail(page) == ["Hyresskuld", "Barnfamilj"]
    assert page.title().startswith("Var har hushållet ett aktuellt ärende?")


def test_the_heading_gets_focus_so_that_it_is_announced(page: Page, base: str) -> None:
    page.goto(base + "index.html")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    choose(page, "Underrättelse om störning i boendet")
    assert page.evaluate("document.activeElement.innerText") == "Är det en barnfamilj?"


UNDER = "([x, y]) => Boolean(document.elementFromPoint(x, y)?.closest('[data-option]'))"


@pytest.mark.parametrize("start", ["index.html#", "navigator.html#_sida=fraga/skuld&"])
def test_the_second_click_of_a_double_click_answers_nothing(page: Page, base: str, start: str) -> None:
    could_have = 0
    for number in range(2):
        page.goto("about:blank")
        page.goto(f"{base}{start}inkom=underrattelse&orsak=skuld")
        box = page.locator("[data-option]:visible").nth(number).bounding_box()
        assert box
        at = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.click(*at)
        expect(page.locator("h1:visible")).to_have_text("Var har hushållet ett aktuellt ärende?")
        could_have += page.evaluate(UNDER, at)
        page.mouse.down(click_count=2)
        page.mouse.up(click_count=2)
        page.wait_for_timeout(100)
        expect(page.locator("h1:visible")).to_have_text("Var har hushållet ett aktuellt ärende?")
    assert could_have


def test_on_a_phone_the_second_tap_of_two_at_once_answers_nothing(browser: Browser, base: str) -> None:
    """Some say of each that it is a first one. A moment later it is."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, locale="sv-SE"
    )
    page, could_have = open_page(context), 0
    for number in range(2):
        page.goto("about:blank")
        page.goto(f"{base}index.html#inkom=underrattelse&orsak=skuld")
        option = page.locator("[data-option]").nth(number)
        option.scroll_into_view_if_needed()
        box = option.bounding_box()
        assert box
        at = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_timeout(400)  # a tap on a page that has just come is the second of two, as well
        for _ in range(2):
            page.mouse.click(*at)
        expect(page.locator("h1")).to_have_text("Var har hushållet ett aktuellt ärende?")
        page.wait_for_timeout(400)
        assert heading(page) == "Var har hushållet ett aktuellt ärende?"
        if page.evaluate(UNDER, at):
            could_have += 1
            page.mouse.click(*at)
            expect(page.locator("h1")).not_to_have_text("Var har hushållet ett aktuellt ärende?")
    assert could_have
    context.close()


def test_a_link_half_way_names_its_question(page: Page, base: str) -> None:
    page.goto(base + "index.html#inkom=underrattelse&orsak=skuld")
    expect(page.locator("h1")).to_have_text("Är det en barnfamilj?")
    assert page.title().startswith("Är det en barnfamilj?")


def test_the_heading_of_the_end_has_focus(page: Page, base: str) -> None:
    page.goto(base + "index.html#inkom=kronofogden")
    page.locator("[data-option]").first.click()
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator("h1")).to_contain_text("Kronofogden")


def test_an_answer_is_changed_without_losing_the_others(page: Page, base: str) -> None:
    page.goto(f"{base}index.html#{FAMILY}&arende-ekonomi=ja&arende-barn-unga=nej")
    assert heading(page) == "Är det en upprepad hyresskuld?"
    change(page, "Vad har kommit in?")
    assert heading(page) == "Vad har kommit in?"
    expect(page.locator("[data-option][aria-current]")).to_have_text(
        "Underrättelse om hyresskuld eller obetald hyra"
    )
    choose(page, "Underrättelse om störning i boendet")
    assert heading(page) == "Är det en upprepad störning?"
    assert trail(page) == ["Störning", "Barnfamilj", "Ärende på ekonomiskt bistånd"]


def test_an_answer_is_changed_from_the_situation_too(page: Page, base: str) -> None:
    page.goto(f"{base}situation/barnfamilj-ekonomi-skuld.html#{WHOLE}")
    assert trail(page) == ["Hyresskuld", "Barnfamilj", "Ärende på ekonomiskt bistånd", "Enstaka hyresskuld"]
    change(page, "Är det en barnfamilj?")
    choose(page, "Nej, hushåll utan barn")
    page.wait_for_url("**/situation/utan-barn-ekonomi-skuld.html*")
    assert "arende-ekonomi=ja" in page.url


def test_answers_that_are_asked_for_again_stay(page: Page, base: str) -> None:
    page.goto(f"{base}index.html#{WHOLE}&_fraga=start")
    choose(page, "Meddelande från Kronofogden om avhysning")
    page.wait_for_url("**/situation/kronofogden-barnfamilj.html*")
    assert trail(page) == ["Kronofogden", "Barnfamilj"]
    page.locator("[data-onward]").first.click()
    page.wait_for_function("() => document.querySelector('h1')?.innerText.includes('orsaken')")
    choose(page, "Hyresskuld eller obetald hyra")
    page.wait_for_url("**/situation/barnfamilj-ekonomi-skuld.html*")


def test_back_and_forward_walk_the_questions(page: Page, base: str) -> None:
    page.goto(base + "index.html")
    choose(page, "Underrättelse om hyresskuld eller obetald hyra", "Ja, barnfamilj", "Bara på barn och unga")
    page.wait_for_url("**/situation/**")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Var har hushållet ett aktuellt ärende?")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Är det en barnfamilj?")
    assert trail(page) == ["Hyresskuld"]
    page.go_back()
    expect(page.locator("h1")).to_have_text("Vad har kommit in?")
    page.go_forward()
    expect(page.locator("h1")).to_have_text("Är det en barnfamilj?")


def test_an_address_is_shared_and_reopened(page: Page, base: str) -> None:
    page.goto(f"{base}index.html#{FAMILY}")
    assert heading(page) == "Var har hushållet ett aktuellt ärende?"
    page.reload()
    assert trail(page) == ["Hyresskuld", "Barnfamilj"]


def test_an_address_with_every_answer_opens_the_situation(page: Page, base: str) -> None:
    page.goto(f"{base}index.html#{WHOLE}")
    page.wait_for_url("**/situation/barnfamilj-ekonomi-skuld.html*")
    assert trail(page)[-1] == "Enstaka hyresskuld"


def test_a_broken_address_says_so_and_keeps_what_fits(page: Page, base: str) -> None:
    page.goto(f"{base}index.html#inkom=underrattelse&orsak=skuld&hushall=slott&x=<b>y</b>&%F0=")
    assert heading(page) == "Är det en barnfamilj?"
    message = page.locator("[data-message]").inner_text()
    assert "hushall=slott" in message
    assert "De andra svaren är kvar" in message
    assert page.locator("[data-message] b").count() == 0
    assert trail(page) == ["Hyresskuld"]


@pytest.mark.parametrize(
    ("fragment", "asked", "told"),
    [
        ("inkom=kronofogden&hushall=barnfamilj&xx=1", "Kronofogden har meddelat", "xx=1"),
        ("_fraga=finns-inte", "Vad har kommit in?", "Inga svar är kvar"),
        (
            "inkom=underrattelse&orsak=skuld&_fraga=skuld-barnfamilj-ekonomi",
            "Är det en barnfamilj?",
            "_fraga=",
        ),
    ],
)
def test_what_is_broken_is_told_wherever_it_leads(
    page: Page, base: str, fragment: str, asked: str, told: str
) -> None:
    page.goto(f"{base}index.html#{fragment}")
    expect(page.locator("h1")).to_contain_text(asked)
    assert told in page.locator("[data-message]").inner_text()


@pytest.mark.parametrize(
    "answers",
    [
        "#inkom%3Dunderrattelse%26orsak%3Dskuld",
        "#inkom%253Dunderrattelse%2526orsak%253Dskuld",
        "#inkom=underrattelse%26orsak=skuld",
        "?inkom=underrattelse&orsak=skuld",
        "?inkom%3Dunderrattelse%26orsak%3Dskuld#innehall",
    ],
)
def test_an_address_that_was_changed_on_its_way_still_works(page: Page, base: str, answers: str) -> None:
    page.goto(f"{base}index.html{answers}")
    assert heading(page) == "Är det en barnfamilj?"
    assert trail(page) == ["Hyresskuld"]
    page.get_by_role("link", name="Ja, barnfamilj").click()
    assert trail(page) == ["Hyresskuld", "Barnfamilj"]
    page.go_back()
    assert heading(page) == "Är det en barnfamilj?"


def test_a_query_of_answers_that_cannot_be_used_is_told_and_one_of_another_s_is_not(
    page: Page, base: str
) -> None:
    page.goto(f"{base}index.html?inkom=slott")
    assert "inkom=slott" in page.locator("[data-message]").inner_text()
    page.goto(f"{base}index.html?h=orsak&web=1")
    assert page.locator("[data-message]").inner_text() == ""


@pytest.mark.engines
def test_the_skip_link_keeps_every_answer(page: Page, base: str) -> None:
    page.goto(f"{base}index.html#{FAMILY}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innehall"
    assert trail(page) == ["Hyresskuld", "Barnfamilj"]
    assert heading(page) == "Var har hushållet ett aktuellt ärende?"


def test_an_outdated_address_says_where_the_answers_lead_now(page: Page, base: str) -> None:
    page.goto(f"{base}situation/barnfamilj-barn-unga-skuld.html#{WHOLE}")
    assert "leder numera till en annan sida" in page.locator("[data-message]").inner_text()
    page.get_by_role("link", name="Gå till den sidan").click()
    page.wait_for_url("**/situation/barnfamilj-ekonomi-skuld.html*")


def test_an_anchor_is_not_taken_for_an_answer(page: Page, base: str) -> None:
    page.goto(f"{base}situation/barnfamilj-ekonomi-skuld.html#kalla")
    assert page.locator("[data-message]").inner_text() == ""
    assert page.locator("[data-trail]").is_hidden()


def test_starting_over_forgets_every_answer(page: Page, base: str) -> None:
    page.goto(f"{base}index.html#{FAMILY}")
    choose(page, "Börja om")
    page.wait_for_url(base + "index.html")
    assert heading(page) == "Vad har kommit in?"
    assert page.locator("[data-trail]").is_hidden()


def test_kronofogden_leads_on_and_is_remembered(page: Page, base: str) -> None:
    page.goto(base + "index.html")
    choose(page, "Meddelande från Kronofogden om avhysning", "Ja, barnfamilj")
    page.wait_for_url("**/situation/kronofogden-barnfamilj.html*")
    page.locator("[data-onward]").first.click()
    page.wait_for_function("() => document.querySelector('h1')?.innerText.includes('orsaken')")
    choose(page, "Hyresskuld eller obetald hyra", "Bara på barn och unga")
    page.wait_for_url("**/situation/barnfamilj-barn-unga-skuld.html*")
    assert trail(page) == ["Kronofogden", "Barnfamilj", "Hyresskuld", "Ärende på barn och unga"]
    message = page.locator("[data-message]")
    message.get_by_text("Att göra samma dag: 2 steg").click()
    expect(message.get_by_role("link")).to_have_text("Kronofogden har meddelat avhysning: barnfamilj")
    expect(page.locator(".r-facts")).to_be_hidden()  # the answers say how it came in


def test_from_a_gap_each_way_on_keeps_the_other_answers(page: Page, base: str) -> None:
    page.goto(f"{base}index.html#{FAMILY}")
    choose(page, "På båda")
    page.wait_for_url("**/lucka/barnfamilj-arende-pa-bada.html*")
    ways = page.locator("[data-as]:visible")
    assert [text.strip() for text in ways.all_inner_texts()] == [
        "Se stegen för ärende bara på enheten för ekonomiskt bistånd",
        "Se stegen för ärende bara på enheten för barn och unga",
    ]
    ways.nth(1).click()
    page.wait_for_url("**/situation/barnfamilj-barn-unga-skuld.html*")
    assert trail(page) == ["Hyresskuld", "Barnfamilj", "Ärende på barn och unga"]


def test_behind_a_gap_the_other_ways_are_kept_in_sight(page: Page, base: str) -> None:
    page.goto(base + "index.html")
    choose(page, "Underrättelse om både hyresskuld och störning")
    page.wait_for_url("**/lucka/skuld-och-storning.html*")
    page.locator("[data-as]:visible").first.click()
    page.wait_for_url("**/fraga/skuld.html*")
    expect(page.locator("[data-message]")).to_contain_text("Rutinen är oklar om stegen i det här fallet")
    choose(page, "Ja, barnfamilj", "Bara på barn och unga")
    page.wait_for_url("**/situation/barnfamilj-barn-unga-skuld.html*")
    page.locator("[data-message]").get_by_role("link", name="Hyresskuld och störning samtidigt").click()
    page.wait_for_url("**/lucka/skuld-och-storning.html*")
    page.locator("[data-as]:visible").nth(1).click()
    page.wait_for_url("**/situation/barnfamilj-barn-unga-storning.html*")


def test_a_question_s_own_page_goes_on_in_place(page: Page, base: str) -> None:
    page.goto(base + "fraga/skuld.html")
    assert trail(page) == ["Hyresskuld"]
    choose(page, "Ja, barnfamilj")
    assert heading(page) == "Var har hushållet ett aktuellt ärende?"
    page.reload()
    assert heading(page) == "Var har hushållet ett aktuellt ärende?"


@pytest.mark.parametrize("start", ["index.html", "fraga/skuld.html"])
def test_what_is_unclear_about_a_question_leads_to_the_list_from_any_page(
    page: Page, base: str, start: str
) -> None:
    page.goto(base + start)
    page.locator("[data-option]").first.click()
    page.locator("[data-question] > p a").click()
    page.wait_for_url("**/luckor.html#vad-ar-barnfamilj")


@pytest.mark.engines
def test_the_menu_of_a_narrow_screen_works_by_keyboard(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(base + "index.html")
    button = page.get_by_role("button", name="Navigation")
    for _ in range(3):
        page.keyboard.press("Tab")
        shown = page.evaluate("document.activeElement.getBoundingClientRect().left")
        assert 0 <= shown < 320
        if button.evaluate("(b) => b === document.activeElement"):
            break
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Vem gör vad").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")


def test_a_modified_click_opens_the_page_elsewhere(page: Page, base: str) -> None:
    page.goto(base + "index.html")
    with page.context.expect_page() as opened:
        page.locator('[data-option="hyresskuld"]').click(modifiers=["ControlOrMeta"])
    opened.value.wait_for_url(lambda url: "fraga/skuld.html#inkom=underrattelse&orsak=skuld" in url)
    assert heading(page) == "Vad har kommit in?"


def test_a_shared_address_never_flashes_the_first_question(page: Page, base: str) -> None:
    page.add_init_script(
        """
        window.seen = [];
        const look = () => {
          const heading = document.querySelector("h1");
          if (heading && heading.checkVisibility({ visibilityProperty: true })) seen.push(heading.innerText);
          requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
        """
    )
    page.goto(f"{base}index.html#{FAMILY}")
    page.wait_for_timeout(300)
    assert set(page.evaluate("seen")) == {"Var har hushållet ett aktuellt ärende?"}


@pytest.mark.parametrize("path", ["index.html", "situation/barnfamilj-ekonomi-skuld.html"])
def test_a_shared_address_moves_nothing_after_it_is_shown(page: Page, base: str, path: str) -> None:
    page.add_init_script(
        """
        window.shifts = 0;
        new PerformanceObserver((list) => { for (const e of list.getEntries()) shifts += e.value; })
          .observe({ type: "layout-shift", buffered: true });
        """
    )
    page.goto(f"{base}{path}#{FAMILY if path == 'index.html' else WHOLE}")
    page.wait_for_timeout(300)
    assert page.evaluate("shifts") < 0.01


def test_a_click_costs_at_most_two_frames(page: Page, base: str) -> None:
    page.goto(base + "index.html")
    frames = page.evaluate(
        """() => new Promise((done) => {
          const before = document.querySelector("h1").innerText;
          let frames = 0;
          const look = () => {
            frames += 1;
            if (document.querySelector("h1").innerText !== before || frames > 20) done(frames);
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
          document.querySelector("[data-option]").click();
        })"""
    )
    assert frames <= 2


def test_it_works_from_a_file(browser: Browser, site: Path) -> None:
    context = browser.new_context(locale="sv-SE")
    page = open_page(context)
    page.goto((site / "index.html").as_uri())
    choose(page, "Underrättelse om hyresskuld eller obetald hyra", "Ja, barnfamilj", "Bara på barn och unga")
    page.wait_for_url("**/situation/barnfamilj-barn-unga-skuld.html*")
    assert trail(page) == ["Hyresskuld", "Barnfamilj", "Ärende på barn och unga"]
    page.go_back()
    expect(page.locator("h1")).to_have_text("Var har hushållet ett aktuellt ärende?")
    context.close()


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "start"),
        ({"inkom": "underrattelse", "orsak": "bada"}, "skuld-och-storning"),
        ({"inkom": "kronofogden", "hushall": "utan-barn"}, "kronofogden-utan-barn"),
        ({"inkom": "kronofogden", "hushall": "utan-barn", "orsak": "skuld"}, "skuld-utan-barn"),
        ({"orsak": "skuld"}, "start"),
    ],
)
def test_the_logic_is_pure_and_runs_without_a_page(
    page: Page, site: Path, facts: dict[str, str], expected: str
) -> None:
    page.goto("about:blank")
    for name in ("navigator-logic.js", "navigator-data.js"):
        page.add_script_tag(content=(site / "assets" / name).read_text("utf-8"))
    result: dict[str, Any] = page.evaluate("(facts) => rutinLogic.follow(rutinData, facts)", facts)
    assert result["at"] == expected
