"""What is locked: its licences, from the packages' own metadata, and the list of it for the docs."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from importlib import metadata
from typing import Any

from generator.bundle.licences import of_packages
from generator.bundle.lock_file import LockedPackage, locked_packages, normal
from tests.conftest import ROOT

LISTED = ROOT / "docs/dependencies.md"
KNOWN = ROOT / "generator/bundle/licences/packages.json"
POLICY: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["licences"]
SITE = locked_packages((ROOT / "requirements.txt").read_text("utf-8"))
ALL = locked_packages((ROOT / "requirements-dev.txt").read_text("utf-8"))

ENGINE = locked_packages((ROOT / "requirements-zensical.txt").read_text("utf-8"))
LISTS = ("requirements.in", "requirements-zensical.in", "requirements-dev.in")

Metadata = Callable[[str], Mapping[str, list[str]]]


def installed(name: str) -> Mapping[str, list[str]]:
    """Return what an installed package says of its licence. Raises PackageNotFoundError."""
    told = metadata.metadata(name)
    return {key: told.get_all(key) or [] for key in ("License-Expression", "License", "Classifier")}


def licence_of(name: str, told: Metadata = installed) -> str | None:
    """Return a package's licence in SPDX, or None if neither it nor the policy says it.

    A package that is locked for another system cannot be asked here: what was found where it is
    installed holds.
    """
    if name in POLICY["read"]:
        return str(POLICY["read"][name])
    try:
        said = told(name)
    except metadata.PackageNotFoundError:
        return of_packages().get(name)
    classified = [text.rsplit(" :: ", 1)[-1] for text in said["Classifier"] if text.startswith("License ::")]
    for words in (*said["License-Expression"], *said["License"], *classified):
        licence = POLICY["words"].get(words, words)
        if is_expression(licence):
            return str(licence)
    return None


def is_expression(words: str) -> bool:
    """Tell whether every part is a licence that the policy names."""
    return all(part in {*POLICY["site"], *POLICY["tests"]} for part in parts(words))


def parts(expression: str) -> list[str]:
    """Return what an expression puts together."""
    return [part.strip("() ") for part in re.split(r" (?:AND|OR) ", expression)]


def problems(
    site: tuple[LockedPackage, ...], every: tuple[LockedPackage, ...], told: Metadata = installed
) -> list[str]:
    """Return what stands against the licences of what is locked, one line for each package."""
    found = []
    for_site = {one.name for one in site}
    for name in sorted({one.name for one in every}):
        licence = licence_of(name, told)
        fit = {*POLICY["site"], *([] if name in for_site else POLICY["tests"])}
        if licence is None:
            found.append(f"{name}: no licence that the policy in pyproject.toml knows")
        elif not set(parts(licence)) <= fit:
            found.append(f"{name}: {licence} is not on the list in pyproject.toml")
    return found


def known() -> str:
    """Return package → licence of what builds the site, as it is kept for the bill of materials."""
    found = {one.name: licence_of(one.name) for one in (*SITE, *ENGINE)}
    return json.dumps(dict(sorted(found.items())), indent=1) + "\n"


def named(file: str) -> set[str]:
    """Return the packages that a list of requirements names itself."""
    lines = (ROOT / file).read_text("utf-8").splitlines()
    return {normal(match[0]) for line in lines if (match := re.match(r"[a-z][a-z0-9._-]*", line))}


def left_out() -> set[str]:
    """Return the modules of the packages that come along for what the site never uses."""
    without = named("requirements-without.in")
    return {
        module
        for module, packages in metadata.packages_distributions().items()
        if without.intersection(map(normal, packages))
    }


def as_document() -> str:
    """Return the list for the docs."""
    site, direct = {one.name for one in SITE}, set().union(*map(named, LISTS))
    rows = [
        "| {} | {} | {} | {} | {} | {} |".format(
            one.name,
            one.version,
            licence_of(one.name) or "?",
            "site" if one.name in site else "tests",
            "yes" if one.name in direct else "",
            f"`{one.marker}`" if one.marker else "",
        )
        for one in ALL
    ]
    return HEAD + "\n".join(rows) + "\n"


HEAD = """\
# What the project depends on

Written by `make licences`; do not edit. Everything is locked with hashes, for every system. *Site* builds
the site and is listed in the bundle's bill of materials; *tests* never reaches a reader. *Named* stands in a
`requirements*.in`; the rest comes along. *Only where*: another version, or none, elsewhere.

| Package | Version | Licence (SPDX) | For | Named | Only where |
|---|---|---|---|---|---|
"""
