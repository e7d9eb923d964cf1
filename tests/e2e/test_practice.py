"""Practice in a browser: by keys alone, without script, from files, on paper, with nothing left behind."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.exercises import Exercise, SituationRound, case_round, situation_rounds
from generator.model import Tree, Unit
from tests.built import built
from tests.conftest import ROOT, copy_project
from tests.e2e import accessibility as a11y
from tests.e2e.conftest import open_page
from tests.e2e.test_keyboard import tab_to

NEXT = "ova/vad-hander-sen.html"


@pytest.fixture(scope="module")
def shortest(tree: Tree) -> tuple[str, tuple[Exercise, ...]]:
    """The case with the fewest questions, and at least three of them: its page and its exercises."""
    rounds = [case_round(tree, example) for example in tree.examples]
    one = min((r for r in rounds if len(r.exercises) > 2), key=lambda r: len(r.exercises))
    return f"ova/fall/{one.example.id}.html", one.exercises


def current(page: Page) -> str:
    """Return the id of the question that is asked."""
    waiting = page.locator("[data-exercise]:visible:has([data-do=answer]:visible)")
    return str(waiting.get_attribute("data-exercise"))


def choose(page: Page, exercise: Exercise, right: bool = True) -> None:
    choice = exercise.right if right else exercise.wrong[0]
    place = page.locator(f'[data-exercise="{exercise.id}"]')
    place.locator(f'input[value="{choice.key}"]').check()
    place.get_by_role("button", name="Svara").click()


def go_through(page: Page, exercises: tuple[Exercise, ...], wrong: tuple[int, ...] = ()) -> None:
    for number, exercise in enumerate(exercises):
        assert current(page) == exercise.id
        choose(page, exercise, number not in wrong)
        place = page.locator(f'[data-exercise="{exercise.id}"]')
        said = place.locator("[data-verdict]")
        verdict = "✗ Inte rätt den här gången." if number in wrong else "✓ Rätt!"
        expect(said.locator("[data-say]:visible")).to_have_text(verdict)
        expect(said).to_contain_text(exercise.right.text)
        expect(said.locator("[data-told] > :is(.r-cite, details.r-place)")).not_to_be_empty()
        if number in wrong and exercise.wrong[0].why:
            expect(said.locator("li").first).to_contain_text(exercise.wrong[0].why)
        place.locator("[data-do=next]").click()


def test_every_answer_is_told_at_once_and_the_next_question_follows(
    page: Page, base: str, shortest: tuple[str, tuple[Exercise, ...]]
) -> None:
    address, exercises = shortest
    page.goto(base + address)
    expect(page.locator("[data-exercise]:visible")).to_have_count(1)
    expect(page.locator("[data-progress]")).to_have_text(f"Fråga 1 av {len(exercises)}")
    go_through(page, exercises, wrong=(1,))
    expect(page.locator("[data-exercise]:visible")).to_have_count(len(exercises))
    result = page.locator(".r-result")
    expect(result).to_be_focused()
    expect(result.locator("[data-count]")).to_contain_text(f"{len(exercises) - 1} av {len(exercises)} rätt.")
    links = result.locator("[data-reread] a")
    expect(links).to_have_count(1)
    target = str(links.first.evaluate("(a) => a.href"))
    assert (page.goto(target) or pytest.fail(target)).ok


def test_nothing_is_said_before_something_is_chosen(
    page: Page, base: str, shortest: tuple[str, tuple[Exercise, ...]]
) -> None:
    address, exercises = shortest
    page.goto(base + address)
    expect(page.locator("[data-verdict]").first).to_have_text("", use_inner_text=True)
    assert exercises[0].why[0] not in page.locator(".r-page").inner_text()
    page.get_by_role("button", name="Svara").click()
    expect(page.locator("[data-verdict]").first).to_have_text(
        "Välj ett av svaren först.", use_inner_text=True
    )
    assert current(page) == exercises[0].id


def test_right_and_wrong_are_told_by_words_and_marks(
    page: Page, base: str, shortest: tuple[str, tuple[Exercise, ...]]
) -> None:
    address, exercises = shortest
    page.goto(base + address)
    choose(page, exercises[0], right=False)
    mark = "(label) => getComputedStyle(label, '::after').content"
    assert page.locator(".r-is-right").evaluate(mark) == '"✓"'
    assert page.locator(".r-is-wrong").evaluate(mark) == '"✗"'
    expect(page.locator("fieldset").first).to_have_attribute("disabled", "")


def test_a_whole_case_by_keyboard_alone(
    page: Page, base: str, shortest: tuple[str, tuple[Exercise, ...]]
) -> None:
    address, exercises = shortest
    page.goto(base + address)
    for number, exercise in enumerate(exercises):
        tab_to(page, exercise.choices[0].text)
        page.keyboard.press("Space")
        for choice in exercise.choices:
            if choice is exercise.right:
                break
            page.keyboard.press("ArrowDown")
        if number:
            page.keyboard.press("Enter")
        else:
            tab_to(page, "Svara")
            page.keyboard.press("Space")
        button = page.locator(f'[data-exercise="{exercise.id}"] [data-do=next]')
        expect(button).to_be_focused()
        expect(button).to_have_text("Nästa fråga" if number < len(exercises) - 1 else "Till resultatet")
        page.keyboard.press("Enter")
        if number < len(exercises) - 1:
            prompt = page.locator(f'[data-exercise="{exercises[number + 1].id}"] .r-exercise__prompt')
            expect(prompt).to_be_focused()
    expect(page.locator(".r-result")).to_be_focused()
    expect(page.locator("[data-count]")).to_contain_text(f"{len(exercises)} av {len(exercises)} rätt.")
    expect(page.get_by_text("Inget att läsa om den här gången.")).to_be_visible()
    tab_to(page, "Kopiera resultatet")
    page.keyboard.press("Enter")
    expect(page.locator(".r-result textarea")).to_be_visible()
    page.get_by_role("button", name="Försök igen").press("Enter")
    expect(page.locator(".r-exercise__prompt").first).to_be_focused()


def test_what_has_focus_is_seen_below_the_header(
    page: Page, base: str, shortest: tuple[str, tuple[Exercise, ...]]
) -> None:
    address, exercises = shortest
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(base + address)
    for exercise in exercises:
        choose(page, exercise)
        page.locator(f'[data-exercise="{exercise.id}"] [data-do=next]').click()
        top = page.evaluate("document.activeElement.getBoundingClientRect().top")
        header = page.evaluate("document.querySelector('.md-header').getBoundingClientRect().bottom")
        assert header <= top < 640


def test_choices_are_shuffled_between_tries_and_only_then(
    page: Page, base: str, shortest: tuple[str, tuple[Exercise, ...]]
) -> None:
    address, exercises = shortest
    page.goto(base + address)
    expected = [[choice.key for choice in exercise.choices] for exercise in exercises]

    def order() -> list[list[str]]:
        found: list[list[str]] = page.locator("[data-exercise] fieldset").evaluate_all(
            "(all) => all.map((f) => Array.from(f.querySelectorAll('input'), (i) => i.value))"
        )
        return found

    assert order() == expected
    go_through(page, exercises)
    orders = []
    for _ in range(6):
        page.evaluate("document.querySelector('[data-do=again]').click()")
        orders.append(order())
    assert any(found != expected for found in orders)
    assert all([sorted(keys) for keys in found] == [sorted(k) for k in expected] for found in orders)
    # Whatever the order, what is right stays right.
    go_through(page, exercises)
    expect(page.locator("[data-count]")).to_contain_text(f"{len(exercises)} av {len(exercises)} rätt.")


def test_a_round_is_taken_up_where_it_was_left_and_stays_in_the_tab(
    page: Page, base: str, shortest: tuple[str, tuple[Exercise, ...]]
) -> None:
    address, exercises = shortest
    page.goto(base + address)
    go_through(page, exercises[:2], wrong=(0,))
    page.reload()
    assert current(page) == exercises[2].id
    go_through(page, exercises[2:])
    expect(page.locator("[data-count]")).to_contain_text(f"{len(exercises) - 1} av {len(exercises)} rätt.")
    page.goto(base + "ova.html")
    expect(page.locator("[data-rounds] li")).to_have_count(1)
    expect(page.locator("[data-seen]:visible")).to_have_count(1)
    assert "ovning" not in page.evaluate("JSON.stringify({...localStorage})")
    assert page.evaluate("document.cookie") == ""


def test_what_was_kept_and_is_no_choice_any_more_is_asked_again(
    page: Page, base: str, shortest: tuple[str, tuple[Exercise, ...]]
) -> None:
    address, exercises = shortest
    for kept in (
        "not json",
        json.dumps({address.removesuffix(".html"): {"given": {exercises[0].id: "gone"}}}),
        json.dumps({address.removesuffix(".html"): 7}),
        "[null]",
    ):
        page.goto(base + address)
        page.evaluate("(kept) => sessionStorage.setItem('/rutin.ovning', kept)", kept)
        page.reload()
        assert current(page) == exercises[0].id
        page.goto(base + "ova.html")
        expect(page.locator("h1")).to_have_text("Öva på rutinen")


def test_the_result_is_copied_with_what_to_reread(
    browser: Browser, base: str, tree: Tree, shortest: tuple[str, tuple[Exercise, ...]]
) -> None:
    address, exercises = shortest
    context = browser.new_context(locale="sv-SE", permissions=["clipboard-read", "clipboard-write"])
    page = open_page(context)
    page.goto(base + address)
    go_through(page, exercises, wrong=(1,))
    page.get_by_role("button", name="Kopiera resultatet").click()
    expect(page.get_by_text("Kopierat.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n")
    assert copied == page.locator(".r-result textarea").input_value()
    assert f"{len(exercises) - 1} av {len(exercises)} rätt." in copied
    assert base in copied.split("Läs om:")[1]
    assert str(tree.routine.version) in copied
    context.close()


def test_without_permission_the_text_is_marked_to_be_copied_by_hand(
    page: Page, base: str, shortest: tuple[str, tuple[Exercise, ...]]
) -> None:
    address, exercises = shortest
    page.add_init_script(
        "navigator.clipboard.writeText = () => Promise.reject(new Error('no'));"
        "document.execCommand = () => false;"
    )
    page.goto(base + address)
    go_through(page, exercises)
    page.get_by_role("button", name="Kopiera resultatet").click()
    expect(page.get_by_text("Texten är markerad")).to_be_visible()
    field = page.locator(".r-result textarea")
    expect(field).to_be_focused()
    assert field.evaluate("(f) => f.selectionEnd - f.selectionStart === f.value.length")


def test_it_works_where_storage_is_forbidden(
    browser: Browser, base: str, shortest: tuple[str, tuple[Exercise, ...]]
) -> None:
    address, exercises = shortest
    context = browser.new_context(locale="sv-SE")
    page = context.new_page()  # the theme's own script complains
    forbid = "Object.defineProperty(window, '{}', {{ get() {{ throw new Error('forbidden'); }} }});"
    page.add_init_script(forbid.format("localStorage") + forbid.format("sessionStorage"))
    page.goto(base + address)
    go_through(page, exercises, wrong=(0,))
    expect(page.locator("[data-count]")).to_contain_text(f"{len(exercises) - 1} av {len(exercises)} rätt.")
    context.close()


def test_nothing_is_sent(page: Page, base: str, shortest: tuple[str, tuple[Exercise, ...]]) -> None:
    address, exercises = shortest
    page.goto(base + address)
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    go_through(page, exercises)
    page.get_by_role("button", name="Kopiera resultatet").click()
    assert asked == []


def test_it_works_from_a_file(page: Page, site: Path, shortest: tuple[str, tuple[Exercise, ...]]) -> None:
    address, exercises = shortest
    page.goto((site / address).as_uri())
    go_through(page, exercises, wrong=(0,))
    expect(page.locator(".r-result")).to_be_focused()


def test_without_script_every_answer_is_behind_its_question(
    plain: Page, base: str, shortest: tuple[str, tuple[Exercise, ...]]
) -> None:
    address, exercises = shortest
    plain.goto(base + address)
    expect(plain.locator("[data-exercise]:visible")).to_have_count(len(exercises))
    expect(plain.locator("button[data-do]:visible")).to_have_count(0)
    for exercise in exercises:
        place = plain.locator(f'[data-exercise="{exercise.id}"]')
        expect(place.locator(".r-choices li")).to_have_text([c.text for c in exercise.choices])
        expect(place.locator("[data-told]")).to_be_hidden()
        place.locator(".r-answer > summary").press("Enter")
        expect(place.locator("[data-told]")).to_contain_text(exercise.right.text)
    plain.goto(base + NEXT)
    expect(plain.locator(".r-mine:visible")).to_have_count(0)
    plain.locator("details.r-round > summary").first.press("Enter")
    expect(plain.locator("details.r-round").first.locator("[data-exercise]").first).to_be_visible()


def has_its_own(page: Page, rounds: Sequence[SituationRound], unit: Unit) -> None:
    for one in rounds:
        mine = [e for e in one.exercises if unit.id in e.units]
        place = page.locator(f'[data-round$="/{one.situation.id}"]')
        folded = page.locator(f"details.r-round[id='{one.situation.id}']")
        if not mine:
            expect(folded).to_be_hidden()
            continue
        expect(folded).to_be_visible()
        asked = place.locator("[data-exercise]:not([hidden])")
        expect(asked).to_have_count(1)
        expect(asked).to_have_attribute("data-exercise", mine[0].id)
        expect(place.locator("[data-progress]")).to_have_text(f"Fråga 1 av {len(mine)}")


def test_one_s_own_unit_gets_its_own_questions(page: Page, base: str, tree: Tree) -> None:
    rounds = situation_rounds(tree)
    for unit in tree.units:
        page.goto(base + NEXT)
        page.locator("[data-unit-choice]").select_option(str(unit.id))
        has_its_own(page, rounds, unit)
        page.reload()
        has_its_own(page, rounds, unit)


def test_a_unit_that_is_chosen_in_another_tab_gets_its_own_questions(
    context: BrowserContext, base: str, tree: Tree
) -> None:
    page, other = open_page(context), open_page(context)
    page.goto(base + NEXT)
    other.goto(base + NEXT)
    other.locator("[data-unit-choice]").select_option(str(tree.units[-1].id))
    expect(page.locator("[data-unit-choice]")).to_have_value(str(tree.units[-1].id))
    has_its_own(page, situation_rounds(tree), tree.units[-1])


def test_a_round_of_one_unit_ends_with_its_own_result(page: Page, base: str, tree: Tree) -> None:
    unit = tree.units[-1]
    one, mine = next(
        (one, mine)
        for one in situation_rounds(tree)
        if 1 < len(mine := [e for e in one.exercises if unit.id in e.units]) < len(one.exercises)
    )
    page.goto(base + NEXT)
    page.locator("[data-unit-choice]").select_option(str(unit.id))
    page.locator(f"details.r-round[id='{one.situation.id}'] > summary").click()
    go_through(page, tuple(mine))
    result = page.locator(f'[data-round$="/{one.situation.id}"] .r-result')
    expect(result.locator("[data-count]")).to_contain_text(f"{len(mine)} av {len(mine)} rätt.")
    # With all units there is more to ask.
    page.locator("[data-unit-choice]").select_option("")
    expect(result).to_be_hidden()


def test_the_result_is_printed_alone(
    page: Page, base: str, shortest: tuple[str, tuple[Exercise, ...]]
) -> None:
    address, exercises = shortest
    page.add_init_script(
        "window.print = () => { window.seen = (s) => [...document.querySelectorAll(s)]"
        ".filter((e) => e.getClientRects().length).length;"
        "window.told = ['[data-exercise]', '.r-result', '.r-version', 'h1', 'button'].map(seen); };"
    )
    page.goto(base + address)
    go_through(page, exercises, wrong=(0,))
    page.emulate_media(media="print")
    page.evaluate("document.querySelector('[data-do=print]').click()")
    assert page.evaluate("window.told") == [0, 1, 1, 1, 0]
    # An ordinary print shows the case with what was answered.
    assert page.locator("[data-exercise]:visible").count() == len(exercises)
    expect(page.locator(".r-narrative")).to_be_visible()


def test_without_answers_a_case_is_printed_without_them(
    plain: Page, base: str, shortest: tuple[str, tuple[Exercise, ...]]
) -> None:
    address, exercises = shortest
    plain.goto(base + address)
    plain.emulate_media(media="print")
    expect(plain.locator(".r-choices:visible")).to_have_count(len(exercises))
    expect(plain.locator("[data-told]:visible")).to_have_count(0)


@pytest.mark.full
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_is_accessible(
    browser: Browser, base: str, scheme: str, shortest: tuple[str, tuple[Exercise, ...]]
) -> None:
    address, exercises = shortest
    context = browser.new_context(locale="sv-SE", reduced_motion="reduce", bypass_csp=True)
    page = open_page(context)
    found: list[str] = []

    def look() -> None:
        for width in (1280, 320):
            a11y.show(page, width, scheme)
            found.extend(a11y.check_axe(page))
            for what in ("structure", "reflow", "targets"):
                found.extend(a11y.check(page, what))

    for place in ("ova.html", address, "ova/nytt.html", NEXT):
        page.goto(base + place)
        look()
    page.locator("details.r-round > summary").first.click()
    look()
    page.goto(base + address)
    page.get_by_role("button", name="Svara").click()
    look()
    choose(page, exercises[0], right=False)
    look()
    page.locator(f'[data-exercise="{exercises[0].id}"] [data-do=next]').click()
    go_through(page, exercises[1:])
    look()
    page.get_by_role("button", name="Kopiera resultatet").click()
    look()
    page.goto(base + "ova.html")
    look()
    assert found == []
    context.close()


def test_the_script_is_small() -> None:
    scripts = (ROOT / "site_overrides/assets").glob("practice*.js")
    assert len(gzip.compress(b"".join(script.read_bytes() for script in scripts))) < 6000


@pytest.mark.full
def test_after_a_revision_only_what_changed_is_asked(page: Page, plain: Page, tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    tree = project / "tree/avhysning.yaml"
    head, situations = tree.read_text("utf-8").split("\nsituations:\n", 1)
    # The first step that two units take together becomes a step of one.
    situations = re.sub(r"(\n        who: )\[([^,\]]+), [^\]]+\]\n", r"\1\2\n", situations, count=1)
    head = re.sub(r"\n  version: \S+\n", "\n  version: 2030-01-02.1\n", head, count=1)
    entry = "  - {version: 2030-01-02.1, date: 2030-01-02, note: En påhittad ändring.}\n"
    head = head.replace("\nrevisions:\n", f"\nrevisions:\n{entry}", 1)
    tree.write_text(f"{head}\nsituations:\n{situations}", "utf-8")
    for one in (page, plain):
        one.goto((built(project) / "ova/nytt.html").as_uri())
    expect(page.locator(".r-page")).to_contain_text("Version 2030-01-02.1 är i verktyget sedan 2030-01-02.")
    rounds = page.locator("[data-round]")
    leads = plain.locator("[data-exercise] .r-place a").all()
    assert len({link.get_attribute("href") for link in leads}) == 1
    assert rounds.count() > 1
    first = rounds.first
    right = plain.locator("[data-right]").first.get_attribute("data-choice")
    first.locator(f'input[value="{right}"]').first.check()
    first.get_by_role("button", name="Svara").click()
    expect(first.locator("[data-verdict]").first).to_contain_text("Rätt!")
    for width in (1280, 320):
        a11y.show(page, width, "light")
        assert a11y.check_axe(page) == []
        assert a11y.check(page, "reflow") == []
