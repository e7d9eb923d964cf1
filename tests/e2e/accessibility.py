"""What makes a page accessible, as checks: each returns what it finds on the open page, one line each."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, ViewportSize

# The window itself is always scrolled by keyboard, also where all that takes focus was thinned out.
SCROLLED = """
axe.configure({ rules: [{ id: 'scrollable-region-focusable', selector: 'body *:not(select, textarea)' }] });
"""
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8") + SCROLLED
OWN = Path(__file__).with_name("accessibility.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What else axe looks at does not depend on the colours.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
# And this of it depends on the width, beside our own checks.
WIDTH_RULES = ["target-size", "scrollable-region-focusable"]
# The order of headings is looked at on every page as it was built; here, some may have been thinned out.
ELSEWHERE = {"heading-order": {"enabled": False}}
# What stands around the content and is the same on every page.
FRAME = [".md-header", ".md-sidebar", ".md-footer"]
SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }
"""


def axe_version() -> str:
    """Return axe-core's version."""
    found = re.search(r"axe v([0-9.]+)", AXE)
    return found[1] if found else "?"


def check_axe(page: Page, rules: Sequence[str] = (), without: Sequence[str] = ()) -> list[str]:
    """Run axe-core by WCAG 2.0–2.2 A and AA and best practices, or only the named rules of it.

    ``without`` are selectors of what is left out.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    # What lies under the head of the page is not covered: the reader scrolls on.
    page.evaluate("document.scrollingElement.scrollTo({ top: 0, behavior: 'instant' })")
    only: dict[str, Any] = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    # The violations alone, as text: what else axe tells takes longer to hand over than to find.
    violations = page.evaluate(
        "async ([context, options]) => JSON.stringify((await axe.run(context, options)).violations)",
        [
            {"include": [["html"]], "exclude": [[selector] for selector in without]},
            {"runOnly": only, "rules": ELSEWHERE, "resultTypes": ["violations"]},
        ],
    )
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in json.loads(violations)
        for node in violation["nodes"]
    ]


def check(page: Page, what: str) -> list[str]:
    """Run one of the checks in accessibility.js."""
    found: list[str] = _own(page, what)
    return found


def _own(page: Page, what: str, argument: Any = "") -> Any:
    if not page.evaluate("'accessibility' in window"):
        page.evaluate(OWN)
    return page.evaluate("([what, argument]) => accessibility[what](argument)", [what, argument])


def check_keyboard(page: Page, within: str = "body", most: int = 1000) -> list[str]:
    """Walk through a page, or a part of it, by Tab alone: everything is reached, and the focus is seen.

    After the ``most`` places the walk ends, and what comes after them is not asked for.
    """
    found: list[str] = []
    places = _own(page, "remember", within) + 100  # some are out of sight until they have focus
    for _ in range(min(places, most)):
        page.keyboard.press("Tab")
        at = page.evaluate("accessibility.focused()")
        if at is None:
            most = places
            break
        found += at
    found += _own(page, "unreached", most >= places)
    return found


def thin(page: Page, keep: int, seen: str) -> str:
    """Take away what is built like ``keep`` others, here or on pages before, until the page is loaded again.

    ``seen`` counts what is built alike, as the text of JSON; returns it with what stays here.
    """
    found: str = _own(page, "thin", [keep, seen])
    return found


def check_forced(page: Page) -> list[str]:
    """Show the page in forced colours: what bears meaning keeps a border or a shape."""
    page.emulate_media(forced_colors="active")
    found = check(page, "forced")
    page.emulate_media(forced_colors="none")
    return found


def check_spacing(page: Page) -> list[str]:
    """Space the text out as WCAG 1.4.12 says: nothing scrolls sideways, and no text is cut off."""
    style = page.add_style_tag(content=SPACING)
    found = check(page, "clipped") + check(page, "reflow")
    style.evaluate("(style) => style.remove()")
    return found


def show(page: Page, width: int, scheme: str, height: int = 800) -> None:
    """Set the window's width and the colour scheme, and wait for the theme to follow."""
    size: ViewportSize = {"width": width, "height": height}
    if page.viewport_size != size:
        page.set_viewport_size(size)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    expected = {"light": "default", "dark": "slate"}[scheme]
    # On the body of the site, on the root of the single file.
    page.wait_for_function(
        "(scheme) => document.querySelector('[data-md-color-scheme]').dataset.mdColorScheme === scheme",
        arg=expected,
    )


def open_all(page: Page) -> None:
    """Open everything that can be folded out."""
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
