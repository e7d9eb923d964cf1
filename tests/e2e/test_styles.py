"""The browser takes every rule and declaration in a style: what it does not know, it drops unsaid."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.conftest import ROOT

STYLES = sorted((ROOT / "site_overrides/assets").glob("*.css"))
DECLARATION = re.compile(r"""([\w-]+)\s*:\s*((?:"[^"]*"|[^;{}"])+);""")
RULES = """(text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  const count = (rules) => [...rules].reduce((sum, rule) => sum + 1 + count(rule.cssRules || []), 0);
  return count(sheet.cssRules);
}"""
DROPPED = "(all) => all.filter(([name, value]) => !CSS.supports(name, value)).map((pair) => pair.join(': '))"


def declarations(text: str) -> list[tuple[str, str]]:
    """Return the names and values that a style declares, without the word on how important they are."""
    return [(name, value.replace("!important", "").strip()) for name, value in DECLARATION.findall(text)]


def dropped(page: Page, style: str) -> list[str]:
    """Return what the browser does not take: declarations, or how many rules."""
    text = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    found: list[str] = page.evaluate(DROPPED, declarations(text))
    missing = text.count("{") - page.evaluate(RULES, text)
    return [*found, *([f"{missing} rules"] if missing else [])]


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_the_browser_takes_every_rule_and_declaration(page: Page, path: Path) -> None:
    style = path.read_text("utf-8")
    assert len(declarations(style)) > 5
    assert dropped(page, style) == []


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ('a { color: red !important; content: ";"; }', []),
        ("a { colr: red; }", ["colr: red"]),
        ("a { color: rde; }", ["color: rde"]),
        ("@media print { a { margin: 1mm; dispaly: none; } }", ["dispaly: none"]),
        ("a:hovver { color: red; }", ["1 rules"]),
        ("@medai print { a { color: red; } }", ["2 rules"]),
    ],
)
def test_what_it_does_not_take_is_said(page: Page, style: str, said: list[str]) -> None:
    assert dropped(page, style) == said


@pytest.mark.parametrize(("chosen", "scheme"), [(2, "slate"), (1, "default")])
def test_the_chosen_colours_wait_for_no_script_of_the_theme(
    page: Page, base: str, chosen: int, scheme: str
) -> None:
    page.emulate_media(color_scheme="light" if scheme == "slate" else "dark")
    page.route("**/javascripts/bundle*", lambda route: route.abort())  # nor does it write another choice
    page.goto(base + "index.html")
    page.evaluate(
        """([index, scheme]) => __md_set("__palette", { index,
          color: { media: "", scheme, primary: "custom", accent: "custom" } })""",
        [chosen, scheme],
    )
    page.reload()
    assert page.evaluate("document.body.dataset.mdColorScheme") == scheme


@pytest.mark.engines
@pytest.mark.parametrize(("name", "scheme"), [("ljust", "default"), ("mörkt", "slate")])
def test_a_choice_of_colours_is_named_after_what_it_sets(
    page: Page, base: str, name: str, scheme: str
) -> None:
    page.goto(base + "index.html")
    page.get_by_role("radio", name=f"Utseende: {name}").dispatch_event("click")
    assert page.evaluate("document.body.dataset.mdColorScheme") == scheme


@pytest.mark.parametrize("path", ["situation/barnfamilj-ekonomi-skuld.html", "navigator.html"])
def test_a_word_of_the_glossary_is_told_from_a_link(page: Page, base: str, path: str) -> None:
    page.goto(base + path)
    word = page.locator("a.r-term").first
    looks = """(word) => [getComputedStyle(word), getComputedStyle(word.parentElement)].map((style) =>
      [style.color, style.textDecorationLine, style.textDecorationStyle])"""
    (color, line, style), (around, *_) = word.evaluate(looks)
    assert (color, line, style) == (around, "underline", "dotted")
