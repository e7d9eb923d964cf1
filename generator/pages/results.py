"""Results of the tests, which the accessibility statement tells: read from JSON or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from generator import VERSION
from generator.locale import strings
from generator.pages.site import Site

T = TypeVar("T", bound="Results")


@dataclass(frozen=True)
class Results:
    """When something was tested, and which site: its tree's content hash, and its maker's version."""

    date: str
    tree: str
    generator: str

    def holds_for(self, site: Site) -> bool:
        """Say whether it was this site that was tested, and not an earlier one or another routine's."""
        return (self.tree, self.generator) == (site.digest, VERSION)


@dataclass(frozen=True)
class Engines(Results):
    """What was tried in browsers: engine → its version, and engine → check → how much it found."""

    versions: dict[str, str]
    found: dict[str, dict[str, int]]

    def count(self, engine: str, check: str) -> int | None:
        """Return how much a check found in an engine, or None if it was not tried there."""
        return self.found.get(engine, {}).get(check)


def read(text: str, kind: type[T]) -> T | None:
    """Return the results in a JSON text, whatever else it has, or None when they are not such results."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    hints = get_type_hints(kind)
    names = {f.name for f in fields(kind)}
    if not isinstance(data, Mapping) or not set(data) >= names:
        return None
    made = {name: data[name] for name in names}
    return kind(**made) if all(_fits(value, hints[name]) for name, value in made.items()) else None


def read_engines(text: str) -> Engines | None:
    """Return what was found in the engines; checks that the statement has no words for are no results."""
    made = read(text, Engines)
    known = set(strings()["statement"]["engine_checks"])
    fit = (
        made
        and set(made.found) == set(made.versions)
        and all(known >= set(each) for each in made.found.values())
    )
    return made if fit else None


def _fits(value: Any, hint: Any) -> bool:
    if get_origin(hint) is dict:
        of = get_args(hint)[1]
        return isinstance(value, dict) and all(_fits(each, of) for each in value.values())
    if get_origin(hint) is list:
        return isinstance(value, list) and all(_fits(each, get_args(hint)[0]) for each in value)
    return type(value) is hint
