"""One walk over the whole site: every page and state, every view, every check."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from lxml import html
from playwright.sync_api import Page

from generator import VERSION
from tests import tiers
from tests.e2e import accessibility as a11y
from tests.e2e.own_unit import choose_unit
from tests.e2e.validity import invalid, version

WIDTHS = [1280, 320]
SCHEMES = ["light", "dark"]
# Where the fast tier ends a walk by keyboard: on a page, and in a state of one.
MANY, FEWER = 60, 30
WHOLE = ("index.html", "navigator.html", "404.html", "situation/barnfamilj-barn-unga-skuld.html")
COPYING = ("[data-do=record]", "[data-do=copy]")
CHECKS = [
    *("axe", "valid", "structure", "reflow", "zoom"),
    *("targets", "motion", "spacing", "forced", "keyboard"),
]


@dataclass(frozen=True)
class State:
    """A state of a page: the address that leads there, and then what to press or to choose."""

    address: str
    press: tuple[str, ...] = ()
    choose: str = ""


@dataclass
class Survey:
    """What was looked at on which site, and what each check found: lines that begin with the page.

    ``built`` counts what was looked at that is built alike, as JSON.
    """

    site: Path
    pages: list[str]
    states: list[str]
    found: dict[str, list[str]] = field(default_factory=lambda: {check: [] for check in CHECKS})
    built: str = "{}"

    def results(self) -> dict[str, Any]:
        """Return what was tested, but for the date; the statement tells most of it."""
        data = json.loads((self.site / "rutin.json").read_text("utf-8"))
        return {
            "tree": data["routine"]["content_hash"].removeprefix("sha256:"),
            "generator": VERSION,
            "pages": len(self.pages),
            "of": len(every_page(self.site)),
            "kinds": sorted({kind(page) for page in self.pages}),
            "states": self.states,
            "tags": a11y.TAGS,
            "widths": WIDTHS,
            "axe": a11y.axe_version(),
            "validator": version(),
            "found": {check: len(lines) for check, lines in self.found.items()},
        }

    def note(self, check: str, place: str, lines: Sequence[str]) -> None:
        self.found[check] += [f"{place}: {line}" for line in lines]


def kind(page: str) -> str:
    """Return the folder that a page is one of many in; pages at the root are each of their own kind."""
    return page.rpartition("/")[0] or "."


def every_page(site: Path) -> list[str]:
    return sorted(p.relative_to(site).as_posix() for p in site.rglob("*.html"))


def pages_of(site: Path, *, every: bool) -> list[str]:
    """Return the site's pages to look at: every one, or those at the root and two of each other kind."""
    pages = every_page(site)
    return pages if every else tiers.some(pages, 2, lambda page: page if kind(page) == "." else kind(page))


def survey(page: Page, base: str, site: Path, pages: list[str], states: Mapping[str, State]) -> Survey:
    """Look at these pages of the site, and at every state; and, without a browser, at all pages."""
    done = Survey(site, pages, list(states))
    done.note("valid", "html", invalid(site))
    done.note("structure", "html", misbuilt(site))
    look = _at_all if tiers.full() else _at_one_of_each
    seen: set[str] = set()
    for place in pages:
        reach(page, base, State(place))
        done.note("structure", place, a11y.check(page, "structure"))
        first = kind(place) == "." or kind(place) not in seen
        seen.add(kind(place))
        whole = tiers.full() or place in WHOLE  # what stands around the content is the same on the others
        look(done, page, place, ("body" if whole else "#innehall") if first else "")
    for name, state in states.items():
        reach(page, base, state)
        look(done, page, name, "#innehall")
        page.evaluate("localStorage.clear(), sessionStorage.clear()")
    return done


def reach(page: Page, base: str, state: State) -> None:
    page.goto("about:blank")
    page.goto(base + state.address)
    a11y.show(page, WIDTHS[0], SCHEMES[0])
    if state.choose:
        choose_unit(page, state.choose)
    for selector in state.press:
        page.locator(f"{selector} >> visible=true").first.click()
        if selector in COPYING:  # the field is focused when the browser has said no
            # A function, since the policy forbids to put an expression together in the page.
            page.wait_for_function(
                "() => [...document.querySelectorAll('[data-done]')].some((e) => e.textContent)"
            )


def misbuilt(site: Path) -> list[str]:
    """Return what is wrong with the language, titles, headings and ids of the site's pages as built."""
    found = []
    titles: dict[str, str] = {}
    for path in every_page(site):
        root = html.parse(str(site / path)).getroot()
        title = (root.findtext(".//title") or "").strip()
        faults = [] if root.get("lang") == "sv" else ["språket är inte svenska"]
        faults += [] if title else ["sidan saknar titel"]
        if (other := titles.setdefault(title, path)) != path:
            faults.append(f"samma titel som {other}")
        # The single file has all its pages in it, one after the other.
        for part in root.xpath("//*[@data-sheet]") or [root]:
            faults += _headings(part)
        if len(root.xpath("//main | //*[@role='main']")) != 1:
            faults.append("sidan har inte ett enda main")
        ids = Counter(root.xpath("//@id"))
        faults += [f"{id} är inte en enda id" for id, count in ids.items() if count > 1]
        found += [f"{path}: {fault}" for fault in faults]
    return found


def _headings(part: Any) -> list[str]:
    """Return what is wrong with the headings of a page's content: one first, and no level left out."""
    levels = [
        int(heading.tag[1]) for heading in part.xpath(".//*[self::h1 or self::h2 or self::h3 or self::h4]")
    ]
    faults = [] if levels.count(1) == 1 else ["sidan har inte en enda huvudrubrik"]
    return faults + [f"h{b} följer på h{a}" for a, b in pairwise(levels) if b > a + 1]


def _at_all(done: Survey, page: Page, place: str, closely: str) -> None:
    """Look at all that stands there; and ``closely``, by keyboard too, at what this selector finds."""
    if closely:
        done.note("keyboard", place, a11y.check_keyboard(page))
        _folded(done, page, place)
    _widths(done, page, place)
    for number, width in enumerate(WIDTHS):
        # Everything once in each width, and what depends on the colours once more.
        first, second = SCHEMES[:: -1 if number else 1]
        a11y.show(page, width, first)
        done.note("axe", f"{place} ({width}, {first})", a11y.check_axe(page))
        a11y.show(page, width, second)
        done.note("axe", f"{place} ({width}, {second})", a11y.check_axe(page, a11y.COLOUR_RULES))


def _at_one_of_each(done: Survey, page: Page, place: str, closely: str) -> None:
    """Look at what is measured in full, and by axe and by keyboard at two of what is built alike anywhere.

    Everything once; at the first page of a kind, what depends on the colours or the width once more.
    """
    first_of_kind = bool(closely) and place in done.pages
    page.evaluate("document.querySelectorAll('.r-sheet:not(.r-open)').forEach((sheet) => sheet.remove())")
    if closely:
        done.note("forced", place, a11y.check_forced(page))
    a11y.open_all(page)
    done.note("targets", place, a11y.check(page, "targets"))
    done.note("motion", place, a11y.check(page, "motion"))
    a11y.show(page, WIDTHS[1], SCHEMES[0], height=256)  # narrow, and what 400 % leaves of a window, in one
    if closely:
        done.note("spacing", place, a11y.check_spacing(page))
    scrolled = a11y.check(page, "reflow")
    done.note("reflow", place, scrolled)
    done.note("zoom", place, scrolled)
    done.note("targets", f"{place} ({WIDTHS[1]})", a11y.check(page, "targets"))
    done.built = a11y.thin(page, 2 if place in done.pages else 1, done.built)
    without = () if closely == "body" else a11y.FRAME
    if first_of_kind:
        done.note("axe", f"{place} ({WIDTHS[1]})", a11y.check_axe(page, a11y.WIDTH_RULES, without))
    a11y.show(page, WIDTHS[0], SCHEMES[0])
    done.note("axe", place, a11y.check_axe(page, (), without))
    if closely:
        most = MANY if place in done.pages else FEWER
        done.note("keyboard", place, a11y.check_keyboard(page, closely, most))
    if first_of_kind:
        a11y.show(page, WIDTHS[0], SCHEMES[1])
        done.note("axe", f"{place} ({SCHEMES[1]})", a11y.check_axe(page, a11y.COLOUR_RULES, without))


def _folded(done: Survey, page: Page, place: str) -> None:
    """Look at the page as it opens."""
    done.note("forced", place, a11y.check_forced(page))
    for width in WIDTHS:
        a11y.show(page, width, SCHEMES[0])
        done.note("spacing", f"{place} ({width})", a11y.check_spacing(page))


def _widths(done: Survey, page: Page, place: str) -> None:
    """Look at the page in each width with everything open; it stays narrow."""
    a11y.open_all(page)
    for width in WIDTHS:
        a11y.show(page, width, SCHEMES[0])
        done.note("targets", f"{place} ({width})", a11y.check(page, "targets"))
    done.note("motion", place, a11y.check(page, "motion"))
    done.note("reflow", place, a11y.check(page, "reflow"))
    a11y.show(page, WIDTHS[1], SCHEMES[0], height=256)
    done.note("zoom", place, a11y.check(page, "reflow"))
