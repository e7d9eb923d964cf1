"""The accessibility statement: what the law asks for, and what the tests have found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.locale import strings, t
from generator.model import Role
from generator.pages.page import Page
from generator.pages.results import Engines, Results, read
from generator.pages.site import Site

ENGINES = ("Chromium", "Firefox", "WebKit")


@dataclass(frozen=True)
class Tested(Results):
    """What the tests covered when the results were last written, and how much each check found.

    ``pages`` were looked at in a browser, of the ``of`` that the site has.
    """

    pages: int
    of: int
    states: list[str]
    widths: list[int]
    axe: str
    validator: str
    found: dict[str, int]

    @property
    def checks(self) -> list[tuple[str, int]]:
        """What each check looks at, and how much it found."""
        return [(t(f"statement.checks.{check}"), count) for check, count in self.found.items()]

    @property
    def shortcomings(self) -> list[tuple[str, int]]:
        return [(check, count) for check, count in self.checks if count]


def read_results(text: str) -> Tested | None:
    """Return the results in a JSON text, or None when they are not such results."""
    made = read(text, Tested)
    return made if made and set(made.found) == set(strings()["statement"]["checks"]) else None


@dataclass(frozen=True)
class Tried:
    """An engine with its version, and the checks by what they found there: nothing, so many, or not made."""

    name: str
    without: list[str]
    found: list[tuple[str, int]]
    not_made: list[str]


def tried(engines: Engines) -> list[Tried]:
    """Return what was tried in each engine, also where that is nothing."""
    words = strings()["statement"]["engine_checks"]
    told = []
    for engine in ENGINES:
        counts = {word: engines.count(engine, check) for check, word in words.items()}
        told.append(
            Tried(
                f"{engine} {engines.versions.get(engine, '')}".strip(),
                [word for word, count in counts.items() if count == 0],
                [(word, count) for word, count in counts.items() if count],
                [word for word, count in counts.items() if count is None],
            )
        )
    return told


def pages(site: Site, tested: Tested | None, engines: Engines | None) -> Iterator[Page]:
    """Yield the statement."""
    owners = [str(site.tree.get(id, Role).name) for id in site.tree.routine.owners]
    context: dict[str, Any] = {
        "tested": tested if tested and tested.holds_for(site) else None,
        "earlier": tested,
        "engines": engines if engines and engines.holds_for(site) else None,
        "owners": owners,
    }
    context["tried"] = tried(context["engines"]) if context["engines"] else []
    yield Page("tillganglighet", t("statement.title"), "statement.html.jinja", context)
