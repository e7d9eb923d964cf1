"""The accessibility statement: what the law asks for, and what the tests have found."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, get_type_hints

from generator import VERSION
from generator.locale import strings, t
from generator.model import Role
from generator.pages.page import Page
from generator.pages.site import Site


@dataclass(frozen=True)
class Tested:
    """What the tests covered when the results were last written, and how much each check found.

    ``tree`` is the content hash of the tree and ``generator`` the version of what made the site that was
    tested. ``pages`` were looked at in a browser, of the ``of`` that the site has.
    """

    date: str
    tree: str
    generator: str
    pages: int
    of: int
    kinds: list[str]
    states: list[str]
    tags: list[str]
    schemes: list[str]
    widths: list[int]
    axe: str
    validator: str
    found: dict[str, int]

    def holds_for(self, site: Site) -> bool:
        """Say whether it was this site that was tested, and not an earlier one or another routine's."""
        return (self.tree, self.generator) == (site.digest, VERSION)

    @property
    def checks(self) -> list[tuple[str, int]]:
        """What each check looks at, and how much it found."""
        return [(t(f"statement.checks.{check}"), count) for check, count in self.found.items()]

    @property
    def shortcomings(self) -> list[tuple[str, int]]:
        return [(check, count) for check, count in self.checks if count]


def read_results(text: str) -> Tested | None:
    """Return the results in a JSON text, or None when they are not such results."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    hints = get_type_hints(Tested)
    names = {f.name for f in fields(Tested)}
    if not isinstance(data, Mapping) or set(data) != names:
        return None
    if not all(_fits(data[name], hints[name]) for name in names):
        return None
    return Tested(**data) if set(data["found"]) == set(strings()["statement"]["checks"]) else None


def _fits(value: Any, hint: Any) -> bool:
    if hint in (str, int):
        return type(value) is hint
    if hint == dict[str, int]:
        return isinstance(value, dict) and all(type(count) is int for count in value.values())
    (item,) = hint.__args__
    return isinstance(value, list) and all(type(v) is item for v in value)


def pages(site: Site, tested: Tested | None) -> Iterator[Page]:
    """Yield the statement."""
    owners = [str(site.tree.get(id, Role).name) for id in site.tree.routine.owners]
    told = tested if tested and tested.holds_for(site) else None
    context = {"tested": told, "earlier": tested, "owners": owners}
    yield Page("tillganglighet", t("statement.title"), "statement.html.jinja", context)
