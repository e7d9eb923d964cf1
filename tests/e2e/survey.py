"""One walk over the whole site: every page and state, every view, every check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.e2e import accessibility as a11y
from tests.e2e.validity import invalid, version

WIDTHS = [1280, 320]
SCHEMES = ["light", "dark"]
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
    """What was looked at, and what each check found: lines that begin with the page."""

    pages: list[str]
    states: list[str]
    found: dict[str, list[str]] = field(default_factory=lambda: {check: [] for check in CHECKS})
    titles: dict[str, str] = field(default_factory=dict)

    def results(self) -> dict[str, Any]:
        """Return what the accessibility statement tells, but for the date."""
        return {
            "pages": len(self.pages),
            "kinds": sorted({kind(page) for page in self.pages}),
            "states": self.states,
            "tags": a11y.TAGS,
            "schemes": SCHEMES,
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


def survey(page: Page, base: str, site: Path, states: Mapping[str, State]) -> Survey:
    """Look at every page of the site, and at every state."""
    pages = sorted(p.relative_to(site).as_posix() for p in site.rglob("*.html"))
    done = Survey(pages, list(states))
    done.note("valid", "html", invalid(site))
    seen: set[str] = {"."}
    for place in pages:
        reach(page, base, State(place))
        _structure(done, page, place)
        if kind(place) == "." or kind(place) not in seen:
            seen.add(kind(place))
            _closely(done, page, place)
        _views(done, page, place)
    for name, state in states.items():
        reach(page, base, state)
        _closely(done, page, name)
        _views(done, page, name)
        page.evaluate("localStorage.clear(), sessionStorage.clear()")
    return done


def reach(page: Page, base: str, state: State) -> None:
    page.goto("about:blank")
    page.goto(base + state.address)
    a11y.show(page, WIDTHS[0], SCHEMES[0])
    if state.choose:
        page.locator("[data-unit-choice]:visible").first.select_option(state.choose)
    for selector in state.press:
        page.locator(f"{selector} >> visible=true").first.click()


def _structure(done: Survey, page: Page, place: str) -> None:
    done.note("structure", place, a11y.check(page, "structure"))
    other = done.titles.setdefault(page.title(), place)
    if other != place:
        done.note("structure", place, [f"samma titel som {other}"])


def _closely(done: Survey, page: Page, place: str) -> None:
    done.note("keyboard", place, a11y.check_keyboard(page))
    done.note("forced", place, a11y.check_forced(page))
    for width in WIDTHS:
        a11y.show(page, width, SCHEMES[0])
        done.note("spacing", f"{place} ({width})", a11y.check_spacing(page))


def _views(done: Survey, page: Page, place: str) -> None:
    a11y.open_all(page)
    for number, width in enumerate(WIDTHS):
        # Everything once in each width, and what depends on the colours once more.
        first, second = SCHEMES[:: -1 if number else 1]
        a11y.show(page, width, first)
        done.note("axe", f"{place} ({width}, {first})", a11y.check_axe(page))
        done.note("targets", f"{place} ({width})", a11y.check(page, "targets"))
        a11y.show(page, width, second)
        done.note("axe", f"{place} ({width}, {second})", a11y.check_axe(page, a11y.COLOUR_RULES))
    done.note("reflow", place, a11y.check(page, "reflow"))
    done.note("motion", place, a11y.check(page, "motion"))
    a11y.show(page, 320, SCHEMES[0], height=256)
    done.note("zoom", place, a11y.check(page, "reflow"))
