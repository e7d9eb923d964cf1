"""What is tried alike in every engine: each check says what it found, in one line for each."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from generator.model import Situation, Tree
from generator.routine.steps import placed_steps
from tests.e2e.engine_by_name import ENTER, SPACE, TAB, Chromium
from tests.e2e.other_browsers import AnyBrowser, comes_to
from tests.e2e.overprinted import overprinted
from tests.e2e.reader import listened
from tests.e2e.test_agreement import Clicks, ways

SITUATION = "situation/barnfamilj-ekonomi-skuld.html"
ANSWERS = (
    "#inkom=underrattelse&orsak=skuld&hushall=barnfamilj&arende-ekonomi=ja&arende-barn-unga=nej&upprepad=nej"
)
NARROW = 320
# A page of each kind that is read on a phone.
PAGES = [
    *("index.html", SITUATION, "matris.html", "luckor.html", "enhet/ekonomi.html", "vet-inte/start.html"),
    *("avsnitt/hushall-utan-barn.html", "ova/fall/hyra-och-hog-musik.html", "tillganglighet.html"),
]
PAPERS = [
    *(SITUATION, "situation/kronofogden-barnfamilj.html", "avsnitt/hushall-utan-barn.html", "luckor.html"),
    *("matris.html", "vet-inte/skuld-barnfamilj.html", "lucka/barnfamilj-arende-pa-bada.html"),
    "tillganglighet.html",
]


HEADING = """
const shown = [...document.querySelectorAll("h1")].find((one) => one.checkVisibility());
return shown ? shown.innerText.trim() : "";
"""
STEPS = "return [...document.querySelectorAll('[data-end] [data-step]')].map((step) => step.dataset.step)"
ENDS = "return document.querySelector('[data-end]')?.dataset.end"


def leave(engine: AnyBrowser, script: str) -> None:
    """Run a script that leaves the page, after it has answered; Firefox goes nowhere from one that loads."""
    assert comes_to(lambda: engine.run("return document.readyState") == "complete")
    engine.run(f"setTimeout(() => {{ {script} }})")


def click(engine: AnyBrowser, selector: str) -> None:
    """Click the first of these that is shown; a label on the way is waited for."""
    script = f"""
    const found = [...document.querySelectorAll({json.dumps(selector)})].find((one) => one.checkVisibility());
    if (found) found.click();
    return Boolean(found);
    """
    assert comes_to(lambda: engine.run(script)), selector


def follow(engine: AnyBrowser, base: str, clicks: Sequence[str]) -> list[str]:
    """Answer the questions from the start page on, and return the headings that were passed."""
    engine.go(base + "index.html")
    passed = [str(engine.run(HEADING))]
    for option in clicks:
        click(engine, "[data-onward]" if option == "→" else f'[data-option="{option}"]')
        assert comes_to(lambda: engine.run(HEADING) not in ("", passed[-1])), f"{clicks}: {option}"
        passed.append(str(engine.run(HEADING)))
    return passed


def _walks(engine: AnyBrowser, base: str, tree: Tree, every: dict[Clicks, Any]) -> list[str]:
    found = []
    for clicks, (end, _) in every.items():
        follow(engine, base, clicks)
        if not comes_to(lambda end=end: engine.run(ENDS) == end):  # type: ignore[misc]
            found.append(f"{clicks}: {engine.run('return location.href')}, not {end}")
            continue
        steps = list(placed_steps(tree, tree.get(end, Situation))) if end in tree.ids("situations") else []
        if engine.run(STEPS) != [placed.id for placed in steps]:
            found.append(f"{clicks}: other steps")
    return found


def every_case(engine: AnyBrowser, base: str, tree: Tree) -> list[str]:
    return _walks(engine, base, tree, ways(tree))


def one_case(engine: AnyBrowser, base: str, tree: Tree) -> list[str]:
    """Walk the longest way."""
    longest = max(ways(tree).items(), key=lambda way: len(way[0]))
    return _walks(engine, base, tree, dict([longest]))


def back_and_forward(engine: AnyBrowser, base: str, tree: Tree) -> list[str]:
    """Go back through all questions and forward again; what was cleared or chosen since stays so."""
    clicks = max((way for way in ways(tree) if "→" not in way), key=len)
    passed = follow(engine, base, clicks)
    found = []
    for move, expected in (("back", passed[-2::-1]), ("forward", passed[1:])):
        for heading in expected:
            leave(engine, f"history.{move}()")
            if not comes_to(lambda heading=heading: engine.run(HEADING) == heading):  # type: ignore[misc]
                found.append(f"{move}: {engine.run(HEADING)}, not {heading}")
            elif not comes_to(lambda heading=heading: heading in str(engine.run("return document.title"))):  # type: ignore[misc]
                found.append(f"{move}: the title is {engine.run('return document.title')}")
    return found + _cleared_is_cleared(engine, base) + _chosen_is_chosen(engine, base)


def _is_at(engine: AnyBrowser, part: str) -> bool:
    return part in str(engine.run("return location.href"))


def _cleared_is_cleared(engine: AnyBrowser, base: str) -> list[str]:
    engine.go(base + SITUATION + ANSWERS)
    click(engine, ".r-tick input")
    click(engine, "a.r-restart")
    assert comes_to(lambda: not _is_at(engine, "situation/") and engine.run(HEADING))
    leave(engine, "history.back()")
    assert comes_to(lambda: _is_at(engine, "situation/") and engine.run(HEADING))
    gone = "return document.querySelectorAll('.r-tick input:checked').length === 0"
    return [] if comes_to(lambda: engine.run(gone)) else ["a tick that was cleared is back"]


def _chosen_is_chosen(engine: AnyBrowser, base: str) -> list[str]:
    choose = """
    const list = document.querySelector("select[data-unit-choice]");
    list.value = "%s";
    list.dispatchEvent(new Event("change", { bubbles: true }));
    """
    engine.go(base + "matris.html")
    engine.run(choose % "ekonomi")
    engine.go(base + "enheter.html")
    engine.run(choose % "vuxen")
    leave(engine, "history.back()")
    assert comes_to(lambda: _is_at(engine, "matris"))
    shown = "return document.querySelector('select[data-unit-choice]').value"
    holds = comes_to(lambda: engine.run(shown) == "vuxen")
    engine.run("localStorage.clear()")
    return [] if holds else [f"the unit is {engine.run(shown)} again"]


def by_keyboard(engine: AnyBrowser, base: str, _: Tree) -> list[str]:
    """Answer by Tab and Enter alone, and tick the first step; what has the focus is seen to have it."""
    engine.go(base + "index.html")
    found = []
    for option in ("hyresskuld", "barnfamilj", "bara-barn-unga"):
        found += _tab_to(engine, f'[data-option="{option}"]')
        heading = engine.run(HEADING)
        engine.press(ENTER)
        assert comes_to(lambda heading=heading: engine.run(HEADING) not in ("", heading)), option  # type: ignore[misc]
    found += _tab_to(engine, ".r-tick input")
    engine.press(SPACE)
    ticked = comes_to(lambda: engine.run("return document.activeElement.checked"))
    return found + ([] if ticked else ["Space does not tick the step"])


def _tab_to(engine: AnyBrowser, selector: str) -> list[str]:
    look = f"""
    const here = document.activeElement, style = getComputedStyle(here);
    if (!here.matches({json.dumps(selector)})) return "";
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 ? "seen" : "unseen";
    """
    for _ in range(120):
        engine.press(TAB)
        if reached := engine.run(look):
            return [] if reached == "seen" else [f"{selector}: it is not seen to have the focus"]
    raise AssertionError(f"Tab does not reach {selector}")


def without_storage(engine: AnyBrowser, base: str, tree: Tree) -> list[str]:
    """Answer, choose a unit, tick and clear where nothing can be kept."""
    kept = "try { return Boolean(localStorage) } catch { return false }"
    engine.go(base + SITUATION)
    assert not engine.run(kept)
    found = one_case(engine, base, tree)
    engine.go(base + SITUATION)
    click(engine, "[data-unit-choice][value=ekonomi]")
    click(engine, ".r-tick input")
    ticks = "return document.querySelectorAll('.r-tick input:checked').length"
    if not comes_to(lambda: engine.run(ticks) == 1):
        found.append("a tick does not stay")
    click(engine, "[data-do=clear]")
    return found if comes_to(lambda: engine.run(ticks) == 0) else [*found, "ticks cannot be cleared"]


SHOWN_NARROW = """
const shown = document.getElementById("narrow").contentDocument, root = shown.documentElement;
const whole = shown.readyState === "complete" && Boolean(shown.getElementById("innehall"));
"""


def narrow(engine: AnyBrowser, base: str, _: Tree) -> list[str]:
    """Show pages 320 pixels wide, in a frame since no window is as narrow: nothing scrolls sideways."""
    found = []
    for path in PAGES:
        engine.go(base + "404.html")
        engine.run(f"""
        const frame = document.createElement("iframe");
        Object.assign(frame, {{ src: "{base}{path}", id: "narrow" }});
        Object.assign(frame.style, {{ width: "{NARROW}px", height: "800px", border: "0" }});
        document.body.replaceChildren(frame);
        """)
        assert comes_to(lambda: engine.run(SHOWN_NARROW + "return whole")), path
        size = engine.run(SHOWN_NARROW + "return [root.clientWidth, root.scrollWidth]")
        if not size[1] <= size[0] <= NARROW:  # a scroll bar takes some
            found.append(f"{path}: {size}")
    return found


TITLES = """
const titles = document.querySelectorAll("h2, h3, h4, .r-band th, .r-legend strong");
return [...titles].map((one) => one.innerText);
"""


def on_paper(engine: AnyBrowser, base: str, tree: Tree) -> list[str]:
    """Print pages: every step is there, nothing is covered, and no sheet is empty or ends with a heading."""
    found = []
    for path in PAPERS:
        engine.go(base + path)
        headings = {_pressed(text) for text in engine.run(TITLES)}
        printed = engine.paper()
        found += [f"{path}: {place} is printed over" for place in overprinted(printed)]
        sheets = PdfReader(BytesIO(printed)).pages
        for number, sheet in enumerate(sheets, start=1):
            text = sheet.extract_text(extraction_mode="layout")
            lines = [line for line in map(_pressed, text.splitlines()) if line]
            # The foot that Chromium alone puts there.
            lines = [line for line in lines if not re.search(rf"{number}\({len(sheets)}\)$", line)]
            last = {"".join(lines[-count:]) for count in (1, 2, 3)}  # a heading may take some lines
            if not lines or last & headings:
                found.append(f"{path}: sheet {number} ends with {lines[-1:]}")
        whole = _pressed("".join(sheet.extract_text() for sheet in sheets))
        name = path.removeprefix("situation/").removesuffix(".html")
        if name in tree.ids("situations"):
            steps = placed_steps(tree, tree.get(name, Situation))
            found += [f"{path}: {p.id} is missing" for p in steps if _pressed(p.sentence) not in whole]
    return found


def _pressed(text: str) -> str:
    """Return text without white space, ligatures and the shapes of units."""
    return re.sub(r"[\s●▲■◆★]+", "", unicodedata.normalize("NFKC", text))


def aloud(engine: AnyBrowser, base: str, tree: Tree) -> list[str]:
    """Listen: only Chromium hands over to its driver what a screen reader is given."""
    if not isinstance(engine, Chromium):
        pytest.skip("its driver does not tell what a screen reader is given")
    return listened(engine.page, base, tree)


@dataclass(frozen=True)
class Check:
    """What is tried, and what the browser is without meanwhile."""

    look: Callable[[AnyBrowser, str, Tree], list[str]]
    without: str = ""


CHECKS = {
    "cases": Check(every_case),
    "plain": Check(every_case, "script"),
    "history": Check(back_and_forward),
    "keyboard": Check(by_keyboard),
    "storage": Check(without_storage, "storage"),
    "narrow": Check(narrow),
    "paper": Check(on_paper),
    "aloud": Check(aloud),
}
