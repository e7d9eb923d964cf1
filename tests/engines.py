"""What was tried in which browser engine, as the documents tell it: from the last results."""

from __future__ import annotations

import re

from generator.commands.site import RESULTS_OF_ENGINES
from generator.pages.results import Engines, read_engines
from generator.pages.statement import ENGINES
from tests.conftest import ROOT

DOCUMENT = ROOT / "docs/engines.md"
README = ROOT / "README.md"
CHECKS = {
    "cases": "Every case, from the first question to the steps",
    "plain": "Every case with scripts turned off",
    "history": "Back and forward; what was cleared stays cleared, what was chosen stays chosen",
    "keyboard": "By keyboard alone, with the focus in sight",
    "storage": "Where nothing may be stored",
    "narrow": "320 pixels wide, nothing scrolls sideways",
    "paper": "Printed: every step, no sheet that ends with a heading",
    "aloud": "What a screen reader is given, from the first question to the steps, and in how few stops",
}
LINE = re.compile(r"<!-- engines -->\n.*\n")


def results() -> Engines | None:
    path = ROOT / RESULTS_OF_ENGINES
    return read_engines(path.read_text("utf-8")) if path.exists() else None


def as_document(tried: Engines | None) -> str:
    """Return the table of engines and checks."""
    versions = [f"{name} {tried.versions.get(name, '')}".strip() if tried else name for name in ENGINES]
    rows = [["Check", *versions], ["---"] * (1 + len(ENGINES))]
    rows += [[told, *(_cell(tried, name, check) for name in ENGINES)] for check, told in CHECKS.items()]
    when = f"Last written {tried.date}, for the tree `{tried.tree[:12]}`." if tried else "Nothing is written."
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"{HEAD}{when}\n\n{table}\n{FOOT}"


def _cell(tried: Engines | None, name: str, check: str) -> str:
    count = tried.count(name, check) if tried else None
    return "not tried" if count is None else f"{count} found" if count else "nothing found"


def in_readme(tried: Engines | None) -> str:
    """Return the line of the README."""
    if tried is None or not tried.versions:
        return "No browser engine was tried yet"
    named = [f"{name} {tried.versions[name]}" for name in ENGINES if name in tried.versions]
    return f"Browser engines last tried, {tried.date}: {', '.join(named)}"


def write() -> None:
    """Write both documents anew."""
    tried = results()
    DOCUMENT.write_text(as_document(tried), "utf-8")
    text = README.read_text("utf-8")
    README.write_text(LINE.sub(marked(tried), text), "utf-8")


def marked(tried: Engines | None) -> str:
    return f"<!-- engines -->\n{in_readme(tried)} ([what, in which](docs/engines.md)).\n"


HEAD = """\
# What was tried in which browser engine

Written by `make statement` from `content/assets/webblasare.json`; do not edit. Edge and Chrome build on
Chromium, Safari and all of iOS on WebKit: what is told here holds for the engine, not for those browsers.

"""
FOOT = """
`tests/e2e/every_engine.py` has the checks. Firefox and WebKit are driven by their own protocols, where they
are installed; `make test` walks one case in each, `make test-all` installs them and makes every check.
There, the editor's form is filled in and downloaded in each, too (`tests/e2e/test_form_elsewhere.py`).

**What no check can see.** On paper, Chromium numbers each sheet, and Firefox has the page's title and
version on each. WebKit 2.50 repeats nothing on every sheet: margin boxes, heads of tables, fixed boxes
and lengths of the window were tried. There, the title stands on the first and the version on the last,
and each row of the matrix names its columns.

**With a screen reader**, by hand on 2026-11-27: Orca 43.1 with Firefox 153.7, driven by keys, what it
said read as text. Each question has the focus and is heard after its answer; the first option is the
next link. At the situation, the first step is one press of the key for check boxes from the heading, two
stops by the card's first link, and 14 line by line; eight steps are 28 lines. A region for what is told
later is no stop as long as it is empty, since none has the role of a status.
"""
