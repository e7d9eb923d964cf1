"""Every page and every state, light and dark, wide and narrow; and a statement that says so."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from generator.locale import t
from generator.pages.statement import read_results
from tests import tiers
from tests.conftest import ROOT
from tests.e2e import accessibility as a11y
from tests.e2e.survey import CHECKS, State, Survey, misbuilt, pages_of, survey

RESULTS = ROOT / "content/assets/tillganglighet.json"
ANSWERS = "inkom=underrattelse&orsak=skuld&hushall=barnfamilj&arende-ekonomi=nej&arende-barn-unga=ja"
# What the accessibility statement calls each state, and the address that leads there.
ONE = "situation/barnfamilj-barn-unga-skuld.html"
ADULT = "situation/utan-barn-ekonomi-storning.html"
GAP = (
    "lucka/barnfamilj-arende-pa-bada.html"
    "#inkom=underrattelse&orsak=skuld&hushall=barnfamilj&arende-ekonomi=ja&arende-barn-unga=ja"
)
# A case with two questions.
PRACTICE = "ova/fall/hyra-och-hog-musik.html"
ROUND = ("[data-exercise] input:enabled", "[data-do=answer]", "[data-do=next]")
STATES = {
    "nästa fråga efter ett svar": State("index.html#inkom=underrattelse"),
    "ett svar som ändras": State("index.html#inkom=underrattelse&orsak=skuld&_fraga=start"),
    "en länk med ett svar som inte finns": State("index.html#inkom=underrattelse&orsak=skuld&hushall=slott"),
    "vet inte, med svaren och ett meddelande från Kronofogden": State(
        "vet-inte/skuld-barnfamilj.html#inkom=kronofogden&hushall=barnfamilj&orsak=skuld"
    ),
    "en situation med svaren": State(f"{ONE}#{ANSWERS}"),
    "en situation vars svar leder till en annan sida": State(
        "situation/kronofogden-barnfamilj.html#inkom=underrattelse"
    ),
    "en situation för en enhet, med bockar": State(f"{ONE}#{ANSWERS}", (".r-tick input",), "ekonomi"),
    "en situation där besöket uteblev": State(ONE, ("[value=met]",)),
    "en situation där alla försök inte är gjorda": State(ONE, ("[value=met]", "[value=pending]")),
    "en situation där kontakten lyckades": State(ONE, ("[value=unmet]",)),
    "en situation där avstämningen inte bekräftades": State(ADULT, ("[value=met]", "[value=no]")),
    "en situation med steg som är utfällda": State(ONE, (".r-place > summary", ".r-frame--folded > summary")),
    "en situation från länken på en gammal utskrift": State(f"{ONE}#_utskrift=2021-12-16.1~00001111.2222"),
    "texten till journalen": State(ONE, ("[data-do=record]",)),
    "bockar som har rensats": State(ONE, (".r-tick input", "[data-do=clear]")),
    "matrisen för en enhet": State("matris.html", (), "barn-unga"),
    "en enhets sida när en annan är vald": State("enhet/vuxen.html", (), "barn-unga"),
    "en lucka med svaren": State(GAP),
    "en introduktion med steg som är klara": State("ny-har/vuxen.html", ("[data-lesson] input",)),
    "ett ord som förklaras": State(ONE, ("a.r-term",)),
    "ett övningsfall utan valt svar": State(PRACTICE, ("[data-do=answer]",)),
    "ett övningsfall med ett svar": State(PRACTICE, ("[data-exercise] input", "[data-do=answer]")),
    "ett övningsfall med nästa fråga": State(
        PRACTICE, ("[data-exercise] input", "[data-do=answer]", "[data-do=next]")
    ),
    "resultatet av ett övningsfall, kopierat": State(PRACTICE, (*ROUND * 2, "[data-do=copy]")),
    "vad händer sen, för en enhet och med ett svar": State(
        "ova/vad-hander-sen.html",
        (".r-round summary", "[data-exercise] input", "[data-do=answer]"),
        "ekonomi",
    ),
    "navigatorn som en fil, en situation för en enhet": State(
        f"navigator.html#_sida=situation/barnfamilj-barn-unga-skuld&{ANSWERS}",
        ("[value=met]", "[data-do=record]"),
        "vuxen",
    ),
    "navigatorn som en fil, vet inte": State("navigator.html#_sida=vet-inte/kronofogden&inkom=kronofogden"),
    "navigatorn som en fil, en lucka": State("navigator.html#lucka-skuld-och-storning"),
}


@pytest.fixture(scope="module")
def surveyed(view: Page, base: str, site: Path, engine: str) -> Survey:
    """Every page in the full tier, as the one engine builds it; the other's theme is the same."""
    pages = pages_of(site, every=tiers.full() and engine == "mkdocs")
    return survey(view, base, site, pages, STATES)


@pytest.mark.parametrize("check", CHECKS)
def test_nothing_is_found(surveyed: Survey, check: str) -> None:
    found = surveyed.found[check]
    assert not found, "\n".join([f"{len(found)} found:", *found[:40]])


def test_the_statement_says_what_was_tested(surveyed: Survey, engine: str) -> None:
    if engine != "mkdocs":
        return  # the statement is about the site that is published
    results = surveyed.results()
    if os.environ.get("UPDATE_ACCESSIBILITY"):
        made = {"date": date.today().isoformat(), **results}
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(made, indent=2, ensure_ascii=False) + "\n", "utf-8")
    written = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    assert read_results(RESULTS.read_text("utf-8")), "the results cannot be read; run: make statement"
    if any(results[key] != written[key] for key in ("tree", "generator")):
        said = (surveyed.site / "tillganglighet.html").read_text("utf-8")
        assert t("statement.untested") in said
        return
    # The full tier looks at more pages.
    stale = {key for key in results if key != "pages" and results[key] != written[key]}
    assert not stale, (
        f"the accessibility statement is stale ({', '.join(sorted(stale))}); run: make statement"
    )


PAGE = "<!doctype html><html lang={lang}><title>{title}</title><{main}><h1 id=a>Rubrik</h1>{more}</{main}>"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, []),
        ({"lang": "en"}, ["one.html: språket är inte svenska"]),
        ({"title": ""}, ["one.html: sidan saknar titel"]),
        ({"title": "Två"}, ["two.html: samma titel som one.html"]),
        ({"main": "div"}, ["one.html: sidan har inte ett enda main"]),
        ({"more": "<h1>En till</h1>"}, ["one.html: sidan har inte en enda huvudrubrik"]),
        ({"more": "<h3>Under</h3>"}, ["one.html: h3 följer på h1"]),
        ({"more": "<p id=a>Text</p>"}, ["one.html: a är inte en enda id"]),
    ],
)
def test_what_is_misbuilt_is_found(tmp_path: Path, change: dict[str, str], said: list[str]) -> None:
    good = {"lang": "sv", "title": "Ett", "main": "main", "more": "<h2>Under</h2>"}
    (tmp_path / "one.html").write_text(PAGE.format_map(good | change), "utf-8")
    (tmp_path / "two.html").write_text(PAGE.format_map(good | {"title": "Två"}), "utf-8")
    assert misbuilt(tmp_path) == said


SPOIL = """
const [heading, content, option] = ["h1", "#innehall", ".r-option"].map((s) => document.querySelector(s));
%s;
"""
# Each spoils the start page; "heading", "content" and "option" are elements of it.
BROKEN = {
    "axe": "content.append(new Image())",
    "axe-contrast": "heading.style.cssText = 'color: #aaa; background: #bbb'",
    "structure": "document.documentElement.lang = 'en'",
    "structure-h1": "content.append(heading.cloneNode(true))",
    "structure-main": "content.setAttribute('role', 'main')",
    "reflow": "heading.style.width = '2000px'",
    "reflow-hidden": "heading.textContent = 'Rubrik '.repeat(40);"
    "heading.style.cssText = 'white-space: nowrap; overflow: auto'",
    "reflow-picture": "content.insertAdjacentHTML('afterbegin', '<div class=r-figure role=region tabindex=0>"
    "<p>Bild</p></div>'); content.firstChild.style.overflow = 'auto';"
    "content.querySelector('.r-figure p').style.width = '2000px'",
    "targets": "content.insertAdjacentHTML('afterbegin', '<a href=x>a</a> <a href=x>b</a>')",
    "motion": "heading.style.setProperty('transition', 'color 1s', 'important')",
    "motion-scroll": "document.body.style.setProperty('scroll-behavior', 'smooth', 'important')",
    "spacing": "heading.textContent = 'Rubrik'; heading.style.cssText = 'width: max-content';"
    "heading.style.overflow = 'hidden'; heading.style.whiteSpace = 'nowrap';"
    "heading.style.width = `${heading.offsetWidth + 1}px`",
    "forced": "option.style.border = 'none'",
    "forced-unit": "option.outerHTML = '<span class=r-unit>Enhet</span>'",
    "keyboard": "option.style.setProperty('all', 'initial', 'important')",
    "keyboard-covered": "content.insertAdjacentHTML('beforeend',"
    "'<div style=\"position: fixed; inset: 0; z-index: 9\"></div>')",
    "keyboard-reach": "option.addEventListener('focus', () => heading.focus())",
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_broken_is_found(view: Page, base: str, what: str) -> None:
    checks: dict[str, Callable[[Page], list[str]]] = {
        "axe": a11y.check_axe,
        "spacing": a11y.check_spacing,
        "forced": a11y.check_forced,
        "keyboard": lambda page: a11y.check_keyboard(page, "#innehall"),
    }
    name = what.partition("-")[0]
    found = []
    for broken in (False, True):
        view.goto("about:blank")
        view.goto(base + "index.html")
        a11y.show(view, 1280 if name == "keyboard" else 320, "light")
        if broken:
            view.evaluate(SPOIL % BROKEN[what])
        found.append(checks[name](view) if name in checks else a11y.check(view, name))
    assert not found[0]
    assert found[1]
