"""The editor's form: what it writes is read as it was meant, and nothing else in the file changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from difflib import unified_diff
from functools import cache
from json import dumps, loads
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from generator.model import Action, Condition, Situation, Text, Tree, Unit
from generator.model.declared import key_of
from generator.pages.editor.form import FILE, OFFERED, SCRIPTS, form_data, form_html
from generator.pages.editor.status import FORM
from generator.pages.rendering import source
from generator.pages.statement import ENGINES as NAMES
from generator.reading.parse import parse
from generator.reading.places import Places
from generator.reading.yaml_nodes import compose
from generator.rules import check
from tests import hostile
from tests.conftest import REAL, checked
from tests.e2e.conftest import open_page, serving
from tests.e2e.engine_by_name import started
from tests.e2e.other_browsers import AnyBrowser
from tests.e2e.test_preview import inaccessible
from tests.layouts import LAYOUTS, offered
from tests.playground import TREE
from tests.test_fuzz import tried
from tests.tiers import few

# What a reader of YAML could take for something else.
ODD = (
    *(
        "true",
        "Nej",
        "null",
        "~",
        "12",
        "1.5",
        "0x1f",
        "1e3",
        "2025-01-01",
        "=",
        "<<",
        "?",
        "? a",
        "- a",
        "-",
        "--- a",
    ),
    *(
        "a: b",
        "a:",
        ": a",
        "a #b",
        "#a",
        "*a",
        "&a",
        "!a",
        "|",
        ">",
        "%a",
        "@a",
        "`a`",
        "{a}",
        "[a]",
        "a, b",
        "a]",
        "}",
    ),
    *(
        '"a"',
        "'a'",
        "a\\nb",
        "a\\",
        "”Nej”, sa hon – och gick.",
        "åäö ÅÄÖ é",
        "a\tb",
        "a\nb",
        "a\r\nb",
        "\u00a0a",
        "a\u2028b",
    ),
    *(
        "{who} {modal} gå.",
        "kl. 08:30",
        "</script>",
        "a\u0085b",
        "\ufeffa",
        "\ufffea",
        "😀 a",
        "e\u0301",
        "y",
        "on",
        "a  b",
    ),
)


HOSTILE = "</script><img src=x onerror=\"document.title='x'\"><!--<script>{{7*7}}"


@pytest.fixture(
    scope="module", params=[NAMES[0], *(pytest.param(name, marks=pytest.mark.full) for name in NAMES[1:])]
)
def blank(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[AnyBrowser]:
    """An engine with what the form makes of texts, and nothing else."""
    folder = tmp_path_factory.mktemp("blank")
    (folder / "a.html").write_text(f"<script>{source(SCRIPTS[0])}</script>", "utf-8")
    with serving(folder) as address, started(request.param, browser, "") as engine:
        engine.go(address + "a.html")
        yield engine


def each(engine: AnyBrowser, expression: str, inputs: Any) -> list[str]:
    """Return what an expression of ``it`` gives for each input."""
    made: str = engine.run(f"return JSON.stringify({dumps(inputs)}.map((it) => {expression}))")
    return list(loads(made))


def reads_as_written(engine: AnyBrowser, texts: list[str]) -> None:
    """Demand that each text is read as it is, alone and within braces, or refused for what nobody sees."""
    pairs = [(text, flow) for text in texts for flow in (False, True)]
    quoted = each(engine, "rutinForm.quoted(it[0], it[1])", pairs)
    for (text, flow), written in zip(pairs, quoted, strict=True):
        line = f"a: {{b: {written}, c: [{written}, {written}]}}" if flow else f"- a: {written}"
        node, found = compose(f"{line}\n")
        if found:
            signs = tuple(f"U+{ord(sign):04X}" for sign in text)
            assert any(sign in str(one.message) for one in found for sign in signs), line
            continue
        assert texts_of(node) == [text] * (3 if flow else 1), line


def texts_of(node: Any) -> list[str]:
    if isinstance(node.value, str):
        assert node.tag.endswith((":str", ":timestamp")), node.value  # for those who read types, too
        return [node.value]
    parts = (part[1] if isinstance(part, tuple) else part for part in node.value)
    return [text for part in parts for text in texts_of(part)]


def test_odd_texts_are_read_as_written(blank: AnyBrowser) -> None:
    reads_as_written(blank, list(ODD))


@tried(100)
@given(st.lists(st.text(max_size=30) | st.text("aå -:#,[]{}'\"\\?!&*|>%@`\n\t.", max_size=9), min_size=30))
def test_any_text_is_read_as_written(blank: AnyBrowser, texts: list[str]) -> None:
    reads_as_written(blank, texts)


# --- Every place --------------------------------------------------------------------------------------------


def another(random: Random, data: Any, place: Any) -> Any:
    """Return another value that a place may have."""
    kind = data["kinds"][place["kind"]]
    ids = [id for id, _ in data["choices"].get(kind["choice"], [])]
    if kind["input"] == "ids":
        counts = [0, 1, 2, 3] if place.get("optional") else [1, 2]
        made: Any = random.sample(ids, random.choice(counts))
    elif kind["input"] == "id":
        made = random.choice([*ids, *([""] if place.get("optional") else [])])
    else:
        made = random.choice(readable())
    return made if made != place["value"] else another(random, data, place)


@cache
def readable() -> list[str]:
    """Return the odd texts that the reader takes at all."""
    texts = [text.strip() for text in ODD if any(sign.isalnum() for sign in text)]
    return [text for text in texts if compose(f"a: {dumps(text)}")[1] == []]


def without_what_is_offered(value: Any) -> Any:
    """Return all that a form does not offer, as plain data."""
    if isinstance(value, tuple):
        return [without_what_is_offered(one) for one in value]
    if not is_dataclass(value) or isinstance(value, type):
        return value
    left_out = OFFERED.get(type(value).__name__, ())
    kept = [f.name for f in fields(value) if f.compare and key_of(f) not in left_out]
    return (type(value).__name__, {name: without_what_is_offered(getattr(value, name)) for name in kept})


def told(tree: Tree, spots: list[int]) -> list[Any]:
    every = [(node, next(f.name for f in fields(node) if key_of(f) == key)) for node, key in offered(tree)]
    values = [getattr(*every[spot]) for spot in spots]
    texts = (value.written if isinstance(value, Text) else value for value in values)
    return [list(value) if isinstance(value, tuple) else value or "" for value in texts]


@pytest.mark.parametrize(
    ("file", "layout"),
    [(REAL, "as it is"), *((TREE, layout) for layout in LAYOUTS)],
    ids=lambda v: getattr(v, "stem", v),
)
def test_other_values_change_what_they_are_of_and_nothing_else(
    blank: AnyBrowser, file: Path, layout: str
) -> None:
    text = LAYOUTS[layout](file.read_text("utf-8"))
    tree, random = checked(text), Random(19)  # noqa: S311, no secret
    as_it_stood = without_what_is_offered(parse(text).tree)
    data, _ = form_data(tree, text)
    places = Places(text)
    at = [places.of(node, key) for node, key in offered(tree)]
    spots = sorted(range(len(at)), key=lambda n: (at[n].start, at[n].end, n))  # type: ignore[union-attr]
    assert told(tree, spots) == [place["value"] for place in data["places"]]
    for share in (1, 0.5, 0.1):
        values = {
            n: another(random, data, place)
            for n, place in enumerate(data["places"])
            if random.random() < share
        }
        written = each(blank, "rutinForm.written(...it)", [[data["places"][n], values[n]] for n in values])
        pieces = list(data["pieces"])
        for n, piece in zip(values, written, strict=True):
            pieces[2 * n + 1] = piece
        changed = "".join(pieces)
        read = parse(changed)
        assert read.tree
        assert [one.message for one in read.diagnostics] == []
        expected = [values.get(n, place["value"]) for n, place in enumerate(data["places"])]
        assert told(read.tree, spots) == expected
        assert without_what_is_offered(read.tree) == as_it_stood
        comments = re.findall(r"(?m)^ *#.*|   # sagt.*", text)
        assert [c for c in comments if c not in changed] == []
        assert "# sagt" not in "".join(re.findall("(?<=# sagt).*", changed))  # each on its line
        assert changed.count("\r\n") in (0, changed.count("\n"))


# --- In a browser -------------------------------------------------------------------------------------------


@pytest.fixture
def alone(tmp_path: Path, tree: Tree, real_text: str) -> Path:
    """The form of the real tree, as a file."""
    file = tmp_path / FORM
    file.write_text(form_html("tree/avhysning.yaml", real_text, "nu", tree), "utf-8")
    return file


def downloaded(page: Page) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name="Ladda ner avhysning.yaml").click()
    assert download.value.suggested_filename == "avhysning.yaml"
    return download.value.path().read_bytes().decode()


def lines(before: str, after: str) -> list[str]:
    """Return the lines that differ, as a comparison shows them."""
    every = unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in every if not line.startswith(("---", "+++", "@@"))]


def edited(was: str, unit: Unit, condition: Condition, action: Action) -> list[str]:
    """Return the lines that differ where a unit, the words of two texts and an address are filled in."""
    return sorted(
        [
            f"-        who: {was}",
            f"+        who: {unit.id}",
            f"-    text: {condition.text}",
            f'+    text: "{condition.text}: å ch \\"i dag\\""',
            f'-    text: "{action.text}"',
            f'+    text: "{action.text} # 1"',
            "+  contact: rutin@example.org",
        ]
    )


def choose(page: Page, title: str) -> None:
    page.get_by_label("Vad vill du ändra?").select_option(label=title)


def test_what_is_changed_in_the_form_is_changed_in_the_file_and_no_other_line(
    page: Page, alone: Path, tree: Tree, real_text: str
) -> None:
    situation = next(s for s in tree.situations if s.steps and s.steps[0].who)
    (was, *_), condition = situation.steps[0].who, tree.conditions[0]
    unit = next(unit for unit in tree.units if unit.id != was)
    action = tree.get(situation.steps[0].action, Action)
    page.goto(alone.as_uri())
    expect(page.get_by_role("button", name="Ladda ner")).to_be_disabled()
    choose(page, situation.title)
    page.get_by_text("Steg 1:").click()
    who = page.get_by_role("group", name="Vem", exact=True).first
    who.get_by_label(tree.get(was, Unit).name).uncheck()
    who.get_by_label(unit.name).check()
    choose(page, condition.text)
    page.get_by_label("När steget gäller").fill(f'{condition.text}: å\nch "i dag"')
    choose(page, action.label)
    page.get_by_label("Meningen när en gör det").fill(f"{action.text} # 1")
    choose(page, "Adress och översyn")
    page.get_by_label("E-postadressen dit läsare skriver").fill("ingen adress")
    expect(page.get_by_role("alert").filter(has_text="ingen e-postadress")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Du har ändrat 3 saker.")
    page.get_by_label("E-postadressen dit läsare skriver").fill("rutin@example.org")
    page.get_by_label("Dagen då rutinen").fill("2099-05-01")
    expect(page.get_by_role("status")).to_have_text("Du har ändrat 5 saker.")
    page.get_by_role("button", name="Ångra: Adress och översyn › Dagen").click()
    expect(page.get_by_role("status")).to_have_text("Du har ändrat 4 saker.")
    expect(page.get_by_label("Dagen då rutinen")).to_have_value("")
    after = downloaded(page)
    assert sorted(lines(real_text, after)) == edited(was, unit, condition, action)
    read, found = check(after)
    assert read
    assert found == []
    assert read.conditions[0].text == f'{condition.text}: å ch "i dag"'
    assert read.routine.contact == "rutin@example.org"


def test_inherited_steps_are_told_with_where_they_stand(page: Page, alone: Path, tree: Tree) -> None:
    taker = next(s for s in tree.situations if s.except_)
    giver = tree.get(taker.same_steps_as or "", Situation)
    page.goto(alone.as_uri())
    choose(page, taker.title)
    expect(page.locator("summary")).to_have_count(len(taker.except_) + len(taker.steps))
    page.get_by_role("button", name=giver.title).click()
    expect(page.get_by_role("heading", name=giver.title)).to_be_focused()
    expect(page.locator("summary")).to_have_count(len(giver.steps))
    page.get_by_role("button", name=taker.title).click()
    expect(page.get_by_role("heading", name=taker.title)).to_be_focused()


def test_a_file_that_has_changed_since_is_not_written_over(page: Page, tmp_path: Path) -> None:
    text = TREE.read_text("utf-8")
    name = "tree/avhysning.yaml"
    (tmp_path / FORM).write_text(form_html(name, text, "nu", checked(text), served=True), "utf-8")
    (tmp_path / FILE).write_text(text, "utf-8")
    with serving(tmp_path) as address:
        page.goto(address + FORM)
        choose(page, "Adress och översyn")
        page.get_by_label("E-postadressen dit läsare skriver").fill("nytt@example.org")
        after = downloaded(page)
        (tmp_path / FILE).write_text(after, "utf-8")  # saved over the other: it is the form's own change
        assert downloaded(page) == after
        (tmp_path / FILE).write_text(text + "# nytt\n", "utf-8")
        page.get_by_role("button", name="Ladda ner").click()
        expect(page.get_by_role("status")).to_contain_text("Filen har ändrats sedan")


def test_hostile_texts_stand_there_as_texts(page: Page, tmp_path: Path) -> None:
    text = hostile.filled(TREE.read_text("utf-8"), lambda number: hostile.marked(HOSTILE, number)).text
    tree = parse(text).tree
    assert tree
    file = tmp_path / FORM
    file.write_text(form_html("tree/a.yaml", text, "nu", tree), "utf-8")
    page.goto(file.as_uri())
    data, _ = form_data(tree, text)
    for part in few(data["parts"], 10):
        choose(page, part["title"])
        expect(page.locator("#fields h2")).to_have_text(part["title"])
    assert page.locator("img, #fields script").count() == 0
    assert page.locator("script").count() == 2


def test_it_is_accessible_and_without_script_it_says_so(browser: Browser, page: Page, alone: Path) -> None:
    page.goto(alone.as_uri())
    assert inaccessible(page) == []
    for number in ("0", "17", "20"):
        page.get_by_label("Vad vill du ändra?").select_option(number)
        for summary in page.locator("details:not([open]) > summary").all()[:2]:
            summary.click()
        page.locator("#fields").get_by_role("checkbox").or_(page.locator("textarea")).first.focus()
        page.keyboard.press("Space")
        assert inaccessible(page) == []
    expect(page.get_by_role("button", name="Ångra")).not_to_have_count(0)
    context = browser.new_context(java_script_enabled=False)
    plain = open_page(context)
    plain.goto(alone.as_uri())
    expect(plain.get_by_text("Formuläret behöver JavaScript")).to_be_visible()
    expect(plain.get_by_role("combobox")).to_have_count(0)
    context.close()
