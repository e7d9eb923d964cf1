"""The editor's form in Firefox and WebKit: what ``test_form.py`` asks of it in Chromium."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from generator.model import Action, Situation, Tree, Unit
from generator.pages.editor.form import FILE, form_data, form_html
from generator.pages.editor.status import FORM
from generator.pages.statement import ENGINES as NAMES
from generator.reading.parse import parse
from generator.rules import check
from tests import hostile
from tests.conftest import REAL, checked
from tests.e2e.accessibility import AXE
from tests.e2e.conftest import serving
from tests.e2e.engine_by_name import SPACE, started
from tests.e2e.other_browsers import AnyBrowser, OtherBrowser, until
from tests.e2e.test_form import HOSTILE, edited, lines
from tests.playground import TREE

pytestmark = pytest.mark.full
WHAT, MAIL = "Vad vill du ändra?", "E-postadressen dit läsare skriver"
HANDS = """
const at = (selector, text) => [...document.querySelectorAll(selector)]
  .filter((one) => one.checkVisibility()).find((one) => one.innerText.trim().startsWith(text));
const named = (text) => at("label", text).control;
const told = (control, kind) => control.dispatchEvent(new Event(kind, { bubbles: true }));
"""


@pytest.fixture(scope="module", params=NAMES[1:])
def other(request: pytest.FixtureRequest, browser: Browser) -> Iterator[OtherBrowser]:
    with started(request.param, browser, "") as running:
        assert isinstance(running, OtherBrowser)
        yield running


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("form")


@pytest.fixture(scope="module")
def address(place: Path) -> Iterator[str]:
    with serving(place) as address:
        yield address


def opened(engine: AnyBrowser, address: str) -> None:
    """Open the form under an address that no earlier test has had, so that nothing is kept of theirs."""
    engine.go(f"{address}{FORM}?{time.monotonic_ns()}")


def run(engine: AnyBrowser, script: str) -> Any:
    return engine.run(HANDS + script)


def choose(engine: AnyBrowser, title: str) -> None:
    run(
        engine,
        f"""
        const part = named({json.dumps(WHAT)});
        part.value = [...part.options].find((one) => one.text === {json.dumps(title)}).value;
        told(part, "change");
        """,
    )


def fill(engine: AnyBrowser, label: str, text: str) -> None:
    """Put a text into a field at once, as it is pasted."""
    script = f"const one = named({json.dumps(label)}); one.value = {json.dumps(text)}; told(one, 'input');"
    run(engine, script)


def typed(engine: AnyBrowser, label: str, text: str) -> None:
    run(engine, f"const one = named({json.dumps(label)}); one.focus(); one.select();")
    for sign in text:
        engine.press(sign)


def click(engine: AnyBrowser, selector: str, text: str) -> None:
    run(engine, f"at({json.dumps(selector)}, {json.dumps(text)}).click()")


def status(engine: AnyBrowser) -> str:
    return str(run(engine, "return document.querySelector('[role=status]').innerText"))


def downloaded(engine: OtherBrowser) -> str:
    """Return the file that the engine has put among its downloads."""
    file = engine.downloads / "avhysning.yaml"
    file.unlink(missing_ok=True)
    click(engine, "button", "Ladda ner avhysning.yaml")
    until(lambda: file.exists() and file.stat().st_size and not list(engine.downloads.glob("*.part")))
    return file.read_bytes().decode()


def test_what_is_changed_in_the_form_is_changed_in_the_file_and_no_other_line(
    other: OtherBrowser, place: Path, address: str, tree: Tree, real_text: str
) -> None:
    (place / FORM).write_text(form_html("tree/avhysning.yaml", real_text, "nu", tree), "utf-8")
    situation = next(s for s in tree.situations if s.steps and s.steps[0].who)
    (was, *_), condition = situation.steps[0].who, tree.conditions[0]
    unit = next(unit for unit in tree.units if unit.id != was)
    action = tree.get(situation.steps[0].action, Action)
    opened(other, address)
    assert run(other, "return at('button', 'Ladda ner').disabled")
    choose(other, situation.title)
    click(other, "summary", "Steg 1:")
    for name in (tree.get(was, Unit).name, unit.name):
        click(other, "fieldset:first-of-type label", name)
    choose(other, condition.text)
    fill(other, "När steget gäller", f'{condition.text}: å\nch "i dag"')
    choose(other, action.label)
    fill(other, "Meningen när en gör det", f"{action.text} # 1")
    choose(other, "Adress och översyn")
    typed(other, MAIL, "ingen adress")
    until(lambda: "ingen e-postadress" in run(other, "return document.body.innerText"))
    assert status(other) == "Du har ändrat 3 saker."
    typed(other, MAIL, "rutin@example.org")
    fill(other, "Dagen då rutinen", "2099-05-01")
    assert status(other) == "Du har ändrat 5 saker."
    run(other, "document.querySelector('[aria-label^=\"Ångra: Adress och översyn › Dagen\"]').click()")
    assert status(other) == "Du har ändrat 4 saker."
    assert run(other, "return named('Dagen då rutinen').value") == ""
    after = downloaded(other)
    assert sorted(lines(real_text, after)) == edited(was, unit, condition, action)
    read, found = check(after)
    assert read
    assert found == []


def test_inherited_steps_are_told_with_where_they_stand(
    other: OtherBrowser, place: Path, address: str, tree: Tree, real_text: str
) -> None:
    (place / FORM).write_text(form_html("tree/avhysning.yaml", real_text, "nu", tree), "utf-8")
    taker = next(s for s in tree.situations if s.except_)
    giver = tree.get(taker.same_steps_as or "", Situation)
    opened(other, address)
    choose(other, taker.title)
    for to in (giver, taker):
        click(other, "button.link", to.title)
        assert run(other, "return document.activeElement.innerText") == to.title
    assert run(other, "return document.querySelectorAll('summary').length") == len(taker.except_) + len(
        taker.steps
    )


def test_a_file_that_has_changed_since_is_not_written_over(
    other: OtherBrowser, place: Path, address: str
) -> None:
    text = TREE.read_text("utf-8")
    form = form_html("tree/avhysning.yaml", text, "nu", checked(text), served=True)
    (place / FORM).write_text(form, "utf-8")
    (place / FILE).write_text(text, "utf-8")
    opened(other, address)
    choose(other, "Adress och översyn")
    typed(other, MAIL, "nytt@example.org")
    after = downloaded(other)
    (place / FILE).write_text(after, "utf-8")  # saved over the other: it is the form's own change
    assert downloaded(other) == after
    (place / FILE).write_text(text + "# nytt\n", "utf-8")
    click(other, "button", "Ladda ner")
    until(lambda: "Filen har ändrats sedan" in status(other))


def test_hostile_texts_stand_there_as_texts(other: OtherBrowser, place: Path, address: str) -> None:
    text = hostile.filled(TREE.read_text("utf-8"), lambda number: hostile.marked(HOSTILE, number)).text
    tree = parse(text).tree
    assert tree
    (place / FORM).write_text(form_html("tree/a.yaml", text, "nu", tree), "utf-8")
    opened(other, address)
    data, _ = form_data(tree, text)
    for part in data["parts"]:
        choose(other, part["title"])
        said = run(other, "return document.querySelector('#fields h2').textContent")
        assert said == part["title"]
    assert run(other, "return document.querySelectorAll('img, #fields script').length") == 0
    assert run(other, "return document.querySelectorAll('script').length") == 2


def test_it_is_accessible_and_goes_by_keyboard(
    other: OtherBrowser, place: Path, address: str, tree: Tree, real_text: str
) -> None:
    (place / FORM).write_text(form_html("tree/avhysning.yaml", real_text, "nu", tree), "utf-8")
    opened(other, address)
    choose(other, next(s for s in tree.situations if s.steps and s.steps[0].who).title)
    click(other, "summary", "Steg 1:")
    run(other, "document.querySelector('details[open] input').focus()")
    other.press(SPACE)
    assert status(other) != "Du har inte ändrat något."
    other.resize(320, 800)
    assert run(other, "return document.documentElement.scrollWidth <= innerWidth")
    for width in (320, 1280):
        other.resize(width, 800)
        other.run(AXE + "; axe.run().then((r) => { window.found = JSON.stringify(r.violations); })")
        until(lambda: other.run("return window.found"))
        found = json.loads(other.run("const said = window.found; delete window.found; return said;"))
        assert [one["id"] for one in found] == []


@pytest.mark.parametrize("name", NAMES[1:])
def test_without_script_it_says_so(
    browser: Browser, place: Path, address: str, name: str, tree: Tree
) -> None:
    form = form_html("tree/avhysning.yaml", REAL.read_text("utf-8"), "nu", tree)
    (place / FORM).write_text(form, "utf-8")
    with started(name, browser, "script") as engine:
        opened(engine, address)
        assert "Formuläret behöver JavaScript" in engine.run("return document.body.innerText")
        assert not run(engine, "return Boolean(at('label', ''))")
