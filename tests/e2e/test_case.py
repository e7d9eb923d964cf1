"""The case at hand: what has happened, ticks, the text for the record, why, and mail about a mistake."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import etree
from playwright.sync_api import Browser, Locator, Page, expect

from generator.locale import t
from generator.model import Condition, Situation, Tree
from generator.routine.steps import placed_steps
from tests.e2e.conftest import open_page
from tests.e2e.own_unit import choose_unit
from tests.tiers import few

FAMILY = (
    "inkom=underrattelse&orsak=skuld&hushall=barnfamilj&arende-ekonomi=ja&arende-barn-unga=nej&upprepad=nej"
)
FIRST = f"situation/barnfamilj-ekonomi-skuld.html#{FAMILY}"
ADULT = "situation/utan-barn-ekonomi-skuld.html"
NOT_YET = "Familjen var inte hemma, men upprepade försök är inte gjorda än (rutinen säger inte hur många)"


def visible(page: Page) -> list[str]:
    steps = page.locator("li.r-step:visible:not([data-is=waiting], [data-is=off])")
    return [str(id).split("/")[1] for id in steps.evaluate_all("(all) => all.map((s) => s.dataset.step)")]


def tick(page: Page, number: int) -> Locator:
    return page.locator(f"li.r-step[value='{number}'] > .r-tick input")


def answer(page: Page, label: str) -> None:
    page.get_by_role("radio", name=label, exact=True).and_(page.locator(":visible")).check()


def test_later_phases_open_as_events_are_chosen(page: Page, base: str) -> None:
    page.goto(base + FIRST)
    assert "aviserat-hembesok" not in visible(page)
    expect(page.get_by_text("Vad hände vid det aviserade hembesöket?")).to_be_hidden()
    answer(page, "Nej, familjen uteblev")
    assert visible(page)[-1] == "aviserat-hembesok"
    answer(page, "Familjen var inte hemma, och kontakt har inte nåtts trots upprepade försök")
    assert visible(page)[-1] == "oanmalt-hembesok"
    answer(page, "Ja, familjen kom")
    assert visible(page)[-1] == "komma-overens"
    expect(page.get_by_text("Vad hände vid det aviserade hembesöket?")).to_be_hidden()


def test_when_the_contact_succeeds_the_gap_says_what_the_routine_does_not(page: Page, base: str) -> None:
    page.goto(base + FIRST)
    answer(page, "Ja, familjen kom")
    expect(page.locator("[data-told=unmet]:visible summary")).to_contain_text("Oklart: När kontakten lyckas")


def test_what_is_still_to_be_tried_follows_the_ticks(page: Page, base: str) -> None:
    page.goto(base + FIRST)
    answer(page, "Nej, familjen uteblev")
    answer(page, NOT_YET)
    left = page.locator("[data-attempt]:visible")
    expect(left).to_have_text(["Brev", "Telefon", "Aviserat besök eller hembesök"])
    tick(page, 4).check()
    expect(left).to_have_text(["Telefon", "Aviserat besök eller hembesök"])
    tick(page, 6).check()
    tick(page, 8).check()
    expect(left).to_have_count(0)
    expect(page.get_by_text("Alla sätt som rutinen nämner är bockade.")).to_be_visible()
    assert "oanmalt-hembesok" not in visible(page)


def test_a_way_that_the_situation_has_no_step_for_says_so(page: Page, base: str) -> None:
    page.goto(base + "situation/barnfamilj-ej-aktuell-upprepad-skuld.html")
    answer(page, "Nej, familjen uteblev")
    answer(page, NOT_YET)
    expect(page.locator("[data-attempt]:visible").first).to_have_text("Brev (stegen här nämner det inte)")


def test_what_is_confirmed_with_the_landlord_is_asked_before_the_step(page: Page, base: str) -> None:
    page.goto(base + ADULT)
    asked = "Är hyresskulden fortfarande oreglerad enligt hyresvärden/störningsjouren?"
    legend = page.locator("legend").get_by_text(asked).first
    expect(legend).to_be_hidden()
    answer(page, "Nej, inte hört av sig")
    expect(legend).to_be_visible()
    assert "kalla" not in visible(page)
    answer(page, "Nej")
    assert "kalla" not in visible(page)
    expect(page.locator("[data-told=no]:visible summary")).to_contain_text(
        "När villkoret för nästa steg inte"
    )
    answer(page, "Ja")
    assert visible(page)[-1] == "kalla"
    expect(page.get_by_text("Kom den enskilde till det bokade besöket?")).to_be_visible()


def test_a_step_without_an_event_never_waits_and_every_situation_opens_to_its_last_step(
    page: Page, base: str, tree: Tree
) -> None:
    """Whatever an event is called: answered all the way, every step stands open."""
    for situation in few(tree.situations, 6):
        steps = placed_steps(tree, situation)
        page.goto(f"{base}situation/{situation.id}.html")
        assert visible(page) == [
            str(p.step.key) for p in steps if not p.step.when or not tree.get(p.step.when, Condition).event
        ]
        for event in page.locator("[data-event]").all():
            event.locator("[data-asks] [value=met]").check()
            if event.locator("[data-confirms]").count():
                event.locator("[data-confirms] [value=yes]").check()
        assert visible(page) == [str(p.step.key) for p in steps]


def test_waiting_steps_are_in_sight_and_say_what_they_say(page: Page, base: str, tree: Tree) -> None:
    page.goto(base + FIRST)
    for placed in placed_steps(tree, tree.get("barnfamilj-ekonomi-skuld", Situation)):
        expect(page.locator(f'[data-step="{placed.id}"] .r-text')).to_be_visible()
    expect(page.locator("[data-is=waiting]")).to_have_count(2)


def test_no_word_from_the_landlord_leaves_the_step_waiting(page: Page, base: str) -> None:
    page.goto(base + ADULT)
    answer(page, "Nej, inte hört av sig")
    answer(page, "Inget besked")
    expect(page.locator("[data-told=none]:visible")).to_contain_text("Stegen väntar på ett besked.")
    assert page.locator('[data-step$="/kalla"]').get_attribute("data-is") == "waiting"


INTENSIFY, TOGETHER = "intensifiera-kontaktforsok", "besok-med-hyresvard"


@pytest.mark.parametrize(
    ("case", "step", "answers", "stands"),
    [
        ("utan-barn-ej-aktuell-upprepad-skuld", INTENSIFY, ["Nej, inte hört av sig", "Ja"], "open"),
        ("utan-barn-ej-aktuell-upprepad-skuld", INTENSIFY, ["Ja, har hört av sig"], "waiting"),
        (
            "utan-barn-ej-aktuell-upprepad-skuld",
            INTENSIFY,
            ["Ja, har hört av sig", "Ja, kom till besöket"],
            "off",
        ),
        ("utan-barn-ekonomi-upprepad-skuld", INTENSIFY, ["Nej, inte hört av sig", "Nej"], "off"),
        ("barnfamilj-ekonomi-upprepad-storning", TOGETHER, ["Nej, familjen uteblev"], "open"),
        ("barnfamilj-ekonomi-upprepad-storning", TOGETHER, ["Ja, familjen kom"], "off"),
    ],
)
def test_what_is_said_of_other_steps_is_left_for_as_long_as_they_are(
    page: Page, base: str, case: str, step: str, answers: list[str], stands: str
) -> None:
    page.goto(f"{base}situation/{case}.html")
    for label in answers:
        answer(page, label)
    assert page.locator(f"[data-step='{case}/{step}']").get_attribute("data-is") == stands
    begins = {"open": "- ", "waiting": "Väntar på vad som händer: ", "off": "Gäller inte enligt svaren: "}[
        stands
    ]
    (line,) = (
        line
        for line in record(page).splitlines()
        if re.search("intensifiera|tillsammans med hyresvärd", line, re.IGNORECASE)
    )
    assert line.startswith(begins)


@pytest.mark.parametrize("label", ["Ja, familjen kom", "Ja, har hört av sig"])
def test_contact_opens_what_the_routine_says_of_the_time_after(page: Page, base: str, label: str) -> None:
    page.goto(base + (FIRST if "familjen" in label else ADULT))
    after = page.locator("#efter-kontakt")
    assert after.get_attribute("open") is None
    answer(page, label)
    for text in ("ta fram en handlingsplan tillsammans med hushållet", "efter ansökan från hushållet"):
        expect(after.get_by_text(text)).to_be_visible()
    expect(after.locator(".r-cite:visible").first).to_contain_text("Rutin, stycke 1")
    expect(after.locator(".r-force:visible").first).to_have_text("Ska")
    expect(page.locator("[data-told=unmet]:visible .r-gap p").first).to_be_visible()


def test_what_is_said_of_the_time_after_folds_when_the_answer_is_another(page: Page, base: str) -> None:
    page.goto(base + FIRST)
    after = page.locator("[data-after]")
    for label, open_ in (("Ja, familjen kom", True), ("Nej, familjen uteblev", False)):
        answer(page, label)
        expect(after.locator(".r-row").first).to_be_visible(visible=open_)


@pytest.mark.parametrize(
    "case", ["situation/utan-barn-ej-aktuell-skuld.html", FIRST.split("#", maxsplit=1)[0]]
)
def test_no_heading_stands_over_nothing(page: Page, base: str, case: str) -> None:
    """Who came by Kronofogden is not told once more to look there."""
    household = "utan-barn" if "utan-barn" in case else "barnfamilj"
    answers = f"inkom=kronofogden&orsak=skuld&hushall={household}&arende-ekonomi=nej&upprepad=nej"
    page.goto(
        f"{base}{case}#{answers.replace('nej', 'ja', 1) if case in FIRST else answers}&arende-barn-unga=nej"
    )
    expect(page.locator("[data-message]")).not_to_be_empty()
    shown = page.locator(".r-too .r-side > *:visible").count()
    expect(page.locator("#galler-ocksa")).to_be_visible(visible=bool(shown))
    assert bool(shown) is (household == "barnfamilj")


def test_a_step_that_says_the_same_keeps_its_tick_when_an_answer_is_changed(page: Page, base: str) -> None:
    page.goto(base + FIRST)
    tick(page, 1).check()
    tick(page, 3).check()
    page.locator('[data-change="skuld-barnfamilj-ekonomi"]').click()
    page.locator("[data-option=ja]").click()
    page.wait_for_url("**/situation/barnfamilj-ekonomi-upprepad-skuld.html*")
    expect(tick(page, 1)).to_be_checked()  # registers, in both
    message = page.locator("[data-message]")
    expect(message).to_have_text(f"{t('copying.lost').strip()} Lämna kopia av underrättelsen")
    expect(tick(page, 3)).not_to_be_checked()  # another unit is told, and in another way
    tick(page, 1).uncheck()
    page.reload()
    expect(message).to_contain_text("Lämna kopia av underrättelsen")
    assert record(page).endswith(f"{t('copying.lost')}Lämna kopia av underrättelsen")
    page.locator('[data-change="skuld-barnfamilj-ekonomi"]').click()
    page.locator("[data-option=nej]").click()
    page.wait_for_url("**/situation/barnfamilj-ekonomi-skuld.html*")
    expect(tick(page, 1)).not_to_be_checked()
    expect(tick(page, 3)).to_be_checked()
    tick(page, 3).uncheck()
    page.locator('[data-change="skuld-barnfamilj-ekonomi"]').click()
    page.locator("[data-option=ja]").click()
    page.wait_for_url("**/situation/barnfamilj-ekonomi-upprepad-skuld.html*")
    expect(message).to_have_text("")  # what is no longer ticked there
    assert t("copying.lost").strip() not in record(page)


def test_another_case_by_another_way_begins_without_ticks(page: Page, base: str) -> None:
    page.goto(base + FIRST)
    tick(page, 1).check()
    other = FAMILY.replace("upprepad=nej", "upprepad=ja")
    page.goto(f"{base}situation/barnfamilj-ekonomi-upprepad-skuld.html#{other}")
    expect(tick(page, 1)).not_to_be_checked()


def test_same_day_duties_stand_first_and_say_so(page: Page, base: str) -> None:
    page.goto(base + "situation/kronofogden-barnfamilj.html")
    first = page.locator("li.r-step").first
    assert first.locator(".r-when--urgent").inner_text() == "Samma dag som meddelandet har tagits emot:"
    assert visible(page)[0] == "bekrafta-till-kronofogden"
    page.goto(
        f"{base}situation/barnfamilj-ekonomi-skuld.html#{FAMILY.replace('underrattelse', 'kronofogden')}"
    )
    message = page.locator("[data-message]")
    assert message.inner_text() == "Att göra samma dag: 2 steg"
    message.locator("summary").click()
    expect(message).to_contain_text("Socialtjänsten ska skicka en bekräftelse till Kronofogden.")


def test_ticks_stay_for_this_case_in_this_tab_only(browser: Browser, base: str) -> None:
    context = browser.new_context(locale="sv-SE")
    page = open_page(context)
    page.goto(base + FIRST)
    tick(page, 1).check()
    answer(page, "Nej, familjen uteblev")
    page.reload()
    expect(tick(page, 1)).to_be_checked()
    assert visible(page)[-1] == "aviserat-hembesok"
    page.goto(base + "situation/barnfamilj-ekonomi-skuld.html")  # the same page, not the same case
    expect(tick(page, 1)).not_to_be_checked()
    other = open_page(context)
    other.goto(base + FIRST)
    expect(tick(other, 1)).not_to_be_checked()
    assert other.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('rutin'))") == []
    context.close()


def test_one_button_clears_ticks_and_events(page: Page, base: str) -> None:
    page.goto(base + FIRST)
    tick(page, 1).check()
    answer(page, "Nej, familjen uteblev")
    page.get_by_role("button", name="Rensa bockar och händelser").click()
    expect(page.get_by_text("Bockar och händelser är rensade.")).to_be_visible()
    assert page.locator("[data-end] input:checked:not([data-unit-choice])").count() == 0
    assert visible(page)[-1] == "komma-overens"
    page.reload()
    assert page.locator("[data-end] input:checked:not([data-unit-choice])").count() == 0


def test_starting_over_forgets_the_case(page: Page, base: str) -> None:
    page.goto(base + FIRST)
    tick(page, 1).check()
    page.get_by_role("link", name="Börja om").click()
    page.wait_for_url(base + "index.html")
    page.goto(base + FIRST)
    expect(tick(page, 1)).not_to_be_checked()


@pytest.mark.parametrize("clears", ["[data-do=clear]", "a.r-restart"])
def test_what_is_cleared_is_cleared_in_every_tab_with_the_case(
    browser: Browser, base: str, clears: str
) -> None:
    context = browser.new_context(locale="sv-SE")
    page, same, another = (open_page(context) for _ in range(3))
    for tab, case in ((page, FIRST), (same, FIRST), (another, FIRST.replace("underrattelse", "kronofogden"))):
        tab.goto(base + case)
        tick(tab, 1).check()
    page.locator(clears).first.click()
    expect(tick(same, 1)).not_to_be_checked()
    expect(tick(another, 1)).to_be_checked()
    for tab in (same, another):
        tab.reload()
    expect(tick(same, 1)).not_to_be_checked()
    expect(tick(another, 1)).to_be_checked()
    assert another.evaluate("Object.keys(localStorage).filter((key) => key.includes('rutin'))") == []
    context.close()


def test_going_back_to_the_first_question_forgets_nothing(page: Page, base: str) -> None:
    page.goto(base + "index.html")
    page.goto(base + FIRST)
    tick(page, 1).check()
    page.go_back()
    expect(page.locator("h1")).to_have_text("Vad har kommit in?")
    page.go_forward()
    expect(tick(page, 1)).to_be_checked()


@pytest.mark.parametrize("kept", few(["{", "[]", "null", '"x"', "7", '{"a": 1}']))
def test_whatever_is_kept_in_the_tab_breaks_nothing(page: Page, base: str, kept: str) -> None:
    page.goto(base + FIRST)
    page.evaluate("(kept) => sessionStorage.setItem('/rutin.arende', kept)", kept)
    page.reload()
    tick(page, 1).check()
    page.reload()
    expect(tick(page, 1)).to_be_checked()


def test_it_says_that_it_is_no_record(page: Page, base: str) -> None:
    page.goto(base + FIRST)
    expect(page.get_by_text("De är ingen journal")).to_be_visible()


def test_nothing_about_a_person_can_be_entered(site: Path) -> None:
    """Anywhere: the only field to write in is the search."""
    fields = (
        "//input[not(@type='radio' or @type='checkbox')] | //textarea[not(@readonly)] | //*[@contenteditable]"
    )
    for path in site.rglob("*.html"):
        page = etree.fromstring(path.read_bytes(), parser=etree.HTMLParser(encoding="utf-8"))
        names = [field.get("data-md-component") for field in page.xpath(fields)]
        assert names in ([], ["search-query"]), path


def record(page: Page, button: str = "Kopiera till journalen") -> str:
    page.get_by_role("button", name=button).click()
    expect(page.locator("[data-done]")).not_to_have_text("")
    return page.get_by_label("Det som kopierades").input_value()


def test_the_text_of_a_gap_says_that_the_routine_gives_no_answer(page: Page, base: str) -> None:
    page.goto(f"{base}lucka/skuld-och-storning.html#inkom=underrattelse&orsak=bada")
    text = record(page)
    assert "Orsak: Både hyresskuld och störning." in text
    assert "Oklart i rutinen:\nHyresskuld och störning samtidigt. Rutinen har egna steg" in text


BY_KRONOFOGDEN = "inkom=kronofogden&hushall=barnfamilj"
GONE_ON = f"{BY_KRONOFOGDEN}&orsak=skuld&arende-ekonomi=ja&arende-barn-unga=nej&upprepad=nej"


def go_on(page: Page, base: str, *ticked: int) -> None:
    """Tick steps on the page of Kronofogden, and answer the further questions by clicking."""
    page.goto(f"{base}situation/kronofogden-barnfamilj.html#{BY_KRONOFOGDEN}")
    for number in ticked:
        tick(page, number).check()
    page.locator("[data-onward]").click()
    for heading, option in (
        ("orsaken till avhysningen", "skuld"),
        ("aktuellt ärende", "bara-ekonomi"),
        ("upprepad hyresskuld", "nej"),
    ):
        expect(page.locator("h1")).to_contain_text(heading)
        page.locator(f"[data-option={option}]").click()
    page.wait_for_url("**/situation/barnfamilj-ekonomi-skuld.html*")
    expect(page.locator("h1")).to_contain_text("Enstaka hyresskuld")


def test_what_is_done_stays_done_where_the_case_goes_on(page: Page, base: str) -> None:
    go_on(page, base, 1)
    message, text = page.locator("[data-message]"), record(page)
    assert "Gjort: Bekräfta till Kronofogden" in text
    assert "skicka en bekräftelse till Kronofogden" not in text
    assert "Kvar att göra:\n- Samma dag som meddelandet har tagits emot: ska samtidigt meddela" in text
    assert message.locator("summary").inner_text() == "Att göra samma dag: 1 steg"
    message.locator("summary").click()
    assert "skicka en bekräftelse" not in message.inner_text()
    message.get_by_role("link").click()
    page.wait_for_url("**/situation/kronofogden-barnfamilj.html*")
    expect(tick(page, 1)).to_be_checked()
    expect(tick(page, 2)).not_to_be_checked()
    tick(page, 2).check()
    page.go_back()
    expect(message.locator("summary")).to_have_text("Fler steg gäller")
    assert "Gjort: Bekräfta till Kronofogden (socialtjänsten) *. Meddela vem som handlägger" in record(page)


def test_what_is_done_stays_done_where_a_further_answer_is_changed(page: Page, base: str) -> None:
    go_on(page, base, 1, 2, 3)
    page.locator("[data-change=skuld-barnfamilj-ekonomi]").click()
    page.locator("[data-option=ja]").click()
    page.wait_for_url("**/situation/barnfamilj-ekonomi-upprepad-skuld.html*")
    expect(page.locator("[data-message] summary")).to_have_text("Fler steg gäller")
    assert "Skicka kopia av bekräftelsen" in record(page)


def test_the_same_answers_in_another_order_are_the_same_case(page: Page, base: str) -> None:
    """Whoever changes an answer, and takes the same again, has it last in the address."""
    page.goto(base + FIRST)
    tick(page, 1).check()
    page.get_by_text("Nej, familjen uteblev").click()
    before = record(page)
    page.locator("[data-change]").nth(1).click()
    page.wait_for_url("**_fraga=*")
    page.locator("[aria-current=true]").click()
    page.wait_for_url("**/situation/barnfamilj-ekonomi-skuld.html*")
    page.goto("about:blank")
    page.goto(base + FIRST.partition("#")[0] + "#" + "&".join(FAMILY.split("&")[::-1]))
    expect(tick(page, 1)).to_be_checked()
    assert record(page).splitlines()[3:] == before.splitlines()[3:]


def test_the_address_of_another_case_opens_it_in_the_same_page(page: Page, base: str) -> None:
    page.goto(base + FIRST)
    tick(page, 1).check()
    page.get_by_text("Ja, familjen kom").click()
    page.evaluate(f"location.hash = '{GONE_ON}'")
    expect(page.locator("[data-message] summary")).to_have_text("Att göra samma dag: 2 steg")
    expect(tick(page, 1)).not_to_be_checked()
    assert "Har hänt" not in record(page)
    page.evaluate("location.hash = 'innehall'")  # a place in the page is no case
    expect(page.locator("[data-message] summary")).to_have_text("Att göra samma dag: 2 steg")


def test_a_date_from_kronofogden_keeps_the_answers_that_it_leaves(page: Page, base: str) -> None:
    page.goto(base + FIRST)
    page.get_by_text("Har Kronofogden meddelat ett datum?").click()
    page.locator("[data-see] a[href*=kronofogden-barnfamilj]").click()
    page.wait_for_url("**/situation/kronofogden-barnfamilj.html*")
    assert record(page).startswith(
        "Hur det kom in: Meddelande från Kronofogden om avhysning.\nHushåll: Barnfamilj.\n"
        f"{t('record.before-going-on')}\nKvar att göra:"
    )


def test_another_case_by_kronofogden_has_nothing_of_this_one(page: Page, base: str) -> None:
    """Not where it goes on, nor on the page of Kronofogden that its link leads to."""
    go_on(page, base, 1, 2)
    page.goto("about:blank")
    other = GONE_ON.replace("upprepad=nej", "upprepad=ja")
    page.goto(f"{base}situation/barnfamilj-ekonomi-upprepad-skuld.html#{other}")
    message = page.locator("[data-message]")
    expect(message.locator("summary")).to_have_text("Att göra samma dag: 2 steg")
    assert "Gjort" not in record(page)
    message.locator("summary").click()
    message.get_by_role("link").click()
    page.wait_for_url("**/situation/kronofogden-barnfamilj.html*")
    expect(tick(page, 1)).not_to_be_checked()
    page.goto("about:blank")
    page.goto(f"{base}situation/barnfamilj-ekonomi-skuld.html#{GONE_ON}")
    assert "Gjort: Bekräfta till Kronofogden" in record(page)


def test_what_was_copied_is_in_the_clipboard(browser: Browser, base: str) -> None:
    context = browser.new_context(locale="sv-SE", permissions=["clipboard-read", "clipboard-write"])
    page = open_page(context)
    page.goto(base + FIRST)
    text = record(page)
    expect(page.locator("[data-done]")).to_have_text("Kopierat.")
    assert page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n") == text
    page.get_by_role("button", name="Kopiera länken").click()
    expect(page.get_by_label("Det som kopierades")).to_have_value(base + FIRST)
    assert page.evaluate("navigator.clipboard.readText()") == base + FIRST
    context.close()


@pytest.mark.parametrize("also", [True, False])
def test_without_permission_the_text_stands_marked(page: Page, base: str, also: bool) -> None:
    page.add_init_script(
        "navigator.clipboard.writeText = () => Promise.reject(new Error('no'));"
        + ("document.execCommand = () => false;" if also else "")
    )
    page.goto(base + FIRST)
    text = record(page)
    marked = page.get_by_label("Det som kopierades").evaluate(
        "(f) => f === document.activeElement && f.value.slice(f.selectionStart, f.selectionEnd)"
    )
    assert marked == text
    told = "Webbläsaren tillåter inte kopiering" if also else "Kopierat."
    expect(page.locator("[data-done]")).to_contain_text(told)


def test_a_link_within_the_page_keeps_the_answers(page: Page, base: str) -> None:
    page.goto(base + FIRST)
    page.locator(".r-brief a:visible", has_text="Oanmält hembesök").click()
    assert page.url == base + FIRST
    expect(page.locator('[data-step$="/oanmalt-hembesok"]')).to_be_in_viewport()


def test_why_names_the_answers_and_what_another_would_change(page: Page, base: str) -> None:
    page.goto(base + FIRST)
    page.get_by_text("Varför får jag det här?").click()
    why = page.locator(".r-why")
    assert "Det avgör" not in why.inner_text()
    rows = why.locator("[data-reason]:visible")
    assert rows.count() == 4
    assert "Avsnitt 1, " in why.inner_text()
    last = rows.nth(3)
    last.get_by_text("Det som skiljer").click()
    expect(last).to_contain_text("Vuxenenheten ska informera enheten för barn och unga om underrättelsen.")
    last.get_by_role("link").click()
    page.wait_for_url("**/situation/barnfamilj-ekonomi-upprepad-skuld.html*")
    assert "upprepad=ja" in page.url
    expect(page.locator("[data-trail] li > span:first-child")).to_have_text(
        ["Hyresskuld", "Barnfamilj", "Ärende på ekonomiskt bistånd", "Upprepad hyresskuld"]
    )


def test_why_follows_the_way_that_was_taken(page: Page, base: str) -> None:
    page.goto(
        f"{base}situation/barnfamilj-ekonomi-skuld.html#{FAMILY.replace('underrattelse', 'kronofogden')}"
    )
    page.get_by_text("Varför får jag det här?").click()
    rows = [text.split("\n")[0] for text in page.locator("[data-reasons] > li:visible").all_inner_texts()]
    assert rows[0].startswith("Vad har kommit in? Kronofogden")
    assert rows[2].startswith("Vad är orsaken till avhysningen? Hyresskuld")
    assert len(rows) == 5
    change = page.locator('[data-reasons] > li:visible [data-other="ja"] a')
    assert "inkom=kronofogden" in str(change.get_attribute("href"))


def test_a_text_about_a_mistake_is_copied_with_the_step_and_the_page_s_own_address(
    page: Page, base: str, tree: Tree
) -> None:
    page.goto(base + FIRST)
    copied, button = page.locator("[data-text]"), page.locator("[data-do=report]")
    button.click()
    expect(copied).to_have_value(re.compile(re.escape(base + FIRST) + "$"))
    whole = copied.input_value()
    step = placed_steps(tree, tree.situations[0])[-1]
    assert step.id not in whole
    page.locator("[data-about]").select_option(index=step.number)
    button.click()
    end = f"\n\nSteg: {step.id}\n\n{base}{FIRST}"
    expect(copied).to_have_value(whole.removesuffix(f"\n\n{base}{FIRST}") + end)


def test_a_mail_about_a_mistake_says_the_step_that_was_chosen_last(page: Page, base: str) -> None:
    page.goto(base + FIRST)
    # As the page is where the routine has an address to write to.
    page.evaluate("""() => {
      const link = document.createElement("a");
      link.href = link.dataset.report = "mailto:rutin@example.org?subject=x&body=y";
      link.textContent = "Skriv";
      link.addEventListener("click", (event) => event.preventDefault());
      document.querySelector("[data-do=report]").replaceWith(link);
    }""")
    link, here = page.locator("a[data-report]"), quote(f"\n\n{base}{FIRST}", safe="!'()*")
    for index in (1, 2, 0, 0):
        page.locator("[data-about]").select_option(index=index)
        said = page.locator("[data-about]").input_value()
        link.click()
        step = quote(f"\n\n{said}", safe="!'()*") if index else ""
        expect(link).to_have_attribute("href", f"mailto:rutin@example.org?subject=x&body=y{step}{here}")


def test_a_booked_visit_is_asked_about_also_when_the_person_has_been_in_touch(page: Page, base: str) -> None:
    page.goto(base + ADULT)
    answer(page, "Ja, har hört av sig")
    assert "kalla" not in visible(page)
    expect(page.get_by_text("Kom den enskilde till det bokade besöket?")).to_be_visible()


def test_steps_whose_condition_does_not_hold_are_told_apart(page: Page, base: str) -> None:
    page.goto(base + FIRST)
    answer(page, "Ja, familjen kom")
    off = page.locator("[data-off]:visible")
    assert off.count() > 0
    expect(page.locator("[data-waits]:visible")).to_have_count(0)
    assert page.locator("[data-is=off]").count() == 2


def test_a_text_for_the_record_leaves_out_what_is_hidden(page: Page, base: str) -> None:
    page.goto(base + FIRST)
    answer(page, "Nej, familjen uteblev")
    answer(page, NOT_YET)
    answer(page, "Ja, familjen kom")
    page.locator(".r-tick input").nth(1).check()
    text = record(page)
    assert "Har hänt: Kom familjen till besöket? Ja, familjen kom.\nGjort: Hantera enligt" in text
    assert f"Hämtat {datetime.date.today().isoformat()}." in text
    whole = record(page, "Kopiera allt med hänvisningar")
    assert whole.startswith(
        "Enstaka hyresskuld: barnfamilj med ärende på ekonomiskt bistånd\nHur det kom in: "
    )
    assert "Familjen var inte hemma" not in text + whole
    assert "<" not in text + whole


def test_what_is_still_to_be_tried_has_no_heading_when_nothing_is(page: Page, base: str) -> None:
    page.goto(base + FIRST)
    page.locator("[value=met]").first.check()
    page.locator("[value=pending]:visible").first.check()
    expect(page.locator("[data-left]:visible")).to_have_count(1)
    for box in page.locator(".r-tick input").all():
        if not box.is_checked():
            box.evaluate("(box) => box.click()")
    if not page.locator("[data-attempt]:not([hidden])").count():
        expect(page.locator("[data-left]:visible")).to_have_count(0)
        expect(page.locator("[data-all-tried]:visible")).to_have_count(1)
    else:
        expect(page.locator("[data-left]:visible")).to_have_count(1)


def test_what_has_happened_is_on_paper(page: Page, base: str) -> None:
    page.goto(base + FIRST)
    page.emulate_media(media="print")
    expect(page.locator("[data-event] fieldset:visible")).to_have_count(0)
    page.emulate_media(media="screen")
    answer(page, "Ja, familjen kom")
    page.emulate_media(media="print")
    shown = page.locator("[data-event] label:visible")
    assert shown.all_inner_texts() == [" Ja, familjen kom"] or shown.all_inner_texts() == ["Ja, familjen kom"]


def test_one_s_own_unit_leads_to_all_that_it_answers_for(page: Page, base: str) -> None:
    page.goto(base + FIRST)
    choose_unit(page, "barn-unga")
    page.get_by_role("link", name="Hela ansvaret: Barn och unga").click()
    page.wait_for_url("**/enhet/barn-unga.html")
